"""What forms say of plain mistakes, in the portal's voice: what is wrong and what to do (docs/look.md)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.DateField: {"invalid": _("This is not a date. Write it as in 11/24/2026.")},
    forms.EmailField: {"invalid": _("This is not an e-mail address. Write it as in name@school.org.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "empty": _("This file is empty. Choose another one."),
    },
    forms.IntegerField: {"invalid": _("Write a whole number, such as 24.")},
    forms.ChoiceField: {"invalid_choice": _("Choose one of the list.")},
    forms.ModelChoiceField: {"invalid_choice": _("Choose one of the list.")},
}


def speak_plainly() -> None:
    """Put our words in the place of Django's, for every form."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
