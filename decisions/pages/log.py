"""The log of decisions, and those of one partner."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership
from decisions.models import Decision, DecisionSeat, Group, Meeting, Position
from decisions.rule import Outcome
from decisions.words import OUTCOME_WORDS
from partners.families import family
from partners.models import Partner
from partners.search import normal

from .saying import Said, hidden, said

PAGE = 50
NEXT_MEETINGS = 3

SIGNS = {
    Outcome.ADOPTED: "ok",
    Outcome.RECOMMENDED: "info",
    Outcome.NOT_ADOPTED: "risk",
    Outcome.NO_QUORUM: "warn",
    Outcome.DEFERRED: "warn",
    Outcome.WITHDRAWN: "info",
}


@dataclass(frozen=True)
class LogRow:
    """One decision of a list: its state as a sign and in words."""

    decision: Decision

    @property
    def sign(self) -> str:
        """The sign of its state, as partials/state.html names them."""
        return SIGNS[Outcome(self.decision.outcome)] if self.decision.outcome else "info"

    @property
    def words(self) -> str:
        """Its outcome, or that it is open."""
        return str(OUTCOME_WORDS[Outcome(self.decision.outcome)]) if self.decision.outcome else _("Open")


@dataclass(frozen=True)
class LogPage:
    """A part of the log, the groups that one sees with their next meetings, where the next part begins, and
    how many there are."""

    rows: Sequence[LogRow]
    groups: Sequence[Group]
    meetings: Sequence[Meeting]
    next_before: str
    total: int


def log_page(
    membership: Membership, *, q: str = "", group: Group | None = None, state: str = "", before: str = ""
) -> LogPage:
    """The log, newest first: four queries. `before`: where the part before ended."""
    found = Decision.objects.for_member(membership).select_related("group__school")
    for word in normal(q).split():
        found = found.filter(search_text__contains=f" {word}")
    if group:
        found = found.filter(group=group)
    if state:
        found = found.filter(Q(outcome=state) | Q(state=state))
    total = found.count()
    part = list(found.filter(_older_than(before)).order_by("-opened_at", "-pk")[: PAGE + 1])
    last = part[PAGE - 1] if len(part) > PAGE else None
    groups = Group.objects.for_member(membership).select_related("school").order_by("name", "pk")
    coming = Meeting.objects.for_member(membership).coming(clock.now())
    return LogPage(
        [LogRow(decision) for decision in part[:PAGE]],
        list(groups),
        list(coming.select_related("group__school")[:NEXT_MEETINGS]),
        f"{last.opened_at.isoformat()}_{last.pk}" if last else "",
        total,
    )


def _older_than(before: str) -> Q:
    """What comes after a row of the log, which `before` names by time and key; all where it names none."""
    at, _dash, key = before.partition("_")
    try:
        day, last = datetime.datetime.fromisoformat(at), int(key)
    except ValueError:
        return Q()
    return Q(opened_at__lt=day) | Q(opened_at=day, pk__lt=last)


@dataclass(frozen=True)
class PartnerRow:
    """A decision in which a partner has a seat, and its latest answer."""

    row: LogRow
    said: Said


def decisions_of_partner(partner: Partner, membership: Membership) -> list[PartnerRow]:
    """Decisions that one sees in which a partner has a seat, newest first: two queries."""
    seats = (
        DecisionSeat.objects.filter(
            seat__partner__in=family(partner), decision__in=Decision.objects.for_member(membership)
        )
        .select_related("decision__group__school", "decision__rule", "recusal__sealed__erasure")
        .order_by("-decision__opened_at", "-pk")
    )
    answers = Position.objects.filter(decision_seat__in=seats).select_related(
        "round", "recorded_by__user", "sealed__erasure"
    )
    latest: dict[int, Position] = {answer.decision_seat_id: answer for answer in answers.order_by("pk")}
    return [PartnerRow(LogRow(seat.decision), _said(seat, latest.get(seat.pk))) for seat in seats]


def _said(seat: DecisionSeat, latest: Position | None) -> Said:
    recusal = getattr(seat, "recusal", None)
    if seat.decision.hides_answers:
        return hidden(seat, latest, recusal=recusal)
    return said(seat, latest, recusal=recusal)
