"""People, invitations, jobs, one's own settings, and the pages of no app."""

import datetime
from typing import Any

from accounts import clock
from accounts.models import Deputy, Job
from accounts.roles import Role
from accounts.services import invite
from tests.conftest import Cast

ROWS = {
    # route                          out  view prep coor depu prin staf  b.vi b.pp b.co b.de b.pr  brig gone
    "home":                         "302  302  302  302  302  302  302   302  302  302  302  302   302  200",
    "help":                         "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "accessibility":                "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "accounts:invitation":          "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "accounts:invitation POST":     "200  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "mfa_index":                    "302  200  200  200  200  200  200   200  200  200  200  200   200  200",
    "mfa_view_recovery_codes":      "302  302  302  302  302  302  302   302  302  302  302  302   302  302",
    "mfa_view_recovery_codes POST": "302  302  302  302  302  302  302   302  302  302  302  302   302  302",
    "end_session POST":             "302  302  302  302  302  302  302   302  302  302  302  302   302  302",
    "end_other_sessions POST":      "302  302  302  302  302  302  302   302  302  302  302  302   302  302",
    "people:brand_css":             "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "people:me":                    "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "people:me POST":               "302  200  200  200  200  200  200   200  200  200  200  200   404  404",
    "people:list":                  "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:invite":                "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:invite POST":           "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:end":                   "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:end POST":              "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:hand_over":             "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:hand_over POST":        "302  404  404  404  404  404  200   404  404  404  404  404   404  404",
    "people:deputies":              "302  404  404  404  404  200  200   404  404  404  404  404   404  404",
    "people:deputies POST":         "302  404  404  404  404  200  200   404  404  404  404  404   404  404",
    "people:end_deputy POST":       "302  404  404  404  403  302  302   404  404  404  404  404   404  404",
    "people:jobs":                  "302  404  200  200  200  200  200   404  200  200  200  200   404  404",
    "people:job":                   "302  404  404  200  404  404  200   404  404  404  404  404   404  404",
    "people:job_cancel POST":        "302  404  404  302  404  404  302   404  404  404  404  404   404  404",
    "people:job_resume POST":        "302  404  404  302  404  404  302   404  404  404  404  404   404  404",
}  # fmt: skip


def kwargs(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the URLs of this app: a job of the coordinator's, today's deputy, an open invitation."""
    job = Job.objects.create(
        district=cast.larkmoor,
        kind="import",
        label="Import",
        started_by=cast.coordinator,
        created_at=clock.now(),
        queued_at=clock.now(),
    )
    invitation = invite(
        district=cast.larkmoor,
        email="new.person@larkmoor.example",
        role=Role.VIEWER,
        schools=[cast.quillback],
        until=datetime.date(2099, 6, 30),
        by=cast.staff,
    )
    deputy = Deputy.objects.holding(clock.today(cast.larkmoor)).get(principal=cast.principal)
    return {
        "people:hand_over": {"uid": cast.coordinator.uid},
        "people:deputies": {"uid": cast.principal.uid},
        "people:end_deputy": {"uid": deputy.uid},
        "accounts:invitation": {"token": invitation.token},
        "people:end": {"uid": cast.viewer.uid},
        "people:job": {"uid": job.uid},
        "people:job_cancel": {"uid": job.uid},
        "people:job_resume": {"uid": job.uid},
    }
