"""Chainable reads of letters."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from accounts.deputies import signing_school_ids
from accounts.roles import Role
from accounts.tenancy import TenantQuerySet

from .batch_enums import OPEN_BATCHES, WAITING_BATCHES, BatchState
from .enums import State

if TYPE_CHECKING:
    from accounts.models import Membership

SENT_STATES = (State.SIGNED, State.WITHDRAWN)
OPEN_STATES = (State.DRAFT, State.TO_SIGN, State.SIGNING)


class TemplateQuerySet(TenantQuerySet):
    """Reads of the letters' texts in use."""

    def for_member(self, membership: Membership) -> Self:
        """The district's, and those of one's own schools; a text given up for the district's is none."""
        rows = super().for_member(membership).filter(retired_at=None)
        if membership.whole_district:
            return rows
        return rows.filter(Q(school=None) | Q(school__in=membership.school_ids))


class LetterQuerySet(TenantQuerySet):
    """Reads of letters. `for_member` is about texts; who wrote to whom and when is `written_in_district`."""

    def for_member(self, membership: Membership) -> Self:
        """Those whose text this person may read: of their own schools, and for viewers the signed alone."""
        rows = (
            self.written_in_district(membership) if membership.role == Role.VIEWER else self.kept(membership)
        )
        return rows if membership.whole_district else rows.filter(school__in=membership.school_ids)

    def kept(self, membership: Membership) -> Self:
        """All of the district but discarded drafts."""
        return super().for_member(membership).exclude(state=State.DISCARDED)

    def written_in_district(self, membership: Membership) -> Self:
        """The signed letters of all schools: every member may know who wrote to whom, and when."""
        return super().for_member(membership).filter(state__in=SENT_STATES)

    def to_sign(self, membership: Membership) -> Self:
        """Those that wait for a signature of this person's, at the schools for which they sign today.

        A letter of a batch waits with the others of the batch, in one line (BatchQuerySet.to_sign).
        """
        rows = self.for_member(membership).filter(state=State.TO_SIGN, waits_for_approval=False)
        rows = rows.exclude(batch_row__batch__state__in=WAITING_BATCHES)
        schools = signing_school_ids(membership)
        return rows if schools is None else rows.filter(school__in=schools)

    def to_approve(self, membership: Membership) -> Self:
        """Those that wait for district staff before anybody may sign them; for others none."""
        rows = self.for_member(membership).filter(state=State.TO_SIGN, waits_for_approval=True)
        return rows if membership.role == Role.STAFF else rows.none()

    def unanswered(self, on: datetime.date) -> Self:
        """Signed letters whose reply-by date is over on that day, and to which nobody has answered."""
        return self.filter(state=State.SIGNED, reply_by__lt=on).silent()

    def silent(self) -> Self:
        """Those to which no answer stands."""
        replies = apps.get_model("letters", "Reply").objects.filter(letter=OuterRef("pk"))
        return self.filter(~Exists(replies.standing()))


class ReplyQuerySet(TenantQuerySet):
    """Reads of answers."""

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(taken_back=None)


class LetterNumberQuerySet(TenantQuerySet):
    """Reads of numbers that were taken."""

    def unfinished(self) -> Self:
        """Those neither frozen into a signed letter nor voided."""
        return self.filter(voided_at=None, signed_letter=None)


class BatchQuerySet(TenantQuerySet):
    """Reads of batches: those of the schools whose letters a person may read before they are signed."""

    def for_member(self, membership: Membership) -> Self:
        """Of one's own schools; none for viewers."""
        rows = super().for_member(membership)
        if membership.role == Role.VIEWER:
            return rows.none()
        return rows if membership.whole_district else rows.filter(school__in=membership.school_ids)

    def whole(self) -> Self:
        """With all that their pages show of them at hand, in one query."""
        people = ("by__user", "by__district", "signer__user")
        return self.select_related("school__district", "job__started_by__user", "job__district", *people)

    def open(self) -> Self:
        """Those that are not done yet."""
        return self.filter(state__in=OPEN_BATCHES)

    def to_sign(self, membership: Membership) -> Self:
        """Those that wait for a signature of this person's, at the schools for which they sign today."""
        rows = self.for_member(membership).filter(state=BatchState.TO_SIGN)
        schools = signing_school_ids(membership)
        return rows if schools is None else rows.filter(school__in=schools)
