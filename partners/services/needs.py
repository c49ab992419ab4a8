"""How high a school rates its needs, and who does what where several partners do the same."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts.models import Membership, School
from partners.coverage_queries import latest_ratings
from partners.models import Need, NeedRating, OverlapSettlement


@transaction.atomic
def rate_needs(
    *, school: School, ratings: Mapping[Need, int], source: str, on: datetime.date, by: Membership
) -> int:
    """Keep how high a school rates these needs, 1 to 3, from a day on; return how many are new or changed.

    Earlier ratings stay. A rating that says what the one in force says already is not written again.
    """
    now = latest_ratings([school.pk])
    same = {"district_id": school.district_id, "school": school, "source": source, "on": on, "by": by}
    changed = [
        NeedRating(need=need, rating=value, **same)
        for need, value in ratings.items()
        if (school.pk, need.pk) not in now or now[school.pk, need.pk].value != value
    ]
    NeedRating.objects.bulk_create(changed)
    return len(changed)


def settle_overlap(
    *, school: School, need: Need, tier: int, text: str, on: datetime.date, source_uid: UUID, by: Membership
) -> None:
    """Keep what a closed decision, `source_uid`, says of who does what; said again, it replaces itself."""
    OverlapSettlement.objects.update_or_create(
        district_id=school.district_id,
        school=school,
        need=need,
        tier=tier,
        source_uid=source_uid,
        defaults={"text": text, "on": on},
    )
