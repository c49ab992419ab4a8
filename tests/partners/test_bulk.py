"""One act for many partners: those ticked or all that fit, counted first, and none skipped silently."""

import dataclasses
import re
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import Job, Membership
from accounts.models.work import JobState
from accounts.versions import ChangedMeanwhile
from partners import bulk_acts, services, tasks
from partners.bulk_acts import partnership_at
from partners.interchange.sheets import read_sheet
from partners.models import Partner, Partnership, RequirementProfile, StageChange
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, a_partnership

MANY = "/d/larkmoor/partners/many/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


@pytest.fixture
def three(cast: Cast) -> list[Partner]:
    """Umber and Sable are with Quillback, Acorn with nobody; Umber and Acorn are of one sector."""
    umber = a_partner(cast.staff, "Umber Clinic", sectors=["youth"])
    sable = a_partner(cast.staff, "Sable Rink")
    acorn = a_partner(cast.staff, "Acorn House", sectors=["youth"])
    a_partnership(umber, cast.quillback, cast.coordinator, "contacted")
    a_partnership(sable, cast.quillback, cast.coordinator, "exploring")
    return [umber, sable, acorn]


def page(client: Client, url: str = "", **data: Any) -> str:
    response = client.post(MANY + url, data)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def ticked(*partners: Partner) -> dict[str, Any]:
    return {
        "which": "ticked",
        "partner": [str(one.uid) for one in partners],
        "query": "?",
        "counted": len(partners),
    }


def acted(client: Client, code: str, **data: Any) -> str:
    """What the page says once a worker has done it."""
    response = client.post(f"{MANY}do/{code}/", data)
    assert response.status_code == 302
    tasks.act_on_many(Job.objects.latest("pk").pk)
    html = re.sub(r"<[^>]+>", " ", client.get(response["Location"]).content.decode())
    return " ".join(html[html.index("Back to the list") :].split())


def test_those_ticked_are_counted_and_named(client: Client, three: list[Partner]) -> None:
    html = page(client, **ticked(*three[:2]))
    assert ("2 partners chosen" in html, "Sable Rink, Umber Clinic." in html) == (True, True)


def test_all_that_fit_are_counted_exactly_however_many_a_page_shows(cast: Cast, client: Client) -> None:
    for n in range(40):
        a_partner(cast.staff, f"Partner {n:03}", sectors=["youth"] if n < 30 else [])
    html = page(client, which="all", query="?sector=youth")
    assert "30 partners chosen" in html
    assert "All that fit: Youth; in order of: Name. Partner 000, Partner 001" in html
    assert "and 20 more." in html


def test_nothing_ticked_is_said(client: Client, three: list[Partner]) -> None:
    assert "No partner is ticked" in page(client, which="ticked", query="?", partner=["nonsense"])


def test_a_stage_is_set_for_all_and_the_others_are_named_with_their_reason(
    cast: Cast, client: Client, three: list[Partner]
) -> None:
    data = {"stage-school": cast.quillback.pk, "stage-stage": "exploring"}
    said = acted(client, "stage", **ticked(*three), **data)
    assert "1 partner was moved. 1 was so already." in said
    assert "Acorn House It does not work with this school yet: start that on its page." in said
    stages = Partnership.objects.order_by("partner__name").values_list("partner__name", "stage")
    assert list(stages) == [("Sable Rink", "exploring"), ("Umber Clinic", "exploring")]
    assert StageChange.objects.filter(was="contacted").get().by == cast.coordinator


def test_a_stage_beside_the_road_asks_why_and_keeps_what_was_typed(
    cast: Cast, client: Client, three: list[Partner]
) -> None:
    data = {"stage-school": cast.quillback.pk, "stage-stage": "paused"}
    html = page(client, "do/stage/", **ticked(*three), **data)
    assert "Say why, in a few words" in html
    assert '<option value="paused" selected>' in html
    assert "3 partners chosen" in html
    assert Job.objects.count() == 0


def test_somebody_looks_after_them(cast: Cast, client: Client, three: list[Partner]) -> None:
    data = {"owner-school": cast.quillback.pk, "owner-owner": cast.preparer.pk}
    assert "2 partners were given to them." in acted(client, "owner", **ticked(*three[:2]), **data)
    assert set(Partnership.objects.values_list("owner", flat=True)) == {cast.preparer.pk}


def test_how_they_work_here_is_said_once_for_many(cast: Cast, client: Client, three: list[Partner]) -> None:
    visit = RequirementProfile.objects.get(code="one_visit")
    data = {"profile-school": cast.quillback.pk, "profile-profile": visit.pk}
    assert "For 2 partners it is said now." in acted(client, "profile", **ticked(*three[:2]), **data)
    assert set(Partnership.objects.values_list("profile__code", flat=True)) == {"one_visit"}
    assert "2 were so already." in acted(client, "profile", **ticked(*three[:2]), **data)


@pytest.mark.parametrize("code", ["stage", "owner", "profile", "tag"])
def test_nothing_is_chosen_for_anybody_beforehand(
    cast: Cast, client: Client, three: list[Partner], code: str
) -> None:
    page(client, f"do/{code}/", **ticked(*three), **{f"{code}-school": cast.quillback.pk})
    assert Job.objects.count() == 0


def test_a_tag_is_added_once(cast: Cast, client: Client, three: list[Partner]) -> None:
    partner = three[0]
    services.edit_partner(partner=partner, version=1, by=cast.staff, tags=["summer"])
    all_youth = {"which": "all", "query": "?sector=youth", "counted": 2, "tag-tag": "summer"}
    assert "1 partner got the tag. 1 was so already." in acted(client, "tag", **all_youth)
    assert [one.tags for one in Partner.objects.order_by("name")] == [["summer"], [], ["summer"]]


