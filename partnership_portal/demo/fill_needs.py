"""Rates the needs of the demo's schools: two gaps, and one overlap that nobody settled."""

from accounts import clock
from partners import services
from partners.models import Need

from .cast import Cast

SOURCE = "Survey of students and families, spring"
HIGH = {
    "quillback": ("attendance", "learning", "mental_health", "after_school"),
    "bellwether": ("reentry", "trauma"),
    "harbor-street": ("basic_needs",),
}
LOW = {"early_childhood", "reentry", "college_career"}


def rate_needs(cast: Cast) -> None:
    """Rate them in the name of each school's principal or of the district."""
    needs = Need.objects.all()
    for slug, high in HIGH.items():
        services.rate_needs(
            school=cast.schools[slug],
            ratings={need: 3 if need.code in high else 1 if need.code in LOW else 2 for need in needs},
            source=SOURCE,
            on=clock.today(cast.district),
            by=cast.people["Ana Whitcombe"],
        )
