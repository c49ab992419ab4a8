"""Edits by compare-and-set: the second of two people is told, and nobody's text is lost."""

from typing import Any

from django.db import models
from django.db.models import F


class ChangedMeanwhile(Exception):
    """Somebody else saved this record after it was opened; nothing was written."""


def compare_and_set(row: models.Model, *, expected: int, **changes: Any) -> None:
    """Write `changes` where the row still has version `expected`, and raise its version by one.

    Updates `row` in memory too. Raises ChangedMeanwhile where the stored version is another one.
    """
    model = type(row)
    updated = model._default_manager.filter(pk=row.pk, version=expected).update(
        version=F("version") + 1, **changes
    )
    if updated != 1:
        raise ChangedMeanwhile
    for name, value in changes.items():
        setattr(row, name, value)
    row.version = expected + 1  # type: ignore[attr-defined]
