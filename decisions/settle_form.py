"""The shape of what a decision says of who does what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.student_records import WarnsOfStudentRecords


class SettleForm(WarnsOfStudentRecords, forms.Form):
    """Which overlap a decision settles, and how."""

    watched = ("text",)

    overlap = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Who does what"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence or two, as it stands on Who serves what from now on."),
    )

    def __init__(self, *args: Any, overlaps: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["overlap"]
        field.choices = list(overlaps)
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]
