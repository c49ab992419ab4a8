"""To whom a letter may go: to somebody who is still at the partner."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import clock
from partners.clearance import in_words
from partners.models import Contact


def has_left(contact: Contact) -> bool:
    """Whether somebody left their organization, or was erased, and so gets no letter."""
    return contact.left_on is not None


def left_words(contact: Contact) -> str:
    """That they left, and when: "Odile Brandt left on November 2."; of one who was erased that they were."""
    if contact.erased_at is not None:
        return _("The person to whom this letter goes was erased from the records.")
    day = in_words(contact.left_on, clock.today(contact.district))
    return _("%(name)s left on %(day)s.") % {"name": contact.name, "day": day}


def gone_words(contact: Contact) -> str:
    """What is wrong and what to do, in two sentences."""
    return " ".join([left_words(contact), _("Choose to whom this letter goes.")])


def offered_words(contact: Contact) -> str:
    """What somebody is called where one chooses a person; of one who left it says so."""
    if contact.erased_at is not None or not has_left(contact):
        return str(contact)
    day = in_words(contact.left_on, clock.today(contact.district))
    return _("%(name)s, left on %(day)s") % {"name": contact.name, "day": day}
