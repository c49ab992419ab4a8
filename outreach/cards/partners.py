"""What partners told us by personal link, on Today of those who keep the directory."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.urls_in import url_in
from outreach.registry import Card, CardSource, Rows
from partners.link_queries import changes_waiting, years_waiting
from partners.models import Proposal, YearReport
from partners.rules import edits_directory


def proposed(membership: Membership, day: datetime.date) -> Rows:
    """Changes to listings that wait for one of us."""
    rows = changes_waiting(membership) if edits_directory(membership) else Proposal.objects.none()
    return rows.select_related("partner__merged_into")


def card(membership: Membership, rows: list[Any]) -> Card:
    """ "Look at 3 changes that partners propose" """
    n = len(rows)
    return Card(
        what=ngettext(
            "Look at a change that a partner proposes", "Look at %(n)d changes that partners propose", n
        )
        % {"n": n},
        about=", ".join(_names(rows)[:3]),
        why=_("They check their listing by personal link; nothing shows before one of us takes it over."),
        act_label=_("See the changes"),
        act_url=url_in(membership.district, "partners:said"),
    )


def told(membership: Membership, day: datetime.date) -> Rows:
    """Answers of a year that wait for one of us."""
    rows = years_waiting(membership) if edits_directory(membership) else YearReport.objects.none()
    return rows.select_related("partner__merged_into")


def told_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Look at what 3 partners told about the year" """
    names = _names(rows)
    return Card(
        what=ngettext(
            "Look at what a partner told about the year",
            "Look at what %(n)d partners told about the year",
            len(names),
        )
        % {"n": len(names)},
        about=", ".join(names[:3]),
        why=_("It counts once one of us takes it over; what can't be right is sent back with a reason."),
        act_label=_("See the answers"),
        act_url=url_in(membership.district, "partners:said"),
    )


def _names(rows: list[Any]) -> list[str]:
    return sorted({row.partner.winner.name for row in rows})


SOURCES = (
    CardSource("proposed", proposed, card, together=True, can_be_done=False),
    CardSource("told_year", told, told_card, together=True, can_be_done=False),
)
