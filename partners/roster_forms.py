"""The shape of what a principal says of a school's partners each September."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import RosterAnswerKind
from .fields import LinesField
from .models import Partner, Partnership
from .roster_queries import RosterRow
from .search import spelled_out


class RosterForm(WarnsOfStudentRecords, forms.Form):
    """Each partner: still here, or gone and why. Below, whether all others are here, and who was missing."""

    others_here = forms.BooleanField(
        label=_("All others are still here"),
        required=False,
        help_text=_("Those for whom you chose nothing above. Leave it unticked to go on later."),
    )
    missing = LinesField(
        label=_("Who is missing here?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name a line, as in the directory. They are added to your school as active."),
    )

    def __init__(self, *args: Any, rows: Sequence[RosterRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            name = row.partnership.partner.winner.name
            self.fields[_field(row)] = forms.ChoiceField(
                label=name,
                choices=RosterAnswerKind.choices,
                required=False,
                initial=row.said,
                widget=forms.RadioSelect,
            )
            self.fields[_reason(row)] = forms.CharField(
                label=_("If gone, why? %(name)s") % {"name": name}, max_length=255, required=False
            )
        self.watched = tuple(_reason(row) for row in rows)
        self.sometimes_needed = (*self.watched, *(_field(row) for row in rows), "others_here")
        self.order_fields([*self.sometimes_needed, "missing"])

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each partner what is said of it, and why."""
        return [(self[_field(row)], self[_reason(row)]) for row in self.rows]

    def clean_missing(self) -> list[Partner]:
        """The partners of these names. Raises ValidationError, naming those that the directory lacks."""
        names = self.cleaned_data["missing"]
        spelled = {name: spelled_out(name)[:255] for name in names}
        found = Partner.objects.filter(sort_name__in=spelled.values()).current()
        known = {partner.sort_name: partner for partner in found}
        twice = Counter(partner.sort_name for partner in found)
        several = [name for name, key in spelled.items() if twice[key] > 1]
        if several:
            raise forms.ValidationError(
                _("Several partners have this name: %(names)s. Begin with the right one on its own page."),
                params={"names": ", ".join(several)},
            )
        unknown = [name for name, key in spelled.items() if key not in known]
        if unknown:
            raise forms.ValidationError(
                _("The directory has no partner of this name: %(names)s. Your coordinator can add it."),
                params={"names": ", ".join(unknown)},
            )
        return [known[key] for key in spelled.values()]

    def clean(self) -> dict[str, Any]:
        """Who is gone has a reason."""
        cleaned = super().clean() or {}
        for row in self.rows:
            if cleaned.get(_field(row)) == RosterAnswerKind.GONE and not cleaned.get(_reason(row)):
                self.add_error(_reason(row), _("Say why, in a few words."))
        return cleaned

    @property
    def left_open(self) -> int:
        """How many partners wait for an answer still."""
        cleaned = self.cleaned_data
        answered = (row.said or cleaned[_field(row)] or self._is_other_here(row) for row in self.rows)
        return sum(not one for one in answered)

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as the service takes it."""
        cleaned = self.cleaned_data
        here: list[Partnership] = []
        gone: dict[Partnership, str] = {}
        for row in self.rows:
            kind = cleaned[_field(row)]
            if kind == RosterAnswerKind.GONE:
                gone[row.partnership] = cleaned[_reason(row)]
            elif kind == RosterAnswerKind.STILL_HERE or self._is_other_here(row):
                here.append(row.partnership)
        return {"here": here, "gone": gone, "missing": cleaned["missing"]}

    def _is_other_here(self, row: RosterRow) -> bool:
        """Whether one tick said it of this partner, too: of those on the page that was opened."""
        return self.cleaned_data["others_here"] and _reason(row) in self.data


def _field(row: RosterRow) -> str:
    return f"said_{row.partnership.pk}"


def _reason(row: RosterRow) -> str:
    return f"why_{row.partnership.pk}"
