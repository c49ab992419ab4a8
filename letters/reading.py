"""What the pages show beside a letter: its values, and where a missing one is filled in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.urls_in import url_in

from .models import Letter
from .placeholders import Placeholder, Problem, names_in
from .sheet import Sheet

PAGES = {"contact": "partners:contacts", "partner": "partners:services", "partnership": "partners:page"}


@dataclass(frozen=True)
class ValueRow:
    """A placeholder that a letter uses: in words, its name, its value, and where to fill it in."""

    label: str
    name: str
    value: str
    fix_url: str


def value_rows(letter: Letter, sheet: Sheet) -> list[ValueRow]:
    """One row for each placeholder of the letter, in the order in which it reads them."""
    names = dict.fromkeys(name for block in sheet.blocks for name in names_in(block["text"]))
    return [
        ValueRow(str(Placeholder(name).label), name, sheet.values.get(name, ""), fix_url(letter, name))
        for name in names
        if name in Placeholder.values
    ]


def fix_url(letter: Letter, name: str) -> str:
    """Where a placeholder's value is filled in: a field of the draft's page, or a page of the partner."""
    record, field = name.split(".")
    if record == "letter":
        return f"#id_{field}"
    if record == "liaison":
        return "#id_liaison"
    if record in PAGES:
        return url_in(letter.school.district, PAGES[record], uid=letter.partnership.partner.uid)
    return ""


def problem_links(letter: Letter, problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem as (where to go, what is wrong), for the summary of errors."""
    if not problems:
        return [("", _("No principal signs for this school. District staff can invite one."))]
    return [(_place(letter, problem), problem.words) for problem in problems]


def _place(letter: Letter, problem: Problem) -> str:
    if not problem.known:
        return f"#id_block_{problem.block}"
    own = fix_url(letter, problem.name)
    return own if own.startswith("#") else f"#value-{problem.name}"
