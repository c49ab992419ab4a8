"""*Who serves what* as a sheet: one row for each school and need."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from partners.coverage_queries import Coverage
from partners.enums import Tier
from partners.findings import RATINGS, overlap_in_words


def coverage_rows(found: Coverage) -> Iterator[list[str]]:
    """The sheet's rows, the first of them its headings."""
    tiers = [_("Services %(tier)s") % {"tier": str(label).lower()} for label in Tier.labels]
    yield [
        _("School"),
        _("Need"),
        _("Rated"),
        _("Rated on"),
        _("Source"),
        _("Services"),
        *tiers,
        _("Partners"),
        _("Finding"),
        _("Details"),
    ]
    for school, need, cell in found.cells():
        rating = cell.rating
        details = [overlap_in_words(overlap) for overlap in cell.open_overlaps]
        details += [overlap.settled for overlap in cell.overlaps if overlap.settled]
        yield [
            school.name,
            str(need),
            str(RATINGS[rating.value]) if rating else "",
            rating.on.isoformat() if rating else "",
            rating.source if rating else "",
            str(len(cell.offers)),
            *map(str, cell.by_tier),
            ", ".join(cell.partners),
            _finding(cell.is_gap, bool(cell.open_overlaps)),
            "; ".join(details),
        ]


def _finding(is_gap: bool, is_overlap: bool) -> str:
    if is_gap:
        return _("Gap")
    return _("Overlap") if is_overlap else ""
