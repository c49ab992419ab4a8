"""What people write into one cell: a whole address, several things side by side, a total. Pure."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from partners.search import normal

T = TypeVar("T")
POINT = re.compile(r"\(\s*-?\d+\.\d+\s*,\s*-?\d+\.\d+\s*\)")  # latitude and longitude, as open data adds them
ZIP = re.compile(r"(?<!\d)(\d{5}(?:-\d{4})?)\W*$")
STATE = re.compile(r"(?:^|[\s,])([A-Za-z]{2})\.?$")
BETWEEN = re.compile(r"[\r\n;|]")
SEVERAL = re.compile(r'[\r\n;|,"]')  # what a cell of one thing has not
QUOTED_OR_NOT, QUOTED_OR_COMMAS = (
    re.compile(rf'(?:\A|[{marks}])(?:[ \t]*"((?:[^"]|"")*)"[ \t]*(?=[{marks}]|\Z)|([^{marks}]*))')
    for marks in (r"\r\n;|", ",")
)
NUMBER = re.compile(r"[\d.,]+")
TOTALS = frozenset(("total", "totals", "grand total", "sum", "total general", "suma"))
# Two letters each, of the states and territories.
STATES = re.compile(
    "A[KLRSZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]"
    "|T[NX]|UT|V[AIT]|W[AIVY]"
)


def whole_address(text: str, city: str = "") -> dict[str, str]:
    """Street, street2, city, state and postal_code of an address in one cell; those that can be told.

    `city`: where another cell says it, so that no other word is taken for it.

    "12 Hall St, Suite 4, Larkmoor, TX 00501" and the same on lines; a point on the map is passed over.
    """
    found: dict[str, str] = {}
    rest = POINT.sub("", text)
    rest = re.sub(r"\s*[\r\n]+\s*", ", ", rest.strip()).strip(" ,")
    if code := ZIP.search(rest):
        found["postal_code"], rest = code[1], rest[: code.start()].rstrip(" ,")
        state = STATE.search(rest)
        if state and STATES.fullmatch(state[1].upper()):
            found["state"], rest = state[1].upper(), rest[: state.start()].rstrip(" ,")
    parts = [part for part in (" ".join(part.split()) for part in rest.split(",")) if part]
    last = parts[-1] if len(parts) > 1 else ""
    if last and (last.lower() == city.lower() if city else not any(map(str.isdigit, last))):
        found["city"] = parts.pop()
    if parts:
        found["street"] = parts.pop(0)
    if parts:
        found["street2"] = ", ".join(parts)
    return found


def several(text: str, *, commas: bool = True) -> list[str]:
    """The things of a cell that names several, each once: "tutoring; mentoring" and the like.

    Where nothing else stands between them, commas do, unless `commas` is false. What stands between quotation
    marks is one thing, as it is.
    """
    if not SEVERAL.search(text):
        return [" ".join(text.split())] if text.strip() else []
    parts = QUOTED_OR_NOT if not commas or BETWEEN.search(text) else QUOTED_OR_COMMAS
    found = (
        part[1].replace('""', '"') if part[1] is not None else " ".join(part[2].split())
        for part in parts.finditer(text)
    )
    return list(dict.fromkeys(filter(None, found)))


def side_by_side(things: Iterable[str], *, commas: bool = True) -> str:
    """Things in one cell, so that `several` reads the same ones: between quotation marks where it must be."""
    listed = list(things)
    alone = commas and len(listed) == 1
    return "; ".join(_quoted(thing) if _is_not_plain(thing, alone) else thing for thing in listed)


def understood(cell: str, known: Callable[[str], T | None]) -> tuple[list[T], list[str]]:
    """What the words of a cell mean by `known`, each once, and those that mean nothing.

    A cell that is known as a whole is not taken apart: a word of ours may hold a comma.
    """
    whole = known(cell) if cell else None
    if whole is not None:
        return [whole], []
    meant = {part: known(part) for part in several(cell)}
    unknown = [part for part, meaning in meant.items() if meaning is None]
    return list(dict.fromkeys(meaning for meaning in meant.values() if meaning is not None)), unknown


def of_each(
    cell: str, things: Collection[str], known: Callable[[str], T | None]
) -> tuple[dict[str, list[T]], list[str]]:
    """What a cell says of each thing ("Calm Hour: Trauma", or "Trauma" of all), and the words unknown."""

    def meaning(part: str) -> tuple[str, T] | None:
        thing = max((one for one in things if part.startswith(f"{one}: ")), key=len, default="")
        meant = known(part.removeprefix(f"{thing}: ") if thing else part)
        return None if meant is None else (thing, meant)

    pairs, unknown = understood(cell, meaning)
    each = {thing: list(dict.fromkeys(meant for of, meant in pairs if of in ("", thing))) for thing in things}
    return each, unknown


def _is_not_plain(thing: str, alone: bool) -> bool:
    cut = BETWEEN.search(thing) or thing.startswith('"') or (alone and "," in thing)
    return bool(cut) or " ".join(thing.split()) != thing


def _quoted(thing: str) -> str:
    doubled = thing.replace('"', '""')
    return f'"{doubled}"'


def is_total(name: str, cells: Iterable[str]) -> bool:
    """Whether a row counts the others: it is called so, and beside its name holds numbers alone."""
    others = {text for cell in cells if (text := cell.strip())} - {name}
    return normal(name) in TOTALS and all(NUMBER.fullmatch(text) for text in others)
