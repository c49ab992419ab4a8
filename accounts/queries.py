"""The reads of this floor's pages, one a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from . import clock
from .links import open_at
from .models import Deputy, District, Invitation, Membership
from .two_steps import APP


@dataclass(frozen=True)
class PeoplePage:
    """Everybody with a role, those whose role ended, and invitations nobody has answered."""

    members: list[Membership]
    ended: list[Membership]
    invitations: list[Invitation]


def people_page(district: District) -> PeoplePage:
    """The page of people: six queries, however many there are.

    Each member carries `held_deputies`, for whom they sign today, and `two_steps`, whether they sign in
    with a code beside the password.
    """
    day = clock.today(district)
    everybody: QuerySet[Membership] = (
        Membership.objects.select_related("user")
        .prefetch_related("schools")
        .annotate(two_steps=Exists(Authenticator.objects.filter(user=OuterRef("user"), type=APP)))
        .order_by("user__name", "pk")
    )
    signing = Deputy.objects.holding(day).select_related("principal__user").order_by("until", "pk")
    held: dict[int, list[Deputy]] = defaultdict(list)
    for deputy in signing:
        held[deputy.deputy_id].append(deputy)
    for member in everybody:
        member.held_deputies = held[member.pk]
    members = [member for member in everybody if member.until is None or member.until >= day]
    ended = [member for member in everybody if member.until is not None and member.until < day]
    waiting = (
        Invitation.objects.filter(open_at(clock.now()), acted_at=None)
        .prefetch_related("schools")
        .order_by("-created_at")
    )
    return PeoplePage(members, ended, list(waiting))


def signers_of(school_id: int, district: District) -> list[Membership]:
    """The principals who sign for a school today in their own name; who stands in for them: deputies.py."""
    return list(
        Membership.objects.signers(clock.today(district))
        .at_school(school_id)
        .select_related("user")
        .order_by("user__name")
    )
