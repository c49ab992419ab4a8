"""The answers for many partnerships at once: which records count where, and in how many queries."""

import datetime
from typing import Any

import pytest

from partners.cleared import cleared
from partners.models import Agreement, Approval, Paper, Partner, Partnership, RequirementProfile, Waiver
from tests.conftest import Cast
from tests.partners.factories import a_partner, a_partnership, on

DAY = on("2027-01-15")
LONG_AGO = datetime.datetime(2026, 1, 1, 18, tzinfo=datetime.UTC)


def at(day: str) -> datetime.datetime:
    """Noon in Larkmoor."""
    return datetime.datetime.fromisoformat(f"{day}T18:00+00:00")


def with_profile(partnership: Partnership, code: str) -> Partnership:
    partnership.profile = RequirementProfile.objects.get(code=code)
    partnership.save()
    return partnership


def a_yes(partnership: Partnership, cast: Cast, day: str = "2026-09-01", **values: Any) -> None:
    Approval.objects.create(
        district=cast.larkmoor,
        partnership=partnership,
        at=at(day),
        by=cast.principal,
        **{"is_yes": True, **values},
    )


def an_agreement(partner: Partner, cast: Cast, **values: Any) -> Agreement:
    made: Agreement = Agreement.objects.create(
        **{
            "district": cast.larkmoor,
            "partner": partner,
            "kind": "mou",
            "title": "Calm Hour",
            "status": "in_force",
            "starts": on("2026-08-01"),
            "ends": on("2027-06-30"),
            "created_at": LONG_AGO,
            **values,
        }
    )
    return made


def a_paper(partner: Partner, cast: Cast, kind: str = "insurance", **values: Any) -> Paper:
    made: Paper = Paper.objects.create(
        **{
            "district": cast.larkmoor,
            "partner": partner,
            "kind": kind,
            "valid_until": on("2027-03-03"),
            "created_at": LONG_AGO,
            "state": "accepted",
            "decided_at": LONG_AGO,
            "decided_by": cast.staff,
            **values,
        }
    )
    return made


def words(partnership: Partnership, cast: Cast, day: datetime.date = DAY) -> str:
    rows = Partnership.objects.filter(pk=partnership.pk).select_related("school")
    return cleared(rows, cast.larkmoor, day)[partnership.pk].words


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return a_partner(cast.coordinator)


@pytest.fixture
def off_site(cast: Cast, partner: Partner) -> Partnership:
    """At Quillback, off site: an agreement and insurance, and the principal said yes."""
    partnership = a_partnership(
        partner, cast.quillback, cast.coordinator, stage="active", since=on("2026-02-01")
    )
    a_yes(partnership, cast)
    return with_profile(partnership, "off_site")


def test_agreements_and_papers_count_where_they_reach(cast: Cast, off_site: Partnership) -> None:
    partner = off_site.partner
    assert words(off_site, cast) == "Not cleared: agreement is missing; insurance is missing"
    elsewhere = an_agreement(partner, cast)
    elsewhere.schools.add(cast.bellwether, through_defaults={"district": cast.larkmoor})
    a_paper(partner, cast, school=cast.bellwether)
    assert words(off_site, cast) == "Not cleared: agreement is missing; insurance is missing"
    elsewhere.schools.add(cast.quillback, through_defaults={"district": cast.larkmoor})
    a_paper(partner, cast, school=cast.quillback)
    assert words(off_site, cast) == "Cleared until March 3"
    an_agreement(partner, cast, ends=None)
    a_paper(partner, cast, valid_until=None)
    assert words(off_site, cast) == "Cleared, with no end date"


def test_what_was_over_when_we_got_it_is_said_to_have_ended(cast: Cast, off_site: Partnership) -> None:
    an_agreement(off_site.partner, cast)
    a_paper(off_site.partner, cast, valid_until=on("2027-01-04"), decided_at=at("2027-01-08"))
    asked = ["2027-01-03", "2027-01-04", "2027-01-08"]
    assert [words(off_site, cast, on(day)) for day in asked] == [
        "Not cleared: insurance is missing",
        "Not cleared: insurance is missing",
        "Not cleared: insurance ended January 4",
    ]


def test_it_is_answered_later_as_it_was_on_the_day(cast: Cast, off_site: Partnership) -> None:
    partner = off_site.partner
    an_agreement(partner, cast, status="terminated", ended_on=on("2027-01-10"))
    renewal = a_paper(partner, cast, decided_at=at("2026-10-05"), valid_from=on("2026-10-01"))
    a_paper(partner, cast, valid_until=on("2026-09-30"), superseded_by=renewal)
    asked = ["2026-08-31", "2026-09-15", "2026-10-01", "2026-10-05", "2027-01-09", "2027-01-10"]
    assert [words(off_site, cast, on(day)) for day in asked] == [
        "Not asked: the principal has not said yes",
        "Cleared until September 30",
        "Not cleared: insurance ended September 30",
        "Cleared until January 9, 2027",
        "Cleared until January 9",
        "Not cleared: agreement was ended early, on January 10",
    ]


