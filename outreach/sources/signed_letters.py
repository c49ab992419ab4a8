"""A signed letter as mail: the PDF with an accessible text. It goes because a person signed and sent it."""

import html
import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from accounts.models import District
from accounts.urls_in import absolute
from letters.enums import State
from letters.models import Letter, ReplyLink, SignedLetter
from letters.services import note_mailed
from letters.sheet import Sheet, parts
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.mail import LINK_MARK, named
from outreach.models import Message
from outreach.registry import Attachment, Draft, Drafted, MailSource, Window

from .words import day_in_words, written

KIND = "signed_letter"
LINKED = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def drafts(district: District, window: Window) -> Sequence[Drafted]:
    """Signed letters whose mail was wanted in the last 14 days and is not in the outbox since."""
    in_outbox = Message.objects.filter(
        kind=KIND, subject_uid=OuterRef("uid"), created_at__gte=OuterRef("mail_wanted_at")
    )
    wanted = (
        Letter.objects.filter(state=State.SIGNED, mail_wanted_at__gte=window.since)
        .filter(~Exists(in_outbox))
        .select_related(
            "district", "contact__partner", "school", "signer__user", "liaison__user", "signed__number"
        )
        .defer("signed__pdf")
    )
    return drafted(KIND, wanted, _draft)


def _draft(letter: Any) -> Draft:
    sheet = Sheet(**letter.signed.number.fixed["sheet"])
    context = {
        **parts(sheet),
        "letter": letter,
        "by": day_in_words(letter.reply_by, letter.language),
        "link": LINK_MARK,
    }
    context["parts"] = [in_plain_text(part) for part in context["parts"]]
    subject, body = written("signed_letter", letter.language, context)
    answers_to = (letter.liaison or letter.signer).user
    return Draft(
        subject_uid=letter.uid,
        recipient_uid=letter.contact.uid,
        occurrence=letter.mail_wanted_at.isoformat(timespec="seconds"),
        not_before=letter.mail_wanted_at,
        school=letter.school,
        about=about(letter),
        to=letter.contact.email,
        to_name=letter.contact.name,
        from_name=f"{sheet.signer}, {sheet.school}"[:200],
        reply_to=named(answers_to.name, answers_to.email),
        language=letter.language,
        subject=subject,
        body=body,
    )


def in_plain_text(part: dict[str, Any]) -> dict[str, Any]:
    """A letter in one language as the text of a mail has it: without marks, a link with its address behind
    it."""
    body = LINKED.sub(r"\2 (\1)", str(part["body"]))
    paragraphs = body.replace("<br>", "\n").replace("</p>", "\n\n").replace("</li>", "\n")
    texts = {"body": paragraphs, "salutation": part["salutation"], "copies": part["copies"]}
    return part | {name: html.unescape(strip_tags(text)).strip() for name, text in texts.items()}


def about(letter: Any) -> str:
    """What the outbox calls a letter: its number and the partner."""
    return f"{letter.reference}, {letter.contact.partner.name}"


def from_name(letter: Any) -> str:
    """The name in which a letter's mail goes: who signed it, and the school."""
    return f"{letter.signer.user.name}, {letter.school.name}"[:200]


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those whose letter was withdrawn, or whose contact has left."""
    uids = [message.subject_uid for message in messages]
    rows = Letter.objects.filter(uid__in=uids).values_list("uid", "state", "contact__left_on")
    letters = {uid: (state, left_on) for uid, state, left_on in rows}
    found = {}
    for message in messages:
        state, left_on = letters.get(message.subject_uid, (State.WITHDRAWN, None))
        if state != State.SIGNED:
            found[message.pk] = Reason.WITHDRAWN
        elif left_on:
            found[message.pk] = Reason.LEFT
    return found


def files(message: Message) -> Sequence[Attachment]:
    """The PDF, byte for byte as it was signed."""
    kept = SignedLetter.objects.get(letter__uid=message.subject_uid)
    return [Attachment(f"{kept.reference}.pdf", bytes(kept.pdf), "application/pdf")]


def sent(message: Message) -> None:
    """The letter's own floor keeps that it went, and to whom."""
    note_mailed(letter=Letter.objects.get(uid=message.subject_uid), to=message.to)


def link(message: Message) -> str:
    """The address at which this letter is answered."""
    answers = ReplyLink.objects.get(letter__uid=message.subject_uid)
    return absolute(reverse("answer:page", kwargs={"token": answers.token}))


def as_html(message: Message) -> str:
    """The letter as it was signed, as HTML that anybody can have read out."""
    kept = SignedLetter.objects.defer("pdf").select_related("number").get(letter__uid=message.subject_uid)
    sheet = Sheet(**kept.number.fixed["sheet"])
    check = absolute(reverse("check:code", kwargs={"code": kept.code}))
    context = {**parts(sheet), "link": link(message), "check_url": check}
    return render_to_string("outreach/mail/signed_letter.html", context)


SOURCE = MailSource(
    kind=KIND,
    label=_("Signed letters"),
    says=_("A letter that a principal signed and sent, with its PDF, to the person it is addressed to."),
    reminder=False,
    needs_switch=False,
    drafts=drafts,
    moot=moot,
    page="letters:page",
    link=link,
    html=as_html,
    files=files,
    sent=sent,
)
