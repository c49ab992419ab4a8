"""Personal links of a partner's contact: made, copied, taken back, and opened by whoever holds one."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.links import open_at, read_token
from accounts.models import Membership
from accounts.outgoing import nudge_outbox
from partners.agreed_enums import LinkRight
from partners.models import Contact, PartnerLink

LASTS = datetime.timedelta(days=60)


class LinkEnded(Exception):
    """There is no such link, or it ran out, was taken back, or its contact has left."""


class ContactGone(Exception):
    """The contact has left the organization: no link is made for them."""


@transaction.atomic
def make_link(
    *,
    contact: Contact,
    right: str,
    by: Membership,
    mail: bool,
    school_year: int | None = None,
    papers: Iterable[str] = (),
) -> PartnerLink:
    """A link for one thing, which works for 60 days; an open one for the same thing ends.

    `school_year`: for the five yearly questions, by its first half. `papers`: which kinds are asked for.
    With `mail` it goes to the contact's address, where there is one. Raises ContactGone.
    """
    if contact.left_on is not None:
        raise ContactGone
    now = clock.now()
    year = school_year if right == LinkRight.YEAR else None
    _open(contact).filter(right=right, school_year=year).update(revoked_at=now)
    link: PartnerLink = PartnerLink.objects.create(
        district_id=contact.district_id,
        partner=contact.partner.winner,
        contact=contact,
        right=right,
        school_year=year,
        paper_kinds=list(papers) if right == LinkRight.PAPERS else [],
        made_by=by,
        created_at=now,
        expires_at=now + LASTS,
        mail_wanted_at=now if mail and contact.email else None,
    )
    if link.mail_wanted_at:
        nudge_outbox()
    return link


def note_copied(*, link: PartnerLink, by: Membership) -> None:
    """One of us takes the address to send it themselves. Raises LinkEnded."""
    if not PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(copied_at=clock.now()):
        raise LinkEnded
    link.refresh_from_db()


def take_back(*, link: PartnerLink, by: Membership) -> None:
    """End a link; a second time changes nothing."""
    PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=clock.now())


def open_link(token: str) -> PartnerLink:
    """The link that a token names, with what its page reads. Raises LinkEnded.

    Call it with scopes disabled: the token says of which district it is.
    """
    uid = read_token(PartnerLink.link_kind, token)
    rows = PartnerLink.objects.filter(open_at(clock.now()), uid=uid)
    rows = rows.filter(contact__left_on=None, district__closed_at=None)
    link: PartnerLink | None = rows.select_related(
        "district", "partner__merged_into", "contact", "made_by__user"
    ).first()
    if uid is None or link is None:
        raise LinkEnded
    return link


def hold(link: PartnerLink) -> None:
    """Let what else comes by this link at the same moment wait until this transaction ends."""
    PartnerLink.objects.select_for_update().get(pk=link.pk)


def note_acted(link: PartnerLink) -> None:
    """Whoever holds the link has done what it is for; it works on, so that they can put it right."""
    PartnerLink.objects.filter(pk=link.pk).update(acted_at=clock.now())


def _open(contact: Contact) -> Any:
    return PartnerLink.objects.filter(open_at(clock.now()), contact=contact)
