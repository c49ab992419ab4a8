"""Which partners a list holds: its filters, its search with typing errors forgiven, its orders."""

import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, CharField, Exists, F, FloatField, OrderBy, Q, Value, When
from django.db.models.functions import Abs, Length

from accounts import clock
from accounts.models import Membership

from .agreed_enums import PaperState
from .families import standing
from .filters import MINE, NOBODY, Filters, Option, Papers, Verified
from .models import Paper, Partner, Partnership, SearchWord, Service
from .querysets import PartnerQuerySet
from .search import MAX_WORDS, correctable, normal, query, spelled_out

BEST = 100  # a search shows at most so many
PAPERS_SOON = datetime.timedelta(days=60)
A_YEAR = datetime.timedelta(days=365)
# How alike two words are, by their groups of three letters, 0 to 1. Tried on 5,000 names of nonprofits with
# 379 typing errors: 324 led to the word meant, 46 to another one, 9 to none. At 0.4, 282 led to the word
# meant and 69 to none; at 0.25, 328 and 1. Ten made-up words reached 0.31 at most.
ALIKE = 0.3
LETTERS_MORE = 2  # that a word has more, or fewer, than what was typed
# Where few are found others may have the word that was meant. Stricter, since what was typed may be right:
# "comunity" and "community" are 0.73 alike, "helth" and "health" 0.44.
FEW = 5
NEAR = 0.4
NEAR_LETTERS = 5  # a shorter word is near too many others
NEAR_WORDS = 2
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
    soon = last.filter(valid_until__range=(today, today + PAPERS_SOON))
    return Q(pk__in=soon.values_list(standing()))


def searched(found: PartnerQuerySet, district_id: int, typed: str, most: int | None = BEST) -> list[Partner]:
    """Every record that holds all words of what was typed, names that begin with it first, in order of names.

    At most `most`, or all for None. One query: a name's own words are among its record's, so whatever begins
    with what was typed holds its words.
    """
    starts = {normal(typed), spelled_out(typed)}
    begins = When(reduce(or_, (Q(sort_name__startswith=start) for start in starts)), then=0)
    rows = found.matching(query(district_id, typed)).order_by(Case(begins, default=1), "sort_name", "pk")
    return list(rows[:most])


def corrected(typed: str) -> str:
    """What was typed in its normal form, each word that begins no word of the district by the most alike one.

    Numbers, and words too short to tell, stay as they are. One query.
    """
    words = normal(typed).split()[:MAX_WORDS]
    parts = [_meant(word) for word in sorted(correctable(words))]
    if not parts:
        return " ".join(words)
    meant = dict(parts[0].union(*parts[1:], all=True))
    return " ".join(meant.get(word, word) for word in words)


def _meant(word: str) -> Any:
    """The pair of a word without a hit and the most alike one; nothing where it has one, or none is alike."""
    hit = SearchWord.objects.filter(word__startswith=word)
    near = _likeness(word).filter(~Exists(hit), more__lte=LETTERS_MORE, likeness__gte=ALIKE)
    return near.order_by("-likeness", "word").values_list("typed", "word")[:1]


def _likeness(word: str) -> Any:
    """The district's words with how alike they are to one that was typed."""
    return SearchWord.objects.annotate(
        typed=Value(word, CharField()),
        likeness=TrigramSimilarity("word", word, output_field=FloatField()),
        more=Abs(Length("word") - len(word)),
    )


def near_words(typed: str) -> dict[str, list[str]]:
    """By word that was typed: the words most like it, a letter longer or shorter at most. One query."""
    words = {word for word in correctable(normal(typed).split()[:MAX_WORDS]) if len(word) >= NEAR_LETTERS}
    parts = [
        _likeness(word)
        .filter(more__lte=1, likeness__gte=NEAR)
        .exclude(word__startswith=word)
        .order_by("-likeness", "word")
        .values_list("typed", "word")[:NEAR_WORDS]
        for word in sorted(words)
    ]
    near: dict[str, list[str]] = {}
    for word, other in parts[0].union(*parts[1:], all=True) if parts else ():
        near.setdefault(word, []).append(other)
    return near


def searched_near(
    found: PartnerQuerySet, district_id: int, typed: str, near: dict[str, list[str]], most: int | None
) -> list[Partner]:
    """Those that hold, in the place of each word that was typed, that word or one near to it. One query."""
    return list(found.matching(query(district_id, typed, near)).order_by("sort_name", "pk")[:most])


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
