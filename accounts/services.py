"""The writes of this floor: districts, schools, invitations and memberships."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q
from django_scopes import scope

from . import clock
from .defaults import fill
from .links import read_token
from .models import District, Invitation, Membership, School, User
from .models.people import InvitationSchool, MembershipSchool
from .outgoing import nudge_outbox
from .phones import as_e164
from .roles import Role
from .versions import ChangedMeanwhile, compare_and_set

INVITATION_DAYS = 14


class SlugTaken(Exception):
    """A district with this slug exists already."""


class SchoolsMissing(Exception):
    """A role that is not for the whole district needs at least one school."""


class AlreadyMember(Exception):
    """The person has a membership in this district already."""


class LinkEnded(Exception):
    """The personal link is not ours, has expired, was revoked or was used."""


def create_district(
    *, name: str, slug: str, state: str = "", zone: str = "America/Chicago", is_sample: bool = False
) -> District:
    """A new district with its default content. Raises SlugTaken; ValidationError on a bad slug or zone."""
    district = District(name=name, slug=slug, state=state, zone=zone, is_sample=is_sample)
    district.clean_fields()
    if District.objects.filter(slug=slug).exists():
        raise SlugTaken(slug)
    with transaction.atomic():
        district.save()
        with scope(district=district):
            fill(district)
    return district


def create_school(*, district: District, name: str, slug: str, code: str, **details: Any) -> School:
    """A new school; `details` are fields of School, the phone in any spelling. Call it in the district's
    scope.

    Raises ValidationError where a value is too long, out of bounds, or taken by another school.
    """
    details["phone"] = as_e164(details.get("phone", ""))
    school = School(district=district, name=name, slug=slug, code=code, **details)
    school.full_clean()
    school.save()
    return school


def edit_school(*, school: School, version: int, by: Membership, phone: str, **changes: Any) -> None:
    """Change what a school says of itself; the telephone is kept as E.164. Raises ChangedMeanwhile."""
    compare_and_set(school, expected=version, phone=as_e164(phone), **changes)


def invite(
    *,
    district: District,
    email: str,
    role: Role,
    schools: Sequence[School] = (),
    whole_district: bool = False,
    title: str = "",
    until: datetime.date | None = None,
    by: Membership | None,
) -> Invitation:
    """Write an invitation, valid for 14 days; where a person wrote it, its mail is wanted.

    `by` is None only on the command line, which prints the link instead. Raises SchoolsMissing and
    AlreadyMember.
    """
    whole = whole_district or role == Role.STAFF
    if not whole and not schools:
        raise SchoolsMissing
    address = email.strip().lower()
    _check_no_member(district, address)
    now = clock.now()
    with transaction.atomic():
        Invitation.objects.filter(email=address, acted_at=None, revoked_at=None).update(revoked_at=now)
        invitation: Invitation = Invitation.objects.create(
            district=district,
            email=address,
            role=role,
            title=title,
            whole_district=whole,
            until=until,
            invited_by=by,
            created_at=now,
            expires_at=now + datetime.timedelta(days=INVITATION_DAYS),
            mail_wanted_at=now if by else None,
        )
        _name_schools(invitation, [] if whole else schools)
        if by:
            nudge_outbox()
    return invitation


def _check_no_member(district: District, address: str) -> None:
    former = Q(until__lt=clock.today(district))
    if Membership.objects.filter(user__email=address).exclude(former).exists():
        raise AlreadyMember(address)


def _name_schools(invitation: Invitation, schools: Sequence[School]) -> None:
    InvitationSchool.objects.bulk_create(
        InvitationSchool(district_id=invitation.district_id, invitation=invitation, school=school)
        for school in schools
    )


def open_invitation(token: str) -> Invitation:
    """The invitation a link names, still open. Reads only. Raises LinkEnded.

    Call it with scopes disabled: the link says which district it is for.
    """
    uid = read_token(Invitation.link_kind, token)
    invitation: Invitation | None = (
        Invitation.objects.select_related("district").filter(uid=uid).first() if uid else None
    )
    if (
        invitation is None
        or invitation.revoked_at
        or invitation.acted_at
        or invitation.expires_at <= clock.now()
        or (invitation.until is not None and invitation.until < clock.today(invitation.district))
    ):
        raise LinkEnded
    return invitation


def accept_invitation(
    *, invitation: Invitation, name: str = "", password: str = "", language: str = "en"
) -> Membership:
    """Make the person, where they are new, and their membership; the link ends with it.

    A person who has an account already keeps name and password. Raises LinkEnded where two clicks race, or
    staff took the link back; AlreadyMember where the person has come in by another one meanwhile.
    """
    now = clock.now()
    with transaction.atomic(), scope(district=invitation.district):
        taken = Invitation.objects.filter(pk=invitation.pk, acted_at=None, revoked_at=None).update(
            acted_at=now
        )
        if taken != 1:
            raise LinkEnded
        user = User.objects.filter(email=invitation.email).first()
        if user is None:
            user = User.objects.create_user(invitation.email, password or None, name=name, language=language)
        EmailAddress.objects.get_or_create(
            user=user, email=invitation.email, defaults={"verified": True, "primary": True}
        )
        return add_member(
            district=invitation.district,
            user=user,
            role=Role(invitation.role),
            title=invitation.title,
            schools=list(invitation.schools.all()),
            whole_district=invitation.whole_district,
            until=invitation.until,
        )


def add_member(
    *,
    district: District,
    user: User,
    role: Role,
    schools: Sequence[School] = (),
    whole_district: bool = False,
    title: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Membership:
    """Give a person a role in a district from today; whoever had one that ended comes back with the new one.

    Raises AlreadyMember.
    """
    today = clock.today(district)
    values: dict[str, Any] = {
        "role": role,
        "title": title,
        "whole_district": whole_district or role == Role.STAFF,
        "since": since or today,
        "until": until,
    }
    membership: Membership | None = Membership.objects.filter(user=user, until__lt=today).first()
    try:
        with transaction.atomic():
            if membership is None:
                membership = Membership.objects.create(district=district, user=user, **values)
            else:
                compare_and_set(membership, expected=membership.version, **values)
                MembershipSchool.objects.filter(membership=membership).delete()
    except (IntegrityError, ChangedMeanwhile) as clash:
        raise AlreadyMember(user.email) from clash
    MembershipSchool.objects.bulk_create(
        MembershipSchool(district=district, membership=membership, school=school) for school in schools
    )
    return membership


def end_membership(*, membership: Membership, last_day: datetime.date, version: int, by: Membership) -> None:
    """Let a membership end with that day; an earlier end stays. Raises ChangedMeanwhile."""
    if membership.until is not None and membership.until <= last_day:
        return
    compare_and_set(membership, expected=version, until=max(last_day, membership.since))
