"""What the pages of imports show: one import, and those before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Job, Membership
from accounts.models.work import JobState
from partners.enums import RowState
from partners.models import ImportBatch

from .columns import CONTACT, ENTITIES, LOCATION, ORGANIZATION, SERVICE
from .problems import Problem, Weight
from .schools_in import SCHOOLS

SHOWN = 100
EARLIER = 20  # imports in the list

WORDS: dict[str, Callable[[int], str]] = {
    ORGANIZATION: lambda n: ngettext("%(n)s organization", "%(n)s organizations", n),
    LOCATION: lambda n: ngettext("%(n)s place", "%(n)s places", n),
    SERVICE: lambda n: ngettext("%(n)s service", "%(n)s services", n),
    CONTACT: lambda n: ngettext("%(n)s contact", "%(n)s contacts", n),
}


@dataclass(slots=True)
class ImportPage:
    """An import's outcome: its job (none from the command line), what came in, was left out or noted."""

    batch: ImportBatch
    job: Job | None
    invalid: list[Problem]
    invalid_count: int
    notes: list[Problem]

    @property
    def can_do_the_rest(self) -> bool:
        """Whether all that is wrong is wrong with single rows, so that the others could come in."""
        by_row = all(problem.weight == Weight.ROW for problem in self.invalid)
        return self.is_refused and bool(self.invalid) and by_row

    @property
    def is_done(self) -> bool:
        """Whether the file came in."""
        return self.job is None or self.job.state == JobState.DONE

    @property
    def is_refused(self) -> bool:
        """Whether nothing came in, and nothing will."""
        return self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def heading(self) -> str:
        """What came of it, in one sentence or two."""
        return what_came(self.batch)


def import_page(batch: ImportBatch) -> ImportPage:
    """What came of an import: the first hundred rows that were left out, and the first hundred notes."""
    rows = batch.rows.exclude(problem={})
    invalid = rows.filter(state=RowState.INVALID)
    return ImportPage(
        batch=batch,
        job=batch.job,
        invalid=[Problem.from_json(row.problem) for row in invalid[:SHOWN]],
        invalid_count=invalid.count(),
        notes=[Problem.from_json(row.problem) for row in rows.exclude(state=RowState.INVALID)[:SHOWN]],
    )


def earlier_imports(membership: Membership) -> list[ImportBatch]:
    """The latest imports of directories, the latest first: one query."""
    batches = (
        ImportBatch.objects.for_member(membership)
        .exclude(kind=SCHOOLS)
        .select_related("file", "job", "by__user")
    )
    return list(batches.defer("kept").order_by("-at", "-pk")[:EARLIER])


def what_came(batch: ImportBatch) -> str:
    """What came of an import, as a title and in the list: "Imported: 3 organizations, 4 places."."""
    if batch.job and batch.job.state != JobState.DONE:
        return _not_yet(JobState(batch.job.state))
    figures = batch.figures
    in_file = {entity: figures.get(f"{entity}s", 0) for entity in ENTITIES}
    taken = _counted(figures.get("taken", in_file))
    said = [_("Imported: %(what)s.") % {"what": taken} if taken else _("Nothing new.")]
    if same := figures.get("same"):
        said.append(ngettext("%(n)s same as before.", "%(n)s same as before.", same) % {"n": same})
    if out := figures.get("invalid"):
        words = ngettext("%(n)s left out, with its reason.", "%(n)s left out, each with its reason.", out)
        said.append(words % {"n": out})
    return " ".join(said)


def _not_yet(state: JobState) -> str:
    if state == JobState.STOPPED:
        return _("Stopped: nothing was imported")
    if state == JobState.CANCELLED:
        return _("Cancelled: nothing was imported")
    return _("Nothing was imported") if state == JobState.FAILED else _("Importing")


def _counted(numbers: Mapping[str, int]) -> str:
    """Numbers by entity in words, those that are not 0: "3 organizations, 4 places"."""
    return ", ".join(
        WORDS[entity](numbers[entity]) % {"n": numbers[entity]} for entity in ENTITIES if numbers[entity]
    )
