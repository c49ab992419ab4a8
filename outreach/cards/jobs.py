"""One's own jobs on Today: what has to be resumed, what is under way, and what came of the others."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.job_pages import JobShown
from accounts.models import Job, Membership
from accounts.models.work import JobState
from accounts.urls_in import url_in
from outreach.registry import Card, CardSource, News, Rows

LATEST = 3


def stopped(membership: Membership, day: datetime.date) -> Rows:
    """Jobs of one's own whose worker ended."""
    return Job.objects.filter(started_by=membership, state=JobState.STOPPED)


def card(membership: Membership, rows: list[Any]) -> Card:
    """ "Resume or cancel what stopped: Import of list.zip" """
    [job] = rows
    return Card(
        what=_("Resume or cancel what stopped:"),
        about=job.label,
        why=f"{job.get_state_display()}. {JobShown(job).nothing}",
        act_label=_("Open it"),
        act_url=url_in(membership.district, "people:job", uid=job.uid),
    )


def news(membership: Membership, since: datetime.datetime) -> list[News]:
    """One's own jobs that are under way, or ended since then: one query."""
    told = Job.objects.filter(Q(finished_at__gt=since) | Q(finished_at=None), started_by=membership)
    return [
        News(
            at=job.finished_at or job.queued_at,
            who=job.label,
            words=f"({JobShown(job).in_short})",
            url=url_in(membership.district, "people:job", uid=job.uid),
        )
        for job in told.exclude(state=JobState.STOPPED).order_by("-queued_at")[:LATEST]
    ]


SOURCES = (CardSource("job", stopped, card, can_be_done=False),)
