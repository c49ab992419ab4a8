"""What is typed about a question while it is open: its Spanish, and who steps out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .enums import Standing
from .forms import options_es_field, text_es_field
from .models import Decision, Round
from .queries import OPTIONS_ES, QUESTION_ES, TEXT_ES
from .services import RoundBegan


class SpanishForm(WarnsOfStudentRecords, forms.Form):
    """A question in Spanish: what of it is not written in it yet, as it is asked now.

    The round for which it was written travels along. Where a further one began meanwhile nothing is kept:
    what was typed is shown again beside what that round lacks.
    """

    watched = (QUESTION_ES, "meaning_es", TEXT_ES, OPTIONS_ES)

    question_es = forms.CharField(
        label=_("The question in Spanish"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    meaning_es = forms.CharField(
        label=_("What a yes would mean, in Spanish"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_es = text_es_field(required=True)
    options_es = options_es_field(required=True)
    round_n = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asked: Round, lacks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round_n"].initial = asked.n
        wanted = {*lacks, *(name for name in self.watched if self.data.get(name))}
        wanted |= {"meaning_es"} if QUESTION_ES in wanted else set()
        self.is_late = self.data.get("round_n", str(asked.n)) != str(asked.n)
        if self.is_late:
            again: Any = self.data
            self.data = again = again.copy()
            again["round_n"] = str(asked.n)
        for name in {*self.watched} - wanted:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """It belongs to the round that was asked."""
        if self.is_late:
            raise forms.ValidationError(RoundBegan.words)
        return super().clean()


class StepOutForm(WarnsOfStudentRecords, forms.Form):
    """Which seat steps out, and why."""

    watched = ("reason",)

    seat: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Which seat"), queryset=None, to_field_name="uid", empty_label=_("Choose a seat")
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Such as: they bid for this contract.")
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seat", decision.seats.filter(recusal=None, standing=Standing.VOTES))
