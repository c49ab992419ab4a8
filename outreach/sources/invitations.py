"""The mail with which a person who was invited joins a district; it goes because staff asked."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.links import make_token, open_at
from accounts.models import District, Invitation
from accounts.urls_in import absolute
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.mail import LINK_MARK, named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Window

from .words import day_in_words, written

KIND = "invitation"


def drafts(district: District, window: Window) -> Sequence[Drafted]:
    """Open invitations whose mail is wanted and not in the outbox yet."""
    in_outbox = Message.objects.filter(kind=KIND, subject_uid=OuterRef("uid"))
    wanted = (
        Invitation.objects.filter(mail_wanted_at__isnull=False, acted_at=None, revoked_at=None)
        .filter(~Exists(in_outbox), expires_at__gt=window.now)
        .select_related("district", "invited_by__user")
    )
    return drafted(KIND, wanted, lambda invitation: _draft(district, invitation))


def _draft(district: District, invitation: Any) -> Draft:
    sender = invitation.invited_by.user if invitation.invited_by else None
    language = sender.language if sender else "en"
    context = {
        "district": district,
        "invitation": invitation,
        "sender": sender,
        "link": LINK_MARK,
        "day": day_in_words(clock.local_day(invitation.expires_at, district), language),
    }
    subject, body = written("invitation", language, context)
    return Draft(
        subject_uid=invitation.uid,
        recipient_uid=invitation.uid,
        occurrence=invitation.created_at.date().isoformat(),
        not_before=invitation.mail_wanted_at,
        school=None,
        about=str(invitation),
        to=invitation.email,
        to_name="",
        from_name=sender.name if sender else district.name,
        reply_to=named(sender.name, sender.email) if sender else "",
        language=language,
        subject=subject,
        body=body,
    )


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those whose invitation was used, taken back or ran out."""
    still_open = set(
        Invitation.objects.filter(
            open_at(clock.now()),
            uid__in=[message.subject_uid for message in messages],
            acted_at=None,
        ).values_list("uid", flat=True)
    )
    return {message.pk: Reason.LINK_ENDED for message in messages if message.subject_uid not in still_open}


def link(message: Message) -> str:
    """The address at which the person joins."""
    token = make_token(Invitation.link_kind, message.subject_uid)
    return absolute(reverse("accounts:invitation", kwargs={"token": token}))


SOURCE = MailSource(
    kind=KIND,
    label=_("Invitations"),
    says=_("To a person whom district staff invite, with the link that lets them in."),
    reminder=False,
    needs_switch=False,
    drafts=drafts,
    moot=moot,
    link=link,
)
