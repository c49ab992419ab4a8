"""A partner's five answers of a school year: told by personal link, accepted or sent back by us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import ChangedMeanwhile
from partners.models import PartnerLink, Service, YearReport

from .links import note_acted

BY_LINK = "personal link"
UNDECIDED = {"accepted_at": None, "accepted_by": None, "declined_at": None, "declined_by": None}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one school and service, or, without either, of the partner as a whole.

    What is not in `values` was not reported.
    """

    school: School | None = None
    service: Service | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def report_year(*, link: PartnerLink, answers: list[Answer]) -> None:
    """Keep what was answered for the link's school year; a later answer takes the place of an earlier one.

    What was accepted before waits again where it changed; what was sent back, as soon as it is sent again.
    What is left empty is not reported, and never 0.
    """
    of = {"district_id": link.district_id, "partner": link.partner.winner, "school_year": link.school_year}
    for answer in answers:
        values = {name: value for name, value in answer.values.items() if value not in (None, "")}
        key = {**of, "school": answer.school, "service": answer.service}
        empty = {"students": None, "hours": None, "in_kind_cents": None}
        said = {**empty, "in_kind_method": "", "result": "", "going_on": "", **values}
        told = {"reported_at": clock.now(), "source": BY_LINK, "contact": link.contact, "link": link}
        rows = YearReport.objects.filter(**key)
        # Two taps may come at once: only the database knows which was the first.
        there = (
            YearReport.objects.get_or_create(**key, defaults={**told, **said})[0] if values else rows.first()
        )
        if there and (
            there.declined_at or any(getattr(there, name) != value for name, value in said.items())
        ):
            rows.update(version=F("version") + 1, **UNDECIDED, **told, **said)
    note_acted(link)


def accept_report(*, report: YearReport, version: int, by: Membership) -> None:
    """Take a row over as it was seen. Raises ChangedMeanwhile."""
    _decide(report, version, accepted_at=clock.now(), accepted_by=by)


def decline_report(*, report: YearReport, version: int, by: Membership, because: str) -> None:
    """Send a row back as it was seen, with the reason that the partner reads. Raises ChangedMeanwhile."""
    _decide(report, version, declined_at=clock.now(), declined_by=by, declined_because=because.strip())


def _decide(report: YearReport, version: int, **decided: Any) -> None:
    rows = YearReport.objects.filter(pk=report.pk, version=version, accepted_at=None, declined_at=None)
    if not rows.update(version=F("version") + 1, **decided):
        raise ChangedMeanwhile
