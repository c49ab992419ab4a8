"""The reads of this floor's pages, one a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from . import clock
from .models import District, Invitation, Membership


@dataclass(frozen=True)
class PeoplePage:
    """Everybody with a role, those whose role ended, and invitations nobody has answered."""

    members: list[Membership]
    ended: list[Membership]
    invitations: list[Invitation]


def people_page(district: District) -> PeoplePage:
    """The page of people: five queries, however many there are."""
    day = clock.today(district)
    everybody: QuerySet[Membership] = (
        Membership.objects.select_related("user").prefetch_related("schools").order_by("user__name", "pk")
    )
    members = [member for member in everybody if member.until is None or member.until >= day]
    ended = [member for member in everybody if member.until is not None and member.until < day]
    waiting = (
        Invitation.objects.filter(acted_at=None, revoked_at=None, expires_at__gt=clock.now())
        .prefetch_related("schools")
        .order_by("-created_at")
    )
    return PeoplePage(members, ended, list(waiting))


def signers_of(school_id: int, district: District) -> list[Membership]:
    """The principals who sign for a school today."""
    return list(
        Membership.objects.on(clock.today(district))
        .filter(role="principal")
        .at_school(school_id)
        .select_related("user")
        .order_by("user__name")
    )
