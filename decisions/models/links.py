"""The personal links by which seats answer a question, and what comes by them beside answers."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.links import PersonalLink
from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, tenant_manager
from decisions.enums import Ended, NoteKind
from decisions.querysets import AnswerLinkQuerySet, LinkNoteQuerySet

from .decisions import DecisionSeat
from .groups import SeatHolder
from .register import Sealed


class AnswerLink(TenantModel, PersonalLink):
    """Whoever holds it answers one question for one seat, in every round of it.

    It is for the person who sits in the seat (`holder`), or for a colleague to whom they passed it on
    (`passed_on`: their own link), who has no row of their own and is named here. `mail_wanted_at`,
    `receipt_wanted_at`: when the question, or a receipt of the answer, was last to go by mail. `copied_at`,
    `copied_by`: who of us last took the address to send it themselves.
    """

    link_kind = "decision_answer"

    decision_seat = models.ForeignKey(DecisionSeat, on_delete=models.PROTECT, related_name="links")
    holder = models.ForeignKey(SeatHolder, on_delete=models.PROTECT, related_name="links")
    passed_on = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_to"
    )
    name = models.CharField(_("Name"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    made_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    mail_wanted_at = models.DateTimeField(null=True, blank=True)
    receipt_wanted_at = models.DateTimeField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)
    copied_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager(AnswerLinkQuerySet)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed_on__isnull=True, name="", email="", language="")
                | Q(passed_on__isnull=False) & ~Q(name=""),
                name="answer_link_for_one",
            )
        ]

    def __str__(self) -> str:
        return f"Link of {self.decision_seat}"

    @property
    def to_name(self) -> str:
        """Whom it is for. Reads the holder with whoever it names; so do the next two."""
        return self.name or self.holder.called

    @property
    def to_email(self) -> str:
        """Their address; empty where we have none."""
        return self.email if self.passed_on_id else self.holder.email

    @property
    def to_language(self) -> str:
        """The language in which its page opens."""
        return self.language or self.holder.speaks

    def ended(self, now: datetime.datetime) -> Ended | None:
        """Why it opens nothing at that moment; None: it does. Reads the holder with whoever it names."""
        if self.revoked_at is not None:
            return Ended.PASSED_ON if hasattr(self, "passed_to") else Ended.TAKEN_BACK
        if self.expires_at <= now:
            return Ended.RAN_OUT
        return Ended.LEFT if self.holder.has_left(clock.local_day(now, self.district)) else None


class LinkNote(TenantModel, PublicId):
    """What came by a link beside an answer: a question, that somebody else answers, or that they may not.

    What was typed is sealed beside the register's entry, where it can be erased. `settled_at`: one of us
    has seen to it.
    """

    link = models.ForeignKey(AnswerLink, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    sealed = models.OneToOneField(Sealed, on_delete=models.PROTECT, related_name="note")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = tenant_manager(LinkNoteQuerySet)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="link_note_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.kind}"

    @property
    def text(self) -> str:
        """What was typed; empty where nothing was, or where it is erased."""
        return self.sealed.text(self.kind)
