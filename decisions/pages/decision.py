"""A decision's page, and everything that was ever said in it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from decisions.ballot_words import named
from decisions.figures import Figures
from decisions.ledger import in_fours, shortened
from decisions.models import Decision, Event, Position
from decisions.queries import Count, count
from decisions.register import events_of
from decisions.rule import Method, Outcome
from decisions.rule_words import rule_lines
from decisions.sentences import Row, rows, sentence
from decisions.tallied import tally
from decisions.words import ENTRY_WORDS, GOT_WORDS, METHOD_WORDS, OUTCOME_WORDS

from .erasing import erased_of
from .saying import Said, said

COLORS = {
    Outcome.ADOPTED: "ok",
    Outcome.RECOMMENDED: "info",
    Outcome.NOT_ADOPTED: "risk",
    Outcome.NO_QUORUM: "risk",
    Outcome.DEFERRED: "wait",
}
"""The color of each outcome's sheet, as partials/outcome.html names them."""


@dataclass(frozen=True)
class Option:
    """One option of several: its number and its words, what it got, and whether it was chosen."""

    text: str
    got: int
    chosen: bool


@dataclass(frozen=True)
class DecisionPage:
    """A decision as it stands, or as it was closed; everything is in words, and follows from the figures."""

    decision: Decision
    count: Count
    outcome: Outcome
    figures: Figures
    event: Event | None
    preview: bool = False
    erased: Mapping[str, str] = field(default_factory=dict)

    @property
    def shows_open(self) -> bool:
        """Whether the sheet says how the decision stands, and not its outcome or the preview of it."""
        return self.decision.is_open and not self.preview

    @property
    def kind(self) -> str:
        """The color of the outcome's sheet, as partials/outcome.html names them."""
        if self.shows_open:
            return "wait"
        return COLORS[self.outcome]

    @property
    def verdict(self) -> str:
        """The outcome in a word, or that it is open."""
        return _("Open") if self.shows_open else str(OUTCOME_WORDS[self.outcome])

    @property
    def sentence(self) -> str:
        """The whole arithmetic."""
        words = sentence(self.outcome, self.figures)
        return _("As it stands: %(sentence)s") % {"sentence": words} if self.shows_open else words

    @property
    def tally(self) -> list[tuple[str, int, str]]:
        """One square a seat."""
        return tally(self.figures)

    @property
    def rows(self) -> list[Row]:
        """The arithmetic, step by step."""
        return rows(self.outcome, self.figures)

    @property
    def lines(self) -> list[Said]:
        """Every voting seat with its latest answer."""
        return [
            said(line.seat, line.position, given=line.given, recusal=getattr(line.seat, "recusal", None))
            for line in self.count.lines
        ]

    @property
    def options(self) -> list[Option]:
        """The options of the present round with what they got; none where nothing is chosen of several."""
        texts, totals = self.count.round.options, self.figures.get("totals")
        if totals is None:
            return []
        chosen = None if self.shows_open else self.figures.get("winner")
        got = zip(named(texts), totals, strict=True)
        return [Option(text, total, i == chosen) for i, (text, total) in enumerate(got)]

    @property
    def options_erased(self) -> str:
        """That what the options say was erased, where it was."""
        return self.erased.get("options", "")

    @property
    def got_words(self) -> str:
        """What the numbers beside the options count."""
        return str(GOT_WORDS[Method(self.figures["method"])])

    @property
    def rule_lines(self) -> list[tuple[str, str]]:
        """The rule of the present round."""
        return rule_lines(self.count.rule, self.count.round.n)

    @property
    def follows(self) -> list[tuple[str, str]]:
        """What comes of it: who looks after it, from when, and when it is looked at again."""
        decision = self.decision
        facts = [
            (_("Who looks after it"), decision.owner.user.name if decision.owner else ""),
            (_("In effect"), _day(decision.effective_on)),
            (_("Review"), _day(decision.review_on)),
            (_("Replaces"), decision.supersedes.reference if decision.supersedes else ""),
        ]
        return [(label, words) for label, words in facts if words]

    @property
    def rationale(self) -> str:
        """Why, or that it was erased."""
        return self.decision.rationale or self.erased.get("rationale", "")

    @property
    def meaning(self) -> str:
        """What a yes would mean, or that it was erased."""
        return self.decision.meaning or self.erased.get("meaning", "")

    @property
    def method_reason(self) -> str:
        """Why another method than the agreed one, or that it was erased."""
        return self.decision.method_reason or self.erased.get("method_reason", "")

    @property
    def dissent(self) -> str:
        """What was said against, or that it was erased."""
        return self.decision.dissent or self.erased.get("dissent", "")

    @property
    def all_answered(self) -> bool:
        """Whether every seat that may has answered."""
        return self.figures["silent"] == 0

    @property
    def is_deferred(self) -> bool:
        """Whether the question goes to another round."""
        return self.outcome is Outcome.DEFERRED

    @property
    def next_words(self) -> str:
        """By what the next round decides."""
        method = METHOD_WORDS[self.count.rule.method_in(self.count.round.n + 1)]
        return _("All seats are asked anew. Then this decides: %(method)s.") % {"method": method}

    @property
    def close_words(self) -> str:
        """The words of the button that closes."""
        outcome = str(OUTCOME_WORDS[self.outcome])
        return _("Close it: %(outcome)s") % {"outcome": outcome[:1].lower() + outcome[1:]}

    @property
    def short_code(self) -> str:
        """The register's code, its middle left out."""
        return shortened(self.event.hash) if self.event else ""

    @property
    def closed_words(self) -> str:
        """Who closed it, and when."""
        return closed_words(self.decision)


