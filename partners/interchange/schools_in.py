"""Writes a list of schools into a district, three-way: what it says now, what it said last, what we say.

Where the list says what it said last, nothing is written, so what people changed stays; where both changed,
ours stays unless it is to be overwritten. A school is found by the list's id, else by its NCES id, else by
the short name that its name makes.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.models import District, School
from accounts.naming import free_code, free_slug, slug_of
from accounts.services import create_school
from accounts.versions import compare_and_set
from partners.models import ExternalId, ImportBatch

from .school_files import Format, ListedSchool

SCHOOL = "school"  # the entity of an external id
SCHOOLS = "schools"  # the kind of a batch
NEW, CHANGED, SAME, CLOSED = OUTCOMES = ("new", "changed", "same", "closed")


class SchoolsIn:
    """One run, in the district's scope: the schools and ids that are there, and what came of each row."""

    def __init__(self, *, district: District, source: str, overwrite: bool) -> None:
        self.district, self.source, self.overwrite = district, source, overwrite
        self.batch = ImportBatch(district=district, source=source, kind=SCHOOLS, at=clock.now())
        self.schools = {school.pk: school for school in School.objects.select_for_update()}
        known = ExternalId.objects.filter(source=source, entity=SCHOOL)
        self.known: dict[str, ExternalId] = {row.external_id: row for row in known}
        self.figures = Counter[str]()

    def take(self, listed: ListedSchool) -> None:
        """Make the school, change it, close it or leave it."""
        external = self.known.get(listed.external_id)
        school = self._find(listed, external)
        values = listed.fields | {"closed": listed.closed}
        if school is None and not listed.running:
            self.figures[CLOSED] += 1
            return
        if school is None:
            school = self._make(listed)
            self.figures[NEW] += 1
        else:
            said = external.last_values if external else {}
            changes = self._changes(school, values, said)
            if changes:
                compare_and_set(school, expected=school.version, **changes)
            self.figures[CLOSED if "closed_on" in changes else CHANGED if changes else SAME] += 1
        self._remember(listed.external_id, school, values, external)

    def _find(self, listed: ListedSchool, external: ExternalId | None) -> School | None:
        if external and external.object_id in self.schools:
            known: School = self.schools[external.object_id]
            return known
        nces_id, slug = listed.fields.get("nces_id", ""), slug_of(listed.fields["name"])
        claimed = {row.object_id for row in self.known.values()}
        free = [school for school in self.schools.values() if school.pk not in claimed]
        by_id = (school for school in free if nces_id and school.nces_id == nces_id)
        by_name = (s for s in free if s.slug == slug and (not nces_id or not s.nces_id))
        found: School | None = next(by_id, None) or next(by_name, None)
        return found

    def _make(self, listed: ListedSchool) -> School:
        name = listed.fields["name"]
        school = create_school(
            district=self.district,
            slug=free_slug(name, {school.slug for school in self.schools.values()}),
            code=free_code(name, {school.code for school in self.schools.values()}),
            **listed.fields,
        )
        self.schools[school.pk] = school
        return school

    def _changes(self, school: School, values: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        """What is to be written: news of the list where ours is empty, or what the list said last."""
        changes: dict[str, Any] = {}
        for name, says in values.items():
            ours = bool(school.closed_on) if name == "closed" else getattr(school, name)
            is_news = says != said.get(name) and (not ours or ours == said.get(name))
            if says and says != ours and (is_news or self.overwrite):
                changes[name] = says
        if changes.pop("closed", False):
            changes["closed_on"] = clock.today(self.district)
        return changes

    def _remember(
        self, external_id: str, school: School, values: dict[str, Any], external: ExternalId | None
    ) -> None:
        if external and external.last_values == values:
            return
        if self.batch._state.adding:  # the first news
            self.batch.save()
        row: ExternalId = external or ExternalId(
            district=self.district, source=self.source, entity=SCHOOL, external_id=external_id
        )
        row.object_id, row.last_values, row.batch = school.pk, values, self.batch
        row.save()
        self.known[external_id] = row


@transaction.atomic
def take_schools_in(
    *, district: District, kind: Format, schools: Iterable[ListedSchool], overwrite: bool = False
) -> dict[str, int]:
    """All schools of a list, or none; out: how many came new, changed, the same and closed.

    Schools that don't run are not made; one that we have and that is closed for good is closed as of today.
    Raises ValidationError where a value is too long or taken.
    """
    run = SchoolsIn(district=district, source=kind.source, overwrite=overwrite)
    for listed in schools:
        run.take(listed)
    return {outcome: run.figures[outcome] for outcome in OUTCOMES}
