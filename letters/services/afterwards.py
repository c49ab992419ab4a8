"""What happens to a letter after its signature."""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.outgoing import nudge_outbox
from accounts.versions import compare_and_set
from letters.enums import Answer, EventKind, Source, State
from letters.models import Letter, Reply
from partners.enums import Stage
from partners.services import set_stage

from .errors import NotThisState, ReasonMissing
from .writing import add_event

STAGES_BEFORE_TALKING = (Stage.IDENTIFIED, Stage.CONTACTED)


@transaction.atomic
def record_reply(
    *,
    letter: Letter,
    answer: Answer,
    source: Source,
    by: Membership | None,
    note: str = "",
    at: datetime.datetime | None = None,
) -> Reply:
    """Keep what a partner answered; the latest counts. A yes, or "talk to me", moves the stage to talking."""
    if letter.signed_at is None:
        raise NotThisState(letter.state)
    reply: Reply = Reply.objects.create(
        district_id=letter.district_id,
        letter=letter,
        answer=answer,
        source=source,
        note=note.strip(),
        at=at or clock.now(),
        by=by,
    )
    interested = answer in (Answer.YES, Answer.TALK)
    if by is not None and interested and letter.partnership.stage in STAGES_BEFORE_TALKING:
        set_stage(partnership=letter.partnership, stage=Stage.EXPLORING, by=by, cause_uid=letter.uid)
    return reply


@transaction.atomic
def want_mail(*, letter: Letter, version: int, by: Membership) -> None:
    """Ask that a signed letter is mailed; outreach pulls it. Raises NotThisState and ChangedMeanwhile."""
    if letter.state != State.SIGNED or not letter.contact.email:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, mail_wanted_at=clock.now())
    nudge_outbox()


@transaction.atomic
def withdraw_letter(*, letter: Letter, version: int, reason: str, by: Membership) -> None:
    """Say of a signed letter that it no longer stands; the check page tells so. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    if letter.state != State.SIGNED:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, state=State.WITHDRAWN)
    add_event(letter, EventKind.WITHDRAWN, by=by, reason=reason)
