"""Template tags of every page."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def durl(context: Context, name: str, **kwargs: Any) -> str:
    """The URL of a page of the present district: {% durl "partners:page" uid=partner.uid %}."""
    return reverse(name, kwargs={"district": context["request"].district.slug, **kwargs})
