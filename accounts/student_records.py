"""No student records: a warning, once, where what somebody types looks like one (docs/architecture.md).

It is a guess from the words alone and refuses nothing: whoever knows better saves anyway.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import clock

YOUNGEST, OLDEST = 2, 22  # years of age of whom a school teaches, with a year to spare

SOCIAL_SECURITY = r"\b(?!000|666|9)\d{3}-\d{2}-\d{4}\b"
STUDENTS_NUMBER = (
    r"\b(?:student|pupil|estudiante|alumn[oa])(?:'s)?\s+"
    r"(?:(?:id|ssid|number|no|num|n[uú]mero|identification)\b\W*){0,2}#?\s*\d{5,10}\b"
)
# Any ID, but of what has one, too, and is no student.
ID_NUMBER = (
    r"(?<!\btax )(?<!\bgrant )(?<!\bvendor )(?<!\binvoice )(?<!\bmeeting )(?<!\bzoom )(?<!\bpolicy )"
    r"(?<!\border )(?<!\blicense )(?<!\bemployer )(?<!\bevent )(?<!\bnces )(?<!\bdistrict )(?<!\bcampus )"
    r"\b(?:id|ssid|peims|matr[ií]cula)\b\W{0,3}(?:(?:number|no|num|n[uú]mero|is|es)\b\W*)?\d{5,10}\b"
)
LOOKS_LIKE_ID = re.compile(f"{SOCIAL_SECURITY}|{STUDENTS_NUMBER}|{ID_NUMBER}", re.IGNORECASE)

MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<y1>(?:\d{2}){1,2})|(?P<y2>\d{4})-\d{1,2}-\d{1,2}"
    rf"|(?i:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
    rf"|\d{{1,2}}\s+(?:de\s+)?(?i:{MONTH})\s+(?:del?\s+)?(?P<y4>\d{{4}}))\b"
)
# A word for a birth and its date; or a first and a last name, and right after them a date.
BIRTH = (
    r"\b(?i:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday|nacid[oa]|nacimiento)(?!\w)[^\d.;\n]{0,30}"
)
NAME = r"\b[A-ZÁÉÍÓÚÑ][\w'’-]+\s+(?:[A-Z]\.?\s+)?[A-ZÁÉÍÓÚÑ][\w'’-]+[\s,(:]{1,3}"
AFTER_BIRTH, AFTER_NAME = re.compile(BIRTH + DATE), re.compile(NAME + DATE)


# A count of students below ten, but not the ten of "2 in 10 students" nor the "6" of "grade 6 students".
FEW_STUDENTS = re.compile(
    r"(?<!\bin )(?<!\bof )(?<!\bgrade )(?<!\bcada )(?<!\bgrado )(?<![\d.,/-])"
    r"\b(?:[1-9]|one|two|three|four|five|six|seven|eight|nine|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
    r"\s+(?:(?:of\s+)?(?:our|the|de\s+nuestr[oa]s)\s+)?"
    r"(?:students?|pupils?|children|child|kids?|boys?|girls?|(?:\w+\s)?graders?"
    r"|estudiantes?|alumn[oa]s?|niñ[oa]s?)\b",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """What a text looks like."""

    ID_NUMBER = "id_number"
    BIRTH_DATE = "birth_date"


WARNINGS: dict[Reason, Promise] = {
    Reason.ID_NUMBER: _(
        "This looks like a student's ID number. Nothing is saved yet: take it out, or save anyway."
    ),
    Reason.BIRTH_DATE: _(
        "This looks like a child's birth date. Nothing is saved yet: take it out, or save anyway."
    ),
}


def looks_like_student_record(text: str, this_year: int) -> list[Reason]:
    """What in a text looks like the record of a student: an ID number, a birth date by a name."""
    reasons = [Reason.ID_NUMBER] if LOOKS_LIKE_ID.search(text) else []
    years = _years(AFTER_BIRTH, text), _years(AFTER_NAME, text)
    if any(this_year - OLDEST <= year <= this_year - YOUNGEST for some in years for year in some):
        reasons.append(Reason.BIRTH_DATE)
    return reasons


def names_few_students(text: str) -> bool:
    """Whether a sentence counts students below ten, which is said as "fewer than 10"."""
    return FEW_STUDENTS.search(text) is not None


def _years(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """The years of the dates that stand so; two digits are of this century."""
    for found in pattern.finditer(text):
        year = next(filter(None, found.groups()))
        yield int(year) if len(year) == 4 else 2000 + int(year)


if TYPE_CHECKING:
    Form = forms.BaseForm
else:
    Form = object


class WarnsOfStudentRecords(Form):
    """A form that warns once of each field and reason; the names of the fields are in `watched`.

    A hidden field says what was warned of. The button then reads `submit_anyway`; that of several forms that
    are sent as one reads what `anyway` says of them.
    """

    watched: tuple[str, ...] = ()
    submit_anyway: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["warned"] = forms.CharField(required=False, initial="", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Warn of what was not warned of yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        warned = cleaned.pop("warned", "").split()
        this_year = clock.now().year
        found = {
            f"{name}:{reason}": (name, reason)
            for name in self.watched
            for reason in looks_like_student_record(str(cleaned.get(name) or ""), this_year)
        }
        new = [key for key in found if key not in warned]
        if new:
            sent: Any = self.data
            data = sent.copy()
            data[self.add_prefix("warned")] = " ".join(found)
            self.data = data
            self.submit_anyway = "" if self.errors else _("Save anyway")
            for key in new:
                name, reason = found[key]
                self.add_error(name, str(WARNINGS[reason]))
        return cleaned


def anyway(*sent: WarnsOfStudentRecords) -> Any:
    """The words of the button of forms that are sent as one: "Save anyway" where all that is wrong with them
    was warned of, else nothing."""
    words = [form.submit_anyway for form in sent if form.errors]
    return words[0] if words and all(words) else ""
