"""How a partnership stands, in sentences: the "because" of each signal, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.clearance import in_words

from .engagement import Care, Engagement, Facts, Finding, Signal

SIGNS = {Care.ON_TRACK: "ok", Care.ATTENTION: "warn", Care.AT_RISK: "risk"}


class Act(StrEnum):
    """What to do next."""

    WRITE = "write"
    CALL = "call"
    PAPERS = "papers"
    AGREEMENT = "agreement"
    LISTING = "listing"
    DECISION = "decision"


ACTS = {
    Signal.QUIET: Act.WRITE,
    Signal.LETTERS: Act.CALL,
    Signal.MEETINGS: Act.CALL,
    Signal.ITEMS: Act.DECISION,
    Signal.PAPERS: Act.PAPERS,
    Signal.LISTING: Act.LISTING,
    Signal.DECISIONS: Act.DECISION,
}
ACT_WORDS = {
    Act.WRITE: gettext_lazy("Write a letter"),
    Act.CALL: gettext_lazy("Log a call"),
    Act.PAPERS: gettext_lazy("Renew a paper"),
    Act.AGREEMENT: gettext_lazy("Renew the agreement"),
    Act.LISTING: gettext_lazy("Ask them to confirm it"),
    Act.DECISION: gettext_lazy("See the decision"),
}


def because(engagement: Engagement) -> list[str]:
    """Why it stands so, a sentence for each signal; where it is on track, when they were last heard from."""
    facts = engagement.facts
    if engagement.findings:
        return [WORDS[finding.signal](finding, facts) for finding in engagement.findings]
    if facts.heard_on is None:
        return [_("No contact noted yet.")]
    return [_("Last heard from on %(day)s.") % {"day": in_words(facts.heard_on, facts.today)}]


def _quiet(finding: Finding, facts: Facts) -> str:
    often = facts.cadence.in_words
    if facts.heard_on is None:
        return _("No contact noted yet; it should be %(often)s.") % {"often": often}
    words = _("Last heard from on %(day)s; it should be %(often)s.")
    return words % {"day": in_words(facts.heard_on, facts.today), "often": often}


def _letters(finding: Finding, facts: Facts) -> str:
    letters = finding.about
    words = ngettext(
        "No answer to letter %(names)s, which asked for one by %(day)s.",
        "No answer to letters %(names)s; the first asked for one by %(day)s.",
        len(letters),
    )
    references = ", ".join(letter.reference for letter in letters)
    return words % {"names": references, "day": in_words(finding.since, facts.today)}


def _meetings(finding: Finding, facts: Facts) -> str:
    words = _("Not at the last %(n)d meetings of %(group)s.")
    return words % {"n": len(finding.about), "group": _group(finding)}


def _decisions(finding: Finding, facts: Facts) -> str:
    words = _("The last %(n)d decisions of %(group)s were taken without their answer.")
    return words % {"n": len(finding.about), "group": _group(finding)}


def _group(finding: Finding) -> str:
    return str(finding.about[0].group)


def _items(finding: Finding, facts: Facts) -> str:
    late = finding.about
    words = ngettext(
        "They took on “%(what)s”, due on %(day)s.",
        "They took on %(n)d things that are late, the first of them “%(what)s”, due on %(day)s.",
        len(late),
    )
    day = in_words(finding.since, facts.today)
    return words % {"what": late[0].name, "day": day, "n": len(late)}


def _papers(finding: Finding, facts: Facts) -> str:
    lines = []
    for thing in finding.about:
        words = _("%(what)s ended on %(day)s") if thing.day < facts.today else _("%(what)s ends on %(day)s")
        lines.append(words % {"what": thing.name, "day": in_words(thing.day, facts.today)})
    return "; ".join(lines) + "."


def _listing(finding: Finding, facts: Facts) -> str:
    if facts.listed_on is None:
        words = _("Listing not confirmed since it was entered on %(day)s.")
        return words % {"day": in_words(facts.known_since, facts.today)}
    words = _("Listing last confirmed on %(day)s, more than a year ago.")
    return words % {"day": in_words(facts.listed_on, facts.today)}


WORDS: dict[Signal, Callable[[Finding, Facts], str]] = {
    Signal.QUIET: _quiet,
    Signal.LETTERS: _letters,
    Signal.MEETINGS: _meetings,
    Signal.ITEMS: _items,
    Signal.PAPERS: _papers,
    Signal.LISTING: _listing,
    Signal.DECISIONS: _decisions,
}
