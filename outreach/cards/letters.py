"""Letters on Today: answers that came in, signatures, letters sent back, drafts, and silence."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.deputies import may_sign
from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.urls_in import url_in
from letters.enums import Answer, EventKind, State
from letters.models import Letter, LetterEvent, Reply
from outreach.registry import Card, CardSource, News, Rows
from partners.families import family_around
from partners.models import Interaction, StageChange

from .words import a_few, day_of, letter_link, sentence

OTHERS_HELP = datetime.timedelta(days=7)
WHOLE = ("contact__partner", "school", "partnership__partner")


def _talks(membership: Membership, **when: Any) -> Rows:
    """Contacts with a letter's partner, of its school, of no school or of one's own."""
    whose = Q(school=OuterRef("school")) | Q(school=None) | Q(by=membership)
    return Interaction.objects.filter(whose, partner__in=family_around("partnership__partner"), **when)


def answered(membership: Membership, day: datetime.date) -> Rows:
    """Letters whose last answer was "yes" or "talk to me", until something was done about it.

    That is a contact, the promised call, or a stage that somebody changed after it. The change of stage which
    an answer itself brings names the letter as its cause, and does not count.
    """
    latest = Reply.objects.standing().filter(letter=OuterRef("pk")).order_by("-at", "-pk")
    called = Task.objects.filter(
        kind=TaskKind.PROMISED_CALL, subject_uid=OuterRef("uid"), done_at__gt=OuterRef("heard_at")
    )
    moved = StageChange.objects.filter(
        ~Q(was="") & ~Q(cause_uid=OuterRef("uid")),
        partnership=OuterRef("partnership"),
        at__gt=OuterRef("heard_at"),
    )
    talked = _talks(membership, created_at__gt=OuterRef("heard_at"))
    return (
        Letter.objects.for_member(membership)
        .filter(state=State.SIGNED)
        .annotate(
            heard=Subquery(latest.values("answer")[:1]),
            heard_at=Subquery(latest.values("at")[:1]),
        )
        .filter(heard__in=(Answer.YES, Answer.TALK))
        .filter(~Exists(talked), ~Exists(called), ~Exists(moved))
        .select_related(*WHOLE)
    )


def answered_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Talk to ..." """
    [letter] = rows
    return Card(
        what=_("Talk to %(name)s") % {"name": letter.contact.name},
        about=_("at %(partner)s") % {"partner": letter.contact.partner.name},
        why=sentence(
            _("They answered “%(answer)s” to letter %(reference)s."),
            answer=Answer(letter.heard).label,
            reference=letter_link(membership, letter),
        ),
        act_label=_("Log the call"),
        act_url=url_in(membership.district, "partners:log_call", uid=letter.contact.partner.uid),
    )


def to_sign(membership: Membership, day: datetime.date) -> Rows:
    """Letters that wait for the signature of this principal, or of this deputy."""
    if not may_sign(membership):
        return Letter.objects.none()
    return Letter.objects.to_sign(membership).select_related(*WHOLE)


def to_sign_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Sign 3 letters" """
    first, n = rows[0], len(rows)
    names = a_few(letter.contact.partner.name for letter in rows)
    one = n == 1
    return Card(
        what=ngettext("Sign a letter", "Sign %(n)d letters", n) % {"n": n},
        about=_("to %(names)s") % {"names": names},
        why=_("Each is ready; you can also send it back with a note."),
        act_label=_("Read and sign"),
        act_url=url_in(membership.district, "letters:page", uid=first.uid)
        if one
        else url_in(membership.district, "letters:to_sign"),
    )


def to_approve(membership: Membership, day: datetime.date) -> Rows:
    """Letters that wait for district staff before their signature."""
    return Letter.objects.to_approve(membership).select_related(*WHOLE)


def to_approve_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Approve 2 letters" """
    n = len(rows)
    names = a_few(letter.contact.partner.name for letter in rows)
    return Card(
        what=ngettext("Approve a letter", "Approve %(n)d letters", n) % {"n": n},
        about=_("to %(names)s") % {"names": names},
        why=_("Nobody can sign it before; you can also send it back with a note."),
        act_label=_("Read and approve"),
        act_url=url_in(membership.district, "letters:page", uid=rows[0].uid)
        if n == 1
        else url_in(membership.district, "letters:approvals"),
    )


