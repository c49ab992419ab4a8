"""On Today: letters to many that wait for a signature or came back, and texts that wait for approval."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.deputies import may_sign
from accounts.models import Membership
from accounts.rules import is_staff
from accounts.urls_in import url_in
from letters.batch_enums import BatchState
from letters.enums import State
from letters.models import Batch, Template
from letters.text_queries import texts_held
from outreach.registry import Card, CardSource, Rows

from .words import a_few


def to_sign(membership: Membership, day: datetime.date) -> Rows:
    """Letters to many that wait for the signature of this principal, or of this deputy, in one act."""
    if not may_sign(membership):
        return Batch.objects.none()
    count = Count("rows", filter=Q(rows__letter__state=State.TO_SIGN))
    return Batch.objects.to_sign(membership).annotate(count=count).select_related("school")


def to_sign_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Sign 38 letters in one act" """
    [batch] = rows
    words = ngettext("Sign %(n)d letter to many", "Sign %(n)d letters in one act", batch.count)
    return Card(
        what=words % {"n": batch.count},
        about=_("from %(school)s: %(kind)s") % {"school": batch.school, "kind": batch.get_kind_display()},
        why=_("They have one text; you see it, and whom they go to."),
        act_label=_("Read and sign"),
        act_url=url_in(membership.district, "letters:batch", uid=batch.uid),
    )


def sent_back(membership: Membership, day: datetime.date) -> Rows:
    """One's own letters to many that came back with a note."""
    own = Batch.objects.for_member(membership).filter(by=membership, state=BatchState.PREPARING)
    return own.exclude(note="")


def sent_back_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Change letters to many" """
    [batch] = rows
    return Card(
        what=_("Change letters to many"),
        about=str(batch.get_kind_display()),
        why=_("They came back with a note: “%(note)s”") % {"note": batch.note},
        act_label=_("Open them"),
        act_url=url_in(membership.district, "letters:batch", uid=batch.uid),
    )


def texts(membership: Membership, day: datetime.date) -> Rows:
    """Schools' texts that are not used before district staff approve them."""
    if not is_staff(membership):
        return Template.objects.none()
    return Template.objects.filter(pk__in=texts_held(membership).values("template")).select_related("school")


def texts_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Approve 2 texts of letters" """
    n = len(rows)
    names = a_few(str(template.school) for template in rows)
    return Card(
        what=ngettext("Approve a text of a letter", "Approve %(n)d texts of letters", n) % {"n": n},
        about=_("of %(names)s") % {"names": names},
        why=_("Until then their letters use the text before, or the district's."),
        act_label=_("Read and approve"),
        act_url=url_in(membership.district, "letters:approvals"),
    )


SOURCES = (
    CardSource(
        "batch_to_sign",
        to_sign,
        to_sign_card,
        due_on=TruncDate("handed_in_at"),
        urgent=True,
        can_be_done=False,
    ),
    CardSource("batch_sent_back", sent_back, sent_back_card, urgent=True, can_be_done=False),
    CardSource("text_to_approve", texts, texts_card, together=True, can_be_done=False),
)
