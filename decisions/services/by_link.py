"""What whoever holds a personal link does with it: answer, ask first, pass it on, say that they may not.

Nobody is signed in: who acted is the link. What is typed here is sealed beside the register's entry.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts import clock
from accounts.links import read_token
from accounts.outgoing import nudge_outbox
from decisions.ballots import Ballot, kept
from decisions.enums import NoteKind, Source
from decisions.models import AnswerLink, LinkNote, Position, Sealed
from decisions.register import Sealer, append

from .answers import record_answer
from .errors import YouthHasNoName
from .link_errors import AskedOften, HasAnswered, LinkEnded, PassedOnOften
from .while_open import hold, hold_open

MOST_NOTES, MOST_PASSED_ON = 10, 3
"""How much may come by one link beside answers; how often one seat's link is passed on in one question."""


def open_answer_link(token: str) -> AnswerLink:
    """The link that a token names, with what its page reads; one that ended, too, so that its page can say
    for whom it was. Raises LinkEnded where there is none.

    Call it with scopes disabled: the token says of which district it is.
    """
    uid = read_token(AnswerLink.link_kind, token)
    rows = AnswerLink.objects.filter(uid=uid, district__closed_at=None).with_person()
    link: AnswerLink | None = rows.select_related(
        "district",
        "decision_seat__recusal",
        "decision_seat__seat",
        "decision_seat__decision__group__school__district",
        "decision_seat__decision__opened_by__user",
        "decision_seat__decision__rule__charter",
    ).first()
    if uid is None or link is None:
        raise LinkEnded
    return link


@transaction.atomic
def answer_by_link(*, link: AnswerLink, answer: Ballot, reason: str = "", round_n: int) -> Position | None:
    """Keep a seat's own answer, of which a receipt goes by mail; the same once more, by a second tap, is kept
    once (None).

    Raises LinkEnded, and what `record_answers` raises.
    """
    hold(link.decision_seat.decision)
    _hold_link(link)
    seat = link.decision_seat
    latest = seat.positions.select_related("sealed").filter(round__n=round_n).last()
    same = (Source.LINK, kept(answer), reason.strip())
    if latest and (latest.source, latest.answer, latest.reason) == same:
        return None
    position = record_answer(
        decision=seat.decision,
        seat=seat,
        answer=answer,
        reason=reason,
        source=Source.LINK,
        round_n=round_n,
        by=None,
    )
    now = clock.now()
    AnswerLink.objects.filter(pk=link.pk).update(acted_at=now, receipt_wanted_at=now)
    nudge_outbox()
    return position


@transaction.atomic
def pass_on(*, link: AnswerLink, name: str, email: str, language: str) -> AnswerLink:
    """A colleague answers for the seat instead: they get a link of their own by mail, and this one ends.

    Raises LinkEnded, AlreadyClosed, AnswersEnded, HasAnswered, PassedOnOften; YouthHasNoName for a youth
    seat.
    """
    _hold(link)
    _must_be_silent(link)
    if link.decision_seat.seat.keeps_no_name:
        raise YouthHasNoName
    passed = AnswerLink.objects.filter(decision_seat=link.decision_seat).exclude(passed_on=None)
    if passed.count() >= MOST_PASSED_ON:
        raise PassedOnOften
    now = clock.now()
    AnswerLink.objects.filter(pk=link.pk).update(revoked_at=now, acted_at=now)
    theirs: AnswerLink = AnswerLink.objects.create(
        district_id=link.district_id,
        decision_seat=link.decision_seat,
        holder=link.holder,
        passed_on=link,
        name=name.strip(),
        email=email,
        language=language,
        created_at=now,
        expires_at=link.expires_at,
        mail_wanted_at=now,
    )
    nudge_outbox()
    _note(link, NoteKind.COLLEAGUE, name.strip())
    return theirs


@transaction.atomic
def say_by_link(*, link: AnswerLink, kind: NoteKind | str, text: str = "") -> None:
    """A question first, or that they may not answer: it waits for one of us, and counts as no answer.

    The same once more, by a second tap, is kept once. Raises LinkEnded, AlreadyClosed, AnswersEnded,
    AskedOften; HasAnswered where they may not answer and yet have.
    """
    _hold(link)
    if kind == NoteKind.MAY_NOT:
        _must_be_silent(link)
    before = list(link.notes.select_related("sealed"))
    if before and (before[-1].kind, before[-1].text) == (kind, text.strip()):
        return
    if len(before) >= MOST_NOTES:
        raise AskedOften
    AnswerLink.objects.filter(pk=link.pk).update(acted_at=clock.now())
    _note(link, NoteKind(kind), text.strip())


def _must_be_silent(link: AnswerLink) -> None:
    """Raise HasAnswered where the seat has an answer in the present round."""
    seat = link.decision_seat
    if seat.positions.filter(round=seat.decision.rounds.last()).exists():
        raise HasAnswered


def _hold(link: AnswerLink) -> None:
    """Let what else comes by this link at the same moment wait until this transaction ends. Raises
    LinkEnded, AlreadyClosed, AnswersEnded."""
    hold_open(link.decision_seat.decision)
    _hold_link(link)


def _hold_link(link: AnswerLink) -> None:
    rows = AnswerLink.objects.select_for_update(of=("self",)).with_person()
    if rows.get(pk=link.pk).ended(clock.now()):
        raise LinkEnded


def _note(link: AnswerLink, kind: NoteKind, text: str) -> None:
    """The row of what came, and its entry in the register."""
    sealer, seat, now = Sealer(), link.decision_seat, clock.now()
    said: dict[str, Any] = {kind.value: text}
    digest = sealer.digest(**said)
    event = append(
        district_id=link.district_id,
        decision_uid=seat.decision.uid,
        kind="by_link",
        at=now,
        fields={"from": str(seat.uid), "said": kind.value, "sealed": digest},
        sealer=sealer,
    )
    LinkNote.objects.create(
        district_id=link.district_id,
        link=link,
        kind=kind,
        sealed=Sealed.objects.get(event=event, digest=digest),
        at=now,
    )
