"""Decisions on Today: answers that are missing, decisions to close, and reviews."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.enums import Standing, State
from decisions.models import Decision, Round
from decisions.rules import keeps_decisions
from decisions.words import OUTCOME_WORDS
from outreach.registry import Card, CardSource, News, Rows

from .words import day_of

AHEAD = datetime.timedelta(days=7)


def mine(membership: Membership) -> Rows:
    """Decisions of the groups for which this person may write."""
    if not keeps_decisions(membership):
        return Decision.objects.none()
    rows = Decision.objects.for_member(membership)
    return rows if membership.whole_district else rows.filter(group__school__in=membership.school_ids)


def still_open(membership: Membership, day: datetime.date) -> Rows:
    """Open decisions whose time to answer ends within a week, has ended, or has no end."""
    end = clock.at_local(day + AHEAD, 0, membership.district.tz)
    return mine(membership).filter(Q(closes_at=None) | Q(closes_at__lt=end), state=State.OPEN)


def counted(decisions: Rows) -> Rows:
    """Each with the number of its voices, and of those that have answered in the present round."""
    voice = Q(seats__standing=Standing.VOTES, seats__recusal=None)
    later = Round.objects.filter(decision=OuterRef("pk")).order_by("-n")
    return decisions.annotate(present=Subquery(later.values("n")[:1])).annotate(
        voices=Count("seats", filter=voice, distinct=True),
        answers=Count("seats", filter=voice & Q(seats__positions__round__n=F("present")), distinct=True),
    )


def open_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Ask 3 seats for their answer", or "Close a decision" once all have answered or time is over."""
    [decision] = rows
    missing = decision.voices - decision.answers
    over = decision.closes_at is not None and decision.closes_at <= clock.now()
    if missing and not over:
        what = ngettext("Ask one seat for its answer:", "Ask %(n)d seats for their answer:", missing)
    else:
        what = _("Close a decision:")
    return Card(
        what=what % {"n": missing},
        about=decision.question,
        why=_standing(decision, over),
        act_label=_("See how it stands"),
        act_url=url_in(membership.district, "decisions:page", uid=decision.uid),
    )


def _standing(decision: Any, over: bool) -> str:
    words = {"answers": decision.answers, "voices": decision.voices, "day": day_of(decision.closes_at)}
    if decision.closes_at is None:
        return _("%(answers)s of %(voices)s seats have answered.") % words
    if over:
        return _("Answers were taken until %(day)s; %(answers)s of %(voices)s seats gave one.") % words
    return _("%(answers)s of %(voices)s seats have answered; answers are taken until %(day)s.") % words


def reviews(membership: Membership, day: datetime.date) -> Rows:
    """Decisions to look at again within a week: their owner's, or, without one, of those who write there."""
    again = Decision.objects.filter(supersedes=OuterRef("pk"))
    whose = Q(owner=membership) | Q(owner=None, pk__in=mine(membership).values("pk"))
    return Decision.objects.for_member(membership).filter(
        whose, ~Exists(again), state=State.CLOSED, review_on__lte=day + AHEAD
    )


def review_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Review a decision" """
    [decision] = rows
    words = {"outcome": OUTCOME_WORDS[decision.outcome], "day": day_of(decision.closed_at)}
    return Card(
        what=_("Review a decision:"),
        about=decision.question,
        why=_("%(outcome)s on %(day)s, to be looked at again. Keep it, change it or end it.") % words,
        act_label=_("Open the decision"),
        act_url=url_in(membership.district, "decisions:page", uid=decision.uid),
    )


def news(membership: Membership, since: datetime.datetime) -> list[News]:
    """Decisions that were closed: one query."""
    closed = Decision.objects.for_member(membership).filter(closed_at__gt=since).select_related("group")
    return [
        News(
            at=decision.closed_at,
            who=decision.group.name,
            words=_("decided “%(question)s”: %(outcome)s.")
            % {
                "question": decision.question,
                "outcome": str(OUTCOME_WORDS[decision.outcome]).lower(),
            },
            url=url_in(membership.district, "decisions:page", uid=decision.uid),
        )
        for decision in closed.order_by("-closed_at")[:5]
    ]


SOURCES = (
    CardSource("decision_open", still_open, open_card, due_on=TruncDate("closes_at"), detail=counted),
    CardSource("decision_review", reviews, review_card, due_on=F("review_on")),
)
