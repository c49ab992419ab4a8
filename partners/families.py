"""A partner and those that were merged into it.

A merge moves nothing (services/merging.py): contacts, partnerships, letters stay below the partner that they
were written for. So whatever shows what belongs to a partner asks for all of its family, and whatever counts
or lists partners asks which one a row belongs to today.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce

from .enums import IN_TALKS, WORKING
from .models import Partner, Partnership
from .querysets import PartnershipQuerySet


def family(partner: Any) -> Any:
    """The keys of a partner and of those merged into it, for `partner__in`.

    `partner` is one that stands in the directory, its key, or an OuterRef(OuterRef()) to that, since it is
    asked for inside the query of the rows.
    """
    key = partner.pk if isinstance(partner, Partner) else partner
    return Partner.objects.filter(Q(pk=key) | Q(merged_into=key)).order_by().values("pk")


def families(partners: Any) -> Any:
    """The keys of several partners and of all that were merged into one of them."""
    keys = Partner.objects.filter(Q(pk__in=partners) | Q(merged_into__in=partners))
    return keys.order_by().values("pk")


def family_around(path: str) -> Any:
    """The keys of the family of the partner at `path` of the query around the one that these are for."""
    merged, own = OuterRef(OuterRef(f"{path}__merged_into")), OuterRef(OuterRef(path))
    return family(Coalesce(merged, own))


def standing(path: str = "partner") -> Coalesce:
    """The key of the partner that a row belongs to today: its own, or the one that this was merged into."""
    return Coalesce(F(f"{path}__merged_into"), F(path))


def with_school(partner: Partner, school: Any) -> PartnershipQuerySet:
    """The partnerships of a partner's whole family with a school; with the district itself for None."""
    rows: PartnershipQuerySet = Partnership.objects.filter(partner__in=family(partner.winner), school=school)
    return rows


def that_counts(partnerships: Iterable[Partnership]) -> Partnership | None:
    """Of several partnerships of one family with one school the one that counts there; None for none.

    One at work comes before one in talks, and this before one at rest or at its end; then the one that the
    principal said yes to, the latest first.
    """
    return min(partnerships, key=_place, default=None)


def each_once(partnerships: Iterable[Partnership]) -> dict[int, Partnership]:
    """Of partnerships with one school, by the key of the partner that stands: its own that counts."""
    of: dict[int, list[Partnership]] = defaultdict(list)
    for row in partnerships:
        of[row.partner.winner.pk].append(row)
    return {partner: min(some, key=_place) for partner, some in of.items()}


def _place(partnership: Partnership) -> tuple[int, int, int]:
    rest = 0 if partnership.stage in WORKING else 1 if partnership.stage in IN_TALKS else 2
    said_yes = partnership.approved_on or datetime.date.min
    return rest, -said_yes.toordinal(), partnership.pk
