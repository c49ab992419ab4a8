"""Papers of partners, and what each way of working in a school needs."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership, School, StoredFile
from accounts.tenancy import PublicId, TenantModel, Versioned
from partners.agreed_enums import AgreementKind, PaperKind, PaperState
from partners.spans import LAST, Span, span

from .directory import Partner
from .links import PartnerLink


class RequirementProfile(TenantModel, PublicId, Versioned):
    """A way of working in a school, and what it needs: one of these agreements, and all of these papers.

    With `needs_agreement` and no kinds, any kind of agreement will do.
    """

    code = models.SlugField()
    name = models.CharField(_("Name"), max_length=120)
    name_es = models.CharField(_("Name in Spanish"), max_length=120, blank=True)
    needs_agreement = models.BooleanField(_("Needs an agreement"), default=False)
    agreement_kinds = ArrayField(
        models.CharField(max_length=20, choices=AgreementKind.choices), default=list, blank=True
    )
    paper_kinds = ArrayField(
        models.CharField(max_length=20, choices=PaperKind.choices), default=list, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="requirement_profile_code_unique"),
            models.CheckConstraint(
                condition=Q(needs_agreement=True) | Q(agreement_kinds=[]),
                name="requirement_profile_kinds_of_a_needed_agreement",
            ),
        ]

    def __str__(self) -> str:
        spanish = (get_language() or "en").startswith("es")
        return self.name_es if spanish and self.name_es else self.name

    @property
    def agreement_kinds_in_words(self) -> str:
        """The kinds of agreement of which it needs one."""
        return "; ".join(str(AgreementKind(kind).label) for kind in self.agreement_kinds)

    @property
    def paper_kinds_in_words(self) -> str:
        """The papers that it needs."""
        return "; ".join(str(PaperKind(kind).label) for kind in self.paper_kinds)


class Paper(TenantModel, PublicId, Versioned):
    """A paper of a partner, at one school or at all. A renewal is a new row, to which the old one points.

    So "cleared on October 1" can be answered later: a row keeps its dates, and when it was accepted. One that
    a contact offered by link waits until one of us accepts it or says why not.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("Kind"), max_length=20, choices=PaperKind.choices)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(pgettext_lazy("day", "From"), null=True, blank=True)
    valid_until = models.DateField(_("Until"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("Note"), max_length=255, blank=True)
    created_at = models.DateTimeField()
    link = models.ForeignKey(PartnerLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=PaperState.choices)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_because = models.CharField(max_length=255, blank=True)
    of: int  # the key of the partner that it belongs to today: only on the rows of partners/cleared.py
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["kind", "-valid_until", "-pk"]
        indexes = [
            models.Index(fields=["district", "valid_until", "id"], name="paper_by_end"),
            models.Index(
                fields=["district", "created_at"],
                condition=Q(state=PaperState.OFFERED),
                name="paper_offered",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="paper_until_after_from",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.OFFERED, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state=PaperState.OFFERED) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="paper_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.DECLINED) & ~Q(declined_because="")
                | ~Q(state=PaperState.DECLINED) & Q(declined_because=""),
                name="paper_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True)
                | Q(state=PaperState.ACCEPTED) & ~Q(superseded_by=F("id")),
                name="paper_superseded_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partner}"

    @property
    def counts_from(self) -> datetime.date | None:
        """Its first day, but not before the local day on which we accepted it; None where we did not."""
        if self.state != PaperState.ACCEPTED or self.decided_at is None:
            return None
        accepted = clock.local_day(self.decided_at, self.district)
        return max(accepted, self.valid_from or accepted)

    @property
    def span(self) -> Span | None:
        """The days on which it counts; from its renewal's first day on, the renewal does. None: never.

        One that was over when we accepted it counts on no day, but has an end that can be told: its span has
        a last day and no first one.
        """
        if self.counts_from is None:
            return None
        if self.valid_until is not None and self.valid_until < self.counts_from:
            return Span(LAST, self.valid_until)
        days = span(None, self.valid_until).within(Span(self.counts_from))
        renewal = self.superseded_by
        return days and days.before(renewal.counts_from if renewal else None)
