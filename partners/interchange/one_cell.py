"""What people write into one cell: a whole address, or several things side by side. Pure."""

import re

POINT = re.compile(r"\(\s*-?\d+\.\d+\s*,\s*-?\d+\.\d+\s*\)")  # latitude and longitude, as open data adds them
ZIP = re.compile(r"(?<!\d)(\d{5}(?:-\d{4})?)\W*$")
STATE = re.compile(r"(?:^|[\s,])([A-Za-z]{2})\.?$")
BETWEEN = re.compile(r"[\r\n;|]+")
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


def several(text: str) -> list[str]:
    """The things of a cell that names several, each once: "tutoring; mentoring" and the like."""
    parts = BETWEEN.split(text) if BETWEEN.search(text) else text.split(",")
    return list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))