def test_the_last_word_of_the_principal_counts_on_its_day(cast: Cast, off_site: Partnership) -> None:
    an_agreement(off_site.partner, cast, ends=None)
    a_paper(off_site.partner, cast, valid_until=None)
    a_yes(off_site, cast, "2026-11-02", is_yes=False, because="They left a door open.")
    a_yes(off_site, cast, "2026-12-01", until=on("2027-05-31"))
    asked = ["2026-11-01", "2026-11-02", "2026-11-30", "2026-12-01", "2027-06-01"]
    assert [words(off_site, cast, on(day)) for day in asked] == [
        "Cleared until November 1",
        "Not cleared: the principal took the yes back on November 2",
        "Not cleared: the principal took the yes back on November 2",
        "Cleared until May 31, 2027",
        "Not cleared: the principal's yes ended May 31",
    ]


def test_what_is_offered_or_drawn_up_is_said_to_wait(cast: Cast, off_site: Partnership) -> None:
    an_agreement(off_site.partner, cast, status="out_for_signature")
    a_paper(off_site.partner, cast, state="offered", decided_at=None, decided_by=None)
    assert words(off_site, cast) == (
        "Not cleared: agreement is not in force yet; insurance waits to be accepted"
    )


def test_a_waiver_counts_for_its_own_partnership(cast: Cast, off_site: Partnership) -> None:
    an_agreement(off_site.partner, cast)
    elsewhere = a_partnership(off_site.partner, cast.bellwether, cast.staff, stage="active")
    waiver = {
        "district": cast.larkmoor,
        "waives": "insurance",
        "because": "The city insures them.",
        "since": on("2026-09-01"),
        "until": on("2027-02-28"),
        "by": cast.principal,
        "at": LONG_AGO,
    }
    Waiver.objects.create(partnership=elsewhere, **waiver)
    assert words(off_site, cast) == "Not cleared: insurance is missing"
    Waiver.objects.create(partnership=off_site, **waiver)
    assert words(off_site, cast) == "Cleared until February 28: by a waiver without: insurance"


@pytest.fixture
def lead(cast: Cast) -> Partner:
    """A lead agency with agreement and insurance of its own."""
    agency = a_partner(cast.coordinator, "Tern Family Services")
    an_agreement(agency, cast, kind="services", title="Family services", ends=on("2027-05-31"))
    a_paper(agency, cast, valid_until=on("2027-04-30"))
    a_paper(agency, cast, "clearance_letter")
    return agency


def test_the_lead_agencys_agreement_and_insurance_count_for_its_subcontractor(
    cast: Cast, off_site: Partnership, lead: Partner
) -> None:
    partner, missing = off_site.partner, "Not cleared: agreement is missing; insurance is missing"
    under_lead = with_profile(off_site, "subcontractor")
    a_paper(partner, cast, "clearance_letter", valid_until=None)
    assert words(under_lead, cast) == missing
    link = an_agreement(partner, cast, kind="commitment", lead_partner=lead, ends=on("2027-02-10"))
    assert words(under_lead, cast) == "Cleared until February 10"
    Agreement.objects.filter(pk=link.pk).update(ends=None)
    assert words(under_lead, cast) == "Cleared until April 30"
    Agreement.objects.filter(pk=link.pk).update(status="terminated", ended_on=on("2027-01-12"))
    stopped = "was ended early, on January 12"
    assert words(under_lead, cast) == f"Not cleared: agreement {stopped}; insurance {stopped}"


def test_the_clearance_letter_is_the_subcontractors_own(
    cast: Cast, off_site: Partnership, lead: Partner
) -> None:
    an_agreement(off_site.partner, cast, lead_partner=lead)
    under_lead = with_profile(off_site, "subcontractor")
    assert words(under_lead, cast) == "Not cleared: clearance letter is missing"


def test_a_lead_agency_counts_for_no_other_way_of_working(
    cast: Cast, off_site: Partnership, lead: Partner
) -> None:
    an_agreement(off_site.partner, cast, lead_partner=lead)
    assert words(off_site, cast) == "Not cleared: insurance is missing"


def test_many_are_answered_in_as_many_queries_as_one(
    cast: Cast, lead: Partner, django_assert_num_queries: Any
) -> None:
    for name in ("First", "Second", "Third"):
        partner = a_partner(cast.coordinator, name)
        an_agreement(partner, cast, lead_partner=lead)
        a_paper(partner, cast, "clearance_letter")
        at_school = a_partnership(
            partner, cast.quillback, cast.coordinator, stage="active", since=on("2026-02-01")
        )
        a_yes(at_school, cast)
        with_profile(at_school, "subcontractor")
        rows = list(Partnership.objects.select_related("school"))
        with django_assert_num_queries(7):
            answers = cleared(rows, cast.larkmoor, DAY)
        assert {one.words for one in answers.values()} == {"Cleared until March 3"}
    assert len(answers) == 3


def test_what_a_merged_partner_had_counts_for_the_one_that_stands_for_it(
    cast: Cast, off_site: Partnership
) -> None:
    loser = a_partner(cast.coordinator, "Tamarack Counseling")
    an_agreement(loser, cast)
    a_paper(off_site.partner, cast)
    assert words(off_site, cast) == "Not cleared: agreement is missing"
    Partner.objects.filter(pk=loser.pk).update(merged_into=off_site.partner)
    assert words(off_site, cast) == "Cleared until March 3"
