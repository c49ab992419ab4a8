"""What the records can say of the past with a partner."""

import datetime

from accounts import clock
from partners.models import Agreement, Interaction, Paper, Partnership, YearReport
from tests.conftest import Cast
from tests.partners.factories import on

LONG_AGO = datetime.datetime(2026, 1, 1, 18, tzinfo=datetime.UTC)


def an_agreement(partnership: Partnership, **fields: object) -> Agreement:
    made: Agreement = Agreement.objects.create(
        **{
            "district": partnership.district,
            "partner": partnership.partner,
            "kind": "mou",
            "title": "Calm Hour",
            "status": "in_force",
            "starts": on("2025-08-01"),
            "ends": on("2027-06-30"),
            "created_at": LONG_AGO,
            **fields,
        }
    )
    return made


def a_paper(cast: Cast, partnership: Partnership, kind: str, until: str | None, **fields: object) -> Paper:
    made: Paper = Paper.objects.create(
        **{
            "district": partnership.district,
            "partner": partnership.partner,
            "kind": kind,
            "valid_until": on(until) if until else None,
            "created_at": LONG_AGO,
            "state": "accepted",
            "decided_at": LONG_AGO,
            "decided_by": cast.staff,
            **fields,
        }
    )
    return made


def a_contact_on(cast: Cast, partnership: Partnership, day: str, channel: str, **fields: object) -> None:
    Interaction.objects.create(
        **{
            "district": partnership.district,
            "partner": partnership.partner,
            "school": partnership.school,
            "channel": channel,
            "on": on(day),
            "note": "We talked.",
            "by": cast.coordinator,
            "created_at": LONG_AGO,
            **fields,
        }
    )


def report_a_result(cast: Cast, partnership: Partnership, **fields: object) -> YearReport:
    """What a partner told us of last school year, accepted."""
    report: YearReport = YearReport.objects.create(
        **{
            "district": partnership.district,
            "partner": partnership.partner,
            "school_year": cast.larkmoor.school_year_of(clock.today(cast.larkmoor)) - 1,
            "result": "24 students had a counselor within two weeks.",
            "reported_at": clock.now(),
            "source": "By telephone",
            "accepted_at": clock.now(),
            "accepted_by": cast.coordinator,
            **fields,
        }
    )
    return report
