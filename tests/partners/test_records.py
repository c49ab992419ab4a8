"""Partners and what belongs to them are written, and found by every word of them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.models import Contact, Need, Partner, SearchWord, Site
from partners.search import query
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner, on


@pytest.fixture
def by(cast: Cast) -> Membership:
    return cast.coordinator


def found(by: Membership, typed: str) -> list[str]:
    rows = Partner.objects.matching(query(by.district_id, typed)).order_by("sort_name")
    return [partner.name for partner in rows]


def test_a_partner_is_found_by_name_alias_city_service_and_contact(by: Membership) -> None:
    partner = a_partner(by, "St. Brannoc Parish Ctr", aliases=["The Parish"])
    services.add_site(partner=partner, by=by, name="Hall", city="Ferrywatch", street="5 Mill Street")
    services.add_service(partner=partner, by=by, name="Weekend backpack")
    a_contact(partner, by, "Thérèse O'Neill")
    for typed in ("saint brannoc", "the par", "ferry", "backp week", "therese oneill", "CENTER"):
        assert found(by, typed) == ["St. Brannoc Parish Ctr"], typed
    assert found(by, "mill") == []


def test_a_contact_who_left_is_no_longer_found(by: Membership) -> None:
    contact = a_contact(a_partner(by), by, "Samir Lindqvist")
    services.contact_left(contact=contact, on=on("2026-06-30"), version=1, by=by)
    assert found(by, "lindqvist") == []
    assert Contact.objects.get().left_on == on("2026-06-30")


def test_a_new_name_is_found_and_sorted_at_once(by: Membership) -> None:
    partner = a_partner(by, "Tamarack")
    services.edit_partner(partner=partner, version=1, by=by, name="Mt. Umber Clinic")
    assert found(by, "tamarack") == []
    assert Partner.objects.get().sort_name == "mount umber clinic"


def test_the_second_of_two_edits_is_refused(by: Membership) -> None:
    partner = a_partner(by)
    services.edit_partner(partner=partner, version=1, by=by, website="https://tamarack.example")
    with pytest.raises(ChangedMeanwhile):
        services.edit_partner(partner=partner, version=1, by=by, website="")
    assert Partner.objects.get().website == "https://tamarack.example"


def test_telephones_are_kept_in_one_form(by: Membership) -> None:
    contact = a_contact(a_partner(by), by, phone="(512) 555-0142")
    assert contact.phone == "+15125550142"
    services.edit_contact(contact=contact, version=1, by=by, phone="512 555 0143 x7")
    assert Contact.objects.get().phone == "+15125550143;ext=7"


def test_letters_go_to_one_place(by: Membership) -> None:
    partner = a_partner(by)
    hall = services.add_site(partner=partner, by=by, name="Hall", is_mailing=True)
    services.add_site(partner=partner, by=by, name="Office", is_mailing=True)
    assert list(Site.objects.filter(is_mailing=True).values_list("name", flat=True)) == ["Office"]
    services.edit_site(site=hall, version=1, by=by, is_mailing=True)
    assert list(Site.objects.filter(is_mailing=True).values_list("name", flat=True)) == ["Hall"]


def test_a_service_names_its_needs_and_schools_exactly(cast: Cast, by: Membership) -> None:
    attendance, trauma = Need.objects.get(code="attendance"), Need.objects.get(code="trauma")
    service = services.add_service(
        partner=a_partner(by), by=by, name="Calm Hour", needs=[attendance], schools=[cast.quillback]
    )
    services.edit_service(
        service=service, version=1, by=by, needs=[attendance, trauma], schools=[cast.bellwether], capacity=12
    )
    assert set(service.needs.all()) == {attendance, trauma}
    assert list(service.schools.all()) == [cast.bellwether]


def test_a_search_reads_its_own_district_alone(cast: Cast, by: Membership) -> None:
    a_partner(by)
    assert found(cast.brightmere_staff, "tamarack") == []


def words() -> set[str]:
    return set(SearchWord.objects.values_list("word", flat=True))


def test_a_partner_is_found_by_the_needs_it_meets_in_both_languages(by: Membership) -> None:
    partner = a_partner(by)
    need = Need.objects.get(code="attendance")
    services.add_service(partner=partner, by=by, name="Calm Hour", needs=[need])
    for typed in ("attendance", "asistencia"):
        assert found(by, typed) == ["Tamarack Youth Counseling"], typed


def test_every_word_that_one_is_found_by_is_there_to_correct_a_mistyped_one(by: Membership) -> None:
    partner = a_partner(by, "No. 5 Harrow Lane Clinic")
    services.add_site(partner=partner, by=by, city="Ferrywatch")
    a_contact(partner, by, "Thérèse O'Neill")
    expected = {"harrow", "lane", "clinic", "ferrywatch", "therese", "oneill", "neill"}
    assert words() == expected
    services.edit_partner(partner=partner, version=1, by=by, name="Umber Clinic")
    assert words() == expected | {"umber"}


def test_words_that_are_there_cost_no_write(by: Membership) -> None:
    partner = a_partner(by)
    before = SearchWord.objects.order_by("-pk").first()
    services.edit_partner(partner=partner, version=1, by=by, website="https://tamarack.example")
    with CaptureQueriesContext(connection) as queries:
        services.refresh_search([partner.pk], district_id=by.district_id)
    assert [query["sql"].split()[0] for query in queries][-2:] == ["UPDATE", "SELECT"]
    assert SearchWord.objects.order_by("-pk").first() == before


def test_a_partners_domain_is_its_websites_else_its_first_contacts(by: Membership) -> None:
    def domain() -> str:
        return str(Partner.objects.get().domain)

    partner = a_partner(by)
    gone = a_contact(partner, by, email="odile@gmail.com")
    a_contact(partner, by, "Samir Lindqvist", email="Samir@Tamarack.example")
    assert domain() == "tamarack.example"
    services.edit_partner(partner=partner, version=1, by=by, website="https://www.umber.example/about")
    assert domain() == "umber.example"
    services.edit_partner(partner=partner, version=2, by=by, website="https://facebook.com/umber")
    services.edit_contact(contact=gone, version=1, by=by, name=gone.name, email="o@harrow.example")
    assert domain() == "harrow.example"
    services.contact_left(contact=gone, on=on("2026-06-30"), version=2, by=by)
    assert domain() == "tamarack.example"


def test_what_the_search_reads_can_be_written_anew_for_all(cast: Cast, by: Membership) -> None:
    a_partner(by, website="https://tamarack.example")
    Partner.objects.update(lexemes="", domain="")
    SearchWord.objects.all().delete()
    out = StringIO()
    call_command("refresh_search", stdout=out)
    assert out.getvalue().splitlines() == ["brightmere: 0 partners", "larkmoor: 1 partners"]
    assert found(by, "tamarack") == ["Tamarack Youth Counseling"]
    assert Partner.objects.get().domain == "tamarack.example"
    assert words() == {"tamarack", "youth", "counseling", "counselling"}
