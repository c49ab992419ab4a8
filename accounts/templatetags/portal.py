"""Template tags of every page."""

import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import formats

register = template.Library()


@register.simple_tag(takes_context=True)
def durl(context: Context, name: str, **kwargs: Any) -> str:
    """The URL of a page of the present district: {% durl "partners:page" uid=partner.uid %}."""
    return reverse(name, kwargs={"district": context["request"].district.slug, **kwargs})


@register.filter
def long_date(day: datetime.date | None) -> str:
    """A date in words, in the page's language: November 24, 2026."""
    return formats.date_format(day, "DATE_FORMAT") if day else ""
