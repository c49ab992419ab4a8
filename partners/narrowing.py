"""Which partners a list holds: its filters and its orders."""

import datetime
from typing import Any

from django.db.models import F, OrderBy, Q

from accounts import clock
from accounts.models import Membership

from .agreed_enums import ENDS_SOON, PaperState
from .families import standing
from .filters import MINE, NOBODY, Filters, Option, Papers, Verified
from .models import Paper, Partner, Partnership, Service
from .querysets import PartnerQuerySet

A_YEAR = datetime.timedelta(days=365)
ORDERS: dict[str, tuple[str, bool]] = {  # by sort: column, and whether the largest comes first
    "name": ("sort_name", False),
    "changed": ("changed_at", True),
    "next": ("next_on", False),
    "ends": ("ends_on", False),
}


def narrowed(partners: PartnerQuerySet, membership: Membership, filters: Filters) -> PartnerQuerySet:
    """Those that fit all filters, with what a list shows; the search is not looked at."""
    today = clock.today(membership.district)
    if filters.sector:
        partners = partners.filter(sectors__contains=[filters.sector])
    if filters.tag:
        partners = partners.filter(tags__contains=[filters.tag])
    if filters.owner:
        partners = partners.filter(_looked_after(filters.owner, membership))
    if filters.papers:
        partners = partners.filter(_papers(filters.papers, today))
    if filters.verified:
        lately = Q(assured_on__gte=today - A_YEAR)
        partners = partners.filter(lately) if filters.verified == Verified.YES else partners.exclude(lately)
    return _by_school_and_service(partners, filters, today).for_list()


def _by_school_and_service(
    partners: PartnerQuerySet, filters: Filters, today: datetime.date
) -> PartnerQuerySet:
    """With one partnership at the school and stage, and one service for the need and tier, asked for."""
    asked: dict[str, Any] = {}
    if filters.stage:
        asked["stage"] = filters.stage
    if filters.school:
        asked["school"] = filters.school.pk
    if asked:
        partners = partners.filter(pk__in=Partnership.objects.filter(**asked).values_list(standing()))
    serving: dict[str, Any] = {}
    if filters.need:
        serving["needs"] = filters.need.pk
    if filters.tier:
        serving["tiers__contains"] = [int(filters.tier)]
    if serving:
        services = Service.objects.offered(today).filter(**serving)
        partners = partners.filter(pk__in=services.values_list(standing()))
    return partners


def _looked_after(owner: Option, membership: Membership) -> Q:
    """By somebody in the district, or at one of its schools; nobody: neither."""
    owned = Partnership.objects.exclude(owner=None)
    if owner.value == NOBODY:
        return Q(owner=None) & ~Q(pk__in=owned.values_list(standing()))
    by = membership.pk if owner.value == MINE else owner.pk
    return Q(owner=by) | Q(pk__in=owned.filter(owner=by).values_list(standing()))


def _papers(asked: str, today: datetime.date) -> Q:
    """With an accepted paper, not renewed, that ends soon or ended; none: without any accepted one."""
    accepted = Paper.objects.filter(state=PaperState.ACCEPTED)
    if asked == Papers.NONE:
        return ~Q(pk__in=accepted.values_list(standing()))
    last = accepted.filter(superseded_by=None)
    if asked == Papers.ENDED:
        return Q(pk__in=last.filter(valid_until__lt=today).values_list(standing()))
    soon = last.filter(valid_until__range=(today, today + datetime.timedelta(days=ENDS_SOON)))
    return Q(pk__in=soon.values_list(standing()))


def ordered(found: PartnerQuerySet, filters: Filters) -> PartnerQuerySet:
    """In the order asked for, from the row that the URL names; who has no day comes last."""
    column, down = ORDERS[filters.sort]
    order = (_by(column, down), _by("pk", down))
    found = found.order_by(*order)
    row = Partner.objects.filter(uid=filters.start).only(column).first() if filters.start else None
    if row is None:
        return found
    value, onward = getattr(row, column), "lt" if down else "gt"
    level = Q(**{column: value}, **{f"pk__{onward}e": row.pk})
    if value is None:
        return found.filter(level)
    after = Q(**{f"{column}__{onward}": value})
    return found.filter(level | after | Q(**{column: None}))


def _by(column: str, down: bool) -> OrderBy:
    return F(column).desc() if down else F(column).asc()
