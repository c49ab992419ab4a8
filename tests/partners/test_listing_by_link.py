"""By personal link a contact says who and what is no longer there, and adds what is missing; staff decide."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.acting import acting
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.agreed_enums import ProposalState
from partners.history import history
from partners.models import Contact, ExternalId, ImportBatch, Partner, PartnerLink, Proposal, Service, Site
from partners.models.links import GONE, NEW
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, on
from tests.partners.linking import a_link, address, typed, words

ONE_MORE = {
    "more_contact_name": "Jordan Reyes",
    "more_contact_phone": "512 555 0177",
    "more_site_street": "7 Mill Street",
    "more_service_name": "Open Table",
}
ALL_GONE = {"other_contact_gone": "on", "service_gone": "on", "site_gone": "on"}


@pytest.fixture
def partner(cast: Cast) -> Partner:
    made = a_partner(cast.coordinator)
    services.add_site(partner=made, by=cast.coordinator, name="Hall", city="Ferrywatch")
    services.add_service(partner=made, by=cast.coordinator, name="Calm Hour")
    a_contact(made, cast.coordinator, "Marisol Vega", role="director", email="mv@tamarack.example")
    return made


@pytest.fixture
def link(cast: Cast, partner: Partner) -> PartnerLink:
    return a_link(cast, a_contact(partner, cast.coordinator, email="odile@tamarack.example"))


def send(link: PartnerLink, **changed: str) -> str:
    return words(Client().post(address(link), typed(link, **changed), follow=True).content)


def decide(client: Client, act: str, proposal: Proposal) -> str:
    url = url_in(proposal.district, f"partners:{act}_change", uid=proposal.uid)
    return words(client.post(url, follow=True).content)


def there() -> dict[str, Any]:
    """What we know of the one partner."""
    return {
        "people": dict(Contact.objects.values_list("name", "left_on")),
        "services": dict(Service.objects.values_list("name", "until")),
        "places": sorted(str(site) for site in Site.objects.all()),
    }


def test_colleagues_are_named_and_nothing_more(link: PartnerLink) -> None:
    for address_of_page in (address(link), address(link) + "?change=1"):
        html = Client().get(address_of_page).content.decode()
        assert ("Marisol Vega, director" in html, "mv@tamarack.example" in html) == (True, False)


def test_nothing_goes_or_comes_before_we_accept_it(link: PartnerLink) -> None:
    before = there()
    assert "We have your changes" in send(link, **ONE_MORE, **ALL_GONE)
    assert there() == before
    waiting = Proposal.objects.values_list("target_kind", "field", "now")
    assert sorted(waiting, key=lambda row: row[:2]) == [
        ("contact", GONE, True),
        ("contact", NEW, {"name": "Jordan Reyes", "phone": "+15125550177"}),
        ("service", GONE, True),
        ("service", NEW, {"name": "Open Table"}),
        ("site", GONE, True),
        ("site", NEW, {"street": "7 Mill Street"}),
    ]
    assert "We have changes of yours" in words(Client().get(address(link)).content)


def test_what_we_accept_has_left_ended_gone_or_come(
    cast: Cast, link: PartnerLink, partner: Partner, sign_in: SignIn
) -> None:
    send(link, **ONE_MORE, **ALL_GONE)
    client = sign_in(cast.preparer)
    said = words(client.get("/d/larkmoor/partners/said/").content)
    for shown in (
        "New contact person",
        "Name Jordan Reyes Phone (512) 555-0177",
        "7 Mill Street",
        "Contact person: Marisol Vega",
    ):
        assert shown in said
    for proposal in Proposal.objects.all():
        assert "Taken over." in decide(client, "accept", proposal)
    today = clock.today(cast.larkmoor)
    assert there() == {
        "people": {"Odile Brandt": None, "Marisol Vega": today, "Jordan Reyes": None},
        "services": {"Calm Hour": today, "Open Table": None},
        "places": ["7 Mill Street"],
    }
    assert Contact.objects.get(name="Jordan Reyes").phone == "+15125550177"
    assert f"d{cast.larkmoor.pk}xreyes" in Partner.objects.get(pk=partner.pk).lexemes
    told = [line.text for line in history(cast.preparer, partner)]
    assert "Luis O'Hara removed the place “Hall”." in told


def test_what_was_sent_is_shown_and_the_old_listing_is_not_asked_to_be_confirmed(
    cast: Cast, link: PartnerLink, partner: Partner
) -> None:
    assert "All of this is right" in words(Client().get(address(link)).content)
    shown = send(link, site_city="Umberton", **ONE_MORE, other_contact_gone="on")
    assert ("All of this is right" in shown, "Is this right?" in shown) == (False, False)
    for told in (
        "Ferrywatch You sent: Umberton",
        "Name You sent: Jordan Reyes",
        "Phone You sent: (512) 555-0177",
        "Marisol Vega, director . You sent: This person has left",
    ):
        assert told in shown
    services.accept_all(partner=partner, by=cast.coordinator)
    assert "All of this is right" in words(Client().get(address(link)).content)


def test_all_are_accepted_at_once_too(cast: Cast, link: PartnerLink, partner: Partner) -> None:
    send(link, **ONE_MORE, **ALL_GONE)
    assert services.accept_all(partner=partner, by=cast.coordinator) == (6, 0)


def test_what_we_leave_stays_as_it_is(cast: Cast, link: PartnerLink, sign_in: SignIn) -> None:
    before = there()
    send(link, **ONE_MORE, **ALL_GONE)
    client = sign_in(cast.preparer)
    for proposal in Proposal.objects.all():
        assert "The record stays as it is." in decide(client, "leave", proposal)
    assert there() == before


def test_what_one_sent_is_put_right_and_taken_back(cast: Cast, link: PartnerLink) -> None:
    send(link, **ONE_MORE, site_gone="on")
    first = Proposal.objects.get(field=NEW, target_kind="contact")
    with_places = typed(link)
    with_places[f"{first.uid}-name"] = "Jordan Reyes-Ames"
    street = Proposal.objects.get(field=NEW, target_kind="site")
    with_places[f"{street.uid}-gone"] = "on"
    service = Proposal.objects.get(field=NEW, target_kind="service")
    Client().post(address(link), with_places)
    left = Proposal.objects.order_by("pk")
    assert [(row.field, row.target_kind) for row in left] == [
        (GONE, "site"),
        (NEW, "service"),
        (NEW, "contact"),
    ]
    assert (left[1], left[2].now["name"]) == (service, "Jordan Reyes-Ames")
    services.accept_proposal(proposal=left[2], by=cast.coordinator)
    Client().post(address(link), with_places)
    assert Proposal.objects.filter(field=NEW, target_kind="contact").count() == 1
    send(link, site_gone="")
    assert [(row.field, row.target_kind) for row in Proposal.objects.filter(state=ProposalState.WAITING)] == [
        (NEW, "service")
    ]


def test_what_another_contact_added_is_not_shown(cast: Cast, link: PartnerLink, partner: Partner) -> None:
    send(link, **ONE_MORE)
    other = a_link(cast, Contact.objects.get(name="Marisol Vega"))
    assert "Jordan Reyes" not in Client().get(address(other) + "?change=1").content.decode()
    send(other)
    assert Proposal.objects.filter(field=NEW).count() == 3


@pytest.mark.parametrize(
    ("typed_in", "said"),
    [
        ({"more_contact_email": "j@tamarack.example"}, "Write the name of the person."),
        ({"more_site_city": "Umberton"}, "Write the name of the place, or its street."),
        ({"more_service_description": "Meals"}, "Write what the service is called."),
    ],
)
def test_one_more_is_named(link: PartnerLink, typed_in: dict[str, str], said: str) -> None:
    page = send(link, **typed_in)
    assert (said in page, Proposal.objects.count()) == (True, 0)
    html = Client().post(address(link), typed(link, **typed_in)).content.decode()
    assert ('<details class="pp-more mb-4" open>' in html, next(iter(typed_in.values())) in html) == (
        True,
        True,
    )


def test_of_what_is_gone_nothing_else_is_changed(link: PartnerLink) -> None:
    send(link, site_city="Umberton")
    send(link, site_gone="on")
    assert [row.field for row in Proposal.objects.all()] == [GONE]


def test_what_is_gone_already_is_said(cast: Cast, link: PartnerLink, sign_in: SignIn) -> None:
    send(link, site_gone="on")
    site = Site.objects.get()
    services.remove_site(site=site, version=site.version, by=cast.coordinator)
    client = sign_in(cast.coordinator)
    assert "This record is gone." in words(client.get("/d/larkmoor/partners/said/").content)
    assert "or the record is gone" in decide(client, "accept", Proposal.objects.get())


def test_whoever_leaves_says_so_and_the_link_ends(cast: Cast, link: PartnerLink, partner: Partner) -> None:
    send(link, contact_gone="on")
    assert Client().get(address(link)).status_code == 200
    services.accept_all(partner=partner, by=cast.coordinator)
    assert Contact.objects.get(name="Odile Brandt").left_on == clock.today(cast.larkmoor)
    assert Client().get(address(link)).status_code == 410


def test_the_last_day_of_a_service_is_never_before_its_first_nor_later_than_it_was(
    cast: Cast, partner: Partner
) -> None:
    service = Service.objects.get()
    day, ends = on("2026-11-10"), []
    for since, until in ((None, None), ("2027-01-05", None), (None, "2026-06-01"), (None, "2027-06-01")):
        Service.objects.update(since=since and on(since), until=until and on(until))
        service.refresh_from_db()
        services.end_service(service=service, on=day, version=service.version, by=cast.coordinator)
        service.refresh_from_db()
        ends.append(service.until)
    assert ends == [day, on("2027-01-05"), on("2026-06-01"), day]


def test_a_service_that_was_given_up_is_asked_about_no_more(link: PartnerLink) -> None:
    Service.objects.update(until=clock.today(link.district))
    assert "Calm Hour" not in words(Client().get(address(link)).content)
    Service.objects.update(until=clock.today(link.district) + datetime.timedelta(days=1))
    assert "Calm Hour" in words(Client().get(address(link)).content)


def test_with_a_place_goes_what_other_directories_call_it(cast: Cast, partner: Partner) -> None:
    batch = ImportBatch.objects.create(
        district=cast.larkmoor, source="211", kind="hsds", at=clock.now(), by=cast.staff
    )
    site = Site.objects.get()
    for entity in ("location", "contact"):
        ExternalId.objects.create(
            district=cast.larkmoor,
            source="211",
            entity=entity,
            external_id="1",
            object_id=site.pk,
            batch=batch,
        )
    with pytest.raises(ChangedMeanwhile):
        services.remove_site(site=site, version=site.version + 1, by=cast.coordinator)
    with acting(cast.coordinator):
        services.remove_site(site=site, version=site.version, by=cast.coordinator)
    assert list(ExternalId.objects.values_list("entity", flat=True)) == ["contact"]
    assert f"d{cast.larkmoor.pk}xferrywatch" not in Partner.objects.get(pk=partner.pk).lexemes


def test_a_person_who_was_added_by_link_is_erased_from_what_was_sent(cast: Cast, link: PartnerLink) -> None:
    send(link, more_contact_name="Jordan Reyes", more_contact_role="cook")
    services.accept_proposal(proposal=Proposal.objects.get(), by=cast.coordinator)
    services.erase_contact(contact=Contact.objects.get(name="Jordan Reyes"), version=1, by=cast.staff)
    assert Proposal.objects.get().now is None


def test_a_listing_takes_as_many_queries_however_long_it_is(cast: Cast, link: PartnerLink) -> None:
    partner, counts = link.partner, []
    for names in ([], ["Ash", "Birch"]):
        for name in names:
            services.add_site(partner=partner, by=cast.coordinator, name=name)
            services.add_service(partner=partner, by=cast.coordinator, name=name)
            a_contact(partner, cast.coordinator, name)
        form = typed(link, **ONE_MORE, site_city="Umberton")
        with CaptureQueriesContext(connection) as queries:
            Client().get(address(link) + "?change=1")
            Client().post(address(link), form)
        counts.append(len(queries))
    assert counts[0] == counts[1]
