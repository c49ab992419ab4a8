"""How a question ended, to whoever sits in each of its seats: with the code of the register at that moment.

It goes by itself after each close, by people or by the deadline: with the code outsiders hold what makes a
later change evident (docs/register.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import clock
from accounts.models import District
from accounts.urls_in import absolute
from decisions.ballot_words import named as options_named
from decisions.ledger import in_fours
from decisions.models import AnswerLink, DecisionSeat, SeatHolder
from decisions.queries import sitting_in
from decisions.register import codes_at_end
from decisions.rule import MET, Outcome
from decisions.sentences import sentence
from decisions.words import OUTCOME_WORDS
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.mail import named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Rows, Window, thread, thread_of

from .decision_links import dear, of_question
from .words import day_in_words, written

KIND = "decision_outcome"
READ = ("district", "decision__group__school", "decision__closed_by__user", "decision__opened_by__user")


@dataclass(frozen=True)
class Told:
    """A seat of a question that ended, and who sits in it now. Its messages are about the decision."""

    seat: DecisionSeat
    holder: SeatHolder

    @property
    def uid(self) -> uuid.UUID:
        """What they are about, where one of them fails (guard.drafted)."""
        return self.seat.decision.uid

    @property
    def district(self) -> District:
        """Whose it is."""
        return self.seat.district


def _drafts(district: District, window: Window) -> Sequence[Drafted]:
    """One for each seat of each question that ended in the last 14 days: four queries."""
    seats = list(_ended_since(window).select_related(*READ).prefetch_related("decision__rounds"))
    sitting = sitting_in(seats, clock.today(district))
    codes = codes_at_end({seat.decision.uid for seat in seats})
    told = [Told(seat, sitting[seat.pk]) for seat in seats if seat.pk in sitting]
    return drafted(KIND, told, lambda one: _draft(district, one, codes))


def _ended_since(window: Window) -> Rows:
    """The seats of what ended; of a question that was taken back, those that had been asked by link."""
    links = AnswerLink.objects.asked().filter(decision_seat=OuterRef("pk"))
    counted = ~Q(decision__outcome=Outcome.WITHDRAWN)
    return DecisionSeat.objects.filter(counted | Exists(links), decision__closed_at__gte=window.since)


def _draft(district: District, one: Told, codes: Mapping[uuid.UUID, str]) -> Draft:
    decision: Any = one.seat.decision
    holder = one.holder
    sender, language = (decision.closed_by or decision.opened_by).user, holder.speaks
    context = {
        **of_question(district, one.seat, language),
        **_ended(decision, language),
        **_code(codes[decision.uid]),
        "dear": dear(holder),
        "sender": sender,
    }
    subject, body = written(KIND, language, context)
    return Draft(
        subject_uid=decision.uid,
        recipient_uid=one.seat.uid,
        occurrence=decision.closed_at.isoformat(),
        not_before=decision.closed_at,
        school=decision.group.school,
        about=f"{decision.reference}: {one.seat.label}"[:200],
        to=holder.email,
        to_name=holder.called,
        from_name=sender.name,
        reply_to=named(sender.name, sender.email),
        language=language,
        subject=subject,
        body=body,
    )


def _ended(decision: Any, language: str) -> dict[str, Any]:
    """How it ended: the outcome, its arithmetic, the option that was chosen, why, and when it comes back."""
    outcome, figures = Outcome(decision.outcome), decision.figures
    options = options_named(list(decision.rounds.all())[-1].options_in(language))
    with override(language):
        arithmetic = sentence(outcome, figures)
    return {
        "outcome": OUTCOME_WORDS[outcome],
        "arithmetic": arithmetic,
        "chosen": options[figures["winner"]] if outcome in MET and "winner" in figures else "",
        "why": decision.rationale,
        "review": day_in_words(decision.review_on, language),
    }


def _code(code: str) -> dict[str, str]:
    """The code as people read it, and where anybody checks it."""
    return {"code": in_fours(code), "check_url": absolute(reverse("register:code", kwargs={"code": code}))}


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those for a seat in which nobody sits any more; where whoever sits there has another address, it waits
    until the plan has followed that."""
    uids = {message.subject_uid for message in messages}
    seats = list(DecisionSeat.objects.filter(decision__uid__in=uids).select_related("decision"))
    sitting = sitting_in(seats, clock.today(messages[0].district))
    holders = {thread(KIND, seat.decision.uid, seat.uid): sitting.get(seat.pk) for seat in seats}
    reasons = {message.pk: _why_not(message, holders.get(thread_of(message.key))) for message in messages}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _why_not(message: Message, holder: SeatHolder | None) -> Reason | None:
    if holder is None:
        return Reason.GONE
    return None if holder.email == message.to else Reason.UNCHECKED


SOURCE = MailSource(
    kind=KIND,
    label=_("Outcomes of questions"),
    says=_(
        "To whoever sits in a seat of a question, once it is closed: the outcome, how it was counted, and the"
        " register's code. It goes in the name of whoever closed it, or asked it where its deadline did."
    ),
    reminder=True,
    needs_switch=True,
    can_wait=True,
    drafts=_drafts,
    moot=moot,
    page="decisions:page",
)
