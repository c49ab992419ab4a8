"""A question to a seat by personal link, and the receipt of an answer that came by one.

Both go because a person acted: one of us asked, or whoever holds the link answered.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import clock
from accounts.links import make_token, open_at
from accounts.models import District
from accounts.urls_in import absolute
from decisions.enums import NoteKind, Source, State
from decisions.models import AnswerLink, LinkNote, Position, Round
from decisions.pages.answering import asked_in, meaning_in, phone_of
from decisions.pages.saying import said
from outreach.enums import UNSENT, Reason
from outreach.guard import drafted
from outreach.mail import LINK_MARK, named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Rows, Window, zone_of

from .words import day_in_words, written

QUESTION, RECEIPT = "decision_question", "decision_receipt"
STEPPED_OUT = "decision_seat__recusal"


def with_standing(links: Rows) -> Rows:
    """Links with what ends asking: their seat has answered in the present round (`answered`), or whoever
    holds them may not (`may_not`)."""
    later = Round.objects.filter(decision=OuterRef("round__decision"), n__gt=OuterRef("round__n"))
    answers = Position.objects.filter(~Exists(later), decision_seat=OuterRef("decision_seat"))
    may_not = LinkNote.objects.filter(link=OuterRef("pk"), kind=NoteKind.MAY_NOT)
    return links.annotate(answered=Exists(answers), may_not=Exists(may_not))


def working(links: Rows, now: datetime.datetime) -> Rows:
    """Those that work, with what a mail about them says."""
    return (
        links.filter(open_at(now), decision_seat__recusal=None)
        .with_person()
        .select_related(
            "made_by__user",
            "decision_seat__decision__group__school",
            "decision_seat__decision__opened_by__user",
        )
        .prefetch_related("decision_seat__decision__rounds")
    )


def _questions(district: District, window: Window) -> Sequence[Drafted]:
    """Those that were to go by mail in the last 14 days, to seats that have not answered."""
    wanted = with_standing(AnswerLink.objects.filter(mail_wanted_at__gte=window.since))
    open_now = Q(decision_seat__decision__closes_at=None) | Q(
        decision_seat__decision__closes_at__gt=window.now
    )
    rows = _not_in_outbox(QUESTION, wanted, "mail_wanted_at").filter(
        open_now, answered=False, decision_seat__decision__state=State.OPEN
    )
    return drafted(QUESTION, working(rows, window.now), lambda link: _question(district, link))


def _not_in_outbox(kind: str, links: Rows, since: str) -> Rows:
    """Those without such a message since, and those whose message lost its words before it went."""
    there = Message.objects.filter(kind=kind, subject_uid=OuterRef("uid"), created_at__gte=OuterRef(since))
    there = there.exclude(body="", state__in=UNSENT)
    return links.filter(~Exists(there))


def _question(district: District, link: Any) -> Draft | None:
    return draft_for(QUESTION, district, link, link.mail_wanted_at, link.mail_wanted_at.isoformat())


def _receipts(district: District, window: Window) -> Sequence[Drafted]:
    """Of answers that came by link in the last 14 days."""
    wanted = AnswerLink.objects.filter(receipt_wanted_at__gte=window.since)
    rows = working(_not_in_outbox(RECEIPT, wanted, "receipt_wanted_at"), window.now)
    return drafted(RECEIPT, rows, lambda link: _receipt(district, link))


def _receipt(district: District, link: Any) -> Draft | None:
    given = Position.objects.filter(decision_seat=link.decision_seat, source=Source.LINK)
    last = given.select_related("round", "sealed", "recorded_by").latest("pk")
    with override(link.to_language):
        answer = said(link.decision_seat, last, language=link.to_language).word
    at = link.receipt_wanted_at
    return draft_for(RECEIPT, district, link, at, at.isoformat(), answer=answer)


def draft_for(
    kind: str,
    district: District,
    link: Any,
    not_before: datetime.datetime,
    occurrence: str,
    **more: str,
) -> Draft | None:
    """A mail about a link to whom it is for; nothing for somebody who sits there no more."""
    if link.ended(clock.now()):
        return None
    decision = link.decision_seat.decision
    school, language = decision.group.school, link.to_language
    sender = (link.made_by or decision.opened_by).user
    context = _context(district, link, sender)
    subject, body = written(kind, language, {**context, **more})
    return Draft(
        subject_uid=link.uid,
        recipient_uid=link.uid,
        occurrence=occurrence,
        not_before=not_before,
        school=school,
        about=f"{decision.reference}: {link.decision_seat.label}"[:200],
        to=link.to_email,
        to_name=link.to_name,
        from_name=sender.name,
        reply_to=named(sender.name, sender.email),
        language=language,
        subject=subject,
        body=body,
    )


def _context(district: District, link: Any, sender: Any) -> dict[str, Any]:
    """What the mail's templates read."""
    decision, language = link.decision_seat.decision, link.to_language
    return {
        **of_question(district, link.decision_seat, language),
        "dear": link.name or dear(link.holder),
        "by": _by(decision, zone_of(district, decision.group.school), language),
        "sender": sender,
        "link": LINK_MARK,
    }