def test_a_school_of_others_is_not_offered(cast: Cast, client: Client, three: list[Partner]) -> None:
    data = {"stage-school": cast.bellwether.pk, "stage-stage": "active"}
    assert "Choose one of the list." in page(client, "do/stage/", **ticked(*three), **data)
    assert Job.objects.count() == 0


def test_the_district_itself_is_for_those_who_have_all_of_it(cast: Cast, sign_in: SignIn) -> None:
    partner = a_partner(cast.staff)
    a_partnership(partner, None, cast.staff)
    said = acted(sign_in(cast.staff), "stage", **ticked(partner), **{"stage-stage": "active"})
    assert "1 partner was moved." in said


def test_a_list_that_changed_meanwhile_is_shown_again(
    cast: Cast, client: Client, three: list[Partner]
) -> None:
    shown = {"which": "all", "query": "?sector=youth", "counted": 2, "tag-tag": "summer"}
    a_partner(cast.staff, "Fourth", sectors=["youth"])
    for url in ("do/tag/", "out/"):
        html = page(client, url, **shown)
        assert "The list has changed meanwhile: it is 3 partners now. Nothing was done." in html
    assert ("3 partners chosen" in html, Job.objects.count()) == (True, 0)


def test_one_that_left_the_directory_meanwhile_is_named(
    cast: Cast, client: Client, three: list[Partner]
) -> None:
    client.post(f"{MANY}do/tag/", ticked(*three[:2]) | {"tag-tag": "summer"})
    Partner.objects.filter(name="Sable Rink").update(archived_at=clock.now())
    job = Job.objects.get()
    tasks.act_on_many(job.pk)
    job.refresh_from_db()
    gone = [str(three[1].uid), "Sable Rink", "It is no longer in the directory."]
    assert (job.state, job.outcome) == (JobState.DONE, {"done": 1, "same": 0, "left_out": [gone]})


def test_what_breaks_in_the_middle_leaves_nothing_behind(
    cast: Cast, client: Client, three: list[Partner]
) -> None:
    client.post(f"{MANY}do/tag/", ticked(*three) | {"tag-tag": "summer"})
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(args=job.args | {"keys": [three[0].pk, 0]})
    with pytest.raises(Partner.DoesNotExist):
        tasks.act_on_many(job.pk)
    assert (Job.objects.get().state, Partner.objects.get(pk=three[0].pk).tags) == (JobState.FAILED, [])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_those_ticked_go_out_as_a_sheet(client: Client, three: list[Partner], kind: str) -> None:
    response = client.post(f"{MANY}out/", ticked(*three[:2]) | {"format": kind})
    rows = read_sheet(f"x.{kind}", response.getvalue()).rows
    assert [row.values["Name"] for row in rows] == ["Sable Rink", "Umber Clinic"]


def test_each_is_offered_what_they_may_do(cast: Cast, sign_in: SignIn, three: list[Partner]) -> None:
    def offered(html: str) -> list[str]:
        return re.findall(r'<h2 id="act-(\w+)"', html)

    assert {
        who: offered(page(sign_in(getattr(cast, who)), **ticked(*three)))
        for who in ("coordinator", "preparer", "principal")
    } == {
        "coordinator": ["stage", "owner", "profile", "tag", "letters", "out"],
        "preparer": ["stage", "owner", "profile", "tag", "letters"],
        "principal": ["stage", "owner", "profile", "letters"],
    }
    assert sign_in(cast.principal).post(f"{MANY}do/tag/", {"tag-tag": "x"}).status_code == 404
    assert 'name="partner"' not in sign_in(cast.viewer).get("/d/larkmoor/partners/").content.decode()


def test_the_list_has_a_box_for_each_row_and_both_ways_on(client: Client, three: list[Partner]) -> None:
    html = client.get("/d/larkmoor/partners/?sector=youth").content.decode()
    assert len(re.findall(r'<input type="checkbox" name="partner"', html)) == 2
    assert re.findall(r'name="which" value="(\w+)"', html) == ["ticked", "all"]
    assert '<input type="hidden" name="query" value="?sector=youth">' in html


def test_of_two_that_were_merged_the_one_at_work_is_acted_on(cast: Cast) -> None:
    stands, goes = a_partner(cast.staff, "Big Oak Mentors"), a_partner(cast.staff, "Big Oak Mentor")
    a_partnership(stands, cast.quillback, cast.coordinator, stage="ended", because="They moved.")
    active = a_partnership(goes, cast.quillback, cast.coordinator, stage="active")
    services.merge_partners(winner=stands, loser=goes, by=cast.staff)
    assert partnership_at(stands, cast.quillback.pk, cast.coordinator) == active


def test_one_that_somebody_changes_meanwhile_is_left_out_and_the_others_are_done(
    cast: Cast, client: Client, three: list[Partner], monkeypatch: pytest.MonkeyPatch
) -> None:
    act = bulk_acts._acts["tag"]

    def do(*, partner: Partner, by: Membership, **kept: Any) -> bool:
        if partner == three[0]:
            raise ChangedMeanwhile
        return act.do(partner=partner, by=by, **kept)

    monkeypatch.setitem(bulk_acts._acts, "tag", dataclasses.replace(act, do=do))
    said = acted(client, "tag", **ticked(*three[:2]), **{"tag-tag": "summer"})
    assert "1 partner got the tag." in said
    assert "Umber Clinic Somebody changed it meanwhile. Look at it, and do it there." in said
