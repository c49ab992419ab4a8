"""The rules by which a group decides: pure integer arithmetic, no database and no words.

Each method is one function under `@method(...)`, with its source and the shape of its ballots. In: a `Poll`,
the ballots of the seats that take part and what is counted of them; and the rule agreed beforehand. Out: a
`Verdict`. What comes before and after a method, quorum and fallback, is in outcome.py. Letters are those of
the tables of such rules: Y yes, N no, A abstained, B cannot live with it, P present, E all seats.

RONR is Robert's Rules of Order Newly Revised, 12th edition (2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from decisions.ballots import Dots, Levels, OneOption, Ranking, Scores, Shape, Words
from decisions.figures import Figures
from decisions.poll import Poll, Verdict
from decisions.rule import NAMED, Abstention, Answer, Base, Method, Rule, Share, Tie
from decisions.runoff import runoff

Counting = Callable[[Poll, Rule], Verdict]


@dataclass(frozen=True)
class Entry:
    """One method of the registry: the shape of its ballots, its function, where the rule comes from, whether
    the rule's quorum holds for it, and whether a seat that was given notice counts as present."""

    shape: Shape
    count: Counting
    source: str
    quorum: bool = True
    silence_assents: bool = False


METHODS: dict[Method, Entry] = {}


def silence_assents(key: Method | str) -> bool:
    """Whether a seat that says nothing agrees by this method, provided that it was told."""
    return METHODS[Method(key)].silence_assents


def method(key: Method, shape: Shape, **more: Any) -> Callable[[Counting], Counting]:
    """Put the decorated function into the registry as the method `key`; `more` as Entry has it."""

    def register(function: Counting) -> Counting:
        METHODS[key] = Entry(shape, function, **more)
        return function

    return register


# Yes or no, counted against a base

VOTE = Words((Answer.YES, Answer.NO, Answer.ABSTAIN))


def _share(figures: Figures, rule: Rule, needed: Callable[[int], int]) -> dict[str, Any]:
    """The figures of a share: out of how many, by the rule's base and what an abstention means; how many yes
    it needs (at least one); how many are short."""
    abstentions = figures["abstain"] if rule.abstention is Abstention.AS_NO else 0
    out_of = {
        Base.CAST: figures["yes"] + figures["no"] + abstentions,
        Base.PRESENT: figures["present"],
        Base.ALL: figures["eligible"],
    }[rule.base]
    needs = needed(out_of)
    short = max(needs - figures["yes"], 0)
    return {"base": rule.base.value, "out_of": out_of, "needs": needs, "short": short}


