"""People, invitations, jobs, one's own settings, and the pages of no app."""

import datetime
from typing import Any

from accounts import clock
from accounts.models import Job
from accounts.roles import Role
from accounts.services import invite
from tests.conftest import Cast

ROWS = {
    # route                     out  view prep coor prin staf  b.co b.pr brig ended
    "home":                    "302  302  302  302  302  302   302  302  302  200",
    "help":                    "200  200  200  200  200  200   200  200  200  200",
    "accessibility":           "200  200  200  200  200  200   200  200  200  200",
    "accounts:invitation":     "200  200  200  200  200  200   200  200  200  200",
    "accounts:invitation POST": "200  200  200  200  200  200   200  200  200  200",
    "people:brand_css":        "302  200  200  200  200  200   200  200  404  404",
    "people:me":               "302  200  200  200  200  200   200  200  404  404",
    "people:me POST":          "302  200  200  200  200  200   200  200  404  404",
    "people:list":             "302  404  404  404  404  200   404  404  404  404",
    "people:invite":           "302  404  404  404  404  200   404  404  404  404",
    "people:invite POST":      "302  404  404  404  404  200   404  404  404  404",
    "people:end POST":         "302  404  404  404  404  302   404  404  404  404",
    "people:job":              "302  404  404  200  404  200   404  404  404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the URLs of this app: by route, else by the name of the parameter."""
    job = Job.objects.create(
        district=cast.larkmoor,
        kind="import",
        label="Import",
        started_by=cast.coordinator,
        created_at=clock.now(),
    )
    invitation = invite(
        district=cast.larkmoor,
        email="new.person@larkmoor.example",
        role=Role.VIEWER,
        schools=[cast.quillback],
        until=datetime.date(2099, 6, 30),
        by=cast.staff,
    )
    return {
        "accounts:invitation": {"token": invitation.token},
        "people:end": {"uid": cast.viewer.uid},
        "people:job": {"uid": job.uid},
    }
