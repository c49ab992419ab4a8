"""All answers to a question on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .ballot_numbers import as_numbers, from_numbers, how_to
from .ballot_words import choices, chosen, named
from .ballots import Ballot, kept
from .enums import RECORDED, Source
from .methods import METHODS
from .models import DecisionSeat
from .queries import Count, Line
from .rule import Answer


@dataclass(frozen=True)
class SeatFields:
    """The fields of one seat: its answer as a choice, or a number for each option and whether it abstains;
    what was shown, to travel along; its reason (which brings its own)."""

    seat: DecisionSeat
    choice: forms.BoundField | None
    numbers: list[tuple[str, forms.BoundField]]
    abstains: forms.BoundField | None
    shown: SafeString
    reason: forms.BoundField


class AnswersForm(forms.Form):
    """The answers of all seats on one screen, and how we know them.

    What was shown travels along, so that what somebody else recorded meanwhile is not taken back.
    """

    round = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.ChoiceField(
        label=gettext_lazy("How we know"), choices=[(source.value, source.label) for source in RECORDED]
    )
    told = forms.CharField(
        label=gettext_lazy("What the seats were told"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as: you can correct this until Friday."),
    )

    def __init__(self, *args: Any, counted: Count, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        self.method = counted.rule.method_in(counted.round.n)
        self.options: list[str] = counted.round.options
        self.fields["round"].initial = counted.round.n
        self.names: dict[DecisionSeat, list[str]] = {}
        for line in counted.lines:
            if not line.stepped_out:
                self._add_seat(line)

    def _add_seat(self, line: Line) -> None:
        own = f"answer-{line.seat.uid}"
        offered = choices(self.method, self.options)
        if offered:
            fields: dict[str, forms.Field] = {own: _choice(offered, line)}
        else:
            fields = _numbers(
                own, self.options, line, as_numbers(line.answer, self.method, len(self.options))
            )
        self.fields |= fields
        self.names[line.seat] = list(fields)
        self.fields[f"reason-{line.seat.uid}"] = forms.CharField(
            label=_("Reason"),
            required=False,
            initial=line.position.reason if line.position else "",
            max_length=1000,
            show_hidden_initial=True,
        )

    @property
    def lines(self) -> list[SeatFields]:
        """Each seat with its fields."""
        return [self._line(seat, [self[name] for name in names]) for seat, names in self.names.items()]

    def _line(self, seat: DecisionSeat, fields: list[forms.BoundField]) -> SeatFields:
        shown = mark_safe("".join(field.as_hidden(only_initial=True) for field in fields))  # noqa: S308
        reason = self[f"reason-{seat.uid}"]
        if len(fields) == 1:
            return SeatFields(seat, fields[0], [], None, shown, reason)
        *numbers, abstains = fields
        options = list(zip(named(self.options), numbers, strict=True))
        return SeatFields(seat, None, options, abstains, shown, reason)

    @property
    def how_to(self) -> str:
        """How to fill in numbers, where the method asks for any."""
        return how_to(self.method, self.counted.rule)

    def clean(self) -> dict[str, Any]:
        """Answers belong to the round that was asked, and numbers of options make a ballot."""
        cleaned = super().clean() or {}
        if (cleaned.get("round") or self.counted.round.n) != self.counted.round.n:
            raise forms.ValidationError(
                _("A further round began meanwhile. Open this page anew and ask all seats once more.")
            )
        for names in self.names.values():
            if len(names) > 1 and not any(name in self.errors for name in names):
                self._check_numbers(names, cleaned)
        return cleaned

    def _check_numbers(self, names: list[str], cleaned: Mapping[str, Any]) -> None:
        ballot, fits = self._ballot(names, cleaned), METHODS[self.method].shape.fits
        if ballot is Answer.ABSTAIN and any(name in self.changed_data for name in names[:-1]):
            self.add_error(names[-1], _("Write numbers, or say that the seat abstains."))
        if ballot is not None and not fits(ballot, len(self.options), self.counted.rule):
            self.add_error(names[0], self.how_to)

    def _ballot(self, names: list[str], cleaned: Mapping[str, Any]) -> Ballot | None:
        """What a seat answered; None: nothing."""
        if len(names) == 1:
            answer: Ballot | None = cleaned[names[0]]
            return answer
        *numbers, abstains = (cleaned[name] for name in names)
        if abstains:
            return Answer.ABSTAIN
        return from_numbers(numbers, self.method)

    def given(self) -> list[tuple[DecisionSeat, Ballot, str]]:
        """What is new or changed: seat, answer, reason. A seat without an answer is left as it is."""
        changed = []
        for seat, names in self.names.items():
            answer, reason = self._ballot(names, self.cleaned_data), f"reason-{seat.uid}"
            if answer is not None and any(name in self.changed_data for name in (*names, reason)):
                changed.append((seat, answer, self.cleaned_data[reason]))
        return changed

    @property
    def how(self) -> dict[str, Any]:
        """How we know, for each of them."""
        return {"source": Source(self.cleaned_data["source"]), "told": self.cleaned_data["told"]}


def _choice(offered: list[tuple[str, str]], line: Line) -> forms.Field:
    return forms.TypedChoiceField(
        label=line.seat.label,
        choices=offered,
        coerce=chosen,
        empty_value=None,
        required=False,
        initial=None if line.answer is None else kept(line.answer),
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )


def _numbers(own: str, options: list[str], line: Line, before: list[int | None]) -> dict[str, forms.Field]:
    """A number for each option, and whether the seat abstains."""
    fields: dict[str, forms.Field] = {
        f"{own}-{i}": forms.IntegerField(
            label=f"{line.seat.label}, {text}",
            min_value=0,
            required=False,
            initial=before[i],
            show_hidden_initial=True,
        )
        for i, text in enumerate(named(options))
    }
    fields[f"{own}-abstains"] = forms.BooleanField(
        label=_("%(seat)s abstains") % {"seat": line.seat.label},
        required=False,
        initial=line.answer is Answer.ABSTAIN,
        show_hidden_initial=True,
    )
    return fields
