"""Chainable reads of groups and decisions, one model each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from accounts.tenancy import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import Membership


class GroupQuerySet(TenantQuerySet):
    """Reads of groups: the district's groups are everybody's to see, a school's those who cover the
    school."""

    def for_member(self, membership: Membership) -> Self:
        """The groups this person may see."""
        return super().for_member(membership).filter(_seen("", membership))


class SeatQuerySet(TenantQuerySet):
    """Reads of seats."""

    def for_member(self, membership: Membership) -> Self:
        """The seats of the groups this person may see."""
        return super().for_member(membership).filter(_seen("group__", membership))

    def on(self, day: datetime.date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class DecisionQuerySet(TenantQuerySet):
    """Reads of decisions: seen by whoever sees their group."""

    def for_member(self, membership: Membership) -> Self:
        """The decisions of the groups this person may see."""
        return super().for_member(membership).filter(_seen("group__", membership))

    def of_partner(self, partners: Any) -> Self:
        """Those in which a partner has a seat of the day; `partners` as partners/families.py says them."""
        return self.filter(seats__seat__partner__in=partners).distinct()


def _seen(path: str, membership: Membership) -> Q:
    if membership.whole_district:
        return Q()
    return Q(**{f"{path}school": None}) | Q(**{f"{path}school__in": membership.school_ids})
