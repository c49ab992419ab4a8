"""What the pages of imports show: one import, and those before it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Job, Membership
from accounts.models.work import JobState
from partners.enums import RowState
from partners.models import ImportBatch, ImportRow

from .columns import CONTACT, ENTITIES, LOCATION, ORGANIZATION, SERVICE
from .dialect import Dialect
from .problems import Problem
from .schools_in import SCHOOLS
from .sheet_fields import REASON, said_by_people
from .sheets import write_rows

LOOK, APPLY, UNDO = "preview", "apply", "undo"  # steps of an import, each a job
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
    def can_look_again(self) -> bool:
        """Whether it was cancelled, or broke on our side, so that the file itself may be in order."""
        cancelled = self.job is not None and self.job.state == JobState.CANCELLED
        return self.is_refused and (cancelled or not self.invalid)

    @property
    def is_done(self) -> bool:
        """Whether the file came in, and nothing is under way."""
        return self.job is None or (bool(self.batch.applied_at) and self.job.state not in JobState.open())

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
        return bool(self.invalid) and bool(self.batch.options.get("formats"))

    @property
    def is_refused(self) -> bool:
        """Whether nothing came in."""
        ended = self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)
        return ended and self.batch.applied_at is None

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
    return bool(job and job.state == JobState.DONE and job.args.get("step") == LOOK)


def rows_left_out(batch: ImportBatch) -> dict[str, bytes]:
    """The rows that were left out, each with its reason: a CSV file for each file, in its own format."""
    rows = batch.rows.filter(state=RowState.INVALID)
    formats = batch.options.get("formats", {})
    return {file: _left_out_of(rows.filter(file_name=file[:255]), **form) for file, form in formats.items()}


def _left_out_of(rows: Iterable[ImportRow], names: list[str], dialect: dict[str, str]) -> bytes:
    said = ((row.raw, Problem.from_json(row.problem)) for row in rows if row.raw)
    kept = [
        ({name: text for name, text in raw.items() if said_by_people([name])}, problem.in_row)
        for raw, problem in said
    ]
    return write_rows(said_by_people(names), kept, Dialect.from_json(dialect), str(REASON))


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
    if batch.job and (batch.job.state in JobState.open() or batch.applied_at is None):
        return _not_yet(batch.job)
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


def _not_yet(job: Job) -> str:
    """Of one that has not come in, or whose job is under way."""
    step, state = job.args.get("step"), job.state
    if step == UNDO:
        return _("Undoing the import")
    if state == JobState.DONE:
        return _("Not imported yet: look at it first")
    if state == JobState.STOPPED:
        return _("Stopped: nothing was imported")
    if state == JobState.CANCELLED:
        return _("Cancelled: nothing was imported")
    if state == JobState.FAILED:
        return _("Nothing was imported")
    return _("Reading the file") if step == LOOK else _("Importing")


def _counted(numbers: Mapping[str, int]) -> str:
    """Numbers by entity in words, those that are not 0: "3 organizations, 4 places"."""
    return ", ".join(
        WORDS[entity](numbers[entity]) % {"n": numbers[entity]} for entity in ENTITIES if numbers[entity]
    )
