"""Chainable reads of the directory, one model each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Case, F, Func, Q, Value, When

from accounts.roles import Role
from accounts.tenancy import TenantQuerySet
from partners.agreed_enums import AgreementStatus

if TYPE_CHECKING:
    from accounts.models import Membership


class PartnerQuerySet(TenantQuerySet):
    """Reads of partners: all of the district's members see the whole directory."""

    def current(self) -> Self:
        """Those neither archived nor merged into another."""
        return self.filter(archived_at=None, merged_into=None)

    def for_list(self) -> Self:
        """With the columns alone that a list shows or sorts by: of a whole row most is read for nothing."""
        return self.only(
            *("district", "uid", "name", "sectors", "sort_name", "changed_at", "next_on", "ends_on")
        )

    def matching(self, query: str) -> Self:
        """Those whose words answer a query of `partners.search.query`; none for an empty one."""
        return self.filter(self.match(query)) if query else self.none()

    @staticmethod
    def match(query: str) -> Func:
        """Whether a partner's words answer such a query, as a column."""
        return Func(
            F("lexemes"),
            Value(query),
            template="(%(expressions)s::tsquery)",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )


class ContactQuerySet(TenantQuerySet):
    """Reads of contacts."""

    def here(self) -> Self:
        """Those who have not left their organization."""
        return self.filter(left_on=None)


class PartnershipQuerySet(TenantQuerySet):
    """Reads of partnerships: stages are seen by all of the district's members."""


class ServiceQuerySet(TenantQuerySet):
    """Reads of services."""

    def offered(self, day: datetime.date) -> Self:
        """Those that can be had on that day: not over, and not given up by the directory that lists them."""
        listed = ~Q(extra__has_key="status") | Q(extra__status="") | Q(extra__status__iexact="active")
        return self.filter(listed).exclude(until__lt=day)


class WithReasonQuerySet(TenantQuerySet):
    """Reads of what was done to a partnership: everybody reads what and when, a school's own people why."""

    def for_member(self, membership: Membership) -> Self:
        """All rows, each with its `reason`: why, or "" where the membership does not cover the school."""
        rows = super().for_member(membership)
        if membership.whole_district:
            return rows.annotate(reason=F("because"))
        own = When(partnership__school__in=membership.school_ids, then=F("because"))
        return rows.annotate(reason=Case(own, default=Value("")))


class StageChangeQuerySet(WithReasonQuerySet):
    """Reads of the history of stages."""


class InteractionQuerySet(TenantQuerySet):
    """Reads of the contact log."""

    def for_member(self, membership: Membership) -> Self:
        """Notes of the membership's own schools; the whole district for those who have it."""
        rows = super().for_member(membership)
        if membership.whole_district:
            return rows
        return rows.filter(Q(school__in=membership.school_ids) | Q(by=membership.pk))


class AgreementQuerySet(TenantQuerySet):
    """Reads of agreements: all of the district's members may know what is agreed with whom."""

    def in_force(self, day: datetime.date) -> Self:
        """Those that hold on that day; Agreement.status_on asks the same of one."""
        not_over = Q(ends__isnull=True) | Q(ends__gte=day)
        not_ended = Q(status=AgreementStatus.IN_FORCE) | Q(ended_on__gt=day)
        return self.filter(not_over, not_ended, starts__lte=day)

    def with_named(self) -> Self:
        """Each with `named`: the keys of the schools that it names; empty where it holds for all."""
        keys = ArrayAgg("schools", filter=Q(schools__isnull=False), default=[])
        return self.annotate(named=keys)


class SavedViewQuerySet(TenantQuerySet):
    """Reads of saved lists."""

    def for_member(self, membership: Membership) -> Self:
        """One's own, and those that somebody shares with the district."""
        return super().for_member(membership).filter(Q(membership=membership.pk) | Q(shared=True))


class WaiverQuerySet(WithReasonQuerySet):
    """Reads of waivers."""


class ApprovalQuerySet(WithReasonQuerySet):
    """Reads of what principals said of partners in their buildings."""


class RecordKeepersQuerySet(TenantQuerySet):
    """Reads of what is for those who keep the directory's records, and for principals."""

    def for_member(self, membership: Membership) -> Self:
        """All of the district; none for viewers: links open doors, and proposals hold what isn't checked."""
        rows = super().for_member(membership)
        return rows.none() if membership.role == Role.VIEWER else rows
