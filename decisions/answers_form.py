"""All answers to a question on one screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .ballot_words import choices, chosen
from .ballots import Ballot, kept
from .enums import RECORDED, Source
from .models import DecisionSeat
from .queries import Count


class AnswersForm(forms.Form):
    """The answers of all seats on one screen, and how we know them.

    What was shown travels along, so that what somebody else recorded meanwhile is not taken back.
    """

    round = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.ChoiceField(
        label=_("How we know"), choices=[(source.value, source.label) for source in RECORDED]
    )
    told = forms.CharField(
        label=_("What the seats were told"),
        max_length=300,
        required=False,
        help_text=_("Such as: you can correct this until Friday."),
    )

    def __init__(self, *args: Any, counted: Count, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        self.fields["round"].initial = counted.round.n
        self.seats: list[DecisionSeat] = [line.seat for line in counted.lines if not line.stepped_out]
        offered = choices(counted.rule.method_in(counted.round.n), counted.round.options)
        for line in counted.lines:
            if not line.stepped_out:
                self._add_seat(line.seat, offered, line.answer, line.position.reason if line.position else "")

    def _add_seat(self, seat: DecisionSeat, offered: list[Any], answer: Ballot | None, reason: str) -> None:
        self.fields[f"answer-{seat.uid}"] = forms.TypedChoiceField(
            label=seat.label,
            choices=offered,
            coerce=chosen,
            empty_value=None,
            required=False,
            initial=None if answer is None else kept(answer),
            widget=forms.RadioSelect,
            show_hidden_initial=True,
        )
        self.fields[f"reason-{seat.uid}"] = forms.CharField(
            label=_("Reason"), required=False, initial=reason, max_length=1000, show_hidden_initial=True
        )

    @property
    def lines(self) -> list[tuple[DecisionSeat, forms.BoundField, str, forms.BoundField]]:
        """Each seat with its answer, the answer that was shown, and its reason (which brings its own)."""
        return [
            (
                seat,
                self[f"answer-{seat.uid}"],
                self[f"answer-{seat.uid}"].as_hidden(only_initial=True),
                self[f"reason-{seat.uid}"],
            )
            for seat in self.seats
        ]

    def clean(self) -> dict[str, Any]:
        """Answers belong to the round that was asked."""
        cleaned = super().clean() or {}
        if (cleaned.get("round") or self.counted.round.n) != self.counted.round.n:
            raise forms.ValidationError(
                _("A further round began meanwhile. Open this page anew and ask all seats once more.")
            )
        return cleaned

    def given(self) -> list[tuple[DecisionSeat, Ballot, str]]:
        """What is new or changed: seat, answer, reason. A seat without an answer is left as it is."""
        changed = []
        for seat in self.seats:
            names = (f"answer-{seat.uid}", f"reason-{seat.uid}")
            answer, reason = (self.cleaned_data[name] for name in names)
            if answer is not None and any(name in self.changed_data for name in names):
                changed.append((seat, answer, reason))
        return changed

    @property
    def how(self) -> dict[str, Any]:
        """How we know, for each of them."""
        return {"source": Source(self.cleaned_data["source"]), "told": self.cleaned_data["told"]}