def drafts_of(membership: Membership) -> Rows:
    """One's own drafts, with the note with which they were sent back, if they were."""
    notes = LetterEvent.objects.filter(letter=OuterRef("pk"), kind=EventKind.SENT_BACK).order_by("-at")
    return (
        Letter.objects.for_member(membership)
        .filter(state=State.DRAFT, prepared_by=membership)
        .annotate(note=Subquery(notes.values("reason")[:1]), sent_back_at=Subquery(notes.values("at")[:1]))
        .select_related(*WHOLE)
    )


def sent_back(membership: Membership, day: datetime.date) -> Rows:
    """Letters that came back with a note."""
    return drafts_of(membership).filter(note__isnull=False)


def sent_back_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Change the letter ..." """
    [letter] = rows
    return Card(
        what=_("Change a letter"),
        about=_("to %(partner)s") % {"partner": letter.contact.partner.name},
        why=_("It came back with a note: “%(note)s”") % {"note": letter.note},
        act_label=_("Open the letter"),
        act_url=url_in(membership.district, "letters:edit", uid=letter.uid),
    )


def unfinished(membership: Membership, day: datetime.date) -> Rows:
    """Drafts that lie since yesterday or longer."""
    began = clock.at_local(day, 0, membership.district.tz)
    return drafts_of(membership).filter(note=None, changed_at__lt=began)


def unfinished_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Finish or drop a draft ..." """
    [letter] = rows
    return Card(
        what=_("Finish or drop a draft"),
        about=_("to %(partner)s") % {"partner": letter.contact.partner.name},
        why=_("Nobody has touched it since %(day)s.") % {"day": day_of(letter.changed_at)},
        act_label=_("Open the draft"),
        act_url=url_in(membership.district, "letters:edit", uid=letter.uid),
    )


def unanswered(membership: Membership, day: datetime.date) -> Rows:
    """Letters whose date is over without a word: for whoever stays in touch at once, after a week for all
    at the school. A promised call, or one already made, takes its place."""
    promised = Task.objects.filter(kind=TaskKind.PROMISED_CALL, subject_uid=OuterRef("uid"), owner=membership)
    mine = Q(liaison=membership) | Q(liaison=None, signer=membership)
    return (
        Letter.objects.for_member(membership)
        .unanswered(day)
        .filter(mine | Q(reply_by__lte=day - OTHERS_HELP))
        .filter(~Exists(promised), ~Exists(_talks(membership, on__gt=OuterRef("reply_by"))))
        .select_related(*WHOLE)
    )


def unanswered_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Call ..." """
    [letter] = rows
    return Card(
        what=_("Call %(partner)s") % {"partner": letter.contact.partner.name},
        about="",
        why=sentence(
            _("No reply to letter %(reference)s, sent %(sent)s; it asked for one by %(by)s."),
            reference=letter_link(membership, letter),
            sent=day_of(letter.signed_at),
            by=day_of(letter.reply_by),
        ),
        act_label=_("Log the call"),
        act_url=url_in(membership.district, "partners:log_call", uid=letter.contact.partner.uid),
    )


def news(membership: Membership, since: datetime.datetime) -> list[News]:
    """Answers that came in: one query."""
    replies = (
        Reply.objects.standing()
        .filter(letter__in=Letter.objects.for_member(membership), at__gt=since)
        .select_related("letter__contact__partner")
        .order_by("-at")
    )
    return [
        News(
            at=reply.at,
            who=reply.letter.contact.partner.name,
            words=_("answered “%(answer)s” to letter %(reference)s.")
            % {"answer": reply.get_answer_display(), "reference": reply.letter.reference},
            url=url_in(membership.district, "letters:page", uid=reply.letter.uid),
        )
        for reply in replies[:5]
    ]


HEARD_ON = TruncDate("heard_at")
WAITS_SINCE = TruncDate(Coalesce("handed_in_at", "changed_at"))

SOURCES = (
    CardSource("letter_answered", answered, answered_card, due_on=HEARD_ON, urgent=True),
    CardSource(
        "letter_to_sign",
        to_sign,
        to_sign_card,
        due_on=WAITS_SINCE,
        urgent=True,
        together=True,
        can_be_done=False,
    ),
    CardSource(
        "letter_to_approve",
        to_approve,
        to_approve_card,
        due_on=WAITS_SINCE,
        urgent=True,
        together=True,
        can_be_done=False,
    ),
    CardSource("letter_sent_back", sent_back, sent_back_card, due_on=TruncDate("sent_back_at"), urgent=True),
    CardSource("letter_unanswered", unanswered, unanswered_card, due_on=F("reply_by")),
    CardSource("letter_draft", unfinished, unfinished_card),
)
