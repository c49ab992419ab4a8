"""The shape of what comes by a personal link: a seat's own answer, or what it says instead of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.student_records import WarnsOfStudentRecords

from .answers_form import AnswersForm, SeatFields, reason_of
from .ballots import Ballot
from .models import DecisionSeat
from .queries import Count, Line


class OwnAnswerForm(AnswersForm):
    """The answer of one seat, given by itself; nothing is chosen beforehand."""

    over_words = gettext_lazy("A further round began meanwhile. Read the question as it stands now.")

    def __init__(self, *args: Any, counted: Count, seat: DecisionSeat, **kwargs: Any) -> None:
        own = replace(counted, lines=[Line(seat, None, 0)])
        super().__init__(*args, counted=own, language=get_language(), **kwargs)
        del self.fields["source"], self.fields["told"]

    @property
    def own(self) -> SeatFields:
        """The fields of the seat."""
        [line] = self.lines
        return line

    def clean(self) -> dict[str, Any]:
        """An answer there must be."""
        [names] = self.names.values()
        if not self.errors and self._ballot(names, self.cleaned_data) is None:
            self.add_error(names[0], self.how_to or _("Choose one of the answers."))
        return super().clean()

    @property
    def answer(self) -> Ballot:
        """What the seat answers."""
        [names] = self.names.values()
        answer = self._ballot(names, self.cleaned_data)
        assert answer is not None, "clean() found one"
        return answer

    @property
    def reason(self) -> str:
        """Why."""
        [seat] = self.names
        return str(self.cleaned_data[reason_of(seat)])


class AskForm(WarnsOfStudentRecords, forms.Form):
    """A question before one answers."""

    watched = ("text",)

    text = forms.CharField(
        label=gettext_lazy("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PassOnForm(forms.Form):
    """Who answers for the seat instead."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Their e-mail address"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Their language"), choices=settings.LANGUAGES)


class MayNotForm(forms.Form):
    """That one may not answer: the button says it all."""
