"""Which schools a cell of a person's own sheet names: by name, code, short form or nickname. Pure.

A name counts without the words of its kind ("Quillback", "Quillback MS", "Quillback Middle School"), as long
as no other school of the district is called so.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from partners.search import normal

ALIKE = 0.75  # how much a misspelled name has in common with the right one (difflib)
# What stands between schools: the surest first, since a name may hold the others.
BETWEEN = (
    re.compile(r"[;\r\n|]+"),
    re.compile(r"/"),
    re.compile(r","),
    re.compile(r"&|\+|\band\b|\by\b", re.IGNORECASE),
)
# Short forms of kinds of schools, as whole words.
KINDS = {
    "es": "elementary",
    "el": "elementary",
    "elem": "elementary",
    "primaria": "elementary",
    "ms": "middle",
    "mid": "middle",
    "jhs": "junior high",
    "jh": "junior high",
    "secundaria": "middle",
    "hs": "high",
    "preparatoria": "high",
    "int": "intermediate",
    "ps": "primary",
    "acad": "academy",
}
KIND_WORDS = frozenset(("elementary", "middle", "junior", "high", "intermediate", "primary", "academy"))
SAYS_NOTHING = frozenset(("school", "sch", "escuela", "campus", "the", "la", "de"))
ALL = frozenset(("all", "all schools", "all campuses", "todas", "todas las escuelas", "todos los planteles"))
DISTRICT = frozenset(
    (
        "district",
        "district wide",
        "districtwide",
        "the district",
        "distrito",
        "el distrito",
        "todo el distrito",
        "central office",
    )
)
NOTHING = frozenset(("", "none", "n a", "na", "tbd", "ninguna", "ninguno", "no"))


@dataclass(frozen=True, slots=True)
class Named:
    """The schools of one cell by key, whether it names the district itself, and what no school is called."""

    schools: tuple[int, ...] = ()
    district: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class SchoolNames:
    """What the open schools of a district are called.

    `aliases` are answers given before, by normal form; `not_schools` are normal forms that name none.
    """

    schools: Mapping[int, tuple[str, str]]  # name and code, by key
    aliases: Mapping[str, int] = field(default_factory=dict)
    not_schools: frozenset[str] = frozenset()
    known: dict[str, int] = field(init=False)
    cells: dict[str, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {**dict(_once(self.schools)), **self.aliases}

    def named(self, cell: str) -> Named:
        """The schools that a cell names."""
        if cell not in self.cells:
            self.cells[cell] = self._named(cell)
        return self.cells[cell]

    def probably(self, text: str) -> int | None:
        """The school whose name is most like a text that names none."""
        close = difflib.get_close_matches(short_form(text), self.known, n=1, cutoff=ALIKE)
        return self.known[close[0]] if close else None

    def _named(self, cell: str) -> Named:
        found: dict[int, None] = {}
        unknown: dict[str, None] = {}
        district = False
        for part in self._parts(cell):
            plain = normal(part)
            if plain in ALL:
                found |= dict.fromkeys(self.schools)
            elif plain in DISTRICT:
                district = True
            elif (key := self._key(part)) is not None:
                found[key] = None
            elif plain not in NOTHING and plain not in self.not_schools:
                unknown[" ".join(part.split())] = None
        return Named(tuple(found), district, tuple(unknown))

    def _parts(self, cell: str, depth: int = 0) -> Iterator[str]:
        """The cell cut where it must be, no further: a name may hold a comma, an ampersand or an "and"."""
        if depth == len(BETWEEN) or self._is_one(cell):
            yield cell
        else:
            for part in BETWEEN[depth].split(cell):
                yield from self._parts(part, depth + 1)

    def _is_one(self, text: str) -> bool:
        plain = normal(text)
        known = plain in ALL or plain in DISTRICT or plain in NOTHING or plain in self.not_schools
        return known or self._key(text) is not None

    def _key(self, text: str) -> int | None:
        plain = normal(text)
        return self.known.get(plain, self.known.get(short_form(text)))


def short_form(text: str) -> str:
    """A school's name without what every school's has, its kind spelled one way: "quillback middle"."""
    words = [KINDS.get(word, word) for word in normal(text).split()]
    return " ".join(word for word in words if word not in SAYS_NOTHING)


def _once(schools: Mapping[int, tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """What exactly one school is called."""
    called: dict[str, set[int]] = defaultdict(set)
    for key, (name, code) in schools.items():
        for form in _forms(name, code):
            called[form].add(key)
    for form, keys in called.items():
        if form and len(keys) == 1:
            yield form, next(iter(keys))


def _forms(name: str, code: str) -> Iterable[str]:
    short = short_form(name)
    bare = " ".join(word for word in short.split() if word not in KIND_WORDS)
    return {normal(name), short, bare, normal(code)}
