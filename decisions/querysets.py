"""Chainable reads of groups and decisions, one model each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from accounts.tenancy import TenantQuerySet

from .enums import Change, State
from .rule import MET, Outcome

if TYPE_CHECKING:
    from accounts.models import Membership


class GroupQuerySet(TenantQuerySet):
    """Reads of groups: the district's groups are everybody's to see, a school's those who cover the
    school."""

    def for_member(self, membership: Membership) -> Self:
        """The groups this person may see."""
        return super().for_member(membership).filter(_seen("", membership))


class TermQuerySet(TenantQuerySet):
    """Reads of what holds from its first day on, up to its last where it has one."""

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day; their last day is one of them."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class SeatQuerySet(TermQuerySet):
    """Reads of seats."""

    def for_member(self, membership: Membership) -> Self:
        """The seats of the groups this person may see."""
        return super().for_member(membership).filter(_seen("group__", membership))


class SeatHolderQuerySet(TermQuerySet):
    """Reads of who sits in seats."""

    def for_member(self, membership: Membership) -> Self:
        """Those in seats of the groups this person may see."""
        return super().for_member(membership).filter(_seen("seat__group__", membership))


class DecisionSeatQuerySet(TenantQuerySet):
    """Reads of the seats of decisions: seen by whoever sees their group."""

    def for_member(self, membership: Membership) -> Self:
        """The seats in decisions of the groups this person may see."""
        return super().for_member(membership).filter(_seen("decision__group__", membership))


class AnswerLinkQuerySet(TenantQuerySet):
    """Reads of personal links: seen by whoever sees the group that is asked."""

    def for_member(self, membership: Membership) -> Self:
        """The links to questions of the groups this person may see."""
        return super().for_member(membership).filter(_seen("decision_seat__decision__group__", membership))

    def asked(self) -> Self:
        """Those that went by mail, or that one of us took to send it themselves."""
        return self.exclude(mail_wanted_at=None, copied_at=None)

    def with_person(self) -> Self:
        """With what tells whom they are for."""
        return self.select_related("district", "holder__contact", "holder__membership__user", "passed_to")


class MeetingQuerySet(TenantQuerySet):
    """Reads of meetings: seen by whoever sees their group."""

    def for_member(self, membership: Membership) -> Self:
        """The meetings of the groups this person may see."""
        return super().for_member(membership).filter(_seen("group__", membership))

    def coming(self, now: datetime.datetime) -> Self:
        """Those that take place and have not been for longer than a day, the next one first."""
        since = now - datetime.timedelta(days=1)
        return self.filter(called_off_at=None, starts_at__gte=since).order_by("starts_at", "pk")


class LinkNoteQuerySet(TenantQuerySet):
    """Reads of what came by personal links."""

    def for_member(self, membership: Membership) -> Self:
        """What came about questions of the groups this person may see."""
        path = "link__decision_seat__decision__group__"
        return super().for_member(membership).filter(_seen(path, membership))


class DecisionQuerySet(TenantQuerySet):
    """Reads of decisions: seen by whoever sees their group."""

    def for_member(self, membership: Membership) -> Self:
        """The decisions of the groups this person may see."""
        return super().for_member(membership).filter(_seen("group__", membership))

    def of_partner(self, partners: Any) -> Self:
        """Those in which a partner has a seat of the day; `partners` as partners/families.py says them."""
        return self.filter(seats__seat__partner__in=partners).distinct()

    def ending_earlier(self) -> Self:
        """Those that were adopted and replaced or ended an earlier one: it stands no more."""
        return self.filter(outcome=Outcome.ADOPTED, changes__in=(Change.REPLACES, Change.ENDS))

    def standing(self) -> Self:
        """Those that were decided and that no later decision replaced or ended."""
        gone = self.model.objects.ending_earlier().filter(supersedes=OuterRef("pk"))
        return self.filter(~Exists(gone), outcome__in=MET)

    def to_review(self) -> Self:
        """Those that stand, with a day on which to look at them again, and of which no open question asks."""
        asked = self.model.objects.filter(state=State.OPEN, supersedes=OuterRef("pk"))
        return self.standing().filter(~Exists(asked), review_on__isnull=False)

    def overdue(self, now: datetime.datetime) -> Self:
        """Open ones whose time to answer is over."""
        return self.filter(state=State.OPEN, closes_at__lt=now)


def _seen(path: str, membership: Membership) -> Q:
    if membership.whole_district:
        return Q()
    return Q(**{f"{path}school": None}) | Q(**{f"{path}school__in": membership.school_ids})
