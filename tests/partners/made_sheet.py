"""A sheet as a coordinator keeps one, made for the tests: 900 rows with the quirks of real ones."""

import csv
import io
from collections.abc import Sequence

NAMES = (
    "Umber",
    "Tamarack",
    "Wexley",
    "Cedar Bend",
    "Niño",
    "O'Hara",
    "St. Brigid's",
    "Larkmoor",
    "Ferry",
    "Otter",
)
KINDS = (
    "Youth Club",
    "Food Pantry",
    "Clinic",
    "Library Friends",
    "Mentors",
    "Music School",
    "Church",
    "Boxing Gym",
)
SECTORS = (
    "Youth-serving organization",
    "Basic needs (housing, food)",
    "Health care",
    "Faith-based",
    "Civic",
    "",
)
NEEDS = ("Attendance", "After-school and mentoring", "Basic needs", "Mental health; Attendance", "")
HEAD = (
    "Agency",
    "Contact Person",
    "Title",
    "E-mail",
    "Phone",
    "Street",
    "City",
    "ST",
    "Zip",
    "Web site",
    "Tax ID",
    "Sector",
    "Program",
    "Needs",
    "Schools Served",
    "Status",
    "Notes",
)


def row(number: int, schools: str) -> list[str]:
    """A partner as somebody typed it; each twentieth is one more contact of the one before."""
    own = number - 1 if number % 20 == 19 else number
    name = f"{NAMES[own % len(NAMES)]} {KINDS[own % len(KINDS)]} {own}"
    return [
        f"{name} ",
        f"Ana Ruiz {number}",
        "Director",
        f"ana{number}@umber{own}.example",
        f"(555) 555-{number % 100:04d}" if number % 7 else f"555.555.{number % 100:04d} ext 12",
        f"{number} Hall St",
        "Larkmoor",
        "TX",
        f"{501 + own % 20:05d}",
        f"www.umber{own}.example" if number % 3 else "",
        f"0{own % 10}-{1_000_000 + own}" if number % 4 else "",
        SECTORS[own % len(SECTORS)],
        f"Program {own % 9}",
        NEEDS[own % len(NEEDS)],
        schools,
        "Active" if number % 5 else "",
        "=1+1" if number % 100 == 1 else "knows the custodian",
    ]


def made_sheet(
    schools: Sequence[str], rows: int = 900, broken: Sequence[int] = (), first: int = 0
) -> list[list[str]]:
    """The head and `rows` rows, in turn at these schools' cells; the names of the `broken` ones are blank.

    Sheets with another `first` number are of other partners.
    """
    made = [row(first + number, schools[number % len(schools)]) for number in range(rows)]
    for number in broken:
        made[number][0] = ""
    return [list(HEAD), *made]


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "cp1252", delimiter: str = ";") -> bytes:
    """The rows as a spreadsheet on Windows saves them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)
