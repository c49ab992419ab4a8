"""Chainable reads of the directory, one model each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import BooleanField, Case, F, Func, Q, Value, When

from accounts.tenancy import TenantQuerySet

if TYPE_CHECKING:
    from accounts.models import Membership


class PartnerQuerySet(TenantQuerySet):
    """Reads of partners: all of the district's members see the whole directory."""

    def current(self) -> Self:
        """Those neither archived nor merged into another."""
        return self.filter(archived_at=None, merged_into=None)

    def matching(self, query: str) -> Self:
        """Those whose words answer a query of `partners.search.query`; none for an empty one."""
        if not query:
            return self.none()
        matches = Func(
            F("lexemes"),
            Value(query),
            template="(%(expressions)s::tsquery)",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )
        return self.filter(matches)


class ContactQuerySet(TenantQuerySet):
    """Reads of contacts."""

    def here(self) -> Self:
        """Those who have not left their organization."""
        return self.filter(left_on=None)


class PartnershipQuerySet(TenantQuerySet):
    """Reads of partnerships: stages are seen by all of the district's members."""

    def covered_by(self, membership: Membership) -> Self:
        """Those of the membership's own schools."""
        return self if membership.whole_district else self.filter(school__in=membership.school_ids)


class ServiceQuerySet(TenantQuerySet):
    """Reads of services."""

    def offered(self, day: datetime.date) -> Self:
        """Those that can be had on that day: not over, and not given up by the directory that lists them."""
        listed = ~Q(extra__has_key="status") | Q(extra__status="") | Q(extra__status__iexact="active")
        return self.filter(listed).exclude(until__lt=day)


class StageChangeQuerySet(TenantQuerySet):
    """Reads of the history of stages: everybody reads which and when, a school's own people why."""

    def for_member(self, membership: Membership) -> Self:
        """All changes, each with its `reason`: why, or "" where the membership does not cover the school."""
        rows = super().for_member(membership)
        if membership.whole_district:
            return rows.annotate(reason=F("because"))
        own = When(partnership__school__in=membership.school_ids, then=F("because"))
        return rows.annotate(reason=Case(own, default=Value("")))


class InteractionQuerySet(TenantQuerySet):
    """Reads of the contact log."""

    def for_member(self, membership: Membership) -> Self:
        """Notes of the membership's own schools; the whole district for those who have it."""
        rows = super().for_member(membership)
        if membership.whole_district:
            return rows
        return rows.filter(Q(school__in=membership.school_ids) | Q(by=membership.pk))
