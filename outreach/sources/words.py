"""A message's subject and text out of its templates, in the recipient's language."""

import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from letters.phrases import PHRASES


def written(name: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject (one line, at most 300 characters) and text, of `outreach/mail/NAME.subject.txt` and `.txt`."""
    with override(language):
        subject = render_to_string(f"outreach/mail/{name}.subject.txt", context)
        body = render_to_string(f"outreach/mail/{name}.txt", context)
    return " ".join(subject.split())[:300], body.strip() + "\n"


def day_in_words(day: datetime.date | None, language: str) -> str:
    """A date as a letter has it: November 10, 2026; 10 de noviembre de 2026."""
    if day is None:
        return ""
    with override(language):
        return date_format(day, PHRASES[language].day)
