"""Words that several cards share."""

import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime


def day_of(moment: datetime.datetime | datetime.date | None) -> str:
    """A day without its year, "November 20", in the page's language and the district's zone."""
    if isinstance(moment, datetime.datetime):
        moment = localtime(moment).date()
    return date_format(moment, "MONTH_DAY_FORMAT") if moment else ""
