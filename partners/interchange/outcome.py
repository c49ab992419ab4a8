"""What the page of an import shows."""

from dataclasses import dataclass

from accounts.models import Job
from accounts.models.work import JobState
from partners.enums import RowState
from partners.models import ImportBatch

from .problems import Problem, Weight

SHOWN = 100


@dataclass(slots=True)
class ImportPage:
    """An import's outcome: its job (none from the command line), rows taken in, left out and noted."""

    job: Job | None
    taken: int
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
        """Whether nothing came in."""
        return self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED)


def import_page(batch: ImportBatch) -> ImportPage:
    """What came of an import: the first hundred rows that were left out, and the first hundred notes."""
    rows = batch.rows.exclude(problem={})
    invalid = rows.filter(state=RowState.INVALID)
    return ImportPage(
        job=batch.job,
        taken=batch.figures.get("new", 0) + batch.figures.get("changed", 0),
        invalid=[Problem.from_json(row.problem) for row in invalid[:SHOWN]],
        invalid_count=invalid.count(),
        notes=[Problem.from_json(row.problem) for row in rows.exclude(state=RowState.INVALID)[:SHOWN]],
    )
