"""The September roster: each principal says which partners are still here, gone, or were missing."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts import clock
from accounts.models import Membership, School
from partners.agreed_enums import RosterAnswerKind
from partners.clearance import BESIDE_THE_ROAD
from partners.enums import Stage
from partners.families import that_counts, with_school
from partners.models import Partner, Partnership, RosterAnswer

from .partnerships import ReasonMissing, set_stage, start_partnership


@transaction.atomic
def answer_roster(
    *,
    school: School,
    by: Membership,
    here: Iterable[Partnership] = (),
    gone: Mapping[Partnership, str] | None = None,
    missing: Iterable[Partner] = (),
) -> None:
    """Keep what a principal says of this school year. Who is gone, with why, ends; who was missing is active.

    It holds for what is at work of those that were merged into the partner, too. Raises ReasonMissing, and
    then keeps nothing.
    """
    year = school.district.school_year_of(clock.today(school))
    for partnership, because in (gone or {}).items():
        if not because.strip():
            raise ReasonMissing
        for row in _at_work_as(partnership):
            _keep(row, RosterAnswerKind.GONE, year, by)
            set_stage(partnership=row, stage=Stage.ENDED, because=because, by=by)
    for partner in missing:
        _keep(_at_work(partner, school, by), RosterAnswerKind.STILL_HERE, year, by)
    for partnership in here:
        for row in _at_work_as(partnership):
            _keep(row, RosterAnswerKind.STILL_HERE, year, by)


def _at_work_as(partnership: Partnership) -> list[Partnership]:
    """The partnership, and those with its school of the same family that are not over."""
    same = with_school(partnership.partner, partnership.school_id)
    return [partnership, *same.exclude(pk=partnership.pk).exclude(stage__in=BESIDE_THE_ROAD)]


def _at_work(partner: Partner, school: School, by: Membership) -> Partnership:
    """The partner's partnership with the school, active from today: begun, or taken up again."""
    there = that_counts(with_school(partner, school))
    if there is None:
        return start_partnership(partner=partner, school=school, by=by, stage=Stage.ACTIVE)
    set_stage(partnership=there, stage=Stage.ACTIVE, by=by)
    return there


def _keep(partnership: Partnership, answer: str, year: int, by: Membership) -> None:
    """One more answer, unless it is what was said last."""
    said = RosterAnswer.objects.filter(partnership=partnership, school_year=year).first()
    if said is None or said.answer != answer:
        RosterAnswer.objects.create(
            district_id=partnership.district_id,
            partnership=partnership,
            school_year=year,
            answer=answer,
            at=clock.now(),
            by=by,
        )
