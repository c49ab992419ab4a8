"""A field of a form that lets people choose a row."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet


def offer(
    form: forms.BaseForm,
    name: str,
    rows: QuerySet[Any],
    *,
    words: Callable[[Any], str] | None = None,
    nothing: Any = None,
) -> None:
    """Say which rows a field offers to this person: a form knows them only when it is made.

    `words`: what a row is called, where its own name does not do. `nothing`: what stands for no choice.
    """
    field: Any = form.fields[name]
    field.queryset = rows
    if words is not None:
        field.label_from_instance = words
    if nothing is not None:
        field.empty_label = nothing
