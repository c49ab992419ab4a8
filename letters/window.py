"""The address as the window of a #10 envelope shows it: at most five printed lines, all in its width.

The window is 4 1/2 in wide and 1 1/8 in high; look.md gives the address 3.35 x 1.05 in of it. How wide a line
prints is estimated, a little too wide, from its letters: what is estimated to fit in 3.35 in does fit in the
window. The least size is 8 pt, below which the post's machines may not read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 5
WIDTH = 3.35 * 72  # points
SIZES = {"": 11.0, "small": 9.5, "smallest": 8.0}  # class of the address, and its size in points
ROLE = 1  # the line that an address can do without
NARROW, WIDE = frozenset("iljtfrI.,:;'’!|()[]/- "), frozenset("mwMWÑ@%&—…")
MORE = "…"


@dataclass(frozen=True)
class Address:
    """The lines as printed, and the class that gives their size."""

    lines: list[str]
    size: str


def fitted(lines: Sequence[str]) -> Address:
    """The address in the largest size in which all of it has room; a long line takes two.

    Where the smallest does not help, first the role goes, then names are cut: the street needs all its words.
    """
    without_role = [line for place, line in enumerate(lines) if place != ROLE or len(lines) < MOST_LINES]
    for wanted in (lines, without_role):
        for size in SIZES:
            broken = [part for line in wanted for part in _broken(line, size)]
            if len(broken) <= MOST_LINES and all(_fits(part, size) for part in broken):
                return Address(broken, size)
    *names, street, town = without_role
    parts = [*names, *_broken(street, "smallest")[:2], town]
    return Address([_cut(part) for part in parts][:MOST_LINES], "smallest")


def _fits(line: str, size: str) -> bool:
    return sum(map(_ems, line)) * SIZES[size] <= WIDTH


def _ems(letter: str) -> float:
    """About how wide a letter is, in sizes of the type."""
    if letter in NARROW:
        return 0.34
    if letter in WIDE:
        return 0.95
    return 0.72 if letter.isupper() else 0.58


def _broken(line: str, size: str) -> list[str]:
    """A line at its spaces, as few parts as there must be."""
    parts: list[str] = []
    for word in line.split():
        longer = f"{parts[-1]} {word}" if parts else word
        if parts and _fits(longer, size):
            parts[-1] = longer
        else:
            parts.append(word)
    return parts


def _cut(line: str) -> str:
    """As much of a line as has room in the smallest size."""
    while not _fits(line, "smallest"):
        line = line.removesuffix(MORE)[:-1].rstrip() + MORE
    return line
