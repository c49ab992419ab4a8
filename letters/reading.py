"""What the pages show beside a letter: its values, and where a missing one is filled in."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.predicates import holds
from accounts.urls_in import coming_back, url_in
from partners.models import SchoolFigure
from partners.rules import edits_directory

from .enums import language_word
from .models import Letter
from .placeholders import UNREACHABLE, Placeholder, Problem, in_words, may_be_supplied, named
from .second import address, split
from .sheet import Sheet

NO_SIGNER = gettext_lazy("No principal signs for this school. District staff can invite one.")
OUR_NUMBERS = (Placeholder.SCHOOL_FIGURE, Placeholder.SCHOOL_NEEDS)
OUR_DETAILS = (Placeholder.SCHOOL_PLACE, Placeholder.SCHOOL_PUPILS, Placeholder.SCHOOL_PHONE)


@dataclass(frozen=True)
class Remedy:
    """Where a missing value is filled in: in words, and the address, which leads back to the letter."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class ValueRow:
    """A placeholder that a letter uses: in words, its name, its value, and what to do where it has none."""

    label: str
    name: str
    value: str
    remedy: Remedy | None


def value_rows(letter: Letter, sheet: Sheet, by: Membership) -> list[ValueRow]:
    """One row for each placeholder of the letter, in the order in which it reads them, after one for a way
    to reach the contact where there is none."""
    first, *others = sheet.halves
    names = [*([UNREACHABLE] if sheet.unreachable else []), *named(first.blocks)]
    names += [name for half in others for name in _own_names(half, first)]
    return [
        ValueRow(
            label=in_words(name),
            name=name,
            value=sheet.values.get(name, ""),
            remedy=None if sheet.values.get(name, "").strip() else remedy(letter, name, by),
        )
        for name in names
        if split(name)[1] in (*Placeholder.values, UNREACHABLE)
    ]


def _own_names(half: Sheet, first: Sheet) -> list[str]:
    """The addresses of the second language's values that are missing, or others than the first's."""
    own = {name: half.values.get(name, "") for name in named(half.blocks)}
    differ = [name for name, value in own.items() if not value or value != first.values.get(name)]
    return [where for name in differ if may_be_supplied(where := address(half.language, name))]


def remedy(letter: Letter, name: str, by: Membership) -> Remedy:
    """Where this person fills a placeholder's value in, or who does. At most one query."""
    language, name = split(name)
    record, field = name.split(".")
    if language and name == Placeholder.RESULT:
        return Remedy(_("Write it here in %(language)s") % {"language": language_word(language)})
    if record in ("letter", "liaison"):
        return Remedy(_("Fill it in here"), f"#id_{'liaison' if record == 'liaison' else field}")
    if name in OUR_DETAILS:
        return Remedy(_("Fill in the school's details"), _from(letter, "schools:edit", letter.school.uid))
    if name in OUR_NUMBERS:
        return _our_numbers(letter)
    if name == Placeholder.SIGNER_NAME:
        return Remedy(str(NO_SIGNER))
    if name == Placeholder.PARTNER_SINCE:
        return Remedy(
            _("Say since when you work together: move the partnership to “Active”"),
            _from(letter, "partners:stage", letter.partnership.uid),
        )
    if name == Placeholder.SCHOOL_PARTNERS:
        return Remedy(_("The school has no other active partner yet: change the text."))
    return _in_the_directory(letter, name, by)


def _our_numbers(letter: Letter) -> Remedy:
    """The school's first figure lacks the letter's language or its need; or there is no figure."""
    words = _("Fill in the school's numbers")
    first = SchoolFigure.objects.filter(school=letter.school_id).first()
    if first is None:
        return Remedy(words, _from(letter, "schools:add_figure", letter.school.uid))
    return Remedy(words, _from(letter, "schools:edit_figure", first.uid))


def _in_the_directory(letter: Letter, name: str, by: Membership) -> Remedy:
    if not holds(edits_directory, by):
        return Remedy(_("Your coordinator, your secretary or district staff fill it in."))
    if name in (Placeholder.CONTACT_DETAILS, Placeholder.CONTACT_NAME, UNREACHABLE):
        where = _from(letter, "partners:edit_contact", letter.contact.uid)
        return Remedy(_("Fill in the contact's details"), where)
    if name == Placeholder.PARTNER_SERVICES:
        where = _from(letter, "partners:add_service", letter.partnership.partner.uid)
        return Remedy(_("Add what this partner does"), where)
    return Remedy(_("The records have none: change the text."))


def _from(letter: Letter, page: str, uid: uuid.UUID) -> str:
    """A form's address that leads back to the letter's values."""
    district = letter.school.district
    letter_page = url_in(district, "letters:edit", uid=letter.uid)
    return coming_back(url_in(district, page, uid=uid), f"{letter_page}#values")


def problem_links(problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem as (where to go, what is wrong), for the summary of errors."""
    if not problems:
        return [("", str(NO_SIGNER))]
    return [(_place(problem), problem.words) for problem in problems]


def _place(problem: Problem) -> str:
    if not problem.known:
        return f"#id_block_{problem.block}"
    record, _dot, field = problem.name.partition(".")
    return f"#id_{field}" if record == "letter" else f"#value-{problem.name}"
