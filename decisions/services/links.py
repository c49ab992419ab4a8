"""Personal links to a question, as we make them: sent, copied, taken back; and what came by them, seen to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts import clock
from accounts.links import open_at
from accounts.models import Membership
from accounts.outgoing import nudge_outbox
from decisions.enums import NoteKind, Source, Standing
from decisions.methods import silence_assents
from decisions.models import AnswerLink, Decision, DecisionSeat, LinkNote, SeatHolder
from decisions.queries import count, sitting_in

from .errors import NoVote
from .first import must_decide_between
from .link_errors import NobodySits
from .notices import in_time, keep_told
from .while_open import hold_open, touch

LASTS = datetime.timedelta(days=60)
"""How long a link opens its page: from its making or the latest round on, or from the end of the time to
answer, whichever is later."""


def send_links(*, decision: Decision, by: Membership) -> list[AnswerLink]:
    """The question by mail to each seat that has not answered and in which somebody sits; once more where it
    went before. Out: the links that go, which leaves out whom we have no address of.

    Whoever said that they may not answer is left out, too. Where silence is a yes, those to whom it goes were
    told, unless it is too late for the agreed notice. Raises AlreadyClosed, AnswersEnded,
    OnlyInMeetings.
    """
    must_decide_between(decision.group)
    with transaction.atomic():
        hold_open(decision)
        silent = [line.seat for line in count(decision).lines if not (line.position or line.stepped_out)]
        may_not = set(
            AnswerLink.objects.filter(decision_seat__in=silent, notes__kind=NoteKind.MAY_NOT).values_list(
                "pk", flat=True
            )
        )
        links = [link for link in _links(decision, silent, by) if link.to_email and link.pk not in may_not]
        going = AnswerLink.objects.filter(pk__in=[link.pk for link in links])
        going.update(mail_wanted_at=clock.now(), made_by=by)
        nudge_outbox()
        going_to = {link.decision_seat_id for link in links}
        if going_to and silence_assents(decision.method) and in_time(decision):
            touch(decision)
            keep_told(decision, [seat for seat in silent if seat.pk in going_to], Source.LINK, by)
            decision.version += 1
    return links


def copy_link(*, seat: DecisionSeat, by: Membership) -> AnswerLink:
    """The link of whoever sits in a seat, for one of us who sends it themselves; made where there is none.

    Raises AlreadyClosed, AnswersEnded, OnlyInMeetings, NobodySits; NoVote for a seat that only advises or
    observes.
    """
    if seat.standing != Standing.VOTES:
        raise NoVote
    must_decide_between(seat.decision.group)
    with transaction.atomic():
        hold_open(seat.decision)
        links = _links(seat.decision, [seat], by)
        if not links:
            raise NobodySits
        AnswerLink.objects.filter(pk=links[0].pk).update(copied_at=clock.now(), copied_by=by)
    return links[0]


def take_link_back(*, link: AnswerLink, by: Membership) -> None:
    """End a link; a second time changes nothing."""
    AnswerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=clock.now())


def settle_note(*, note: LinkNote, by: Membership) -> None:
    """One of us has seen to what came by a link; a second time changes nothing."""
    LinkNote.objects.filter(pk=note.pk, settled_at=None).update(settled_at=clock.now(), settled_by=by)


def prolong_links(decision: Decision) -> None:
    """Let the open links of a question, whose time to answer now ends later, last as long as a new one. One
    that ran out stays so: its seat may have a newer one."""
    until = _lasting_until(decision)
    links = AnswerLink.objects.filter(open_at(clock.now()), decision_seat__decision=decision)
    links.filter(expires_at__lt=until).update(expires_at=until)


def _links(decision: Decision, seats: Sequence[DecisionSeat], by: Membership) -> list[AnswerLink]:
    """The open link of each seat in which somebody sits: the one that there is, else a new one.

    A link that was passed on is its colleague's, while whoever passed it on sits there.
    """
    now, sitting = clock.now(), sitting_in(seats, clock.today(decision.district))
    rows = AnswerLink.objects.filter(open_at(now), holder__in=sitting.values(), decision_seat__in=sitting)
    found = {link.decision_seat_id: link for link in rows.with_person()}
    return [found.get(pk) or _make(decision, pk, holder, by) for pk, holder in sitting.items()]


def _make(decision: Decision, seat_pk: int, holder: SeatHolder, by: Membership) -> AnswerLink:
    link: AnswerLink = AnswerLink.objects.create(
        district_id=decision.district_id,
        decision_seat_id=seat_pk,
        holder=holder,
        made_by=by,
        created_at=clock.now(),
        expires_at=_lasting_until(decision),
    )
    return link


def _lasting_until(decision: Decision) -> datetime.datetime:
    now = clock.now()
    return max(now, decision.closes_at or now) + LASTS
