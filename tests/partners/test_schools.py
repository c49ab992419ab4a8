"""Our school: its details and its numbers, filled in once, so that a letter needs no typing."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import School
from partners import services
from partners.models import Need, SchoolFigure
from tests.conftest import Cast, SignIn

DETAILS = {
    "name": "Quillback Middle School",
    "place": "North Larkmoor",
    "address": "1 Quarry Lane, Larkmoor, TX 00000",
    "phone": "(650) 780-7525",
    "pupils": "640",
    "zone": "America/Denver",
    "version": "1",
}


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def address(cast: Cast, page: str = "") -> str:
    return f"/d/larkmoor/schools/{cast.quillback.uid}/{page}"


def a_figure(cast: Cast, school: School | None = None, **values: Any) -> SchoolFigure:
    return services.add_figure(
        school=school or cast.quillback, by=cast.coordinator, **(figure_values(cast) | values)
    )


def figure_values(cast: Cast) -> dict[str, Any]:
    return {
        "need": Need.objects.get(code="attendance"),
        "sentence": "2 in 10 of our students missed a month of school.",
        "sentence_es": "2 de cada 10 estudiantes faltaron un mes.",
        "source": "District attendance report",
        "year": clock.today(cast.larkmoor).year,
    }


def typed(cast: Cast, **values: Any) -> dict[str, Any]:
    return {**figure_values(cast), "need": Need.objects.get(code="attendance").pk, **values}


def said(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_coordinator_fills_in_their_own_school(cast: Cast, client: Client) -> None:
    answer = client.post(address(cast, "details/"), DETAILS)
    assert (answer.status_code, answer.headers["Location"]) == (302, address(cast))
    school = School.objects.get(slug="quillback")
    assert (school.place, school.address, school.phone, school.pupils, school.zone, school.version) == (
        "North Larkmoor",
        "1 Quarry Lane, Larkmoor, TX 00000",
        "+16507807525",
        640,
        "America/Denver",
        2,
    )
    assert "(650) 780-7525" in client.get(address(cast)).content.decode()


@pytest.mark.parametrize("pupils", ["20001", "-1", "many"])
def test_a_number_of_students_that_cannot_be_is_said_in_plain_words(
    cast: Cast, client: Client, pupils: str
) -> None:
    answer = client.post(address(cast, "details/"), DETAILS | {"pupils": pupils})
    assert "Write the number of students in digits, such as 612; 20,000 at most." in said(answer)
    assert School.objects.get(slug="quillback").pupils == 612


def test_the_second_of_two_people_is_told_and_can_save_again(cast: Cast, client: Client) -> None:
    client.post(address(cast, "details/"), DETAILS)
    late = client.post(address(cast, "details/"), DETAILS | {"place": "South Larkmoor"})
    assert "Somebody changed this record since you opened it." in said(late)
    assert School.objects.get(slug="quillback").place == "North Larkmoor"
    client.post(address(cast, "details/"), DETAILS | {"place": "South Larkmoor", "version": "2"})
    assert School.objects.get(slug="quillback").place == "South Larkmoor"


def test_figures_are_added_changed_and_taken_away(cast: Cast, client: Client) -> None:
    client.post(address(cast, "figures/add/"), typed(cast))
    client.post(address(cast, "figures/add/"), typed(cast, sentence="1 in 6 told us of a loss."))
    first, second = SchoolFigure.objects.all()
    assert (first.school, first.need.code, first.order, second.order) == (
        cast.quillback,
        "attendance",
        0,
        1,
    )
    page = f"/d/larkmoor/schools/figures/{second.uid}/"
    client.post(page, typed(cast, sentence="1 in 5 told us of a loss.", version="1"))
    second.refresh_from_db()
    assert (second.sentence, second.version) == ("1 in 5 told us of a loss.", 2)
    late = client.post(f"{page}take-away/", {"version": "1"}, follow=True)
    assert "Somebody changed this figure meanwhile." in said(late)
    client.post(f"{page}take-away/", {"version": "2"})
    assert list(SchoolFigure.objects.all()) == [first]


def test_a_year_too_long_ago_or_to_come_is_refused(cast: Cast, client: Client) -> None:
    this = clock.today(cast.larkmoor).year
    for year in (this + 1, this - 11):
        answer = client.post(address(cast, "figures/add/"), typed(cast, year=year))
        assert f"Write a year from {this - 10} to {this}." in said(answer)
    assert SchoolFigure.objects.count() == 0


def test_a_form_leads_back_to_where_it_was_opened_from_and_never_out_of_the_district(
    cast: Cast, client: Client
) -> None:
    def leads_to(wanted: str) -> str:
        version = School.objects.get(slug="quillback").version
        url = f"{address(cast, 'details/')}?next={wanted}"
        return client.post(url, DETAILS | {"version": version}).headers["Location"]

    assert leads_to("/d/larkmoor/letters/") == "/d/larkmoor/letters/"
    for elsewhere in (
        "https://evil.example/",
        "//evil.example/d/larkmoor/",
        "/d/brightmere/",
        "javascript:0",
    ):
        assert leads_to(elsewhere) == address(cast)


def order(cast: Cast) -> list[str]:
    return [figure.sentence for figure in SchoolFigure.objects.filter(school=cast.quillback)]


def test_a_figure_moves_up_and_the_first_is_the_one_in_letters(cast: Cast, client: Client) -> None:
    _first, _second, third = (a_figure(cast, sentence=f"{word}.") for word in ("One", "Two", "Three"))
    up = f"/d/larkmoor/schools/figures/{third.uid}/up/"
    assert client.post(up, {"version": "1"}).headers["Location"] == address(cast)
    assert order(cast) == ["One.", "Three.", "Two."]
    assert client.get(address(cast)).content.decode().count("/up/") == 2
    client.post(up, {"version": "2"})
    client.post(up, {"version": "3"})
    assert order(cast) == ["Three.", "One.", "Two."]


def test_a_figure_that_somebody_moved_meanwhile_stays_where_it_is(cast: Cast, client: Client) -> None:
    first, second = a_figure(cast, sentence="One."), a_figure(cast, sentence="Two.")
    services.move_figure_up(figure=second, version=1, by=cast.staff)
    answer = client.post(f"/d/larkmoor/schools/figures/{first.uid}/up/", {"version": "1"}, follow=True)
    assert "Somebody changed this figure meanwhile." in said(answer)
    assert order(cast) == ["Two.", "One."]


@pytest.mark.parametrize(
    "sentence",
    [
        "7 students are homeless.",
        "Nine of our sixth graders missed a month.",
        "In spring, 3 children were hurt.",
        "Seis estudiantes faltaron un mes.",
    ],
)
@pytest.mark.parametrize("field", ["sentence", "sentence_es"])
def test_so_few_that_it_could_point_to_one_is_refused(
    cast: Cast, client: Client, sentence: str, field: str
) -> None:
    answer = client.post(address(cast, "figures/add/"), typed(cast, **{field: sentence}))
    assert "So small a number can point to a student." in said(answer)
    assert order(cast) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2 in 10 of our students missed a month of school.",
        "1 in 5 students, 17 children in all.",
        "Fewer than 10 students are homeless.",
        "Of grade 6 students, 40 percent read below grade.",
        "2 de cada 5 estudiantes faltaron un mes.",
        "1,209 students eat here.",
    ],
)
def test_a_share_or_a_larger_number_is_taken(cast: Cast, client: Client, sentence: str) -> None:
    assert client.post(address(cast, "figures/add/"), typed(cast, sentence=sentence)).status_code == 302


@pytest.mark.parametrize(("pupils", "shown"), [(9, "fewer than 10"), (10, "10"), (0, ""), (None, "")])
def test_fewer_than_ten_students_are_shown_as_that(pupils: int | None, shown: str) -> None:
    assert School(pupils=pupils).pupils_shown == shown


def test_the_page_says_what_letters_lack(cast: Cast, client: Client) -> None:
    School.objects.filter(pk=cast.quillback.pk).update(place="", pupils=None)
    page = said(client.get(address(cast)))
    assert "Missing: place, number of students." in page
    assert "No figure yet" in page


def test_whoever_works_elsewhere_reads_and_is_offered_no_change(cast: Cast, sign_in: SignIn) -> None:
    a_figure(cast)
    page = sign_in(cast.bellwether_principal).get(address(cast)).content.decode()
    main = page[page.index("<main") :]
    assert "2 in 10 of our students" in main
    assert "figures/" not in main
    assert "details/" not in main


def test_the_menu_leads_to_ones_school_or_to_all(cast: Cast, sign_in: SignIn) -> None:
    own = sign_in(cast.principal).get("/d/larkmoor/me/").content.decode()
    assert f'href="{address(cast)}">Our school<' in own
    every = sign_in(cast.staff).get("/d/larkmoor/me/").content.decode()
    assert 'href="/d/larkmoor/schools/">Schools<' in every
    assert "/schools/" not in sign_in(cast.viewer).get("/d/larkmoor/me/").content.decode()


def test_the_list_takes_as_many_queries_for_one_school_as_for_three(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    School.objects.filter(pk=cast.bellwether.pk).update(closed_on=clock.today(cast.larkmoor))
    client.get("/d/larkmoor/schools/")
    with django_assert_num_queries(9):
        client.get("/d/larkmoor/schools/")
    School.objects.filter(pk=cast.bellwether.pk).update(closed_on=None)
    School.objects.create(district=cast.larkmoor, name="Alder", slug="alder", code="A")
    a_figure(cast)
    a_figure(cast, cast.bellwether)
    with django_assert_num_queries(9):
        assert "Missing: place, address, phone, number of students, figures" in said(
            client.get("/d/larkmoor/schools/")
        )


def test_a_school_page_takes_as_many_queries_for_one_figure_as_for_three(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    a_figure(cast)
    client.get(address(cast))
    with django_assert_num_queries(10):
        client.get(address(cast))
    a_figure(cast)
    a_figure(cast)
    with django_assert_num_queries(10):
        client.get(address(cast))
