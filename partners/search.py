"""How the directory finds a partner: one normal form for what is stored and what is typed. Pure functions.

Stored are `sort_name`, the name in its normal form with abbreviations spelled out, and lexemes: every word
of the name, other names, cities, services and contacts, with the other ways to write it ("st", "saint",
"street"), each opened by its district (`d7xsaint`), so that a prefix query reads the postings of one
district alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

MAX_WORDS = 12  # of a search; what is typed beyond is not looked at
LONGEST_WORD = 80
SHORTEST_MEANT = 3
MOST_WORDS = 10_000  # of one partner: a tsvector holds a megabyte
APOSTROPHES = re.compile("['’‘`]")

# Ways to write the same thing, in a community's names. The first of each is the spelled-out form that names
# are sorted by; searching by any finds all.
SAME = (
    ("saint", "st", "street"),
    ("mount", "mt"),
    ("fort", "ft"),
    ("avenue", "ave", "av"),
    ("boulevard", "blvd"),
    ("road", "rd"),
    ("doctor", "dr", "drive"),
    ("county", "co", "company"),
    ("center", "centre", "ctr", "cntr"),
    ("department", "dept"),
    ("association", "assn", "assoc"),
    ("services", "svcs", "service", "svc"),
    ("community", "comm", "cmty"),
    ("foundation", "fdn", "fnd"),
    ("institute", "inst"),
    ("international", "intl"),
    ("national", "natl"),
    ("university", "univ"),
    ("elementary", "elem"),
    ("government", "govt"),
    ("hospital", "hosp"),
    ("incorporated", "inc"),
    ("corporation", "corp"),
    ("organization", "organisation", "org"),
    ("program", "programme", "prog"),
    ("counseling", "counselling"),
    ("library", "lib"),
    ("high school", "hs"),
    ("middle school", "ms"),
    ("police department", "pd"),
    ("parent teacher association", "pta"),
    ("parent teacher organization", "pto"),
    ("boys and girls club", "bgc"),
    ("young mens christian association", "ymca"),
    ("young womens christian association", "ywca"),
    ("department of social services", "dss"),
    ("health and human services", "hhs"),
    ("juvenile justice", "jj"),
    ("school district", "sd"),
)
WAYS: dict[tuple[str, ...], tuple[str, ...]] = {tuple(way.split()): group for group in SAME for way in group}
LONGEST_WAY = max(len(way) for way in WAYS)


def normal(text: str) -> str:
    """Lower case, no accents, words by single spaces: "Niño's & St. Mary" becomes "ninos and st mary"."""
    apart = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    kept = (
        ""
        if unicodedata.combining(character) or character in "'’‘`"
        else character
        if character.isalnum()
        else " "
        for character in apart
    )
    return " ".join("".join(kept).split())


def spelled_out(text: str) -> str:
    """The normal form with each abbreviation in full: what names are sorted and begun by."""
    return " ".join(
        WAYS[(word,)][0] if (word,) in WAYS and " " not in WAYS[(word,)][0] else word
        for word in normal(text).split()
    )


def words_of(texts: Iterable[str]) -> set[str]:
    """Every word of the texts, and of the other ways to write them."""
    found: set[str] = set()
    for text in texts:
        words = normal(text).split()
        found.update(words, normal(APOSTROPHES.sub(" ", text)).split())
        for size in range(1, LONGEST_WAY + 1):
            for start in range(len(words) - size + 1):
                for way in WAYS.get(tuple(words[start : start + size]), ()):
                    found.update(way.split())
    return {word[:LONGEST_WORD] for word in found}


def lexemes(district_id: int, words: Iterable[str]) -> str:
    """The words of one partner as they are stored, for PostgreSQL's tsvector: letters and digits alone."""
    return " ".join(f"d{district_id}x{word}" for word in sorted(words)[:MOST_WORDS])


def correctable(words: Iterable[str]) -> set[str]:
    """Those that somebody may have meant who mistyped a word: not numbers, not what is too short to tell."""
    return {word for word in words if len(word) >= SHORTEST_MEANT and not word.isdigit()}


def query(district_id: int, typed: str, near: Mapping[str, Sequence[str]] | None = None) -> str:
    """What was typed, as PostgreSQL reads a tsquery: every word, each as a beginning; "" for none.

    `near` are words that may stand in the place of one that was typed.
    """
    ways = [(word, *(near or {}).get(word, ())) for word in normal(typed).split()[:MAX_WORDS]]
    parts = [[f"d{district_id}x{word[:LONGEST_WORD]}:*" for word in words] for words in ways]
    return " & ".join(f"({' | '.join(part)})" if len(part) > 1 else part[0] for part in parts)