@method(Method.MAJORITY, VOTE, source="RONR 44:1, 44:7 to 44:9, 44:12")
def majority(poll: Poll, rule: Rule) -> Verdict:
    """More than half: Y > N of the votes cast; 2Y > P of those present; 2Y > E of all seats."""
    own = _share(poll.figures, rule, lambda out_of: out_of // 2 + 1)
    return Verdict(not own["short"], tied=2 * poll.figures["yes"] == own["out_of"] > 0, figures=own)


@method(Method.TWO_THIRDS, VOTE, source="RONR 44:3, 44:7 to 44:9")
def two_thirds(poll: Poll, rule: Rule) -> Verdict:
    """At least two thirds: Y >= 2N and Y > 0 of the votes cast; 3Y >= 2P, 3Y >= 2E of the other bases."""
    own = _share(poll.figures, rule, Share(2, 3).of)
    return Verdict(not own["short"], figures=own)


@method(Method.SHARE, VOTE, source="RONR 44:7 to 44:9")
def other_share(poll: Poll, rule: Rule) -> Verdict:
    """At least the rule's share n/d: d*Y >= n*base and Y > 0."""
    own = _share(poll.figures, rule, rule.share.of)
    return Verdict(not own["short"], figures=own)


@method(Method.UNANIMITY, VOTE, source="Treaty on the Functioning of the European Union, article 238(4)")
def unanimity(poll: Poll, rule: Rule) -> Verdict:
    """N = 0, Y >= 1, and no more abstain than the rule allows."""
    figures = poll.figures
    within = rule.abstentions is None or figures["abstain"] <= rule.abstentions
    own = {} if rule.abstentions is None else {"abstentions_allowed": rule.abstentions}
    return Verdict(not figures["no"] and figures["yes"] >= 1 and within, figures=own)


# Agreement of all

AGREE = Words((Answer.YES, Answer.ASIDE, Answer.BLOCK))
CONSENTS = Words((Answer.YES, Answer.OBJECTS))


def _consensus(poll: Poll, rule: Rule, blocks: int) -> Verdict:
    figures = poll.figures
    within = rule.asides is None or figures["aside"] <= rule.asides
    own = {} if rule.asides is None else {"asides_allowed": rule.asides}
    own |= {"blocks_allowed": blocks} if blocks else {}
    return Verdict(figures["block"] <= blocks and figures["yes"] >= 1 and within, figures=own)


@method(Method.CONSENSUS, AGREE, source="Seeds for Change, A Consensus Handbook (2013)")
def consensus(poll: Poll, rule: Rule) -> Verdict:
    """B = 0, Y >= 1, and no more seats stand aside than the rule allows."""
    return _consensus(poll, rule, 0)


@method(Method.MINUS_ONE, AGREE, source="Seeds for Change, A Consensus Handbook (2013), with its variations")
def minus_one(poll: Poll, rule: Rule) -> Verdict:
    """As consensus, and one seat alone that cannot live with it does not stop it: B <= 1."""
    return _consensus(poll, rule, 1)


@method(Method.MINUS_TWO, AGREE, source="Seeds for Change, A Consensus Handbook (2013), with its variations")
def minus_two(poll: Poll, rule: Rule) -> Verdict:
    """As consensus, and it takes three seats that cannot live with it to stop it: B <= 2."""
    return _consensus(poll, rule, 2)


@method(Method.CONSENT, CONSENTS, source="Rau and Koch-Gonzalez, Many Voices One Song (2018)")
def consent(poll: Poll, rule: Rule) -> Verdict:
    """No objection, and somebody who consents. An objection of the first round leads to an objection round;
    one that is unresolved after it stops the proposal."""
    figures = poll.figures
    again = bool(figures["objects"]) and figures["round"] == 1
    return Verdict(not figures["objects"] and figures["yes"] >= 1, again=again)


@method(
    Method.NO_OBJECTION,
    CONSENTS,
    source="United Nations General Assembly decision 74/544 (2020)",
    silence_assents=True,
)
def no_objection(poll: Poll, rule: Rule) -> Verdict:
    """The deadline is over, nobody objected, and every seat was given notice. Silence assents here, so it
    counts as present who was given notice."""
    figures = poll.figures
    met = poll.beside.over and not figures["objects"] and not poll.untold
    return Verdict(
        met, early=not poll.beside.over and not figures["objects"], figures={"untold": poll.untold}
    )


# Levels of agreement

GRADIENT_ABSTAINS, SERIOUS, VETO = 4, 7, 8
SUPPORTS = range(1, 4)


@method(
    Method.GRADIENTS,
    Levels(1, VETO),
    source="Kaner, Facilitator's Guide to Participatory Decision-Making, 3rd edition (2014); "
    "the limits are the charter's, since Kaner names none",
)
def gradients(poll: Poll, rule: Rule) -> Verdict:
    """No veto, no more in serious disagreement than the rule allows, and its share at levels 1 to 3."""
    count = dict(enumerate(poll.figures["levels"], start=1))
    yes, abstain = sum(count[level] for level in SUPPORTS), count[GRADIENT_ABSTAINS]
    figures: Figures = {**poll.figures, "yes": yes, "abstain": abstain}
    figures["no"] = len(poll.ballots) - yes - abstain
    own = {**_share(figures, rule, rule.share.of), "serious_allowed": rule.serious}
    within = not count[VETO] and count[SERIOUS] <= rule.serious
    return Verdict(within and not own["short"], figures=own)


@method(Method.FIST, Levels(0, 5), source="Fletcher, FireStarter Youth Power Curriculum (2002)")
def fist_to_five(poll: Poll, rule: Rule) -> Verdict:
    """Nobody shows a fist, and everybody at least as many fingers as the rule asks for."""
    levels = poll.figures["levels"]
    met = not sum(levels[: rule.fingers]) and sum(levels) >= 1
    return Verdict(met, figures={"fingers_needed": rule.fingers})


# One of several options


def _highest(poll: Poll, rule: Rule) -> Verdict:
    """The option with the highest total, where it has any."""
    totals = poll.figures["totals"]
    best = max(totals, default=0)
    first = [option for option, total in enumerate(totals) if total == best > 0]
    return _chosen(first[0] if first else None, len(first) > 1, rule, {})


def _chosen(winner: int | None, tied: bool, rule: Rule, own: dict[str, Any]) -> Verdict:
    """The option that is first; a tie goes to it only where the rule says so."""
    met = winner is not None and (not tied or rule.tie is Tie.ORDER)
    return Verdict(met, tied=tied, figures=own | ({"winner": winner} if met else {}))


@method(Method.PLURALITY, OneOption(), source="RONR 44:11")
def plurality(poll: Poll, rule: Rule) -> Verdict:
    """The option that most seats chose."""
    return _highest(poll, rule)


@method(Method.DOTS, Dots(), source="Diceman, Dotmocracy Handbook (2010)")
def dots(poll: Poll, rule: Rule) -> Verdict:
    """The option with the most dots."""
    return _highest(poll, rule)


@method(Method.SCORE, Scores(), source="Smith, Range Voting (2000)")
def score(poll: Poll, rule: Rule) -> Verdict:
    """The option with the highest sum of scores."""
    return _highest(poll, rule)


@method(Method.RUNOFF, Ranking(), source="RONR 45:62 to 45:69")
def instant_runoff(poll: Poll, rule: Rule) -> Verdict:
    """The option with more than half of the continuing ballots, the weakest being dropped one by one."""
    found = runoff((ballot for ballot in poll.ballots if isinstance(ballot, tuple)), poll.options)
    return _chosen(found.winner, found.tied, rule, {"steps": list(found.steps)})


# Somebody decides


@method(
    Method.LEADER, VOTE, source="Vroom and Yetton, Leadership and Decision-Making (1973), CII", quorum=False
)
def leader(poll: Poll, rule: Rule) -> Verdict:
    """The named person decides, once as many as the rule asks for gave advice or the window is closed."""
    advised = len(poll.ballots)
    needs = min(rule.advisers, poll.figures["eligible"])
    own = {"advised": advised, "advice_needed": needs}
    early = advised < needs and not poll.beside.over
    return _by_somebody(poll.beside.decided, early, own)


@method(Method.DELEGATED, Words(()), source="RONR 50 (a committee with power)", quorum=False)
def delegated(poll: Poll, rule: Rule) -> Verdict:
    """The named seat, a person's or a working group's, decides within its mandate."""
    return _by_somebody(poll.beside.decided, False, {})


def _by_somebody(decided: bool | None, early: bool, own: dict[str, Any]) -> Verdict:
    return Verdict(bool(decided) and not early, early=early or decided is None, figures=own)


DECIDES = Words((Answer.YES, Answer.NO))


def shape_for(rule: Rule, seat: str) -> Shape:
    """What a seat, by its uid, may answer by the rule of a round: whoever it names decides, and advises
    nobody."""
    decides = rule.method in NAMED and seat == rule.decider
    return DECIDES if decides else METHODS[rule.method].shape
