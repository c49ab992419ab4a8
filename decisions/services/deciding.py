"""A decision goes on to another round, or is closed. The outcome is computed, never typed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts import clock
from accounts.models import Membership
from accounts.versions import ChangedMeanwhile, compare_and_set
from decisions.enums import State
from decisions.figures import Figures
from decisions.models import Decision, Meeting, Round
from decisions.queries import Count, count
from decisions.register import Sealer, append
from decisions.rule import Outcome
from decisions.sentences import sentence

from .action_items import ActionItem, add_action_items
from .closers import check_closer
from .earlier import hold_earlier
from .errors import AlreadyClosed, NothingDeferred
from .first import must_decide_between
from .links import prolong_links
from .meeting_errors import SameMeeting
from .meetings import fitting, taken_at
from .notices import check_close
from .opening import open_round, options_in, until_in
from .while_open import touch


def next_round(
    *,
    decision: Decision,
    text: str = "",
    text_es: str = "",
    closes_at: datetime.datetime | None = None,
    meeting: Meeting | None = None,
    by: Membership,
) -> Round:
    """Open the next round where the rule puts the question off. Its answers have a time of their own, which
    ends at `closes_at`, or with the group's `meeting`, where it is taken; personal links work on. `text`: the
    question where it is worded anew (empty: as it was asked last), and `text_es` the same in Spanish.

    Raises AlreadyClosed, NothingDeferred, NotOfThisMeeting, EndsBeforeMeeting, OnlyInMeetings;
    SameMeeting where the round before was there.
    """
    with transaction.atomic():
        if closes_at is not None:
            must_decide_between(decision.group)
        fitting(decision.group, meeting, closes_at)
        touch(decision)
        counted = count(decision)
        if counted.result.outcome is not Outcome.DEFERRED or counted.result.figures.get("early"):
            raise NothingDeferred
        if meeting and meeting.decisions.filter(pk=decision.pk).exclude(meeting__attended_at=None).exists():
            raise SameMeeting
        current = counted.round
        asked = _asked_after(current, text.strip(), text_es.strip())
        opened = open_round(decision, current.n + 1, by, clock.now(), **asked)
        Decision.objects.filter(pk=decision.pk).update(closes_at=closes_at, meeting=meeting)
        decision.closes_at, decision.meeting = closes_at, meeting
        prolong_links(decision)
        _register_round(decision, opened, by)
    decision.version += 1
    return opened


def _asked_after(before: Round, text: str, text_es: str) -> dict[str, Any]:
    """What the round after another asks: the text that was written for it, else that of the one before; the
    options as they were."""
    said = (text, text_es) if text else (before.text, before.text_es)
    options = {"options": before.options, "options_es": before.options_es}
    return {"text": said[0], "text_es": said[1], **options}


def _register_round(decision: Decision, opened: Round, by: Membership) -> None:
    sealer = Sealer()
    append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="round",
        at=opened.at,
        fields={
            "round": opened.n,
            "days": opened.days,
            "until": until_in(decision.closes_at),
            **taken_at(decision.meeting),
            "asked": sealer.digest(text=opened.text, text_es=opened.text_es),
            **options_in(opened, sealer),
            "by": sealer.name("opened_by", by),
        },
        sealer=sealer,
    )


def close_decision(
    *,
    decision: Decision,
    version: int,
    rationale: str = "",
    dissent: str = "",
    owner: Membership | None = None,
    effective_on: datetime.date | None = None,
    review_on: datetime.date | None = None,
    action_items: Sequence[ActionItem] = (),
    by: Membership | None,
) -> Decision:
    """Count, and close where the decision still has `version`: one of many who try at once succeeds.

    `by` is None for a deadline, which names no `action_items` and needs no role. Raises AlreadyClosed, and
    what `_counted_to_close` raises; ChangedMeanwhile where an answer came in after `version`.
    """
    if not decision.is_open:
        raise AlreadyClosed
    with transaction.atomic():
        counted = _counted_to_close(decision, by)
        try:
            compare_and_set(
                decision,
                expected=version,
                **ended(counted.result.outcome, counted.result.figures, by),
                rationale=rationale.strip(),
                dissent=dissent.strip(),
                owner=owner,
                effective_on=effective_on,
                review_on=review_on,
            )
        except ChangedMeanwhile:
            if Decision.objects.filter(pk=decision.pk, state=State.OPEN).exists():
                raise
            raise AlreadyClosed from None
        if by and action_items:
            add_action_items(decision=decision, items=action_items, by=by)
        _register_close(decision, counted, by)
    return decision


def _counted_to_close(decision: Decision, by: Membership | None) -> Count:
    """How it stands. Raises NotTheirsToClose where the rule gives the close to another role, and what
    `check_close` raises."""
    hold_earlier(decision)
    counted = count(decision)
    if by:
        check_closer(decision, counted.rule, by)
    check_close(decision, counted)
    return counted


def ended(outcome: Outcome, figures: Figures, by: Membership | None) -> dict[str, Any]:
    """What the row of a decision says once it is over. Its sentence is in one language, whoever ends it."""
    with translation.override(settings.LANGUAGE_CODE):
        words = sentence(outcome, figures)
    return {
        "state": State.CLOSED,
        "closed_at": clock.now(),
        "closed_by": by,
        "outcome": outcome.value,
        "figures": figures,
        "sentence": words,
    }


def _register_close(decision: Decision, counted: Count, by: Membership | None) -> None:
    sealer = Sealer()
    append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="closed",
        at=decision.closed_at,
        fields={
            "round": counted.round.n,
            "outcome": decision.outcome,
            "figures": decision.figures,
            "sentence": decision.sentence,
            "effective": decision.effective_on and decision.effective_on.isoformat(),
            "review": decision.review_on and decision.review_on.isoformat(),
            **taken_at(decision.meeting),
            "present": counted.present,
            "why": sealer.digest(rationale=decision.rationale),
            "against": sealer.digest(dissent=decision.dissent),
            "by": sealer.name("closed_by", by, owner=decision.owner.user.name if decision.owner else ""),
        },
        sealer=sealer,
    )
