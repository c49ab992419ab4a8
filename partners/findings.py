"""What the grid of *Who serves what* says in sentences: gaps, then overlaps, then what nobody rated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.template.defaultfilters import date as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School

from .coverage import Cell, Overlap
from .coverage_queries import Coverage
from .enums import Tier
from .grades import ALL_GRADES, grades_as_text
from .models import Need
from .naming import in_a_row

SHOWN = 25
"""So many findings of a kind are shown; the others are counted."""


class FindingKind(models.TextChoices):
    """What can be the matter."""

    GAP = "gap", gettext_lazy("Gap")
    OVERLAP = "overlap", gettext_lazy("Overlap")
    UNRATED = "unrated", gettext_lazy("Not rated yet")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to act on: a sentence, why it is said, and where it is; `need` is None for a whole school."""

    kind: FindingKind
    school: School
    sentence: str
    because: str
    need: Need | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind: those that are shown, and how many more there are."""

    kind: FindingKind
    shown: list[Finding]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


def findings(found: Coverage) -> list[Finding]:
    """All there is to say, in the order in which to act on it."""
    return [*_gaps(found), *_overlaps(found), *_unrated(found)]


def findings_by_kind(found: Coverage) -> list[Group]:
    """The findings by kind, those kinds that there are; of each the first."""
    rows = findings(found)
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in FindingKind}
    return [Group(kind, rows[:SHOWN], len(rows)) for kind, rows in by_kind.items() if rows]


def _gaps(found: Coverage) -> Iterator[Finding]:
    for school, need, cell in found.cells():
        if cell.is_gap:
            sentence = _("%(need)s is rated high at %(school)s, and no active partner works on it.") % {
                "need": need,
                "school": school,
            }
            because = " ".join([rating_in_words(cell), _elsewhere(found.elsewhere(school, need))])
            yield Finding(FindingKind.GAP, school, sentence, because.strip(), need)


def _elsewhere(names: list[str]) -> str:
    if not names:
        return _("No active partner of the district meets this need yet.")
    return _("Active for it at other schools: %(names)s.") % {"names": in_a_row(names)}


def _overlaps(found: Coverage) -> Iterator[Finding]:
    for school, need, cell in found.cells():
        for overlap in cell.open_overlaps:
            words = {
                "count": len(overlap.partners),
                "need": need,
                "tier": str(Tier(overlap.tier).label).lower(),
                "school": school,
                "grades": grades_in_words(overlap.grades),
            }
            sentence = _(
                "%(need)s at %(school)s: %(count)s partners for the same students (%(tier)s, %(grades)s)."
            )
            because = _("%(names)s. Nobody decided yet who does what.") % {
                "names": in_a_row(overlap.partners)
            }
            question = _("Who does what for %(need)s, %(tier)s, at %(school)s?") % words
            yield Finding(FindingKind.OVERLAP, school, sentence % words, because, need, question)


def _unrated(found: Coverage) -> Iterator[Finding]:
    for school in found.schools:
        missing = sum(found.grid[school.pk, need.pk].rating is None for need in found.needs)
        if missing == 0:
            continue
        if missing == len(found.needs):
            sentence = _("%(school)s has not rated its needs yet.") % {"school": school}
        else:
            sentence = ngettext(
                "%(school)s has not rated %(count)s need yet.",
                "%(school)s has not rated %(count)s needs yet.",
                missing,
            ) % {"school": school, "count": missing}
        yield Finding(FindingKind.UNRATED, school, sentence, _("Without a rating no gap can be seen."))


def open_overlaps(found: Coverage) -> dict[str, tuple[School, Need, Overlap]]:
    """The overlaps for which nobody decided yet who does what, each by a name that a form can send."""
    return {
        f"{school.pk}-{need.pk}-{overlap.tier}": (school, need, overlap)
        for school, need, cell in found.cells()
        for overlap in cell.open_overlaps
    }


def rating_in_words(cell: Cell) -> str:
    """How a need is rated, with source and day: "Rated high on May 3, 2026: attendance report."."""
    if cell.rating is None:
        return _("Not rated yet.")
    return _("Rated %(rating)s on %(day)s: %(source)s.") % {
        "rating": RATINGS[cell.rating.value],
        "day": written(cell.rating.on, "DATE_FORMAT"),
        "source": cell.rating.source.rstrip("."),
    }


RATINGS = {1: gettext_lazy("low"), 2: gettext_lazy("medium"), 3: gettext_lazy("high")}


def grades_in_words(grades: frozenset[int]) -> str:
    """The grades as a sentence ends with them: "grades 6–8", "all grades"."""
    if grades >= ALL_GRADES:
        return _("all grades")
    text = grades_as_text(grades)
    return (_("grade %(grade)s") if len(grades) == 1 else _("grades %(grade)s")) % {"grade": text}


def tiers_in_words(tiers: frozenset[int]) -> str:
    """For how many students a service is: "For all, for a few", or that it does not say."""
    first, *others = [str(Tier(tier).label) for tier in sorted(tiers)] or [_("Not said")]
    return ", ".join([first, *(label.lower() for label in others)])


def overlap_in_words(overlap: Overlap) -> str:
    """An overlap in a cell's list: "For some, grade 7: three names"."""
    return _("%(tier)s, %(grades)s: %(names)s") % {
        "tier": Tier(overlap.tier).label,
        "grades": grades_in_words(overlap.grades),
        "names": ", ".join(overlap.partners),
    }
