"""What partners told us by personal link, on Today of those who keep the directory."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.urls_in import url_in
from outreach.registry import Card, CardSource, Rows
from partners.agreed_enums import ProposalState
from partners.models import Proposal
from partners.rules import edits_directory


def proposed(membership: Membership, day: datetime.date) -> Rows:
    """Changes to listings that wait for one of us."""
    if not edits_directory(membership):
        return Proposal.objects.none()
    waiting = Proposal.objects.for_member(membership).filter(state=ProposalState.WAITING)
    return waiting.select_related("partner__merged_into")


def card(membership: Membership, rows: list[Any]) -> Card:
    """ "Look at 3 changes that partners propose" """
    n = len(rows)
    names = ", ".join(sorted({row.partner.winner.name for row in rows})[:3])
    return Card(
        what=ngettext(
            "Look at a change that a partner proposes", "Look at %(n)d changes that partners propose", n
        )
        % {"n": n},
        about=names,
        why=_("They check their listing by personal link; nothing shows before one of us takes it over."),
        act_label=_("See the changes"),
        act_url=url_in(membership.district, "partners:said"),
    )


SOURCES = (CardSource("proposed", proposed, card, together=True, can_be_done=False),)
