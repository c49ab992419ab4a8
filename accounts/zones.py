"""Time zones by their IANA names."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HERE = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)
"""Those of schools in the United States and its territories, from east to west."""


def valid_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone of the IANA database."""
    if name not in _known():
        raise ValidationError(
            _("%(zone)s is not a time zone. Write it as in America/Chicago.") % {"zone": name}
        )


@cache
def _known() -> set[str]:
    """All names: reading them asks the disk for each file of the database."""
    return available_timezones()
