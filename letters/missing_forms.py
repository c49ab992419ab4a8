"""The fields of a draft in which a missing value is typed for this letter alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from .models import Letter
from .placeholders import Placeholder, may_be_supplied
from .second import address

SUPPLIED_PREFIX = "supplied-"
MOST_SIGNS = 200


def no_placeholder(text: str) -> None:
    """A value is never read again, so that braces would stand on paper as they are."""
    if "{{" in text or "}}" in text:
        raise ValidationError(_("Write the words themselves, without “{{” and “}}”."))


def one_line(text: str) -> None:
    """A value stands in the middle of a sentence."""
    if len(text.splitlines()) > 1:
        raise ValidationError(_("Write it in one line."))


class SuppliedFields(forms.Form):
    """A form about a letter with a field for each value that can be typed for it alone.

    A page shows those that it needs; what it did not send stays as the letter has it.
    """

    letter: Letter

    def add_supplied(self) -> None:
        """Add the fields, filled with what the letter has."""
        values = Placeholder.values
        names = [*values, *(address(self.letter.also, name) for name in values if self.letter.also)]
        for name in filter(may_be_supplied, names):
            self.fields[SUPPLIED_PREFIX + name] = forms.CharField(
                label=_("Only in this letter"),
                initial=self.letter.supplied.get(name, ""),
                required=False,
                max_length=MOST_SIGNS,
                validators=[no_placeholder, one_line],
            )

    @property
    def own(self) -> list[BoundField]:
        """The fields of the form but these, as the page shows them one after the other."""
        return [field for field in self if not field.name.startswith(SUPPLIED_PREFIX)]

    def field_for(self, name: str) -> BoundField | None:
        """The field of a placeholder's value, where it can be supplied."""
        return self[SUPPLIED_PREFIX + name] if SUPPLIED_PREFIX + name in self.fields else None

    @property
    def supplied(self) -> dict[str, str]:
        """The letter's own values as they are after what was typed; an empty field takes a value back."""
        typed: dict[str, Any] = {
            name.removeprefix(SUPPLIED_PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(SUPPLIED_PREFIX) and name in self.data
        }
        return {name: text for name, text in {**self.letter.supplied, **typed}.items() if text}
