"""A message of the outbox as an e-mail: sender's name, Reply-To, text and HTML, files, its own Message-ID."""

from __future__ import annotations

import hashlib
import logging
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.links import make_token
from accounts.models import Membership
from accounts.outgoing import mail_leaves
from accounts.rules import is_staff
from accounts.urls_in import absolute

from . import registry
from .addresses import outside
from .guard import told
from .models import Message

LINK_MARK = "[[link]]"
SHOWN_LINK = "…"
NO_MORE = "no_more"
"""The kind of link by which an address outside stops reminders; it is made of the message's uid."""

log = logging.getLogger("outreach")


def message_id(district_id: int, key: str) -> str:
    """The Message-ID that belongs to a key, for ever: a message sent again is the same message."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    digest = hashlib.sha256(f"{district_id}:{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{domain}>"


def named(name: str, address: str) -> str:
    """An address with its name, as it stands in a header; nothing without an address."""
    return formataddr((name, address)) if address else ""


def full_body(message: Message) -> str:
    """The text with its personal link, as the recipient reads it."""
    source = registry.mail_source(message.kind)
    if LINK_MARK not in message.body or source is None or source.link is None:
        return message.body
    return message.body.replace(LINK_MARK, source.link(message))


def no_more_link(message: Message) -> str:
    """Where its reader stops this kind of mail (RFC 8058); "" for a member, and for what a person sends."""
    if not registry.comes_by_itself(message.kind) or not outside(message.district, [message.to]):
        return ""
    return absolute(reverse("no_more:page", kwargs={"token": make_token(NO_MORE, message.uid)}))


def last_line(message: Message, no_more: str) -> str:
    """What stands below the text of a mail that its reader can stop."""
    if not no_more:
        return ""
    with override(message.language):
        return "\n" + _("No more mail of this kind: %(link)s") % {"link": no_more} + "\n"


def _headers(message: Message, no_more: str) -> dict[str, str]:
    """Its Message-ID; that it comes by itself; and how a mail program stops it with one click (RFC 8058)."""
    headers = {"Message-ID": message.message_id}
    if registry.comes_by_itself(message.kind):
        headers["Auto-Submitted"] = "auto-generated"
    if no_more:
        headers |= {
            "List-Unsubscribe": f"<{no_more}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def shown_body(message: Message, reader: Membership) -> str:
    """The text as the portal shows it to one of us.

    A personal link is its recipient's alone. Only where no mail leaves the portal do district staff read it
    here, to try it. A link that cannot be made is said in its place. Where no text is kept, nothing stands.
    """
    if not message.body or not is_staff(reader) or mail_leaves():
        return message.body.replace(LINK_MARK, SHOWN_LINK)
    try:
        return full_body(message) + last_line(message, no_more_link(message))
    except Exception as error:
        log.error("The link of a %s could not be made: %s", message.kind, told(error))
        with override(message.language):
            return message.body.replace(LINK_MARK, _("(This link could not be made.)"))


def build(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The e-mail of a message, ready to be handed over."""
    no_more = no_more_link(message)
    body = full_body(message) + last_line(message, no_more)
    source = registry.mail_source(message.kind)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=body,
        from_email=named(message.from_name, sender),
        to=[named(message.to_name, message.to)],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message, no_more),
        connection=connection,
    )
    with override(message.language):
        if source and source.html:
            html = source.html(message)
        else:
            html = render_to_string("outreach/mail/body.html", {"message": message, "body": body})
    mail.attach_alternative(html, "text/html")
    for file in source.files(message) if source else ():
        mail.attach(file.name, file.content, file.media_type)
    return mail
