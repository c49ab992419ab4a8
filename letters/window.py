"""The address in the window of a #10 envelope: set smaller, and at last shortened, before it runs over."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 241.0  # points: the 3.35 in of docs/look.md
ROLE = 1  # its place among the five lines of a full address
NARROW, WIDE = frozenset(" .,;:'’-()[]/|!fijltI"), frozenset("mwMWÆŒæœ@%&—…")
NO_WIDTH = ("Mn", "Me", "Cf")  # marks that stand over a letter, and signs that nobody sees


@dataclass(frozen=True)
class Size:
    """A size of type: its class in press/styles/letter.css, its points, and how many lines have room."""

    name: str
    points: float
    lines: int


SIZES = (Size("", 11, 5), Size("small", 9, 7), Size("smallest", 8, 8))


@dataclass(frozen=True)
class Address:
    """The lines that are printed, and the class of the size in which they have room."""

    lines: list[str]
    size: str


def fitted(lines: Sequence[str]) -> Address:
    """An address as it has room: smaller where it must be; then without the role; then its longest cut."""
    kept = list(lines)
    for size in SIZES:
        if _rows(kept, size) <= size.lines:
            return Address(kept, size.name)
    smallest = SIZES[-1]
    if len(kept) > 4:
        del kept[ROLE]
    while _rows(kept, smallest) > smallest.lines:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest] = kept[longest][: -len(kept[longest]) // 10].rstrip(" …") + "…"
    return Address(kept, smallest.name)


def _rows(lines: Sequence[str], size: Size) -> int:
    """About how many rows the lines take, words that are too long broken."""
    return sum(_rows_of(line, size) for line in lines)


def _rows_of(line: str, size: Size) -> int:
    rows, used = 1, 0.0
    for word in line.split():
        wanted = sum(map(_width, word)) * size.points
        if used and used + wanted > WIDTH:
            rows, used = rows + 1, 0.0
        rows += int(wanted // WIDTH)
        used += wanted % WIDTH + _width(" ") * size.points
    return rows


def _width(sign: str) -> float:
    """A sign's width in ems, about what Source Serif 4 has; nothing for a mark over a letter."""
    if unicodedata.category(sign) in NO_WIDTH:
        return 0.0
    letter = unicodedata.normalize("NFD", sign)[0]
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 1.0
    return 0.76 if letter.isupper() else 0.57
