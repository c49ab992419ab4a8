"""Takes a whole import back: what nobody changed since; the rest is named.

What came new goes, as long as it is as it came; a partner with a history of stages can't be deleted, since
histories are kept as written, and is put away instead. A field that was written gets back what it held,
where it still holds what the import wrote. Partnerships that it began end, and say why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership
from partners.enums import RowState, Stage
from partners.models import (
    Contact,
    ExternalId,
    ImportBatch,
    ImportRow,
    Partner,
    Partnership,
    Service,
    ServiceNeed,
    ServiceSchool,
    Site,
    StageChange,
)
from partners.services.searching import refresh_search

from .beginning import PARTNERSHIP
from .columns import CONTACT, LOCATION, ORGANIZATION, SERVICE
from .staging import MODELS

PARTS: tuple[tuple[str, Any], ...] = ((CONTACT, Contact), (LOCATION, Site), (SERVICE, Service))
NAMED = 100  # of what stayed
CHUNK = 1000
# What hangs on a record that nobody made beside the import.
OURS = (ServiceNeed, ServiceSchool)


class NotUndone(Exception):
    """The import took nothing in, or was undone already."""


class _Undoing:
    """One import being taken back."""

    def __init__(self, batch: ImportBatch, by: Membership) -> None:
        self.batch, self.by = batch, by
        self.rows = list(batch.rows.filter(state__in=(RowState.NEW, RowState.CHANGED)).defer("raw"))
        self.stayed: list[str] = []
        self.touched: set[int] = set()

    def new(self, entity: str) -> set[Any]:
        """The uids of what came new."""
        return {row.target_uid for row in self.rows if row.entity == entity and row.state == RowState.NEW}

    def restore(self) -> None:
        """Put back what fields held that still hold what the import wrote."""
        for entity, model in MODELS.items():
            lines = defaultdict(list)  # of partners that were merged, each may have one
            for row in self.rows:
                if row.entity == entity and row.state == RowState.CHANGED:
                    lines[row.target_uid].append(row)
            manager: Any = model._default_manager
            names = {"version"}
            found = list(manager.select_for_update().filter(uid__in=list(lines)))
            for record in found:
                for line in reversed(lines[record.uid]):
                    names |= self._put_back(record, line)
            manager.bulk_update(found, sorted(names), batch_size=CHUNK)
            self._say_again([line for record in found for line in lines[record.uid]], entity)

    def _put_back(self, record: Any, line: ImportRow) -> set[str]:
        held: dict[str, Any] = line.before.get("fields", {})
        wrote = {name: says for name, (_was, says) in line.changes.items()}
        back = {
            name: was
            for name, was in held.items()
            if name not in wrote or getattr(record, name) == wrote[name]
        }
        if len(back) < len(held):
            self.stayed.append(str(record))
        for name, was in back.items():
            setattr(record, name, was)
        record.version += 1
        self.touched.add(record.pk if isinstance(record, Partner) else record.partner_id)
        return {name.removesuffix("_id") for name in back}

    def _say_again(self, lines: Iterable[ImportRow], entity: str) -> None:
        """The source says what it said before; of what it had never named, nothing."""
        before = {line.before["id"]: line.before["said"] for line in lines}
        names = ExternalId.objects.filter(
            source=self.batch.source, entity=entity, external_id__in=list(before)
        )
        back, gone = [], []
        for name in names:
            said = before[name.external_id]
            if said is None:
                gone.append(name.pk)
            else:
                name.last_values = said
                back.append(name)
        ExternalId.objects.bulk_update(back, ["last_values"], batch_size=CHUNK)
        ExternalId.objects.filter(pk__in=gone).delete()

    def take_away(self) -> None:
        """Delete what came new and nobody touched."""
        partners = {row.pk: row for row in Partner.objects.filter(uid__in=self.new(ORGANIZATION))}
        parts = {entity: list(model.objects.filter(uid__in=self.new(entity))) for entity, model in PARTS}
        begun = list(Partnership.objects.filter(uid__in=self.new(PARTNERSHIP)))
        kept = self._touched_since(partners, parts, begun)
        for entity, model in PARTS:
            used = _pointed_at(model, parts[entity], {}, skip=OURS)
            going = []
            for part in parts[entity]:
                if part.partner_id in kept:
                    continue
                if part.version == 1 and part.pk not in used:
                    going.append(part)
                else:
                    self.stayed.append(str(part))
            self.touched |= {part.partner_id for part in going}
            self._delete(entity, model, [part.pk for part in going])
        ended = self._end([row for row in begun if row.partner_id not in kept])
        self._take_partners(partners, kept, ended)

    def _touched_since(
        self, partners: dict[int, Partner], parts: dict[str, list[Any]], begun: list[Any]
    ) -> set[int]:
        """New partners that somebody changed, or did something with: they stay, with all that they have."""
        came = [row for rows in parts.values() for row in rows] + begun
        kept = {row.partner_id for row in came if row.version > 1 and row.partner_id in partners}
        kept |= {key for key, row in partners.items() if row.version > 1}
        of_ours: dict[Any, Iterable[int]] = {
            model: [row.pk for row in parts[entity]] for entity, model in PARTS
        }
        of_ours[Partnership] = [row.pk for row in begun]
        kept |= _pointed_at(Partner, partners.values(), of_ours)
        self.stayed += sorted(str(partners[key]) for key in kept)
        return kept

    def _end(self, begun: list[Any]) -> set[int]:
        """End the partnerships that it began and nobody moved; out: the partners of all of them."""
        going = [row for row in begun if row.version == 1]
        self.stayed += [str(row) for row in begun if row.version > 1]
        now, today = clock.now(), clock.today(self.by.district)
        StageChange.objects.bulk_create(
            [
                StageChange(
                    district_id=self.batch.district_id,
                    partnership=row,
                    was=row.stage,
                    now=Stage.ENDED,
                    at=now,
                    by=self.by,
                    because=_("The import was undone"),
                    cause_uid=self.batch.uid,
                )
                for row in going
            ],
            batch_size=CHUNK,
        )
        Partnership.objects.filter(pk__in=[row.pk for row in going]).update(
            stage=Stage.ENDED, stage_since=today, active_since=None, version=F("version") + 1
        )
        return {row.partner_id for row in begun}

    def _take_partners(self, partners: dict[int, Partner], kept: set[int], ended: set[int]) -> None:
        going = [key for key in partners if key not in kept]
        ExternalId.objects.filter(source=self.batch.source, entity=ORGANIZATION, object_id__in=going).delete()
        Partner.objects.filter(pk__in=[key for key in going if key in ended]).update(
            archived_at=clock.now(), version=F("version") + 1
        )
        Partner.objects.filter(pk__in=[key for key in going if key not in ended]).delete()
        self.touched -= set(going)

    def _delete(self, entity: str, model: Any, keys: list[int]) -> None:
        ExternalId.objects.filter(source=self.batch.source, entity=entity, object_id__in=keys).delete()
        model.objects.filter(pk__in=keys).delete()


def undo(
    *, batch: ImportBatch, by: Membership, tell: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Take an import back. What stays is named in the batch. Raises NotUndone."""
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if stored.applied_at is None or stored.undone_at is not None:
            raise NotUndone
        run = _Undoing(stored, by)
        tell(1, 4)
        run.take_away()
        tell(2, 4)
        run.restore()
        tell(3, 4)
        refresh_search(run.touched, district_id=stored.district_id)
        stayed = sorted(set(run.stayed))
        batch.undone_at, batch.undone_by = clock.now(), by
        batch.options = stored.options | {"stayed": stayed[:NAMED], "stayed_count": len(stayed)}
        batch.save(update_fields=["undone_at", "undone_by", "options"])


def _pointed_at(
    model: Any, rows: Iterable[Any], except_for: dict[Any, Iterable[int]], skip: Iterable[Any] = ()
) -> set[int]:
    """Keys of rows that any row of any table points to, but for these rows of these tables.

    Tables of floors above are found as well: the database knows them, this floor need not.
    """
    keys = {row.pk for row in rows}
    found: dict[str, set[int]] = defaultdict(set)
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)) or not keys:
            continue
        other, column = relation.related_model, relation.field.attname
        if other in skip or not relation.field.db_constraint:
            continue
        pointing = other._base_manager.filter(Q(**{f"{column}__in": keys}))
        if other in except_for:
            pointing = pointing.exclude(pk__in=list(except_for[other]))
        found[column] |= set(pointing.values_list(column, flat=True))
    return set().union(*found.values()) if found else set()
