"""A message's subject and text out of its templates, in the recipient's language."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override


def written(name: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of `outreach/mail/NAME.subject.txt` and `.txt`; the subject is one line."""
    with override(language):
        subject = render_to_string(f"outreach/mail/{name}.subject.txt", context)
        body = render_to_string(f"outreach/mail/{name}.txt", context)
    return " ".join(subject.split()), body.strip() + "\n"
