"""What a partner answers: by personal link, or recorded by one of us, and what of that is taken back."""

from __future__ import annotations

import datetime
from contextlib import suppress

from django.db import transaction

from accounts import clock
from accounts.links import open_at, read_token
from accounts.models import Membership
from letters.enums import Answer, Source, State
from letters.models import Letter, Reply, ReplyLink, ReplyTakenBack
from partners.enums import Stage

from .errors import LinkEnded, NothingToTakeBack, NotThisState
from .stages import move_on, take_stage_back

INTERESTED = (Answer.YES, Answer.TALK)


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
    if answer in INTERESTED:
        move_on(letter, Stage.EXPLORING, by=by)
    return reply


@transaction.atomic
def take_reply_back(*, reply: Reply, by: Membership) -> None:
    """An answer that one of us recorded by mistake counts no more; it stays in the history.

    The stage that it moved is restored, unless another answer keeps it or it has changed since. Raises
    NothingToTakeBack where it came from the partner, or was taken back before.
    """
    letter = Letter.objects.select_for_update().get(pk=reply.letter_id)
    if reply.by_id is None or not Reply.objects.standing().filter(pk=reply.pk).exists():
        raise NothingToTakeBack
    ReplyTakenBack.objects.create(district_id=reply.district_id, reply=reply, at=clock.now(), by=by)
    if letter.replies.standing().filter(answer__in=INTERESTED).exists():
        return
    with suppress(NothingToTakeBack):
        take_stage_back(letter=letter, by=by, brought_since=reply.at)


def open_reply_link(token: str) -> ReplyLink:
    """The link that a token names, with what its page reads. Raises LinkEnded.

    Call it with scopes disabled: the token says of which district it is. That of a withdrawn letter opens,
    so that its page can say so.
    """
    uid = read_token(ReplyLink.link_kind, token)
    rows = ReplyLink.objects.filter(open_at(clock.now()), uid=uid, letter__contact__left_on=None)
    rows = rows.filter(district__closed_at=None).select_related(
        "district", "letter__school__district", "letter__partnership", "letter__signed"
    )
    link: ReplyLink | None = rows.defer("letter__signed__pdf").first()
    if uid is None or link is None:
        raise LinkEnded
    return link


@transaction.atomic
def answer_by_link(*, link: ReplyLink, answer: Answer, note: str = "") -> Reply:
    """Keep what came by a letter's own link; the same once more, by a second tap, is kept once.

    Raises LinkEnded once the letter was withdrawn.
    """
    letter = Letter.objects.select_for_update().get(pk=link.letter_id)
    if letter.state != State.SIGNED:
        raise LinkEnded
    latest: Reply | None = letter.replies.standing().first()
    if latest and (latest.source, latest.answer, latest.note) == (Source.LINK, answer, note.strip()):
        return latest
    reply = record_reply(letter=letter, answer=answer, source=Source.LINK, by=None, note=note)
    ReplyLink.objects.filter(pk=link.pk).update(acted_at=clock.now())
    return reply
