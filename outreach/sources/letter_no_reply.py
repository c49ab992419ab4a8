"""No reply to a letter by its date: a polite mail to whom it was written, on the next school-day morning.

The follow-up ladder's other steps are people's: the promised call, and the item "no reply" of Today.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import District
from accounts.phones import as_written
from letters.enums import State
from letters.models import Letter, Reply
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.hours import opening
from outreach.mail import LINK_MARK, named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Window, zone_of
from partners.enums import Direction
from partners.families import family_around
from partners.models import Interaction

from .signed_letters import about, from_name, link
from .words import day_in_words, written

KIND = "letter_no_reply"
DAY = datetime.timedelta(days=1)
WEEKEND = datetime.timedelta(days=3)


def silent(letters: QuerySet[Letter]) -> QuerySet[Any]:
    """Letters with what tells whether they have been answered: `answered`, `talked`."""
    replies = Reply.objects.standing().filter(letter=OuterRef("pk"))
    talks = Interaction.objects.filter(
        Q(school=OuterRef("school")) | Q(school=None),
        partner__in=family_around("partnership__partner"),
        direction__in=(Direction.IN, Direction.BOTH),
        created_at__gt=OuterRef("signed_at"),
    )
    return letters.annotate(answered=Exists(replies), talked=Exists(talks))


def drafts(district: District, window: Window) -> Sequence[Drafted]:
    """One for each signed letter whose date to answer passes in the window and that nobody has answered."""
    days = ((window.since - WEEKEND).date(), window.until.date())
    rows = (
        silent(Letter.objects.filter(state=State.SIGNED, reply_by__range=days, contact__left_on=None))
        .filter(answered=False, talked=False)
        .select_related(
            "district", "contact__partner", "school", "signer__user", "liaison__user", "reply_link"
        )
    )
    return drafted(KIND, rows, lambda letter: _in_window(district, letter, window))


def _in_window(district: District, letter: Any, window: Window) -> Draft | None:
    if not _asked_in_time(district, letter):
        return None
    draft = _draft(district, letter)
    return draft if window.since <= draft.not_before <= window.until else None


def _asked_in_time(district: District, letter: Any) -> bool:
    """Whether its date to answer was not over when it was signed, by the school's calendar."""
    zone = zone_of(district, letter.school)
    return bool(letter.signed_at.astimezone(zone).date() <= letter.reply_by)


def _draft(district: District, letter: Any) -> Draft:
    answers_to = (letter.liaison or letter.signer).user
    zone, language = zone_of(district, letter.school), letter.contact.language
    context = {
        "letter": letter,
        "day": day_in_words(letter.signed_at.astimezone(zone).date(), language),
        "by": day_in_words(letter.reply_by, language),
        "answers_to": answers_to,
        "dear": letter.contact.salutation or letter.contact.name,
        "link": LINK_MARK if hasattr(letter, "reply_link") else "",
        "phone": as_written(letter.school.phone or district.phone),
    }
    subject, body = written(KIND, language, context)
    return Draft(
        subject_uid=letter.uid,
        recipient_uid=letter.contact.uid,
        occurrence=letter.reply_by.isoformat(),
        not_before=opening(letter.reply_by + DAY, zone),
        school=letter.school,
        about=about(letter),
        to=letter.contact.email,
        to_name=letter.contact.name,
        from_name=from_name(letter),
        reply_to=named(answers_to.name, answers_to.email),
        language=language,
        subject=subject,
        body=body,
    )


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those that were answered, talked over, withdrawn or moved, or whose contact has left."""
    uids = [message.subject_uid for message in messages]
    letters = {
        letter.uid: letter for letter in silent(Letter.objects.filter(uid__in=uids)).select_related("contact")
    }
    reasons = {message.pk: _why_not(message, letters.get(message.subject_uid)) for message in messages}
    return {pk: reason for pk, reason in reasons.items() if reason}


def _why_not(message: Message, letter: Any) -> Reason | None:
    if letter is None:
        return Reason.GONE
    if letter.state != State.SIGNED:
        return Reason.WITHDRAWN
    if letter.answered:
        return Reason.ANSWERED
    if letter.talked:
        return Reason.TALKED
    if letter.contact.left_on:
        return Reason.LEFT
    moved = letter.reply_by is None or not message.key.endswith(f":{letter.reply_by.isoformat()}")
    return Reason.MOVED if moved else None


SOURCE = MailSource(
    kind=KIND,
    label=_("No reply to a letter"),
    says=_(
        "One reminder to the person a letter went to, on the first weekday morning after the date by which it"
        " asked for an answer. It goes in the signer's name; a reply reaches whoever stays in touch."
    ),
    reminder=True,
    needs_switch=True,
    drafts=drafts,
    moot=moot,
    page="letters:page",
    link=link,
)
