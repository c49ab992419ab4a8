"""Partnerships and the road they go: every change of a stage is kept with who, when and why."""

import datetime
import uuid

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import ChangedMeanwhile, compare_and_set
from partners.enums import WORKING, Stage
from partners.families import with_school
from partners.models import Partner, Partnership, StageChange

# Beside the road a stage says why, to whoever meets the partner next.
NEEDS_REASON = (Stage.PAUSED, Stage.DECLINED, Stage.ENDED)


class PartnershipExists(Exception):
    """The partner stands with this school, or with the district, already."""


class ReasonMissing(Exception):
    """Paused, not now and ended need a reason."""


@transaction.atomic
def start_partnership(
    *,
    partner: Partner,
    school: School | None,
    by: Membership,
    stage: Stage = Stage.IDENTIFIED,
    because: str = "",
    since: datetime.date | None = None,
    owner: Membership | None = None,
) -> Partnership:
    """A partner with one school, or with the district itself where `school` is None; history begins with it.

    `since` is the day from which the stage holds, today unless given. Raises PartnershipExists and
    ReasonMissing.
    """
    if stage in NEEDS_REASON and not because.strip():
        raise ReasonMissing
    day = since or clock.today(school or by.district)
    if with_school(partner, school).exists():
        raise PartnershipExists
    try:
        with transaction.atomic():
            partnership: Partnership = Partnership.objects.create(
                district_id=by.district_id,
                partner=partner,
                school=school,
                stage=stage,
                stage_since=day,
                active_since=day if stage in WORKING else None,
                owner=owner,
            )
    except IntegrityError as clash:
        raise PartnershipExists from clash
    _record(partnership, was="", now=stage, because=because, by=by)
    return partnership


@transaction.atomic
def set_stage(
    *,
    partnership: Partnership,
    stage: str,
    because: str = "",
    by: Membership | None,
    cause_uid: uuid.UUID | None = None,
    version: int | None = None,
) -> StageChange | None:
    """Move a partnership to a stage from today, keep the change, and update `partnership` in memory.

    `cause_uid` names what brought it about, such as a letter; where that came from outside, `by` is nobody.
    With `version`, ChangedMeanwhile is raised where somebody else changed the partnership since it was read.
    Out: the change, or None where the stage is that already. Raises ReasonMissing.
    """
    if stage in NEEDS_REASON and not because.strip():
        raise ReasonMissing
    stored = Partnership.objects.select_for_update(of=("self",)).select_related("school", "district")
    current = stored.get(pk=partnership.pk)
    if version is not None and current.version != version:
        raise ChangedMeanwhile
    if current.stage == stage:
        return None
    was, today = current.stage, clock.today(current.school or current.district)
    compare_and_set(
        partnership,
        expected=current.version,
        stage=stage,
        stage_since=today,
        active_since=_active_since(current, stage, today),
    )
    return _record(partnership, was=was, now=stage, because=because, by=by, cause_uid=cause_uid)


@transaction.atomic
def edit_partnership(
    *,
    partnership: Partnership,
    version: int,
    by: Membership,
    owner: Membership | None,
    level: int,
    cadence: int | None = None,
    stage: str = "",
    because: str = "",
) -> None:
    """Who looks after a partnership, how closely the two work together and, where given, how often they hear
    from each other, and its stage.

    Raises ChangedMeanwhile and ReasonMissing.
    """
    often = partnership.cadence if cadence is None else cadence
    compare_and_set(partnership, expected=version, owner=owner, level=level, cadence=often)
    if stage:
        set_stage(partnership=partnership, stage=stage, because=because, by=by)


def _active_since(partnership: Partnership, stage: str, today: datetime.date) -> datetime.date | None:
    """Since when they work together: kept through a pause and a renewal, begun anew after an end."""
    ended = partnership.stage in (Stage.DECLINED, Stage.ENDED)
    if stage == Stage.ACTIVE and (ended or partnership.active_since is None):
        return today
    return partnership.active_since


def _record(
    partnership: Partnership,
    *,
    was: str,
    now: str,
    because: str,
    by: Membership | None,
    cause_uid: uuid.UUID | None = None,
) -> StageChange:
    change: StageChange = StageChange.objects.create(
        district_id=partnership.district_id,
        partnership=partnership,
        was=was,
        now=now,
        at=clock.now(),
        by=by,
        because=because.strip(),
        cause_uid=cause_uid,
    )
    return change
