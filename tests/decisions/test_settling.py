"""A closed decision says who does what where several partners do the same."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision, Group
from partners import services
from partners.coverage_queries import coverage
from partners.findings import FindingKind, findings
from partners.models import Need, OverlapSettlement
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import decided


@pytest.fixture
def overlap(cast: Cast) -> str:
    """Three partners for attendance, for some, in grade 7 at Quillback; its name in the form."""
    need = Need.objects.get(code="attendance")
    for name in ("Alder", "Birch", "Cedar"):
        partner = services.create_partner(by=cast.staff, name=name)
        services.start_partnership(partner=partner, school=cast.quillback, stage="active", by=cast.staff)
        services.add_service(
            partner=partner, by=cast.staff, name="Visits", needs=[need], tiers=[2], grades="7"
        )
    return f"{cast.quillback.pk}-{need.pk}-2"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def address(decision: Decision) -> str:
    return f"/d/larkmoor/decisions/{decision.uid}/settle/"


def open_ones(cast: Cast) -> list[str]:
    found = findings(coverage(cast.staff, [cast.quillback]))
    return [one.sentence for one in found if one.kind == FindingKind.OVERLAP]


def said(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_adopted_decision_settles_an_overlap(
    cast: Cast, client: Client, by_majority: Group, overlap: str
) -> None:
    decision = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    assert "This settles who does what" in said(client.get(f"/d/larkmoor/decisions/{decision.uid}/"))
    assert "For some, grade 7: Alder, Birch, Cedar" in said(client.get(address(decision)))
    answer = client.post(address(decision), {"overlap": overlap, "text": "Alder takes grade 7."})
    cell = f"/d/larkmoor/coverage/{cast.quillback.uid}/needs/attendance/"
    assert answer["Location"] == cell
    assert open_ones(cast) == []
    assert "Alder takes grade 7." in said(client.get(cell))
    settled = OverlapSettlement.objects.get()
    assert (settled.school, settled.need.code, settled.tier) == (cast.quillback, "attendance", 2)
    assert settled.source_uid == decision.uid


@pytest.mark.parametrize("answers", [("no", "no", "no"), ()])
def test_one_that_is_open_or_was_not_adopted_settles_nothing(
    cast: Cast, client: Client, by_majority: Group, opened: Decision, overlap: str, answers: tuple[str, ...]
) -> None:
    decision = decided(by_majority, *answers, by=cast.coordinator) if answers else opened
    answer = client.post(address(decision), {"overlap": overlap, "text": "Alder takes grade 7."})
    assert answer["Location"] == f"/d/larkmoor/decisions/{decision.uid}/"
    assert OverlapSettlement.objects.count() == 0
    assert len(open_ones(cast)) == 1


def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    cast: Cast, client: Client, by_majority: Group, overlap: str
) -> None:
    decision = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    page = client.post(address(decision), {"overlap": "1-2-3", "text": "Alder takes grade 7."})
    assert list(page.context["form"].errors) == ["overlap"]
    assert page.context["form"]["text"].value() == "Alder takes grade 7."


def test_without_an_overlap_the_page_says_so(cast: Cast, client: Client, by_majority: Group) -> None:
    decision = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    assert "No overlap is open here" in said(client.get(address(decision)))


def test_a_link_brings_the_question_along(client: Client) -> None:
    page = client.get("/d/larkmoor/decisions/new/?question=Who+does+what%3F")
    assert page.context["form"].initial["question"] == "Who does what?"


def test_an_overlap_asks_as_a_matter_of_programs(cast: Cast, client: Client, overlap: str) -> None:
    cell = client.get(f"/d/larkmoor/coverage/{cast.quillback.uid}/needs/attendance/").content.decode()
    [link] = re.findall(r'href="([^"]*/decisions/new/[^"]*)"', cell)
    assert client.get(html.unescape(link)).context["form"].initial["kind"] == "program"
