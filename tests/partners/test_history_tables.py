"""Every edit of what people edit is kept, with who and when, by triggers, whichever role writes."""

import datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django_scopes import scope
from psycopg2 import errors

from accounts.acting import acting
from accounts.urls_in import url_in
from partners import services
from partners.models import Contact, ContactEvent, Partner, PartnerEvent, PartnershipEvent
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on

THEN = datetime.datetime(2034, 1, 15, 16, tzinfo=datetime.UTC)


def lines(model: Any) -> list[tuple[str, Any]]:
    return [(event.pgh_label, (event.pgh_context or {}).get("by")) for event in model.objects.order_by("pk")]


def test_what_a_person_does_is_kept_under_their_name_at_the_portals_time(cast: Cast) -> None:
    with time_machine.travel(THEN, tick=False), acting(cast.coordinator):
        partner = a_partner(cast.coordinator, website="https://tamarack.example")
        services.edit_partner(partner=partner, version=1, by=cast.coordinator, website="")
    events = list(PartnerEvent.objects.order_by("pk"))
    assert [(event.pgh_label, event.website, event.pgh_created_at) for event in events] == [
        ("added", "https://tamarack.example", THEN),
        ("changed", "", THEN),
    ]
    assert {event.pgh_context["by"] for event in events} == {cast.coordinator.pk}
    assert {event.district_id for event in events} == {cast.larkmoor.pk}


def test_a_page_says_who_sent_it(cast: Cast, sign_in: SignIn) -> None:
    partner = a_partner(cast.coordinator)
    before = PartnerEvent.objects.count()
    url = url_in(cast.larkmoor, "partners:edit", uid=partner.uid)
    sent = {"version": 1, "name": "Tamarack", "kind": "nonprofit", "website": "", "ein": ""}
    answer = sign_in(cast.staff).post(url, sent)
    assert answer.status_code == 302
    assert lines(PartnerEvent)[before:] == [("changed", cast.staff.pk)]


def test_what_is_no_edit_leaves_no_event(cast: Cast) -> None:
    partner = a_partner(cast.coordinator)
    a_contact(partner, cast.coordinator)
    services.refresh_search([partner.pk], district_id=cast.larkmoor.pk)
    Partner.objects.update(website=partner.website, next_on=on("2026-11-10"), version=9)
    assert [label for label, _by in lines(PartnerEvent)] == ["added"]


def test_one_statement_over_many_rows_leaves_an_event_for_each_that_changed(cast: Cast) -> None:
    for name in ("Tamarack", "Umber", "Harrow"):
        a_partner(cast.coordinator, name)
    Partner.objects.exclude(name="Harrow").update(owner=cast.coordinator)
    Partner.objects.update(owner=cast.coordinator)
    changed = PartnerEvent.objects.filter(pgh_label="changed").order_by("name")
    assert [(event.name, event.owner_id) for event in changed] == [
        ("Harrow", cast.coordinator.pk),
        ("Tamarack", cast.coordinator.pk),
        ("Umber", cast.coordinator.pk),
    ]


def test_a_partnership_keeps_its_own_history_without_its_stage(cast: Cast) -> None:
    partnership = a_partnership(a_partner(cast.coordinator), cast.quillback, cast.coordinator)
    services.set_stage(partnership=partnership, stage="active", by=cast.coordinator)
    services.edit_partnership(
        partnership=partnership, version=2, by=cast.coordinator, owner=cast.coordinator, level=2
    )
    assert [event.level for event in PartnershipEvent.objects.order_by("pk")] == [0, 2]


def test_a_contacts_events_say_what_changed_and_hold_nothing_of_the_person(cast: Cast) -> None:
    contact = a_contact(
        a_partner(cast.coordinator),
        cast.coordinator,
        "Zqname",
        salutation="Zqms",
        role="Zqrole",
        email="zqmail@x.example",
        phone="zqphone",
        extra={"x": "zqextra"},
    )
    for field in ("name", "salutation", "role", "email", "phone"):
        Contact.objects.update(**{field: "zqother"})
    services.contact_left(contact=contact, on=on("2026-11-10"), version=1, by=cast.coordinator)
    labels = [label for label, _by in lines(ContactEvent)]
    assert labels == ["added", "name", "salutation", "role", "email", "phone", "changed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM partners_contactevent t")
        assert "zq" not in cursor.fetchone()[0].lower()


def test_a_contacts_events_copy_no_personal_field() -> None:
    from partners.personal import PERSONAL

    copied = {field.name for field in ContactEvent._meta.fields}
    assert copied & set(PERSONAL["Contact"].split()) == set()


def test_events_are_of_one_district(cast: Cast) -> None:
    a_partner(cast.coordinator)
    with scope(district=cast.brightmere):
        assert PartnerEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_applications_role_writes_events_through_the_triggers_and_only_so(
    committed_cast: Cast, as_application: Any
) -> None:
    partner = a_partner(committed_cast.coordinator)
    as_application.execute("UPDATE partners_partner SET website = 'x', aliases = '{\"y\"}'")
    event = PartnerEvent.objects.latest("pk")
    assert (event.website, event.aliases, event.pgh_obj_id) == ("x", ["y"], partner.pk)
    for statement in (
        "UPDATE partners_partnerevent SET website = ''",
        "DELETE FROM partners_partnerevent",
        "TRUNCATE partners_partnerevent",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            as_application.execute(statement)


def test_no_row_of_a_table_without_a_district_is_written(cast: Cast) -> None:
    with acting(cast.staff):
        a_partner(cast.staff)
    assert apps.get_model("pghistory", "Context").objects.count() == 0
