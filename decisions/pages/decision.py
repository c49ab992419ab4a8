"""A decision's page: how it stands or was decided, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts import clock
from decisions.ballot_words import named
from decisions.figures import Figures
from decisions.ledger import shortened
from decisions.models import Decision, Event
from decisions.queries import Count, count
from decisions.register import events_of
from decisions.reviews import comes_back
from decisions.rule import MET, Method, Outcome
from decisions.rule_words import rule_lines
from decisions.sentences import Row, rows, sentence
from decisions.services.notices import why_not_yet
from decisions.tallied import tally
from decisions.words import GOT_WORDS, METHOD_WORDS, OUTCOME_WORDS

from .chain import Step, chain_of
from .erasing import erased_of
from .files import FileLine, files_of
from .following import Item, Kept, closed_words, day_in_words, kept_at_reviews, to_do
from .mandates import mandate_in
from .saying import Said, hidden, hidden_words, said

COLORS = {
    Outcome.ADOPTED: "ok",
    Outcome.RECOMMENDED: "info",
    Outcome.NOT_ADOPTED: "risk",
    Outcome.NO_QUORUM: "risk",
    Outcome.DEFERRED: "wait",
    Outcome.WITHDRAWN: "wait",
}
"""The color of each outcome's sheet, as partials/outcome.html names them."""


@dataclass(frozen=True)
class Option:
    """One option of several: its number and its words, what it got (None: not shown yet), and whether it was
    chosen."""

    text: str
    got: int | None
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
    chain: Sequence[Step] = ()
    items: Sequence[Item] = ()
    files: Sequence[FileLine] = ()
    kept: Sequence[Kept] = ()
    stuck: str = ""
    """Why its deadline did not close it, in words, where it goes to no further round."""
    mandate: str = ""
    """What the seat that decides alone may decide."""

    @property
    def may_be_changed(self) -> bool:
        """Whether it stands: it was decided, and nothing replaced or ended it since."""
        stands = not any(step.gone for step in self.chain)
        return not self.decision.is_open and self.outcome in MET and stands

    @property
    def comes_back(self) -> bool:
        """Whether its review is due now."""
        today = clock.today(self.decision.district)
        return self.may_be_changed and comes_back(self.decision, today)

    @property
    def waits_for_decider(self) -> bool:
        """Whether its time is over and the seat that decides can still say what it decides."""
        return self.decision.is_overdue and self.count.waits_for_decider

    @property
    def nobody_decides(self) -> bool:
        """Whether it can only be taken back: the seat that decides stepped out."""
        return self.decision.is_open and self.count.nobody_decides

    @property
    def may_ask(self) -> bool:
        """Whether seats can be asked by link: some are missing, and the group decides between meetings."""
        return self.decision.group.between_meetings and not self.all_answered

    @property
    def is_put_off(self) -> bool:
        """Whether its time is over and its rule takes it to the next meeting."""
        return self.decision.is_overdue and self.is_deferred

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
    def hides(self) -> bool:
        """Whether answers are shown only once it is closed, and this is no preview of that."""
        return self.shows_open and self.decision.hides_answers

    @property
    def sentence(self) -> str:
        """The whole arithmetic."""
        if self.hides:
            return hidden_words(self.figures)
        words = sentence(self.outcome, self.figures)
        return _("As it stands: %(sentence)s") % {"sentence": words} if self.shows_open else words

    @property
    def tally(self) -> list[tuple[str, int, str]]:
        """One square a seat."""
        return [] if self.hides else tally(self.figures)

    @property
    def rows(self) -> list[Row]:
        """The arithmetic, step by step."""
        return [] if self.hides else rows(self.outcome, self.figures)

    @property
    def lines(self) -> list[Said]:
        """Every voting seat with its latest answer, or with whether it gave one."""
        if self.hides:
            return [
                hidden(line.seat, line.position, recusal=getattr(line.seat, "recusal", None))
                for line in self.count.lines
            ]
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
        if self.hides:
            return [Option(text, None, False) for text in named(texts)]
        counted = not self.shows_open and self.outcome is not Outcome.WITHDRAWN
        chosen = self.figures.get("winner") if counted else None
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
        named = self.count.named
        label = named.seat.label if named else ""
        return rule_lines(self.count.rule, decider=label, mandate=self.mandate)

    @property
    def follows(self) -> list[tuple[str, str]]:
        """What comes of it: who looks after it, from when, and when it is looked at again."""
        decision = self.decision
        facts = [
            (_("Who looks after it"), decision.owner.user.name if decision.owner else ""),
            (_("In effect"), day_in_words(decision.effective_on)),
            (_("Review"), day_in_words(decision.review_on)),
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
        return self.figures["silent"] == 0 and not self.figures.get("early")

    @property
    def is_deferred(self) -> bool:
        """Whether the question goes to another round."""
        return self.outcome is Outcome.DEFERRED and not self.figures.get("early")

    @property
    def waits_for_close(self) -> bool:
        """Whether only its close by people is left: all have answered, and no further round comes."""
        return self.decision.takes_answers and self.all_answered and not self.is_deferred

    @property
    def next_words(self) -> str:
        """By what the next round decides, if it begins today."""
        days = self.decision.days_until(clock.now())
        following = self.count.agreed.in_round(self.count.round.n + 1, days)
        words = {"method": METHOD_WORDS[following.method]}
        return _("All seats are asked anew. Then this decides: %(method)s.") % words

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


PEOPLE = (
    "district",
    "owner__user",
    "closed_by__user",
    "supersedes",
    "rule__charter",
    "group__school",
    "meeting",
)


def decision_page(decision: Decision, *, preview: bool = False) -> DecisionPage:
    """The page of a decision: six queries while it is open, then two more for what came after it, and one
    where it was kept at a review; two more where one seat decides. `preview`: say the outcome as a
    close would record it."""
    whole = Decision.objects.select_related(*PEOPLE).get(pk=decision.pk)
    counted = count(whole)
    events = events_of(whole.uid)
    event, erased = (events[-1] if events else None), erased_of(events)
    outcome, figures = counted.result.outcome, counted.result.figures
    if not whole.is_open:
        outcome, figures = Outcome(whole.outcome), whole.figures
    return DecisionPage(
        *(whole, counted, outcome, figures, event, preview, erased),
        chain=chain_of(whole),
        items=to_do(whole),
        files=files_of(whole),
        kept=kept_at_reviews(events, erased),
        stuck=why_not_yet(whole, counted) if whole.is_overdue else "",
        mandate=mandate_in(whole, counted),
    )
