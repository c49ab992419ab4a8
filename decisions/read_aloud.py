"""How a group decides in sentences that can be read aloud, each with what it takes of today's seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from decisions.methods import METHODS, silence_assents
from decisions.rule import CHOOSING, NAMED, Abstention, Base, Method, Quorum, Rule, Tie
from decisions.rule_examples import example
from decisions.rule_words import TERMS, as_with, quorum_words, upper_first
from decisions.words import AUTHORITY_WORDS, CLOSER_SAYS, METHOD_MEANS

BASE_SAYS = {
    Base.CAST: gettext_lazy("Only yes and no are counted."),
    Base.PRESENT: gettext_lazy("It is counted out of all seats that answered or were at the meeting."),
    Base.ALL: gettext_lazy("It is counted out of all seats, whether they answered or not."),
}
ABSTENTION_SAYS = {
    Abstention.QUORUM_ONLY: gettext_lazy("An abstention counts only toward how many must answer."),
    Abstention.AS_NO: gettext_lazy("An abstention counts as a no."),
}
TIE_SAYS = {
    Tie.FAILS: gettext_lazy("A tie adopts nothing."),
    Tie.DEFERS: gettext_lazy("A tie comes back at the next meeting."),
    Tie.ORDER: gettext_lazy("In a tie the option that stands first in the list is chosen."),
}
COUNTED = (Method.MAJORITY, Method.TWO_THIRDS)
CONSENSUS = (Method.CONSENSUS, Method.MINUS_ONE, Method.MINUS_TWO)
"""The methods whose terms have sentences of their own; of others each term is named with its words."""


@dataclass(frozen=True)
class Part:
    """A heading and the sentences under it."""

    heading: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class Seats:
    """The seats of today: how many vote, what each is called, by its uid, and what one may decide to which a
    matter is given."""

    voting: int
    names: Mapping[str, str] = field(default_factory=dict)
    mandate: str = ""


def read_aloud(rule: Rule, kinds: Sequence[tuple[str, Rule]], seats: Seats) -> list[Part]:
    """The rule for all matters, what holds for each question, and each kind that goes another way; kinds with
    the same rule stand together."""
    alike: dict[Rule, list[str]] = {}
    for label, own in kinds:
        alike.setdefault(own, []).append(label)
    found = [
        Part(_("Every question"), [*_by(rule, seats), *_last_word(rule)]),
        Part(_("Who must answer"), [*_quorum(rule, seats), *_voices(rule)]),
        Part(_("While a question is open"), [_notice(rule.notice_days), _shown(rule), _closer(rule)]),
    ]
    return found + [Part(", ".join(labels), _otherwise(own, rule, seats)) for own, labels in alike.items()]


def _by(rule: Rule, seats: Seats) -> list[str]:
    """When a question is adopted, with an example, and by what later."""
    first = replace(rule, fallback=None)
    said = [str(METHOD_MEANS[rule.method]), *_decider(rule, seats), example(first, seats.voting)]
    said += _terms(first)
    if rule.fallback:
        later = rule.by(rule.fallback)
        said.append(_later(rule, METHOD_MEANS[later.method]))
        said += [example(later, seats.voting), *_terms(later)]
    return [sentence for sentence in said if sentence]


def _later(rule: Rule, means: Any) -> str:
    """From which meeting on, or from which day on, the fallback decides, and what that means."""
    if not rule.fallback_days:
        words = _("Where that is not reached, from meeting %(round)d on: %(means)s")
    else:
        words = ngettext(
            "Where that is not reached, from meeting %(round)d on, or at one that begins %(n)d day or more "
            "after the question was put: %(means)s",
            "Where that is not reached, from meeting %(round)d on, or at one that begins %(n)d days or more "
            "after the question was put: %(means)s",
            rule.fallback_days,
        )
    return words % {"round": rule.fallback_round, "n": rule.fallback_days, "means": means}


def _decider(rule: Rule, seats: Seats) -> list[str]:
    if rule.method not in NAMED:
        return []
    found = []
    if rule.decider in seats.names:
        found.append(_("The seat that decides: %(seat)s.") % {"seat": seats.names[rule.decider]})
    if seats.mandate and rule.method is Method.DELEGATED:
        found.append(_("What it may decide: %(mandate)s.") % {"mandate": seats.mandate.rstrip(".")})
    return found


def _terms(rule: Rule) -> list[str]:
    if rule.method in COUNTED:
        terms = [str(BASE_SAYS[rule.base]), str(ABSTENTION_SAYS[rule.abstention])]
    elif rule.method in CONSENSUS:
        terms = [_asides(rule.asides)]
    else:
        terms = [f"{label}: {words}." for label, words in TERMS[rule.method](rule)]
    tied = rule.method is Method.MAJORITY or rule.method in CHOOSING
    return [*terms, str(TIE_SAYS[rule.tie])] if tied else terms


def _asides(limit: int | None) -> str:
    if limit is None:
        return _("A seat that is not for it can stand aside.")
    words = ngettext("At most %(n)d seat may stand aside.", "At most %(n)d seats may stand aside.", limit)
    return words % {"n": limit}


def _last_word(rule: Rule) -> list[str]:
    if not rule.authority:
        return []
    words = _("The last word is another's: what we adopt is recommended to %(authority)s.")
    return [words % {"authority": AUTHORITY_WORDS[rule.authority]}]


def _asked_of(rule: Rule) -> Quorum | None:
    """The quorum, where the method asks for one."""
    return rule.quorum if METHODS[rule.method].quorum else None


def _quorum(rule: Rule, seats: Seats) -> list[str]:
    quorum = _asked_of(rule)
    if quorum is None:
        return []
    figures = {"quorum": upper_first(quorum_words(quorum)), "example": as_with(rule, seats.voting)}
    words = _("%(quorum)s must answer or be at the meeting (%(example)s).")
    if silence_assents(rule.method):
        words = _("%(quorum)s must be told, answer or be at the meeting (%(example)s).")
    return [words % figures]


def _voices(rule: Rule) -> list[str]:
    silence = (
        _("No answer is a yes of a seat that was told.") if silence_assents(rule.method) else _silence(rule)
    )
    proxies = (
        _("A seat may give its voice to another.") if rule.proxies else _("No seat answers for another.")
    )
    return [
        _("One seat has one voice."),
        silence,
        proxies,
        _("A seat that has an interest of its own steps out and is not counted."),
    ]


def _silence(rule: Rule) -> str:
    if rule.silence:
        return _("No answer is not a yes, unless we decide by “no objection by a deadline”.")
    return _("No answer is not a yes.")


def _notice(days: int) -> str:
    if not days:
        return _("It may be closed at the meeting that asks it.")
    words = ngettext(
        "At least %(n)d day lies between the first asking and closing.",
        "At least %(n)d days lie between the first asking and closing.",
        days,
    )
    return words % {"n": days}


def _shown(rule: Rule) -> str:
    if rule.hidden_tally:
        return _("Who has answered is shown; what they answered is shown once it is closed.")
    return _("Answers are shown as they come, and may be corrected until it is closed.")


def _closer(rule: Rule) -> str:
    return str(CLOSER_SAYS[rule.closes])


def _otherwise(own: Rule, rule: Rule, seats: Seats) -> list[str]:
    """What is another way than for all other matters."""
    said: list[str] = []
    if replace(own, notice_days=rule.notice_days, authority=rule.authority, closes=rule.closes) != rule:
        said += _by(own, seats)
    if _asked_of(own) != _asked_of(rule):
        said += _quorum(own, seats)
    if silence_assents(own.method):
        said.append(_("No answer is a yes of a seat that was told."))
    if own.notice_days != rule.notice_days:
        said.append(_notice(own.notice_days))
    if own.closes != rule.closes:
        said.append(_closer(own))
    if own.authority != rule.authority:
        said += _last_word(own) or [_("The last word is ours.")]
    return said or [_("As every question.")]
