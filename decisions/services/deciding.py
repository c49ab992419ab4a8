"""A decision goes on to another round, or is closed. The outcome is computed, never typed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts import clock
from accounts.models import Membership
from accounts.versions import ChangedMeanwhile, compare_and_set
from decisions.enums import State
from decisions.models import Decision, Round
from decisions.queries import Count, count
from decisions.register import Sealer, append
from decisions.rule import Outcome
from decisions.sentences import sentence

from .answers import touch
from .errors import (
    AlreadyClosed,
    NothingDeferred,
)
from .opening import open_round, options_in


def next_round(*, decision: Decision, text: str = "", by: Membership) -> Round:
    """Open the next round where the rule puts the question off. Raises AlreadyClosed, NothingDeferred."""
    with transaction.atomic():
        touch(decision)
        counted = count(decision)
        if counted.result.outcome is not Outcome.DEFERRED:
            raise NothingDeferred
        current = counted.round
        opened = open_round(decision, current.n + 1, text.strip(), current.options, by, clock.now())
        sealer = Sealer()
        append(
            district_id=decision.district_id,
            decision_uid=decision.uid,
            kind="round",
            at=opened.at,
            fields={
                "round": opened.n,
                "asked": sealer.digest(text=opened.text),
                **options_in(opened, sealer),
                "by": sealer.name("opened_by", by),
            },
            sealer=sealer,
        )
    decision.version += 1
    return opened


def close_decision(
    *,
    decision: Decision,
    version: int,
    rationale: str = "",
    dissent: str = "",
    owner: Membership | None = None,
    effective_on: datetime.date | None = None,
    review_on: datetime.date | None = None,
    by: Membership | None,
) -> Decision:
    """Count, and close where the decision still has `version`: one of many who try at once succeeds.

    `by` is None for a deadline. Raises AlreadyClosed; ChangedMeanwhile where an answer came in after
    `version`.
    """
    with transaction.atomic():
        counted = count(decision)
        try:
            compare_and_set(
                decision,
                expected=version,
                state=State.CLOSED,
                closed_at=clock.now(),
                closed_by=by,
                outcome=counted.result.outcome.value,
                figures=counted.result.figures,
                sentence=_sentence(counted),
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
        _register_close(decision, counted, by)
    return decision


def _sentence(counted: Count) -> str:
    """The outcome as the register keeps it: in one language, whoever closes."""
    with translation.override(settings.LANGUAGE_CODE):
        return sentence(counted.result.outcome, counted.result.figures)


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
            "why": sealer.digest(rationale=decision.rationale),
            "against": sealer.digest(dissent=decision.dissent),
            "by": sealer.name("closed_by", by, owner=decision.owner.user.name if decision.owner else ""),
        },
        sealer=sealer,
    )
