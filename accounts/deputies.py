"""Who signs for whom: principals for themselves, and the deputies whom they name until a date.

A deputy is a coordinator or a preparer who works at a school of the principal, and signs at the schools where
both work (another principal of the school signs in their own name as it is). The right ends with the date, by
hand at once, or with either membership; a deputy names nobody. Whoever asks who may sign asks here.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from . import clock
from .models import Deputy, Membership
from .models.deputies import STANDS_IN
from .outgoing import nudge_outbox
from .predicates import predicate
from .roles import Role
from .rules import is_principal, is_staff

LONGEST = datetime.timedelta(days=366)  # a year at most: a right that nobody looks after should end


class CannotStandIn(Exception):
    """Not a coordinator or preparer at a school of the principal, or their membership ended."""


class NotAPrincipal(Exception):
    """Only a principal whose membership holds has deputies."""


class DeputyDays(Exception):
    """The days are over, in the wrong order, or more than a year."""


class DeputyReason(Exception):
    """District staff say why they name a deputy for a principal."""


class AlreadyDeputy(Exception):
    """The person stands in for this principal on some of these days already."""


def stands_in_for(membership: Membership) -> list[Deputy]:
    """The deputyships that a person holds today; asked once for each membership that was read."""
    held: list[Deputy] | None = getattr(membership, "_stands_in_for", None)
    if held is None:
        if membership.role not in STANDS_IN or getattr(membership, "is_named_deputy", True) is False:
            held = []
        else:
            today = Deputy.objects.holding(clock.today(membership.district)).filter(deputy=membership)
            held = list(
                today.select_related("principal__user")
                .prefetch_related("principal__schools")
                .order_by("principal__user__name", "pk")
            )
        membership._stands_in_for = held
    return held


def signs_for(
    membership: Membership, school_id: int | None, signer_id: int | None = None
) -> Membership | None:
    """In whose name a person signs for a school today; None where they may not.

    Principals sign in their own name. A deputy signs for the principal whom the letter names (`signer_id`)
    where they stand in for that one, else for whomever they stand in for there.
    """
    if not membership.covers(school_id):
        return None
    if membership.role == Role.PRINCIPAL:
        return membership
    here = [held.principal for held in stands_in_for(membership) if held.principal.covers(school_id)]
    return next((one for one in here if one.pk == signer_id), here[0] if here else None)


def signing_school_ids(membership: Membership) -> frozenset[int] | None:
    """Keys of the schools for which a person signs today; None for all of the district."""
    if membership.role == Role.PRINCIPAL:
        return None if membership.whole_district else membership.school_ids
    principals = [held.principal for held in stands_in_for(membership)]
    if any(principal.whole_district for principal in principals):
        return None if membership.whole_district else membership.school_ids
    theirs = frozenset[int]().union(*(principal.school_ids for principal in principals))
    return theirs if membership.whole_district else theirs & membership.school_ids


def named_deputies() -> Exists:
    """Whether a membership was ever named a deputy and might still be: saves most requests a query."""
    return Exists(Deputy.objects.filter(deputy=OuterRef("pk"), ended_at=None))


@predicate
def may_sign(membership: Membership, thing: object = None) -> bool:
    """Principals, and today's deputies."""
    return membership.role == Role.PRINCIPAL or bool(stands_in_for(membership))


@predicate
def _has_deputies(membership: Membership, principal: Membership | None = None) -> bool:
    """The person in question is a principal."""
    return principal is None or principal.role == Role.PRINCIPAL


@predicate
def _is_oneself(membership: Membership, principal: Membership | None = None) -> bool:
    """It is about one's own deputies."""
    return principal is None or principal.pk == membership.pk


names_deputies = _has_deputies & (is_staff | is_principal & _is_oneself)


@predicate
def _is_the_principal(membership: Membership, deputy: Deputy | None = None) -> bool:
    """The deputy signs for oneself."""
    return deputy is None or deputy.principal_id == membership.pk


ends_deputies = is_staff | is_principal & _is_the_principal


def candidates(principal: Membership) -> QuerySet[Membership]:
    """Who could stand in for a principal today, by name."""
    people = Membership.objects.on(clock.today(principal.district)).filter(role__in=STANDS_IN)
    if not principal.whole_district:
        here = Q(whole_district=True) | Q(schools__in=principal.school_ids)
        people = people.filter(here)
    others: QuerySet[Membership] = people.exclude(pk=principal.pk).distinct()
    return others.select_related("user").order_by("user__name", "pk")


@transaction.atomic
def name_deputy(
    *,
    principal: Membership,
    deputy: Membership,
    since: datetime.date,
    until: datetime.date,
    by: Membership,
    reason: str = "",
) -> Deputy:
    """Let somebody sign for a principal from one day until another, both included.

    Where district staff name them, the principal is told by mail. Raises NotAPrincipal, CannotStandIn,
    DeputyDays, DeputyReason and AlreadyDeputy; ValueError where `by` may not name deputies for them.
    """
    if not names_deputies(by, principal):
        raise ValueError("A principal names their own deputies, and district staff anybody's.")
    # One name after the other: two at once must not both find that there is none yet.
    Membership.objects.select_for_update(of=("self",)).get(pk=principal.pk)
    _check_both(principal, deputy)
    _check_days(principal, deputy, since, until)
    by_staff = by.pk != principal.pk
    if by_staff and not reason.strip():
        raise DeputyReason
    now = clock.now()
    named: Deputy = Deputy.objects.create(
        district_id=principal.district_id,
        principal=principal,
        deputy=deputy,
        since=since,
        until=until,
        named_by=by,
        reason=reason.strip(),
        created_at=now,
        mail_wanted_at=now if by_staff else None,
    )
    if by_staff:
        nudge_outbox()
    return named


def _check_both(principal: Membership, deputy: Membership) -> None:
    if principal.role != Role.PRINCIPAL or not principal.holds_on(clock.today(principal.district)):
        raise NotAPrincipal
    if not candidates(principal).filter(pk=deputy.pk).exists():
        raise CannotStandIn


def _check_days(
    principal: Membership, deputy: Membership, since: datetime.date, until: datetime.date
) -> None:
    if not (since <= until and clock.today(principal.district) <= until <= since + LONGEST):
        raise DeputyDays
    same = Deputy.objects.filter(principal=principal, deputy=deputy, ended_at=None)
    if same.filter(since__lte=until, until__gte=since).exists():
        raise AlreadyDeputy


def end_deputy(*, deputy: Deputy, by: Membership) -> bool:
    """End a deputy's right at once; False where it had ended by hand already."""
    ended: int = Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by)
    return ended == 1


def deputies_of(principal: Membership) -> list[Deputy]:
    """A principal's deputies, those that end last first: one query."""
    named = Deputy.objects.filter(principal=principal)
    return list(named.select_related("deputy__user", "named_by__user", "ended_by__user"))
