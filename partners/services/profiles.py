"""What each way of working in a school needs: district staff say it; the answers follow at once."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts import clock
from accounts.models import Membership
from accounts.versions import compare_and_set
from partners.models import RequirementProfile

LONGEST_CODE = 40


@transaction.atomic
def add_profile(*, by: Membership, name: str, is_offered: bool = True, **values: Any) -> RequirementProfile:
    """One more way of working, after the others; its code is made of its name."""
    rows = RequirementProfile.objects.filter(district=by.district_id)
    last = rows.aggregate(last=Max("order"))["last"]
    made: RequirementProfile = RequirementProfile.objects.create(
        district_id=by.district_id,
        code=_free_code(name, set(rows.values_list("code", flat=True))),
        name=name,
        order=0 if last is None else last + 1,
        retired_on=None if is_offered else clock.today(by.district),
        **values,
    )
    return made


def edit_profile(
    *, profile: RequirementProfile, version: int, by: Membership, is_offered: bool, **changes: Any
) -> None:
    """Change what it needs; no longer offered, it stays where it was chosen. Raises ChangedMeanwhile."""
    retired_on: datetime.date | None = None
    if not is_offered:
        retired_on = profile.retired_on or clock.today(by.district)
    compare_and_set(profile, expected=version, retired_on=retired_on, **changes)


def _free_code(name: str, taken: set[str]) -> str:
    bare = slugify(name)[:LONGEST_CODE] or "way"
    code, n = bare, 1
    while code in taken:
        n += 1
        code = f"{bare}-{n}"
    return code
