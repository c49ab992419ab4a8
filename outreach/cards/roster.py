"""The September roster on Today: each school of which the principal has not said who is still there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.urls_in import url_in
from outreach.registry import Card, CardSource
from partners.roster_queries import rosters_due


def roster_card(membership: Membership, rows: list[Any]) -> Card:
    """ "Say who is still here" """
    school = rows[0]
    return Card(
        what=_("Say who is still here"),
        about=school.name,
        why=_("Each September the list of partners is made true: still here, gone, missing."),
        act_label=_("See the list"),
        act_url=url_in(membership.district, "building:roster", uid=school.uid),
    )


SOURCES = (CardSource("roster", rosters_due, roster_card, can_be_done=False),)
