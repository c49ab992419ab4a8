"""The kinds of fields on the form "How we decide"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from .rule import LIMITS, Method, Rule


def switch(label: Any, off: Any, on: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """One of two ways, of which the first is usual."""
    usual: Any = False
    return forms.TypedChoiceField(
        label=label,
        choices=[("no", off), ("yes", on)],
        initial="no",
        required=False,
        coerce=lambda chosen: chosen == "yes",
        empty_value=usual,
        help_text=help_text,
    )


class Number(forms.IntegerField):
    """A number that is as usual where nothing is written."""

    def clean(self, value: Any) -> Any:
        """What was written; nothing is the usual number, or, where there is none, any."""
        written = super().clean(value)
        return self.initial if written is None else written


def number(label: Any, name: str, help_text: Any, *, required: bool = True) -> Number:
    """The number of a rule that has this name, within its limits."""
    least, most = LIMITS[name]
    initial = getattr(Rule(Method.MAJORITY), name)
    return Number(
        label=label,
        min_value=least,
        max_value=most or 99,
        initial=initial,
        required=required,
        help_text=help_text,
    )


class FoldedChoices(forms.ChoiceField):
    """Radio buttons of which a named group is folded until it is wanted."""

    folded = True


@dataclass(frozen=True)
class Explained:
    """A label that has a name, and says what it means."""

    name: str
    means: str

    def __str__(self) -> str:
        return f"{self.name}. {self.means}"