def of_question(district: District, seat: Any, language: str) -> dict[str, Any]:
    """What each mail to a seat about a question says: of which group, to which seat, what was asked, and
    whom to call. Reads the decision with its group, its school and its rounds."""
    decision = seat.decision
    return {
        "group": decision.group.full_name,
        "seat": seat.label,
        "question": asked_in(decision, list(decision.rounds.all())[-1], language),
        "meaning": meaning_in(decision, language),
        "phone": phone_of(decision.group, district),
    }


def dear(holder: Any) -> str:
    """How a mail addresses whoever sits in a seat."""
    return (holder.contact.salutation if holder.contact else "") or str(holder.called)


def _by(decision: Any, zone: datetime.tzinfo, language: str) -> str:
    if decision.closes_at is None:
        return ""
    return day_in_words(decision.closes_at.astimezone(zone).date(), language)


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those whose seat has answered, may not or stepped out, whose question is over, whose link ended, or
    that were asked for once more since."""
    rows = AnswerLink.objects.filter(uid__in=[message.subject_uid for message in messages])
    found = with_standing(rows).with_person()
    links = {link.uid: link for link in found.select_related("decision_seat__decision", STEPPED_OUT)}
    reasons = {message.pk: _why_not(message, links.get(message.subject_uid)) for message in messages}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _why_not(message: Message, link: Any) -> Reason | None:
    if link is None or link.ended(clock.now()) or hasattr(link.decision_seat, "recusal"):
        return Reason.GONE
    decision = link.decision_seat.decision
    if not decision.takes_answers:
        return Reason.DECIDED
    if link.answered or link.may_not:
        return Reason.ANSWERED
    return None if message.key.endswith(_occurrence(message.kind, link, decision)) else Reason.MOVED


def _occurrence(kind: str, link: Any, decision: Any) -> str:
    """How the key of a link's message ends: the last time that it was asked for, or the end of its time."""
    when = link.mail_wanted_at if kind == QUESTION else decision.closes_at
    return when.isoformat() if when else ""


def _receipt_moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """A receipt is always worth having."""
    return {}


def link(message: Message) -> str:
    """The address of the seat's page."""
    token = make_token(AnswerLink.link_kind, message.subject_uid)
    return absolute(reverse("decide:page", kwargs={"token": token}))


SOURCES = (
    MailSource(
        kind=QUESTION,
        label=_("Questions to the seats of a group"),
        says=_("To whoever sits in a seat, when one of us asks them by a personal link."),
        reminder=False,
        needs_switch=False,
        drafts=_questions,
        moot=moot,
        link=link,
    ),
    MailSource(
        kind=RECEIPT,
        label=_("Receipts of answers"),
        says=_("To whoever answered by a personal link: what was recorded, and how to correct it."),
        reminder=False,
        needs_switch=False,
        drafts=_receipts,
        moot=_receipt_moot,
        link=link,
    ),
)
