"""Decisions on Today: answers that are missing, decisions to close, and reviews."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncDate
from django.db.models.lookups import Exact
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.enums import NoteKind, Standing, State
from decisions.models import Decision, LinkNote, Round
from decisions.reviews import AHEAD
from decisions.rule import NAMED, Closer, Method
from decisions.rules import keeps_decisions
from decisions.services import settle_note
from decisions.words import CLOSES_NEXT, OUTCOME_WORDS
from outreach.registry import Card, CardSource, News, Rows

from .words import day_of


def mine(membership: Membership) -> Rows:
    """Decisions of the groups for which this person may write."""
    if not keeps_decisions(membership):
        return Decision.objects.none()
    rows = Decision.objects.for_member(membership)
    return rows if membership.whole_district else rows.filter(group__school__in=membership.school_ids)


def still_open(membership: Membership, day: datetime.date) -> Rows:
    """Open decisions whose time to answer ends within a week, has ended, or has no end; of a group that
    decides only in its meetings, not those that wait for one to come."""
    end = clock.at_local(day + AHEAD, 0, membership.district.tz)
    to_come = Q(meeting__starts_at__gt=clock.now())
    return mine(membership).filter(
        Q(closes_at=None) | Q(closes_at__lt=end),
        ~Q(to_come, group__between_meetings=False),
        state=State.OPEN,
    )


def counted(decisions: Rows) -> Rows:
    """Each with the number of its voices, and of those that have answered in the present round; the same of
    the one that decides alone (0 of 0 where it stepped out); whether what it would change was replaced or
    ended since; and whose role closes it, and whether somebody here has that (closer_of)."""
    voice = Q(seats__standing=Standing.VOTES, seats__recusal=None)
    decides = voice & Q(
        Exact(Cast("seats__seat__uid", TextField()), KeyTextTransform("decider", "rule__params"))
    )
    later = Round.objects.filter(decision=OuterRef("pk")).order_by("-n")
    answered = Q(seats__positions__round__n=F("present"))
    ended = Decision.objects.ending_earlier().filter(supersedes=OuterRef("supersedes"))
    people = Membership.objects.on(localtime(clock.now()).date()).at_school(OuterRef("group__school"))
    here = people.filter(role=OuterRef("closes"))
    rows = decisions.select_related("group", "meeting").annotate(
        present=Subquery(later.values("n")[:1]),
        earlier_gone=Exists(ended),
        closes=KeyTextTransform("closes", "rule__params"),
    )
    return rows.annotate(
        closer_here=Exists(here),
        voices=Count("seats", filter=voice, distinct=True),
        answers=Count("seats", filter=voice & answered, distinct=True),
        deciders=Count("seats", filter=decides, distinct=True),
        decided=Count("seats", filter=decides & answered, distinct=True),
    )


def open_card(membership: Membership, rows: list[Any]) -> Card:
    """What an open question waits for: answers, its close, a meeting, or the seat that decides."""
    [decision] = rows
    district = membership.district
    if decision.method == Method.DELEGATED:
        decision.voices, decision.answers = decision.deciders, decision.decided
    label, url = _("See how it stands"), url_in(district, "decisions:page", uid=decision.uid)
    if _wants_meeting(decision):
        label = _("See its group's meetings")
        url = url_in(district, "decisions:group", uid=decision.group.uid)
    others = _others_close(decision, membership)
    what = _("Wait for a question to be closed:") if others else _waits_for(decision)
    why = " ".join(part for part in (_standing(decision), others) if part)
    return Card(what=what, about=decision.question, why=why, act_label=label, act_url=url)


def _waits_for(decision: Any) -> str:
    """ "Ask 3 seats for their answer"; "Close a decision" once all have answered. One whose time is over and
    that is open still was put off by its rule, or has nothing to change any more (decisions/tasks.py closes
    the others), or one seat decides."""
    missing = decision.voices - decision.answers
    if _nobody_decides(decision):
        return _("Take back a question:")
    if _waits_for_decider(decision):
        return _("Record what a seat decides:")
    if decision.is_over and decision.earlier_gone:
        return _("Take back a question:")
    if decision.is_over:
        return _("Take a question to the next meeting:")
    if _wants_meeting(decision):
        return _("Put a question on a meeting's agenda:")
    if missing and not decision.group.between_meetings:
        return _("Record what the seats answered:")
    if missing:
        words = ngettext("Ask one seat for its answer:", "Ask %(n)d seats for their answer:", missing)
        return words % {"n": missing}
    return _("Close a decision:")


def _others_close(decision: Any, by: Membership) -> str:
    """Whose role closes a question that all have answered, in words; empty where it is theirs, and where
    something else comes first."""
    if decision.is_over or decision.answers < decision.voices or _nobody_decides(decision):
        return ""
    if not decision.closes:
        return ""
    role = Closer(decision.closes) if decision.closer_here else Closer.STAFF
    return "" if by.role == role else str(CLOSES_NEXT[role])


def _nobody_decides(decision: Any) -> bool:
    return decision.method in NAMED and not decision.deciders


def _waits_for_decider(decision: Any) -> bool:
    return decision.method in NAMED and decision.is_over and not decision.decided


def _wants_meeting(decision: Any) -> bool:
    """Whether answers are missing that only a meeting can give, and none is planned for it."""
    only_there = not (decision.group.between_meetings or decision.is_over or decision.meeting)
    return only_there and decision.answers < decision.voices


def _standing(decision: Any) -> str:
    words = {"answers": decision.answers, "voices": decision.voices, "day": day_of(decision.closes_at)}
    if _nobody_decides(decision):
        return _("The seat that decides stepped out, so nobody decides this.")
    if _waits_for_decider(decision):
        return _("The seat that decides has not said yet.")
    if decision.closes_at is None:
        return _("%(answers)s of %(voices)s seats have answered.") % words
    if decision.is_over and decision.earlier_gone:
        return _("What it would change no longer stands, so it can't be closed as adopted.")
    if decision.is_over:
        return _("Its time is over: answers were taken until %(day)s, and its rule puts it off.") % words
    return _("%(answers)s of %(voices)s seats have answered; answers are taken until %(day)s.") % words


def reviews(membership: Membership, day: datetime.date) -> Rows:
    """Decisions to look at again within a week: their owner's, or, without one, of those who write there."""
    whose = Q(owner=membership) | Q(owner=None, pk__in=mine(membership).values("pk"))
    rows = Decision.objects.for_member(membership).to_review()
    return rows.filter(whose, review_on__lte=day + AHEAD)


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