def closed_words(decision: Decision) -> str:
    """Who closed a decision, and when; empty where it is open."""
    if decision.closed_at is None:
        return ""
    local = localtime(decision.closed_at)
    when = {"hour": formats.time_format(local.time()), "day": _day(local.date())}
    if decision.closed_by is None:
        return _("This decision was closed at its deadline, at %(hour)s on %(day)s.") % when
    who = decision.closed_by.user.name
    return _("This decision was closed by %(who)s at %(hour)s on %(day)s.") % {"who": who, **when}


def _day(day: datetime.date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""


PEOPLE = ("owner__user", "closed_by__user", "supersedes", "rule__charter", "group__school")


def decision_page(decision: Decision, *, preview: bool = False) -> DecisionPage:
    """The page of a decision: five queries. `preview`: say the outcome as a close
    would record it."""
    whole = Decision.objects.select_related(*PEOPLE).get(pk=decision.pk)
    counted = count(whole)
    events = events_of(whole.uid)
    event, erased = (events[-1] if events else None), erased_of(events)
    if whole.is_open:
        outcome, figures = counted.result.outcome, counted.result.figures
        return DecisionPage(whole, counted, outcome, figures, event, preview, erased)
    return DecisionPage(whole, counted, Outcome(whole.outcome), whole.figures, event, erased=erased)


@dataclass(frozen=True)
class RoundSaid:
    """A round with all its answers, also those corrected later."""

    n: int
    text: str
    at: datetime.datetime
    answers: Sequence[Said]


@dataclass(frozen=True)
class Entry:
    """One entry of the register: its number, what it is, and its code in fours."""

    seq: int
    what: str
    code: str


@dataclass(frozen=True)
class HistoryPage:
    """Everything that was said, round by round, and the decision's entries in the register."""

    rounds: Sequence[RoundSaid]
    entries: Sequence[Entry]


def history_page(decision: Decision) -> HistoryPage:
    """All answers in their order, and the register's entries: three queries."""
    positions = Position.objects.select_related(
        "decision_seat__decision", "recorded_by__user", "sealed__erasure"
    ).order_by("pk")
    rounds = [
        RoundSaid(
            one.n, one.text, one.at, [said(answer.decision_seat, answer) for answer in one.positions.all()]
        )
        for one in decision.rounds.prefetch_related(Prefetch("positions", queryset=positions))
    ]
    entries = [
        Entry(event.seq, str(ENTRY_WORDS[json.loads(event.body)["kind"]]), in_fours(event.hash))
        for event in events_of(decision.uid)
    ]
    return HistoryPage(rounds, entries)
