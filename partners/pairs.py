"""Partners that may be one and the same, two by two: set-based reads, each with a bound.

Each sign (a name, a tax number ...) is one query that groups by it. A group of many, such as forty offices
under one county's domain, says nothing of any two of them and is passed over. Names that are almost the same
are found among all names (near_names.py). So the work grows with the rows and never with their square.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Membership

from .families import families, standing
from .models import Contact, Merge, NotSame, Partner, Partnership, Service, Site
from .near_names import near_pairs

CROWD = 8  # partners that share a sign: more than so many don't make pairs
GROUPS = 200  # looked at for each sign
SHOWN = 50
AT_ONCE = 50  # certain pairs merged by one press
COUNTED: dict[str, Any] = {
    "contacts": Contact,
    "sites": Site,
    "services": Service,
    "partnerships": Partnership,
}
LIKELY = {"ein": 6, "name": 5, "near": 4, "phone": 2, "domain": 2, "address": 1}
Key = tuple[int, int]


@dataclass(slots=True)
class Pair:
    """Two partners that may be one, and the signs of it."""

    one: Partner
    other: Partner
    signs: list[str] = field(default_factory=list)

    @property
    def because(self) -> str:
        """The signs in words."""
        words = {
            "ein": _("the same tax number"),
            "name": _("the same name"),
            "near": _("almost the same name"),
            "phone": _("the same telephone number"),
            "domain": _("the same website or e-mail domain"),
            "address": _("the same address"),
        }
        return ", ".join(words[sign] for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Likely:
    """The page of likely pairs: the likeliest first, how many there are, and those that are certain."""

    pairs: list[Pair]
    total: int
    certain: list[Pair]


def likely_pairs(membership: Membership) -> Likely:
    """Pairs that share a sign, were not said to be two and are not certain: ten queries.

    Certain are those of the same tax number and domain.
    """
    current = Partner.objects.for_member(membership).current()
    apart, certain = _apart(), certain_pairs(membership)
    decided = len(apart) + len(certain)
    known = {(pair.one.pk, pair.other.pk) for pair in certain}
    signs: dict[Key, list[str]] = defaultdict(list)
    for sign, pairs in _signs(current, decided):
        for pair in pairs:
            if pair not in apart and pair not in known and sign not in signs[pair]:
                signs[pair].append(sign)
    found = {pair: some for pair, some in signs.items() if some}
    ranked = sorted(found, key=lambda pair: (-sum(LIKELY[sign] for sign in found[pair]), pair))
    partners = _whole({key for pair in ranked[:SHOWN] for key in pair})
    shown = [Pair(partners[a], partners[b], found[a, b]) for a, b in ranked[:SHOWN]]
    return Likely(shown, len(ranked), certain)


def certain_pairs(membership: Membership) -> list[Pair]:
    """Pairs of the same tax number and domain, each with the one that stays first: at most AT_ONCE.

    It is the one that others were merged into already, else the oldest. Two that were found to be two are
    left to people. Four queries.
    """
    current = Partner.objects.for_member(membership).current().exclude(ein="").exclude(domain="")
    apart = _apart()
    groups = [keys for (keys,) in _grouped(current, len(apart), "ein", "domain")]
    keys = {key for some in groups for key in some}
    winners = set(Partner.objects.filter(merged_into__in=keys).values_list("merged_into", flat=True))
    found: list[Key] = []
    for some in groups:
        one, *others = sorted(some, key=lambda key: (key not in winners, key))
        if not any(pair in apart for pair in combinations(sorted(some), 2)):
            found += [(one, other) for other in others]
    partners = _whole({key for pair in found[:AT_ONCE] for key in pair})
    return [Pair(partners[one], partners[other], ["ein", "domain"]) for one, other in found[:AT_ONCE]]


def counted(one: Partner, other: Partner) -> dict[int, dict[str, int]]:
    """How many contacts, places, services and partnerships each has, with those merged into it.

    Four queries.
    """
    counts = {partner.pk: dict.fromkeys(COUNTED, 0) for partner in (one, other)}
    for name, model in COUNTED.items():
        rows = model.objects.filter(partner__in=families(counts)).annotate(of=standing())
        for key, n in rows.order_by().values_list("of").annotate(n=Count("pk")):
            counts[key][name] = n
    return counts


def done_merges(membership: Membership, before: UUID | None = None) -> tuple[list[Merge], UUID | None]:
    """The latest merges, those undone among them, or those before one of them; and the last one's uid where
    there are more: one query."""
    rows = Merge.objects.for_member(membership).select_related(
        "district", "winner", "loser", "by__user", "undone_by__user"
    )
    if before:
        rows = rows.filter(pk__lt=Subquery(Merge.objects.filter(uid=before).values("pk")))
    found = list(rows.order_by("-pk")[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].uid if len(found) > SHOWN else None


def _signs(current: Any, decided: int) -> Iterator[tuple[str, Iterable[Key]]]:
    """Each sign with the pairs of partners that share it, `decided` of them settled: seven queries."""
    there = Q(partner__archived_at=None, partner__merged_into__archived_at=None)
    sites = Site.objects.filter(there)
    people = Contact.objects.here().filter(there)
    for sign, rows, names in (
        ("ein", current.exclude(ein=""), ["ein"]),
        ("name", current.exclude(sort_name=""), ["sort_name"]),
        ("domain", current.exclude(domain=""), ["domain"]),
        (
            "address",
            sites.exclude(street="").exclude(city="").annotate(at=Lower("street"), town=Lower("city")),
            ["at", "town"],
        ),
        ("phone", sites.filter(phone__startswith="+"), ["phone"]),
        ("phone", people.filter(phone__startswith="+"), ["phone"]),
    ):
        groups = [sorted(keys) for (keys,) in _grouped(rows, decided, *names)]
        yield sign, (pair for keys in groups for pair in combinations(keys, 2))
    yield "near", near_pairs(current.exclude(sort_name="").values_list("pk", "sort_name"))


def _grouped(rows: Any, decided: int, *names: str) -> Any:
    """The keys of the partners that share these values, where more than one do and no crowd.

    Each pair decided may take up a group, so that as many more are looked at.
    """
    partner = F("pk") if rows.model is Partner else standing()
    groups = rows.order_by().annotate(of=partner).values(*names)
    groups = groups.annotate(n=Count("of", distinct=True), keys=ArrayAgg("of", distinct=True))
    return groups.filter(n__range=(2, CROWD)).order_by(*names).values_list("keys")[: GROUPS + decided]


def _apart() -> set[Key]:
    """Pairs of which somebody said that they are two."""
    return set(NotSame.objects.values_list("one", "other"))


def _whole(keys: set[int]) -> dict[int, Partner]:
    """Partners with the city of a place of theirs."""
    rows = Partner.objects.filter(pk__in=keys).defer("lexemes", "extra").prefetch_related("sites")
    return {row.pk: row for row in rows}