def waiting(membership: Membership, day: datetime.date) -> Rows:
    """What seats said by their personal links instead of answering, and nobody has seen to."""
    return LinkNote.objects.filter(
        link__decision_seat__decision__in=mine(membership), settled_at=None
    ).exclude(kind=NoteKind.COLLEAGUE)


def waiting_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Answer a seat's question" or "Find who may answer" """
    [note] = rows
    seat = note.link.decision_seat
    asks = note.kind == NoteKind.ASKS
    what = _("Answer a question:") if asks else _("Find who may answer:")
    why = note.text if asks else _("%(name)s may not answer for them.") % {"name": note.link.to_name}
    return Card(
        what=what,
        about=f"{seat.label}, {seat.decision.reference}",
        why=why,
        act_label=_("See who is asked"),
        act_url=url_in(membership.district, "decisions:ask", uid=seat.decision.uid),
    )


def _with_person(notes: Rows) -> Rows:
    return notes.select_related(
        "sealed",
        "link__holder__contact",
        "link__holder__membership__user",
        "link__decision_seat__decision",
    )


def _settle(membership: Membership, uid: uuid.UUID) -> None:
    for note in waiting(membership, clock.today(membership.district)).filter(uid=uid):
        settle_note(note=note, by=membership)


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
    CardSource(
        "decision_note",
        waiting,
        waiting_card,
        due_on=TruncDate("at"),
        detail=_with_person,
        urgent=True,
        done=_settle,
    ),
    CardSource("decision_review", reviews, review_card, due_on=F("review_on")),
)
