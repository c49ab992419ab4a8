"""The mail that brings a partner's contact their personal link; it goes because one of us asked."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.links import make_token, open_at
from accounts.models import District
from accounts.urls_in import absolute
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.mail import LINK_MARK, named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Window
from partners.agreed_enums import PaperKind
from partners.models import PartnerLink

from .words import day_in_words, written

KIND = "partner_link"


def drafts(district: District, window: Window) -> Sequence[Drafted]:
    """Open links whose mail is wanted and not in the outbox yet."""
    in_outbox = Message.objects.filter(kind=KIND, subject_uid=OuterRef("uid"))
    wanted = (
        PartnerLink.objects.filter(open_at(window.now), mail_wanted_at__isnull=False, made_by__isnull=False)
        .filter(~Exists(in_outbox), contact__left_on=None, acted_at=None)
        .select_related("district", "partner__merged_into", "contact", "made_by__user")
    )
    return drafted(KIND, wanted, lambda link: _draft(district, link))


def _draft(district: District, link: Any) -> Draft:
    sender, contact, partner = link.made_by.user, link.contact, link.partner.winner
    context = {
        "district": district,
        "partner": partner,
        "sender": sender,
        "dear": contact.salutation or contact.name,
        "right": link.right,
        "papers": [PaperKind(kind).label for kind in link.paper_kinds],
        "link": LINK_MARK,
        "day": day_in_words(clock.local_day(link.expires_at, district), contact.language),
    }
    subject, body = written(KIND, contact.language, context)
    return Draft(
        subject_uid=link.uid,
        recipient_uid=contact.uid,
        occurrence=link.created_at.date().isoformat(),
        not_before=link.mail_wanted_at,
        school=None,
        about=f"{link.get_right_display()}: {partner.name}",
        to=contact.email,
        to_name=contact.name,
        from_name=sender.name,
        reply_to=named(sender.name, sender.email),
        language=contact.language,
        subject=subject,
        body=body,
    )


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those whose link was used, taken back or ran out, or whose contact has left."""
    rows = PartnerLink.objects.filter(uid__in=[message.subject_uid for message in messages])
    open_ones = rows.filter(open_at(clock.now()), acted_at=None, contact__left_on=None)
    still_open = set(open_ones.values_list("uid", flat=True))
    return {message.pk: Reason.GONE for message in messages if message.subject_uid not in still_open}


def link(message: Message) -> str:
    """The address of the contact's page."""
    token = make_token(PartnerLink.link_kind, message.subject_uid)
    return absolute(reverse("by_link:page", kwargs={"token": token}))


SOURCE = MailSource(
    kind=KIND,
    label=_("Personal links to partners"),
    says=_("To a partner's contact, when one of us sends a link to check the listing, papers or the year."),
    reminder=False,
    needs_switch=False,
    drafts=drafts,
    moot=moot,
    link=link,
)
