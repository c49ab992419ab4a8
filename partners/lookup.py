"""What a search in the directory finds: every word as it was typed, what was meant, words near to it."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import BooleanField, Case, CharField, Exists, FloatField, Q, Value, When
from django.db.models.functions import Abs, Length

from .models import Partner, SearchWord
from .querysets import PartnerQuerySet
from .search import MAX_WORDS, correctable, normal, query, spelled_out

BEST = 100  # a search shows at most so many
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
NEAR_MORE = 1
NEAR_WORDS = 2


class Found(NamedTuple):
    """What a search found: `instead` of what was typed, or `also` of words near to it."""

    partners: list[Partner]
    instead: str = ""
    also: str = ""


class Likely(NamedTuple):
    """What was probably meant, in normal form, and by word that was typed the words that may replace it."""

    meant: str
    near: Mapping[str, list[str]]


def look_up(
    found: PartnerQuerySet, district_id: int, typed: str, *, exact: bool = False, most: int | None = BEST
) -> Found:
    """A search's best; where nothing is found, of what was probably meant; where few, of near words, too.

    At most `most`, or all for None. One query where enough is found, else three.
    """
    partners = searched(found, district_id, typed, most)
    if exact or len(partners) >= FEW:
        return Found(partners)
    meant, near = likely(typed, missed=not partners)
    if not near:
        return Found(partners)
    wide = _searched_near(found, district_id, typed, Likely(meant, near), most)
    words = " ".join(near.get(word, [word])[0] for word in normal(typed).split()[:MAX_WORDS])
    if partners:
        listed = {partner.pk for partner in partners}
        others = [partner for partner in wide if partner.pk not in listed]
        return Found(partners + others, also=words if others else "")
    closest = [partner for partner in wide if partner.is_meant]
    if len(closest) == len(wide) or len(closest) >= FEW:
        return Found(closest, instead=meant if closest else "")
    return Found(wide, instead=words)


def searched(found: PartnerQuerySet, district_id: int, typed: str, most: int | None = BEST) -> list[Partner]:
    """Every record that holds all words of what was typed, names that begin with it first, in order of names.

    At most `most`, or all for None. One query: a name's own words are among its record's, so whatever begins
    with what was typed holds its words.
    """
    starts = {normal(typed), spelled_out(typed)}
    begins = When(reduce(or_, (Q(sort_name__startswith=start) for start in starts)), then=0)
    rows = found.matching(query(district_id, typed)).order_by(Case(begins, default=1), "sort_name", "pk")
    return list(rows[:most])


def likely(typed: str, *, missed: bool) -> Likely:
    """The words near to those that were typed; for a search that `missed` further ones, too, and for each
    word that begins no word of the district the most alike one, which is what was meant.

    Numbers, and words too short to tell, stay as they are. One query.
    """
    words = normal(typed).split()[:MAX_WORDS]
    known = sorted(correctable(words))
    more = LETTERS_MORE if missed else NEAR_MORE
    parts = [_near(word, more) for word in known if len(word) >= NEAR_LETTERS]
    parts += [_meant(word) for word in known] if missed else []
    rows: Iterable[tuple[str, str, bool]] = parts[0].union(*parts[1:], all=True) if parts else ()
    meant: dict[str, str] = {}
    near: dict[str, list[str]] = {}
    for word, other, is_meant in sorted(rows, key=lambda row: row[2]):
        if is_meant:
            meant[word] = other
        if other not in near.setdefault(word, []):
            near[word].append(other)
    return Likely(" ".join(meant.get(word, word) for word in words), near)


def _near(word: str, more: int) -> Any:
    """The words most like it, at most so many letters longer or shorter."""
    rows = _likeness(word).filter(more__lte=more, likeness__gte=NEAR).exclude(word__startswith=word)
    return _said(rows, is_meant=False)[:NEAR_WORDS]


def _meant(word: str) -> Any:
    """The most alike one of a word without a hit; nothing where it has one, or none is alike."""
    hit = SearchWord.objects.filter(word__startswith=word)
    rows = _likeness(word).filter(~Exists(hit), more__lte=LETTERS_MORE, likeness__gte=ALIKE)
    return _said(rows, is_meant=True)[:1]


def _said(rows: Any, *, is_meant: bool) -> Any:
    rows = rows.annotate(is_meant=Value(is_meant, BooleanField())).order_by("-likeness", "word")
    return rows.values_list("typed", "word", "is_meant")


def _likeness(word: str) -> Any:
    """The district's words with how alike they are to one that was typed."""
    return SearchWord.objects.annotate(
        typed=Value(word, CharField()),
        likeness=TrigramSimilarity("word", word, output_field=FloatField()),
        more=Abs(Length("word") - len(word)),
    )


def _searched_near(
    found: PartnerQuerySet, district_id: int, typed: str, likely: Likely, most: int | None
) -> list[Any]:
    """Those that hold, in the place of each word that was typed, that word or one near to it: first who
    holds what was meant (`is_meant`). One query."""
    rows = found.matching(query(district_id, typed, likely.near))
    rows = rows.annotate(is_meant=rows.match(query(district_id, likely.meant)))
    return list(rows.order_by("-is_meant", "sort_name", "pk")[:most])
