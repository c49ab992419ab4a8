"""Who may be in a building: the principal's yes, how a partner works there, and what it does without."""

import datetime

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.versions import compare_and_set
from partners.families import with_school
from partners.models import Approval, Partnership, RequirementProfile, Waiver

from .partnerships import ReasonMissing


class OverAlready(Exception):
    """The last day comes before the first, or has passed."""


@transaction.atomic
def say_yes(*, partnership: Partnership, by: Membership, until: datetime.date | None = None) -> None:
    """The principal's yes to a partner in the building, from today; a second tap changes nothing.

    Raises OverAlready where `until` has passed.
    """
    stored = _locked(partnership)
    today = clock.today(stored.school or stored.district)
    if until is not None and until < today:
        raise OverAlready
    if (stored.approved_on, stored.approved_until) == (today, until):
        return
    _say(partnership, is_yes=True, until=until, by=by)
    compare_and_set(
        partnership, expected=stored.version, approved_by=by, approved_on=today, approved_until=until
    )


@transaction.atomic
def take_back_yes(*, partnership: Partnership, by: Membership, because: str) -> None:
    """No longer, from today on; where there is no yes, nothing changes. Raises ReasonMissing.

    What was said of a partner that was merged goes with it: no older yes answers in its place.
    """
    if not because.strip():
        raise ReasonMissing
    _locked(partnership)
    here = with_school(partnership.partner, partnership.school_id)
    for stored in here.exclude(approved_on=None).order_by("pk").select_for_update():
        row = partnership if stored == partnership else stored
        _say(row, is_yes=False, because=because.strip(), by=by)
        compare_and_set(row, expected=stored.version, approved_by=None, approved_on=None, approved_until=None)


def choose_profile(
    *, partnership: Partnership, version: int, by: Membership, profile: RequirementProfile | None
) -> None:
    """How the partner works at the school, and so what it needs. Raises ChangedMeanwhile."""
    compare_and_set(partnership, expected=version, profile=profile)


@transaction.atomic
def waive(
    *,
    partnership: Partnership,
    by: Membership,
    waives: str,
    because: str,
    until: datetime.date,
    since: datetime.date | None = None,
) -> Waiver:
    """One paper, or the agreement, that the partner does without until a day; from today unless said.

    Raises ReasonMissing and OverAlready.
    """
    today = clock.today(partnership.school or partnership.district)
    since = since or today
    if not because.strip():
        raise ReasonMissing
    if until < max(since, today):
        raise OverAlready
    waiver: Waiver = Waiver.objects.create(
        district_id=partnership.district_id,
        partnership=partnership,
        waives=waives,
        because=because.strip(),
        since=since,
        until=until,
        by=by,
        at=clock.now(),
    )
    return waiver


def end_waiver(*, waiver: Waiver, by: Membership) -> None:
    """From today on it is needed again; a second tap changes nothing."""
    Waiver.objects.filter(pk=waiver.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by)


def _locked(partnership: Partnership) -> Partnership:
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("school", "district")
    stored: Partnership = rows.get(pk=partnership.pk)
    return stored


def _say(
    partnership: Partnership,
    *,
    is_yes: bool,
    by: Membership,
    until: datetime.date | None = None,
    because: str = "",
) -> None:
    Approval.objects.create(
        district_id=partnership.district_id,
        partnership=partnership,
        is_yes=is_yes,
        until=until,
        because=because,
        at=clock.now(),
        by=by,
    )
