"""The demo's people, one for each role: what the sign-in page of a demo offers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from accounts.models import Membership
from accounts.roles import Role

TRY = {
    Role.PRINCIPAL: _("Sign a letter that waits for you: three taps."),
    Role.COORDINATOR: _("Close a decision that is one answer short."),
    Role.STAFF: _("Bring in a community directory file (211)."),
    Role.PREPARER: _("Prepare a letter to a new partner."),
    Role.VIEWER: _("Look up a partner at the front desk."),
}


@dataclass(frozen=True)
class Card:
    """One role on the sign-in page, with one thing to try."""

    role: str
    label: str
    name: str
    place: str
    thing_to_try: Any


def demo_member(role: str) -> Membership | None:
    """The invented person of a role in the sample district; None for a role nobody has."""
    with scopes_disabled():
        found: Membership | None = (
            Membership.objects.filter(district__is_sample=True, role=role)
            .select_related("user", "district")
            .prefetch_related("schools")
            .order_by("pk")
            .first()
        )
    return found


def cards() -> list[Card]:
    """The roles as cards; none where this is no demo."""
    if not settings.DEMO:
        return []
    members = [(role, demo_member(role)) for role in TRY]
    return [
        Card(
            role=role,
            label=str(Role(role).label),
            name=member.user.name,
            place=", ".join(school.name for school in member.school_list) or member.district.name,
            thing_to_try=TRY[role],
        )
        for role, member in members
        if member is not None
    ]
