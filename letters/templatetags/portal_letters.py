"""How pages write what belongs to letters."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from letters.numbers import shown, typed

register = template.Library()


@register.filter
def grouped(code: str) -> str:
    """A code in groups of four."""
    return shown(typed(code))


@register.inclusion_tag("partials/steps.html")
def letter_steps(at: int) -> dict[str, Any]:
    """The three steps of a letter, of which the page is the one numbered `at`."""
    names = [_("Who and what"), _("Write and check"), _("Sign and send")]
    return {
        "label": _("Steps of this letter"),
        "steps": [(name, "", number == at) for number, name in enumerate(names, 1)],
    }
