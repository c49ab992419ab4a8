"""What a decision changes, and what changed it: the steps of a chain that one can walk both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from decisions.enums import Change
from decisions.models import Decision
from decisions.rule import Outcome

CHANGED = {
    Change.REPLACES: gettext_lazy("Replaces"),
    Change.AMENDS: gettext_lazy("Changes a part of"),
    Change.ENDS: gettext_lazy("Ends"),
}
WOULD_CHANGE = {
    Change.REPLACES: gettext_lazy("Would replace"),
    Change.AMENDS: gettext_lazy("Would change a part of"),
    Change.ENDS: gettext_lazy("Would end"),
}
WAS_TO_CHANGE = {
    Change.REPLACES: gettext_lazy("Was to replace"),
    Change.AMENDS: gettext_lazy("Was to change a part of"),
    Change.ENDS: gettext_lazy("Was to end"),
}
CHANGED_BY = {
    Change.REPLACES: gettext_lazy("Replaced by"),
    Change.AMENDS: gettext_lazy("Changed in part by"),
    Change.ENDS: gettext_lazy("Ended by"),
}
ASKED = gettext_lazy("A question that would change it is open:")
RECOMMENDED = gettext_lazy("A change of it is recommended:")
IN_VAIN = gettext_lazy("A change of it was asked for, and not adopted:")


@dataclass(frozen=True)
class Step:
    """One step of a chain: what the one did to the other, and the decision at its end."""

    words: str
    decision: Decision
    gone: bool = False
    """Whether the decision at its end took the place of this one, or ended it."""

    @property
    def line(self) -> str:
        """The step on paper and in tables."""
        return f"{self.words} {self.decision.reference}"


def changed_by(decisions: Iterable[Decision]) -> Mapping[int, Sequence[Step]]:
    """The decisions and questions that change these, by key, oldest first: one query."""
    found: dict[int, list[Step]] = {}
    rows = Decision.objects.filter(supersedes__in=[one.pk for one in decisions])
    for later in rows.order_by("opened_at", "pk"):
        gone = later.outcome == Outcome.ADOPTED and later.changes != Change.AMENDS
        found.setdefault(later.supersedes_id, []).append(Step(str(_words_back(later)), later, gone))
    return found


def changes(decision: Decision) -> list[Step]:
    """What it does to an earlier one; nothing where it names none. Reads that one."""
    earlier = decision.supersedes
    if earlier is None:
        return []
    return [Step(str(_words_of(decision)[Change(decision.changes)]), earlier)]


def chain_of(decision: Decision) -> list[Step]:
    """The steps to both sides of a decision: one query where it is closed, since nothing changes an open
    one."""
    later = [] if decision.is_open else changed_by([decision]).get(decision.pk, [])
    return [*later, *changes(decision)]


def _words_of(decision: Decision) -> Mapping[Change, object]:
    if decision.outcome == Outcome.ADOPTED:
        return CHANGED
    asks = decision.is_open or decision.outcome == Outcome.RECOMMENDED
    return WOULD_CHANGE if asks else WAS_TO_CHANGE


def _words_back(later: Decision) -> object:
    if later.is_open:
        return ASKED
    if later.outcome == Outcome.RECOMMENDED:
        return RECOMMENDED
    return CHANGED_BY[Change(later.changes)] if later.outcome == Outcome.ADOPTED else IN_VAIN
