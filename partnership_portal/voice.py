"""What forms say of plain mistakes, in the portal's voice: what is wrong and what to do (docs/look.md)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_ON_THE_LIST = _("Choose among those on the list.")
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.CharField: {"max_length": _("Keep it to %(limit_value)s characters: now it has %(show_value)s.")},
    forms.DateField: {"invalid": _("This is not a date. Write it as in 11/24/2026.")},
    forms.EmailField: {"invalid": _("This is not an e-mail address. Write it as in name@school.org.")},
    forms.URLField: {"invalid": _("This is not a web address. Write it as in www.school.org.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "empty": _("This file is empty. Choose another one."),
    },
    forms.IntegerField: {
        "invalid": _("Write a whole number, such as 24."),
        "min_value": _("Write %(limit_value)s or more."),
        "max_value": _("Write %(limit_value)s or less."),
    },
    forms.DecimalField: {"invalid": _("Write a number, such as 2.5.")},
    forms.ChoiceField: {"invalid_choice": _("Choose one of the list.")},
    forms.MultipleChoiceField: {"invalid_choice": NOT_ON_THE_LIST, "invalid_list": NOT_ON_THE_LIST},
    forms.ModelChoiceField: {"invalid_choice": _("Choose one of the list.")},
    forms.ModelMultipleChoiceField: dict.fromkeys(
        ("invalid_choice", "invalid_list", "invalid_pk_value"), NOT_ON_THE_LIST
    ),
}


def speak_plainly() -> None:
    """Put our words in the place of Django's, for every form."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
