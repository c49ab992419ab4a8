"""How long a question stands before it is closed, and which seats were told where silence is a yes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from decisions.enums import Source, Standing
from decisions.methods import silence_assents
from decisions.models import Decision, DecisionSeat, Notice
from decisions.queries import Count, notice_ends
from decisions.register import Sealer, append
from decisions.rule import NAMED, Method, Outcome, Rule

from .earlier import check_earlier
from .errors import (
    AnswersEnded,
    DeadlineWanted,
    NoticeNotKept,
    NoticeRuns,
    NoVote,
    Refused,
    ToldTooLate,
    TooEarly,
)
from .first import must_decide_between
from .one_seat_errors import NobodyLeftToDecide, NotDecidedYet
from .while_open import touch


def check_deadline(decision: Decision, rule: Rule) -> None:
    """Raise DeadlineWanted where the method needs a deadline and there is none; where there is one,
    OnlyInMeetings for a group that may not decide between them, NoticeRuns where it is sooner than the rule's
    notice."""
    if decision.last_day is None:
        if silence_assents(decision.method):
            raise DeadlineWanted
        return
    must_decide_between(decision.group)
    first_day = notice_ends(decision.opened_at, rule, decision.district)
    if rule.notice_days and decision.last_day < first_day:
        raise NoticeRuns(rule.notice_days, first_day)


def check_close(decision: Decision, counted: Count) -> None:
    """Raise NoticeRuns before the rule's notice has passed, TooEarly where a deadline decides and is not
    over, NotDecidedYet where one seat decides and has not, NobodyLeftToDecide where it stepped out,
    EarlierGone."""
    days = counted.rule.notice_days
    if days:
        first_day = notice_ends(decision.opened_at, counted.rule, decision.district)
        if clock.today(decision.district) < first_day:
            raise NoticeRuns(days, first_day)
    result = counted.result
    unheard = (
        silence_assents(decision.method) and result.outcome is Outcome.NO_QUORUM and not decision.is_over
    )
    early = result.figures.get("early", False)
    if early and Method(decision.method) in NAMED:
        raise NobodyLeftToDecide if counted.nobody_decides else NotDecidedYet
    if unheard or early:
        raise TooEarly
    check_earlier(decision, counted)


def why_not_yet(decision: Decision, counted: Count) -> str:
    """Why it cannot be closed yet, or not any more, in words; empty where it can."""
    try:
        check_close(decision, counted)
    except Refused as refused:
        return str(refused.words)
    return ""


def record_told(
    *, decision: Decision, seats: Sequence[DecisionSeat], how: Source | str, by: Membership
) -> list[Notice]:
    """Record that seats were told of a question on which silence is a yes; what was recorded first stays.

    Raises NoticeNotKept where silence is no yes; AlreadyClosed, AnswersEnded; ToldTooLate where less time is
    left than the agreed notice; NoVote for a seat that has none.
    """
    if not silence_assents(decision.method):
        raise NoticeNotKept
    if any(seat.standing != Standing.VOTES for seat in seats):
        raise NoVote
    with transaction.atomic():
        touch(decision)
        if decision.is_over:
            raise AnswersEnded
        if not in_time(decision):
            raise ToldTooLate
        kept = keep_told(decision, seats, Source(how), by)
    decision.version += 1
    return kept


def in_time(decision: Decision) -> bool:
    """Whether who is told today has the agreed notice before the deadline."""
    if decision.last_day is None:
        return False
    days = decision.rule.rule.notice_days if decision.rule else 0
    return clock.today(decision.district) + datetime.timedelta(days=days) <= decision.last_day


def keep_told(decision: Decision, seats: Sequence[DecisionSeat], how: Source, by: Membership) -> list[Notice]:
    """The rows of those not told before, and their entry. The caller holds the decision's row; call it last
    in its transaction."""
    told = set(Notice.objects.filter(decision_seat__in=seats).values_list("decision_seat_id", flat=True))
    at = clock.now()
    rows = Notice.objects.bulk_create(
        Notice(district_id=decision.district_id, decision_seat=seat, how=how, recorded_by=by, at=at)
        for seat in seats
        if seat.pk not in told
    )
    if rows:
        sealer = Sealer()
        append(
            district_id=decision.district_id,
            decision_uid=decision.uid,
            kind="told",
            at=at,
            fields={
                "seats": [str(row.decision_seat.uid) for row in rows],
                "how": how.value,
                "by": sealer.name("recorded_by", by),
            },
            sealer=sealer,
        )
    return list(rows)
