"""A partner's history in plain words, in both languages, in a fixed number of queries."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override

from accounts.acting import acting
from accounts.models import Membership
from partners import history_words, services
from partners.history import EVENTS, SILENT, history
from partners.models import Agreement, Contact, Paper, Partner, PartnerEvent, Partnership
from partners.models.history import OF_A_PERSON
from partnership_portal.purging import unguarded
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner, a_partnership, on
from tests.partners.linking import a_link

THEN = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)


@pytest.fixture
def partner(cast: Cast) -> Partner:
    with acting(cast.staff):
        return a_partner(cast.staff)


def told(by: Membership, partner: Partner) -> list[str]:
    return [line.text for line in history(by, partner)]


def test_a_change_is_told_with_who_what_from_and_to(cast: Cast, partner: Partner) -> None:
    with acting(cast.staff):
        services.edit_partner(partner=partner, version=1, by=cast.staff, website="https://a.example")
        services.edit_partner(
            partner=partner, version=2, by=cast.staff, website="https://b.example", sectors=["youth"]
        )
    with acting(cast.coordinator):
        services.edit_partner(partner=partner, version=3, by=cast.coordinator, website="")
    assert told(cast.viewer, partner) == [
        "Imogen Tasker took out the website, which was “https://b.example”.",
        "Ana Whitcombe entered the sectors: “Youth”.",
        "Ana Whitcombe changed the website from “https://a.example” to “https://b.example”.",
        "Ana Whitcombe entered the website: “https://a.example”.",
        "Ana Whitcombe added this partner.",
    ]
    with override("es"):
        assert told(cast.viewer, partner)[2] == (
            "Ana Whitcombe cambió el sitio web de «https://a.example» a «https://b.example»."
        )


def test_what_belongs_to_the_partner_is_told_by_its_name(cast: Cast, partner: Partner) -> None:
    with acting(cast.coordinator):
        site = services.add_site(partner=partner, by=cast.coordinator, name="Hall", city="Ferrywatch")
        services.edit_site(site=site, version=1, by=cast.coordinator, is_mailing=True)
        service = services.add_service(partner=partner, by=cast.coordinator, name="Calm Hour", tiers=[1])
        services.edit_service(
            service=service,
            version=1,
            by=cast.coordinator,
            needs=[],
            schools=[],
            tiers=[1, 2],
            since=on("2026-09-01"),
        )
        partnership = a_partnership(partner, cast.quillback, cast.coordinator)
        services.edit_partnership(
            partnership=partnership, version=1, by=cast.coordinator, owner=cast.preparer, level=2
        )
    assert told(cast.viewer, partner)[:-1] == [
        "Imogen Tasker changed the partnership with Quillback Middle School: how closely the two work"
        " together, from “None yet” to “Cooperation”.",
        "Imogen Tasker changed the partnership with Quillback Middle School: who looks after it, now “Luis"
        " O'Hara”.",
        "Imogen Tasker began the partnership with Quillback Middle School as “Possible”.",
        "Imogen Tasker changed the service “Calm Hour”: for how many students it is, from “For all” to “For"
        " all, For some”.",
        "Imogen Tasker changed the service “Calm Hour”: the first day, now “September 1, 2026”.",
        "Imogen Tasker added the service “Calm Hour”.",
        "Imogen Tasker changed the place “Hall”: whether letters go there, from “no” to “yes”.",
        "Imogen Tasker added the place “Hall”.",
    ]


def test_of_a_contact_only_what_changed_is_told_and_of_an_erased_one_not_even_that(
    cast: Cast, partner: Partner
) -> None:
    with acting(cast.staff):
        contact = a_contact(partner, cast.staff, email="odile@tamarack.example")
        Contact.objects.update(email="brandt@tamarack.example")
        Contact.objects.update(phone="+15125550142")
        services.contact_left(contact=contact, on=on("2026-06-30"), version=1, by=cast.staff)
    assert told(cast.viewer, partner)[:-1] == [
        "Ana Whitcombe noted that the contact Odile Brandt left on June 30, 2026.",
        "Ana Whitcombe changed the contact Odile Brandt: the phone number.",
        "Ana Whitcombe changed the contact Odile Brandt: the e-mail address.",
        "Ana Whitcombe added the contact Odile Brandt.",
    ]
    with acting(cast.principal):
        Contact.objects.update(name="", email="", phone="", erased_at=THEN)
    lines = told(cast.viewer, partner)
    assert lines[0] == "Dr. Rosalind Oyelaran erased what was known of a person."
    assert lines[2] == "Ana Whitcombe changed the contact A person whose name was erased: the phone number."
    assert (len(lines), [text for text in lines if "Odile" in text]) == (6, [])


def test_acts_have_sentences_of_their_own(cast: Cast, partner: Partner) -> None:
    of = {"district": cast.larkmoor, "partner": partner, "created_at": THEN}
    with acting(cast.staff):
        other = a_partner(cast.staff, "Umber Clinic")
        partnership = a_partnership(partner, cast.quillback, cast.coordinator)
        paper = Paper.objects.create(kind="insurance", state="offered", **of)
        for change in (
            {"merged_into": other},
            {"merged_into": None},
            {"archived_at": THEN},
            {"archived_at": None},
            {"assured_on": on("2026-11-10"), "assured_by": "Odile Brandt"},
        ):
            Partner.objects.filter(pk=partner.pk).update(**change)
        decided = {"decided_at": THEN, "decided_by": cast.staff}
        rows = Paper.objects.filter(pk=paper.pk)
        rows.update(state="declined", declined_because="blurred", **decided)
        rows.update(state="accepted", declined_because="", **decided)
        approved = {"approved_by": cast.principal, "approved_on": on("2026-11-10")}
        Partnership.objects.filter(pk=partnership.pk).update(**approved)
    assert told(cast.viewer, partner)[:-1] == [
        "Dr. Rosalind Oyelaran said yes to the partnership with Quillback Middle School.",
        "Ana Whitcombe accepted the paper “Certificate of insurance”.",
        "Ana Whitcombe sent back the paper “Certificate of insurance”: “blurred”.",
        "Ana Whitcombe verified the listing.",
        "Ana Whitcombe took this partner out of the archive.",
        "Ana Whitcombe put this partner into the archive.",
        "Ana Whitcombe undid the merge into Umber Clinic.",
        "Ana Whitcombe merged this partner into Umber Clinic.",
        "Ana Whitcombe added the paper “Certificate of insurance”.",
        "Imogen Tasker began the partnership with Quillback Middle School as “Possible”.",
    ]


def test_long_texts_are_cut_and_nobody_is_named_who_is_not_known(cast: Cast) -> None:
    partner = a_partner(cast.staff)
    services.edit_partner(partner=partner, version=1, by=cast.staff, description="x" * 100)
    assert told(cast.viewer, partner)[0] == (
        f"Somebody without an account entered the description: “{'x' * 79}…”."
    )


def test_a_history_costs_the_same_however_long_it_is(
    cast: Cast, partner: Partner, django_assert_num_queries: Callable[..., Any]
) -> None:
    def grow(n: int) -> None:
        with acting(cast.staff):
            contact = a_contact(partner, cast.staff, f"Odile Brandt {n}")
            site = services.add_site(partner=partner, by=cast.staff, name=f"Hall {n}")
            services.edit_site(site=site, version=1, by=cast.staff, name="Office")
            Contact.objects.filter(pk=contact.pk).update(role="Nurse")
            agreement = Agreement.objects.create(
                district=cast.larkmoor, partner=partner, kind="mou", title="x", created_at=THEN
            )
            Agreement.objects.filter(pk=agreement.pk).update(title=f"Calm Hour {n}")

    for n in range(3):
        grow(n)
        with django_assert_num_queries(5):  # all events; stages; people; the partner; contacts
            lines = history(cast.staff, partner)
        assert len(lines) == 6 * (n + 1) + 1


def test_a_paper_that_came_by_link_is_told_under_its_contacts_name(
    cast: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    partner = a_partner(cast.staff)
    contact = a_contact(partner, cast.staff)
    link = a_link(cast, contact, "papers")
    for n in (1, 2):
        services.offer_paper(partner=partner, kind="w9", upload=None, link=link)
        with django_assert_num_queries(5):  # all events; stages; the partner; contacts; who sent papers
            lines = told(cast.staff, partner)
        assert lines.count("Odile Brandt added the paper “W-9”.") == n
    services.erase_contact(contact=contact, version=1, by=cast.staff)
    assert told(cast.staff, partner).count("Somebody without an account added the paper “W-9”.") == 2


def test_every_field_that_is_kept_has_its_words() -> None:
    told_otherwise = {name for _kind, name in history_words.ACTS} | SILENT
    kept = {name for _record, _model, fields in EVENTS.values() for name in fields.split()}
    assert kept - told_otherwise - set(history_words.FIELDS) == set()
    assert set(OF_A_PERSON) - set(history_words.FIELDS) == set()


def test_another_districts_history_is_not_told(cast: Cast, partner: Partner) -> None:
    assert history(cast.brightmere_staff, partner) == []


def test_a_record_that_was_there_before_its_history_is_told_from_its_first_change_on(cast: Cast) -> None:
    partner = a_partner(cast.staff, website="https://a.example")
    with unguarded(["partners_partnerevent"]):
        PartnerEvent.objects.update(pgh_label="begun")
    services.edit_partner(partner=partner, version=1, by=cast.staff, website="https://b.example")
    assert told(cast.viewer, partner) == [
        "Somebody without an account changed the website from “https://a.example” to “https://b.example”."
    ]
