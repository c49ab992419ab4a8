"""All answers to a question on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.student_records import WarnsOfStudentRecords

from .ballot_numbers import as_numbers, from_numbers, how_to
from .ballot_words import choices, chosen, named, worded
from .ballots import Ballot, kept
from .enums import BETWEEN, RECORDED, Source
from .methods import DECIDES, METHODS
from .models import DecisionSeat
from .queries import Count, Line
from .rule import Answer, Rule


@dataclass(frozen=True)
class SeatFields:
    """The fields of one seat: its number in the list, its answer as a choice, or a number for each option and
    whether it abstains; what was shown, to travel along; its reason (which brings its own).

    `proposed`: the answer that is ticked where the seat has none yet.
    """

    n: int
    seat: DecisionSeat
    choice: forms.BoundField | None
    numbers: list[tuple[str, forms.BoundField]]
    abstains: forms.BoundField | None
    shown: SafeString
    reason: forms.BoundField
    proposed: str = ""


class AnswersForm(WarnsOfStudentRecords, forms.Form):
    """The answers of all seats on one screen, and how we know them.

    What was shown travels along, so that what somebody else recorded meanwhile is not taken back. It is sent
    together with EvidenceForm, so what it warned of has a name of its own.
    """

    round = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.ChoiceField(label=gettext_lazy("How we know"))
    told = forms.CharField(
        label=gettext_lazy("What the seats were told"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as: you can correct this until Friday."),
    )

    over_words = gettext_lazy(
        "A further round began meanwhile. Open this page anew and ask all seats once more."
    )

    def __init__(
        self,
        *args: Any,
        counted: Count,
        all_yes: bool = False,
        between: bool = True,
        language: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        self.all_yes = all_yes and not self.is_bound
        self.here = [line.seat for line in counted.lines if line.here]
        self.method = counted.rule.method
        self.options = counted.round.options_in(language)
        self.fields["round"].initial = counted.round.n
        fields: Any = self.fields
        offered = sources(counted.rule, between=between)
        fields["source"].choices = [(source.value, source.label) for source in offered]
        self.names: dict[DecisionSeat, list[str]] = {}
        self.numbers: dict[DecisionSeat, int] = {}
        for n, line in enumerate(counted.lines, start=1):
            if not line.stepped_out:
                self.numbers[line.seat] = n
                self._add_seat(line)

    def _add_seat(self, line: Line) -> None:
        own = f"answer-{line.seat.uid}"
        decider = self.counted.decider
        decides = decider is not None and decider.seat == line.seat
        offered = worded(DECIDES) if decides else choices(self.method, self.options)
        if offered:
            fields: dict[str, forms.Field] = {own: _choice(offered, line)}
        else:
            fields = _numbers(
                own, self.options, line, as_numbers(line.answer, self.method, len(self.options))
            )
        self.fields |= fields
        self.names[line.seat] = list(fields)
        self.fields[reason_of(line.seat)] = forms.CharField(
            label=_("Reason"),
            required=False,
            initial=line.position.reason if line.position else "",
            max_length=1000,
            show_hidden_initial=True,
        )

    def add_prefix(self, field_name: str) -> str:
        """The name of a field on the page."""
        return super().add_prefix("answers-warned" if field_name == "warned" else field_name)

    @property
    def lines(self) -> list[SeatFields]:
        """Each seat with its fields: those that are at the meeting; all where none is recorded to be."""
        return self._lines(lambda seat: seat in self.here or not self.here)

    @property
    def lines_elsewhere(self) -> list[SeatFields]:
        """The same for the seats that are not at the meeting."""
        return self._lines(lambda seat: seat not in self.here and bool(self.here))

    @property
    def opens_elsewhere(self) -> bool:
        """Whether something is wrong in those."""
        return any(
            name in self.errors
            for seat, names in self.names.items()
            if seat not in self.here
            for name in (*names, reason_of(seat))
        )

    def _lines(self, wanted: Callable[[DecisionSeat], bool]) -> list[SeatFields]:
        return [
            self._line(seat, [self[name] for name in names])
            for seat, names in self.names.items()
            if wanted(seat)
        ]

    @property
    def offers_yes(self) -> bool:
        """Whether one button can propose a yes for all who are here: the method takes one, and some have not
        answered."""
        takes_yes = any(code == Answer.YES for code, _words in choices(self.method, self.options))
        return takes_yes and any(line.here and line.answer is None for line in self.counted.lines)

    def _line(self, seat: DecisionSeat, fields: list[forms.BoundField]) -> SeatFields:
        shown = mark_safe("".join(field.as_hidden(only_initial=True) for field in fields))  # noqa: S308
        reason = self[reason_of(seat)]
        n = self.numbers[seat]
        if len(fields) == 1:
            proposed = Answer.YES.value if self.all_yes and seat in self.here else ""
            return SeatFields(n, seat, fields[0], [], None, shown, reason, proposed)
        *numbers, abstains = fields
        options = list(zip(named(self.options), numbers, strict=True))
        return SeatFields(n, seat, None, options, abstains, shown, reason)

    @property
    def how_to(self) -> str:
        """How to fill in numbers, where the method asks for any."""
        return how_to(self.method, self.counted.rule)

    def clean(self) -> dict[str, Any]:
        """Answers belong to the round that was asked, and numbers of options make a ballot. A reason that
        stands there already is not warned of again."""
        said = self.cleaned_data
        if (said.get("round") or self.counted.round.n) != self.counted.round.n:
            raise forms.ValidationError(self.over_words)
        for names in self.names.values():
            if len(names) > 1 and not any(name in self.errors for name in names):
                self._check_numbers(names, said)
        typed = ("told", *(reason_of(seat) for seat in self.names))
        self.watched = tuple(name for name in typed if name in self.changed_data)
        return super().clean()

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
            answer, reason = self._ballot(names, self.cleaned_data), reason_of(seat)
            if answer is not None and any(name in self.changed_data for name in (*names, reason)):
                changed.append((seat, answer, self.cleaned_data[reason]))
        return changed

    @property
    def how(self) -> dict[str, Any]:
        """How we know, for each of them."""
        return {"source": Source(self.cleaned_data["source"]), "told": self.cleaned_data["told"]}


def sources(rule: Rule, *, between: bool) -> list[Source]:
    """How an answer can have reached us: by proxy where the rule allows it, and outside a meeting where the
    group may decide between them."""
    found = [source for source in RECORDED if between or source not in BETWEEN]
    return [source for source in found if rule.proxies or source is not Source.PROXY]


def reason_of(seat: DecisionSeat) -> str:
    """The name of the field with a seat's reason."""
    return f"reason-{seat.uid}"


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
