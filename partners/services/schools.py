"""Our school in numbers: figures that letters name, each with its need, source and year."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Membership, School
from accounts.versions import ChangedMeanwhile, compare_and_set
from partners.models import SchoolFigure


@transaction.atomic
def add_figure(*, school: School, by: Membership, **values: Any) -> SchoolFigure:
    """One more figure of a school, after the others; `values` are fields of SchoolFigure."""
    last = SchoolFigure.objects.filter(school=school).aggregate(last=Max("order"))["last"]
    figure: SchoolFigure = SchoolFigure.objects.create(
        district_id=school.district_id, school=school, order=0 if last is None else last + 1, **values
    )
    return figure


def edit_figure(*, figure: SchoolFigure, version: int, by: Membership, **changes: Any) -> None:
    """Change a figure. Raises ChangedMeanwhile."""
    compare_and_set(figure, expected=version, **changes)


def remove_figure(*, figure: SchoolFigure, version: int, by: Membership) -> None:
    """Take a figure away; letters that were signed keep it. Raises ChangedMeanwhile."""
    removed, _by_table = SchoolFigure.objects.filter(pk=figure.pk, version=version).delete()
    if not removed:
        raise ChangedMeanwhile


@transaction.atomic
def move_figure_up(*, figure: SchoolFigure, version: int, by: Membership) -> None:
    """Put a figure before the one above it: letters name the first. Raises ChangedMeanwhile."""
    rows = list(SchoolFigure.objects.select_for_update().filter(school=figure.school_id))
    if (figure.pk, version) not in [(row.pk, row.version) for row in rows]:
        raise ChangedMeanwhile
    place = next(place for place, row in enumerate(rows) if row.pk == figure.pk)
    if place:
        rows[place - 1 : place + 1] = rows[place], rows[place - 1]
    for order, row in enumerate(rows):
        if row.order != order:
            compare_and_set(row, expected=row.version, order=order)
