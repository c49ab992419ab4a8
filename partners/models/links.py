"""What a partner's contact does by personal link, and the changes that they propose."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.links import PersonalLink
from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, tenant_manager
from partners.agreed_enums import LinkRight, PaperKind, ProposalState, RecordKind
from partners.querysets import RecordKeepersQuerySet

from .directory import Contact, Partner


class PartnerLink(TenantModel, PersonalLink):
    """A personal link of a partner's contact, for one thing.

    `paper_kinds` are the papers that are asked for; empty for whichever ends. Nobody made those that a
    reminder made. `copied_at`: staff took the address to send it themselves, such as in a text message.
    """

    link_kind = "partner"

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    right = models.CharField(max_length=10, choices=LinkRight.choices)
    paper_kinds = ArrayField(
        models.CharField(max_length=20, choices=PaperKind.choices), default=list, blank=True
    )
    school_year = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    mail_wanted_at = models.DateTimeField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(RecordKeepersQuerySet)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(right=LinkRight.YEAR, school_year__isnull=False)
                | ~Q(right=LinkRight.YEAR) & Q(school_year__isnull=True),
                name="partner_link_year_has_one",
            ),
            models.CheckConstraint(
                condition=Q(right=LinkRight.PAPERS) | Q(paper_kinds=[]), name="partner_link_paper_for_papers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_right_display()}: {self.contact}"

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The papers that are asked for, in words."""
        return [(kind, str(PaperKind(kind).label)) for kind in self.paper_kinds]


NEW, GONE = "new", "gone"
"""What a proposal says of a whole record: one more with these fields; it is no longer there."""


class Proposal(TenantModel, PublicId):
    """One field that a partner's contact would change, as it was and as it should be; we decide.

    `field` may be NEW, where `now` holds the fields of a record to be added, by name, or GONE, where `was` is
    False and `now` True. `target_uid` is the record's; a new one has one once it is added. Those of one
    sending share a `batch`.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="proposals")
    link = models.ForeignKey(PartnerLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    target_kind = models.CharField(max_length=10, choices=RecordKind.choices)
    target_uid = models.UUIDField(null=True, blank=True)
    batch = models.UUIDField()
    field = models.CharField(max_length=40)
    was = models.JSONField(null=True, blank=True)
    now = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager(RecordKeepersQuerySet)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["district", "at"], condition=Q(state=ProposalState.WAITING), name="proposal_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_kind}.{self.field}"
