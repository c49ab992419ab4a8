"""The partnerships that a sheet begins: new ones alone, since only people move a stage that is there."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from accounts import clock
from accounts.models import School
from partners.enums import WORKING, RowState, Stage
from partners.families import families, standing
from partners.models import ImportBatch, ImportRow, Partner, Partnership, StageChange
from partners.services.partnerships import NEEDS_REASON

from .hsds import Begin
from .staging import our_own

PARTNERSHIP = "partnership"  # the entity of a line of an import
CHUNK = 1000


def begin_partnerships(
    begins: list[Begin], partners: Mapping[str, Partner], batch: ImportBatch, because: str
) -> int:
    """Begin those that are not there, with their history; out: how many.

    `partners` are saved, by external id; what one that was merged into them has begun is there. One that an
    import had begun, and its undoing ended, begins anew.
    `because` is the reason of stages that need one.
    """
    wanted = {
        (partners[begin.organization_id].pk, begin.school): begin
        for begin in begins
        if begin.organization_id in partners
    }
    everybody = families({partner for partner, _school in wanted})
    ours = Partnership.objects.filter(partner__in=everybody).annotate(of=standing())
    there = {(row.of, row.school_id): row for row in ours}
    undone = _undone([row for row in there.values() if row.stage == Stage.ENDED])
    new: list[tuple[Begin, Partnership]] = []
    again: list[tuple[Begin, Partnership]] = []
    days: dict[int | None, datetime.date] = {None: clock.today(batch.district)}
    days |= {school.pk: clock.today(school) for school in School.objects.select_related("district")}
    for (partner, school), begin in wanted.items():
        known = there.get((partner, school))
        if known is None:
            known = Partnership(district_id=batch.district_id, partner_id=partner, school_id=school)
            new.append((begin, known))
        elif known.pk in undone:
            again.append((begin, known))
            known.version += 1
        else:
            continue
        _set(known, begin.stage, days[school])
    Partnership.objects.bulk_create([row for _begin, row in new], batch_size=CHUNK)
    fields = ["stage", "stage_since", "active_since", "version"]
    Partnership.objects.bulk_update([row for _begin, row in again], fields, batch_size=CHUNK)
    _record(new, "", batch, because)
    _record(again, Stage.ENDED, batch, because)
    return len(new) + len(again)


def begun(ids: Collection[str]) -> set[tuple[str, int | None]]:
    """Where partners of ours, called by our own ids, stand already: with a school, or the district (None).

    Two queries; none for ids of others.
    """
    partners = our_own(ids)
    if not partners:
        return set()
    rows = Partnership.objects.filter(partner__in=families(set(partners.values()))).annotate(of=standing())
    there = set(rows.values_list("of", "school_id"))
    called = defaultdict(list)
    for own, key in partners.items():
        called[key].append(own)
    return {(own, school) for key, school in there for own in called[key]}


def _set(row: Partnership, stage: str, day: datetime.date) -> None:
    row.stage, row.stage_since = stage, day
    row.active_since = day if stage in WORKING else None


def _undone(ended: list[Partnership]) -> set[int]:
    """Those of them whose last change is the undoing of an import."""
    last = (
        StageChange.objects.filter(partnership__in=ended)
        .order_by("partnership", "-at", "-pk")
        .distinct("partnership")
    )
    causes = dict(last.values_list("partnership_id", "cause_uid"))
    undone = set(
        ImportBatch.objects.filter(uid__in=set(causes.values()) - {None})
        .exclude(undone_at=None)
        .values_list("uid", flat=True)
    )
    return {key for key, cause in causes.items() if cause in undone}


def _record(begun: list[tuple[Begin, Partnership]], was: str, batch: ImportBatch, because: str) -> None:
    """The history of each, and its line in the import."""
    now = clock.now()
    StageChange.objects.bulk_create(
        [
            StageChange(
                district_id=batch.district_id,
                partnership=row,
                was=was,
                now=row.stage,
                at=now,
                by_id=batch.by_id,
                because=because if row.stage in NEEDS_REASON else "",
                cause_uid=batch.uid,
            )
            for _begin, row in begun
        ],
        batch_size=CHUNK,
    )
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                district_id=batch.district_id,
                batch=batch,
                file_name=begin.row.file[:255],
                row=begin.row.number,
                entity=PARTNERSHIP,
                state=RowState.NEW,
                raw={},
                target_uid=row.uid,
            )
            for begin, row in begun
        ],
        batch_size=CHUNK,
    )
