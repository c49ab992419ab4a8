"""Words that several cards share."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from accounts.models import Membership
from accounts.urls_in import url_in


def day_of(moment: datetime.datetime | datetime.date | None) -> str:
    """A day without its year, "November 20", in the page's language and the district's zone."""
    if isinstance(moment, datetime.datetime):
        moment = localtime(moment).date()
    return date_format(moment, "MONTH_DAY_FORMAT") if moment else ""


def sentence(text: str, **values: Any) -> SafeString:
    """A translated sentence with its values in place; what is not a link is escaped."""
    safe = {name: conditional_escape(value) for name, value in values.items()}
    return mark_safe(conditional_escape(text) % safe)  # noqa: S308


def a_few(names: Iterable[str]) -> str:
    """The first three names of several, each once, by the alphabet."""
    return ", ".join(sorted(set(names))[:3])


def letter_link(membership: Membership, letter: Any) -> SafeString:
    """A letter's number, which does not break, as a link to it."""
    url = url_in(membership.district, "letters:page", uid=letter.uid)
    return format_html('<a class="pp-nowrap" href="{}">{}</a>', url, letter.reference)
