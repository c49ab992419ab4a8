"""How pages write what belongs to letters."""

from django import template

from letters.numbers import shown, typed

register = template.Library()


@register.filter
def grouped(code: str) -> str:
    """A code in groups of four."""
    return shown(typed(code))
