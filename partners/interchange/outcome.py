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
from .dialect import Dialect
from .problems import Problem, Weight
from .schools_in import SCHOOLS
from .sheet_fields import REASON, said_by_people
from .sheets import write_rows

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
    has_rows: bool = False

    @property
    def can_do_the_rest(self) -> bool:
        """Whether all that is wrong is wrong with single rows, so that the others could come in."""
        by_row = all(problem.weight == Weight.ROW for problem in self.invalid)
        return self.is_refused and bool(self.invalid) and by_row

    @property
    def is_done(self) -> bool:
        """Whether the file came in."""
        return not self.is_preview and (self.job is None or self.job.state == JobState.DONE)

    @property
    def is_preview(self) -> bool:
        """Whether somebody may look at what would come in."""
        return is_looked_at(self.batch)

    @property
    def is_undone(self) -> bool:
        """Whether it came in and was taken back."""
        return self.batch.undone_at is not None

    @property
    def can_undo(self) -> bool:
        """Whether it can be taken back: it came in, and its rows are still kept."""
        return self.is_done and bool(self.batch.applied_at) and not self.is_undone and self.has_rows

    @property
    def has_file_of_left_out(self) -> bool:
        """Whether the left out rows can go back in their own format."""
        return bool(self.invalid) and "dialect" in self.batch.options

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
        has_rows=bool(batch.applied_at) and batch.rows.exists(),
    )


def is_looked_at(batch: ImportBatch) -> bool:
    """Whether its last job was a look at the file, and is done."""
    job = batch.job
    return bool(job and job.state == JobState.DONE and job.args.get("step") == "preview")


def rows_left_out(batch: ImportBatch) -> bytes:
    """The rows that were left out as a CSV file of the sheet's own format, each with its reason."""
    rows = batch.rows.filter(state=RowState.INVALID)
    said = [(row.raw, Problem.from_json(row.problem)) for row in rows]
    dialect = Dialect.from_json(batch.options["dialect"]) if "dialect" in batch.options else Dialect()
    names = said_by_people(batch.options.get("names") or list(said[0][0] if said else ()))
    kept = [
        ({name: text for name, text in raw.items() if said_by_people([name])}, problem.in_row)
        for raw, problem in said
    ]
    return write_rows(names, kept, dialect, str(REASON))


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
    if batch.undone_at:
        return _("Undone")
    if batch.job is None and batch.applied_at is None and batch.options:
        return _("Not imported yet: its columns are to be named")
    if batch.job and batch.job.state != JobState.DONE:
        return _not_yet(JobState(batch.job.state))
    if is_looked_at(batch):
        return _("Not imported yet: look at it first")
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
