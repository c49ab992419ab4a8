"""What the records say of the past with a partner, as a letter says it."""

from collections.abc import Iterator

import pytest
import time_machine

from accounts import clock
from accounts.models import School
from letters import queries
from letters.composing import compose
from letters.models import Letter
from letters.values import values_of
from partners.models import Partnership
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership
from tests.letters.records import a_contact_on, a_paper, an_agreement, report_a_result
from tests.partners.factories import on


@pytest.fixture
def november() -> Iterator[None]:
    with time_machine.travel("2026-11-10T17:00Z", tick=False):
        yield


@pytest.fixture
def partnership(november: None, quillback: School) -> Partnership:
    return make_partnership(quillback)


def values(cast: Cast, partnership: Partnership, language: str = "en", **changes: object) -> dict[str, str]:
    letter = make_letter(cast, partnership, language=language, **changes)
    return values_of(queries.whole(Letter.objects.filter(pk=letter.pk)).get())


def test_where_the_records_say_nothing_a_sentence_says_so_and_a_bare_value_is_empty(
    cast: Cast, partnership: Partnership
):
    said = values(cast, partnership)
    assert {name: said[name] for name in said if name.split(".")[0] in ("agreement", "papers", "past")} == {
        "agreement.standing": "We have no agreement in writing yet",
        "agreement.title": "",
        "agreement.ends": "",
        "papers.due": "No papers are due now",
        "past.meeting": "You took the time to talk with us",
        "past.met_on": "",
        "past.contact_on": "",
        "past.letter": "You have heard from our school before",
        "past.letter_on": "",
        "past.letter_reference": "",
    }


def test_the_agreement_that_ends_first_is_named_with_its_end(cast: Cast, partnership: Partnership):
    an_agreement(partnership, title="Later", ends=on("2028-06-30"))
    an_agreement(partnership)
    an_agreement(partnership, title="Draft", status="draft", ends=on("2026-12-31"))
    elsewhere = an_agreement(partnership, title="Elsewhere", ends=on("2026-12-31"))
    elsewhere.schools.add(cast.bellwether, through_defaults={"district": cast.larkmoor})
    said = values(cast, partnership)
    assert said["agreement.standing"] == "Our agreement runs until June 30, 2027"
    assert (said["agreement.title"], said["agreement.ends"]) == ("Calm Hour", "June 30, 2027")
    assert values(cast, partnership, "es")["agreement.standing"] == (
        "Nuestro acuerdo vence el 30 de junio de 2027"
    )


def test_one_that_is_renewed_gives_way_to_its_renewal_and_one_that_is_over_says_so(
    cast: Cast, partnership: Partnership
):
    old = an_agreement(partnership, ends=on("2026-10-31"))
    assert values(cast, partnership)["agreement.standing"] == "Our agreement ended on October 31, 2026"
    old.ends = on("2026-12-31")
    old.save()
    an_agreement(partnership, starts=on("2027-01-01"), ends=None, renews=old)
    assert values(cast, partnership)["agreement.standing"] == "Our agreement has no end date"


def test_papers_that_have_ended_or_soon_end_are_named_with_their_day(cast: Cast, partnership: Partnership):
    a_paper(cast, partnership, "insurance", "2026-12-03")
    a_paper(cast, partnership, "w9", "2026-10-01")
    a_paper(cast, partnership, "clearance_letter", "2027-08-01")
    a_paper(cast, partnership, "nonprofit_letter", None)
    a_paper(cast, partnership, "additional_insured", "2026-12-03", school=cast.bellwether)
    assert values(cast, partnership)["papers.due"] == (
        "Papers due: W-9 (ended October 1, 2026) and certificate of insurance (by December 3, 2026)"
    )


def test_a_paper_that_came_again_is_not_asked_for(cast: Cast, partnership: Partnership):
    a_paper(cast, partnership, "insurance", "2026-12-03")
    offered = {"state": "offered", "decided_at": None, "decided_by": None}
    a_paper(cast, partnership, "insurance", "2027-12-03", **offered)
    assert values(cast, partnership)["papers.due"] == "No papers are due now"


def test_the_last_meeting_and_the_last_contact_are_the_school_s_own(cast: Cast, partnership: Partnership):
    a_contact_on(cast, partnership, "2026-11-03", "meeting")
    a_contact_on(cast, partnership, "2026-11-05", "call")
    a_contact_on(cast, partnership, "2026-11-06", "visit", school=cast.bellwether)
    a_contact_on(cast, partnership, "2026-11-20", "meeting")
    said = values(cast, partnership)
    assert said["past.meeting"] == "You met with us on November 3, 2026"
    assert (said["past.met_on"], said["past.contact_on"]) == ("November 3, 2026", "November 5, 2026")


def test_the_last_letter_is_the_last_one_that_stands(cast: Cast, partnership: Partnership):
    first, second = (make_letter(cast, partnership) for _ in range(2))
    for letter, state, reference in (
        (first, "signed", "QMS-2627-003"),
        (second, "withdrawn", "QMS-2627-004"),
    ):
        Letter.objects.filter(pk=letter.pk).update(
            state=state, signed_at=clock.now(), reference=reference, signer=cast.principal
        )
    said = values(cast, partnership, reason="Again.")
    assert said["past.letter"] == "You have our letter of November 10, 2026 (QMS-2627-003)"
    assert (said["past.letter_on"], said["past.letter_reference"]) == ("November 10, 2026", "QMS-2627-003")


def test_a_result_that_the_partner_reported_stands_where_the_letter_has_none(
    cast: Cast, partnership: Partnership
):
    report_a_result(cast, partnership, school_year=2024, result="Older.")
    report_a_result(cast, partnership, school_year=2025)
    report_a_result(cast, partnership, school_year=2025, school=cast.bellwether, result="Elsewhere.")
    unseen = {"accepted_at": None, "accepted_by": None, "school": cast.quillback}
    report_a_result(cast, partnership, school_year=2026, result="Not looked at.", **unseen)
    told = "24 students had a counselor within two weeks (your own report for 2025–26)"
    assert values(cast, partnership)["letter.result"] == told
    assert values(cast, partnership, result="We know better.")["letter.result"] == "We know better"


def test_a_sheet_reads_of_the_past_what_its_text_names_alone(cast: Cast, partnership: Partnership):
    an_agreement(partnership)
    letter = make_letter(cast, partnership)
    assert compose(queries.whole(Letter.objects.filter(pk=letter.pk)).get()).values["agreement.ends"] == ""
    blocks = [{"name": "how", "text": "{{agreement.ends}}"}]
    Letter.objects.filter(pk=letter.pk).update(blocks=blocks)
    assert compose(queries.whole(Letter.objects.filter(pk=letter.pk)).get()).values["agreement.ends"] == (
        "June 30, 2027"
    )
