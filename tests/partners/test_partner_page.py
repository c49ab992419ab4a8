"""A partner's page shows where it stands, whom to call and what it does; edits go by version."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import School, Task
from accounts.work import complete_task
from partners import services
from partners.models import Contact, Interaction, Partner, Partnership, Service, Site
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on


def open_page(client: Client, partner: Partner, tab: str = "") -> str:
    response = client.get(f"/d/larkmoor/partners/{partner.uid}/{tab}")
    assert response.status_code == 200
    return response.content.decode()


def text(html: str) -> str:
    """What a reader reads of the main part."""
    main = html[html.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"/d/larkmoor/partners/{path}", data)


@pytest.fixture
def partner(cast: Cast) -> Partner:
    made = a_partner(cast.coordinator, sectors=["mental_health", "youth_serving"], tags=["winter plan"])
    services.add_site(partner=made, by=cast.coordinator, street="18 Quarry Lane", city="Larkmoor")
    a_contact(
        made,
        cast.coordinator,
        role="executive director",
        phone="512 555 0142",
        email="odile@tamarack.example",
    )
    services.add_service(partner=made, by=cast.coordinator, name="Calm Hour", capacity=12, tiers=[2])
    a_partnership(
        made, cast.quillback, cast.coordinator, "active", since=on("2024-03-03"), owner=cast.coordinator
    )
    return made


def test_the_overview_says_where_it_stands_and_whom_to_call(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    words = text(open_page(sign_in(cast.coordinator), partner))
    for said in (
        "Mental health, youth-serving organization. 18 Quarry Lane, Larkmoor.",
        "Quillback Middle School Imogen Tasker Active since March 3, 2024",
        "Odile Brandt , executive director odile@tamarack.example (512) 555-0142",
        "Calm Hour",
        "winter plan",
    ):
        assert said in words


def test_one_filled_button_a_page(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    filled = {
        tab: open_page(client, partner, tab).count("btn-primary")
        for tab in ("", "contacts/", "edit/", "call/")
    }
    assert filled == {"": 1, "contacts/": 1, "edit/": 1, "call/": 1}


def test_writing_leads_to_the_letter_of_ones_own_school(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    partnership = Partnership.objects.get()
    assert f"/d/larkmoor/letters/write/{partnership.uid}/" in open_page(sign_in(cast.principal), partner)


def test_a_school_that_is_new_to_the_partner_starts_with_one_click(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    html = open_page(sign_in(cast.bellwether_principal), partner)
    assert f'action="/d/larkmoor/letters/partner/{partner.uid}/start/"' in html
    assert f'name="school" value="{cast.bellwether.pk}"' in html


def test_a_viewer_sees_all_and_is_offered_nothing_to_do(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    html = open_page(sign_in(cast.viewer), partner)
    assert "Calm Hour" in html
    offered = [
        word
        for word in ("Write a letter", "Log a call", ">Edit<", "Start with a school", ">Change<")
        if word in html
    ]
    assert offered == []


def test_notes_are_read_in_their_own_school_alone(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    services.log_interaction(
        partner=partner,
        by=cast.coordinator,
        school=cast.quillback,
        note="They want a second day.",
        on=clock.today(cast.larkmoor),
    )
    read = {
        who: "They want a second day." in open_page(sign_in(getattr(cast, who)), partner)
        for who in ("coordinator", "principal", "staff", "viewer", "bellwether_principal")
    }
    assert read == {
        "coordinator": True,
        "principal": True,
        "staff": True,
        "viewer": True,
        "bellwether_principal": False,
    }


TYPED = ("note", "next_step", "next_on")


def test_a_call_is_logged_with_one_sentence(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    form = client.get(f"/d/larkmoor/partners/{partner.uid}/call/").context["form"]
    filled = {name: form[name].value() for name in form.fields if name not in TYPED}
    filled["on"] = filled["on"].isoformat()
    post(client, f"{partner.uid}/call/", note="Both want a second day.", **filled)
    call = Interaction.objects.get()
    assert (call.note, call.on, call.direction, call.channel, call.school, call.contact, call.by) == (
        "Both want a second day.",
        clock.today(cast.larkmoor),
        "out",
        "call",
        cast.quillback,
        Contact.objects.get(),
        cast.coordinator,
    )


def test_what_comes_next_is_kept_with_the_call_until_it_is_done(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    client, today = sign_in(cast.coordinator), clock.today(cast.larkmoor)
    data = {"note": "x", "channel": "call", "direction": "out", "on": today, "school": cast.quillback.pk}
    html = post(client, f"{partner.uid}/call/", **data, next_on="2026-12-04").content.decode()
    assert "Write what comes next by that day" in html
    post(client, f"{partner.uid}/call/", **data, next_step="Send the rooms", next_on="2026-12-04")
    partner.refresh_from_db()
    assert partner.next_on == on("2026-12-04")
    assert "Next step Send the rooms, Fri, Dec 4 (Imogen Tasker)" in text(open_page(client, partner))
    task = Task.objects.get()
    assert (task.owner, task.kind) == (cast.coordinator, "next_step")
    complete_task(task=task, by=cast.coordinator)
    partner.refresh_from_db()
    assert partner.next_on is None


def test_a_partner_is_seen_at_a_glance(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    services.log_interaction(
        partner=partner, by=cast.staff, note="x", on=on("2026-01-09"), school=cast.bellwether
    )
    words = text(open_page(sign_in(cast.coordinator), partner))
    for said in (
        "Looked after by Nobody in the district",
        "Next step none yet",
        "Last contact January 9, 2026",
        "Agreement until none yet",
    ):
        assert said in words


def call_page(client: Client, q: str = "") -> list[str]:
    html = client.get("/d/larkmoor/partners/call/", {"q": q} if q else {}).content.decode()
    return re.findall(r'/call/">([^<]+)</a>', html[html.index("<h1") :])


def test_a_call_begins_with_whom_one_talked_to_last_and_whom_one_looks_after(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    for name in ("Umber Clinic", "Sable Rink", "Not Mine", "Gone"):
        a_partner(cast.staff, name)
    today = clock.today(cast.larkmoor)
    for name in ("Umber Clinic", "Gone", "Sable Rink"):
        other = Partner.objects.get(name=name)
        services.log_interaction(
            partner=other, by=cast.coordinator, note="x", on=today, school=cast.quillback
        )
    Partner.objects.filter(name="Gone").update(archived_at=clock.now())
    client = sign_in(cast.coordinator)
    assert call_page(client) == ["Sable Rink", "Umber Clinic", "Tamarack Youth Counseling"]
    assert call_page(client, "mine") == ["Not Mine"]
    assert call_page(client, "nothing at all") == []
    assert "Nobody yet" in text(sign_in(cast.preparer).get("/d/larkmoor/partners/call/").content.decode())


def test_a_call_can_be_logged_from_every_page_by_those_who_work_here(cast: Cast, sign_in: SignIn) -> None:
    offered = {
        who: 'href="/d/larkmoor/partners/call/"' in sign_in(getattr(cast, who)).get(url).content.decode()
        for who, url in (
            ("coordinator", "/d/larkmoor/"),
            ("principal", "/d/larkmoor/letters/to-sign/"),
            ("viewer", "/d/larkmoor/partners/"),
        )
    }
    assert offered == {"coordinator": True, "principal": True, "viewer": False}


def test_a_call_of_tomorrow_is_refused(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    data = {
        "note": "x",
        "channel": "call",
        "direction": "out",
        "on": "2099-01-01",
        "school": cast.quillback.pk,
    }
    html = post(client, f"{partner.uid}/call/", **data).content.decode()
    assert "This day has not come yet." in html


def test_the_day_of_a_call_is_counted_where_the_school_is(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    School.objects.filter(pk=cast.quillback.pk).update(zone="Pacific/Honolulu")
    day = clock.today(cast.larkmoor) + datetime.timedelta(days=1)
    clock.move(clock.at_local(day, 1, cast.larkmoor.tz) - clock.now())  # still yesterday in Honolulu
    data = {"note": "x", "channel": "call", "direction": "out", "on": day, "school": cast.quillback.pk}
    page = post(sign_in(cast.coordinator), f"{partner.uid}/call/", **data)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["on"])
    assert Interaction.objects.count() == 0


def test_a_call_is_not_logged_for_a_school_of_others(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    data = {
        "note": "x",
        "channel": "call",
        "direction": "out",
        "on": "2026-01-01",
        "school": cast.bellwether.pk,
    }
    assert post(client, f"{partner.uid}/call/", **data).status_code == 200
    assert Interaction.objects.count() == 0


def test_a_stage_is_changed_with_its_reason(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    partnership = Partnership.objects.get()
    data = {
        "stage": "paused",
        "because": "Moving house",
        "level": 3,
        "cadence": 1,
        "owner": cast.principal.pk,
        "version": 1,
    }
    response = post(sign_in(cast.coordinator), f"partnerships/{partnership.uid}/", **data)
    assert response.headers["Location"] == f"/d/larkmoor/partners/{partner.uid}/"
    partnership.refresh_from_db()
    assert (partnership.stage, partnership.level, partnership.owner) == ("paused", 3, cast.principal)
    assert partnership.cadence == 1
    history = text(open_page(sign_in(cast.viewer), partner, "history/"))
    assert "moved the partnership with Quillback Middle School from “Active” to “Paused”" in history
    assert "“Paused”: Moving house" in history
    assert "how often the two hear from each other, from “At the beginning" in history


def test_a_pause_without_a_reason_is_asked_for_it(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    partnership = Partnership.objects.get()
    data = {"stage": "paused", "because": "", "level": 3, "cadence": 4, "version": 1}
    html = post(sign_in(cast.coordinator), f"partnerships/{partnership.uid}/", **data).content.decode()
    assert "Say why, in a few words" in html
    partnership.refresh_from_db()
    assert partnership.stage == "active"


def test_the_second_of_two_changes_of_a_stage_is_told(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    partnership = Partnership.objects.get()
    services.set_stage(partnership=partnership, stage="renewal_due", by=cast.principal)
    data = {"stage": "ended", "because": "Over", "level": 0, "cadence": 4, "version": 1}
    client = sign_in(cast.coordinator)
    html = post(client, f"partnerships/{partnership.uid}/", **data).content.decode()
    assert "Somebody changed this record since you opened it." in html
    assert 'name="version" value="2"' in html
    post(client, f"partnerships/{partnership.uid}/", **{**data, "version": 2})
    assert Partnership.objects.get().stage == "ended"


def test_a_partner_starts_with_one_more_school(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    data = {"school": cast.bellwether.pk, "stage": "exploring"}
    post(sign_in(cast.staff), f"{partner.uid}/start/", **data)
    assert sorted(Partnership.objects.values_list("school__slug", "stage")) == [
        ("bellwether", "exploring"),
        ("quillback", "active"),
    ]


def test_a_partner_starts_with_the_district(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    post(sign_in(cast.staff), f"{partner.uid}/start/", school="district", stage="identified")
    assert Partnership.objects.filter(school=None).count() == 1


@pytest.mark.parametrize("school", ["quillback", "bellwether"])
def test_one_starts_with_a_free_school_of_ones_own_alone(
    cast: Cast, partner: Partner, sign_in: SignIn, school: str
) -> None:
    data = {"school": getattr(cast, school).pk, "stage": "identified"}
    assert post(sign_in(cast.coordinator), f"{partner.uid}/start/", **data).status_code == 200
    assert Partnership.objects.count() == 1


def test_a_partner_is_added_by_its_name_alone(cast: Cast, sign_in: SignIn) -> None:
    response = post(sign_in(cast.preparer), "add/", name="Open Cupboard", kind="unknown")
    partner = Partner.objects.get()
    assert response.headers["Location"] == f"/d/larkmoor/partners/{partner.uid}/"


def test_a_partner_is_edited(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    data = {
        "name": "Tamarack",
        "aliases": "TYC\nThe Tamarack\n\nTYC",
        "kind": "nonprofit",
        "sectors": ["youth"],
        "website": "tamarack.example",
        "ein": "550142001",
        "tags": "winter plan, spring",
        "version": partner.version,
    }
    post(sign_in(cast.coordinator), f"{partner.uid}/edit/", **data)
    partner.refresh_from_db()
    assert (partner.name, partner.aliases, partner.sectors, partner.website, partner.ein, partner.tags) == (
        "Tamarack",
        ["TYC", "The Tamarack"],
        ["youth"],
        "https://tamarack.example",
        "55-0142001",
        ["winter plan", "spring"],
    )


def test_what_was_typed_survives_somebody_elses_edit(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    services.edit_partner(
        partner=partner, version=partner.version, by=cast.staff, website="https://new.example"
    )
    data = {"name": "My new name", "kind": "unknown", "version": 1}
    html = post(sign_in(cast.coordinator), f"{partner.uid}/edit/", **data).content.decode()
    assert "Somebody changed this record since you opened it." in html
    assert 'value="My new name"' in html
    partner.refresh_from_db()
    assert (partner.name, partner.website) == ("Tamarack Youth Counseling", "https://new.example")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Fill this in."),
        ("website", "javascript:alert(1)", "This is not a web address."),
        ("ein", "123", "A tax number has nine digits."),
        ("ein", "55-0142001-22", "A tax number has nine digits."),
        ("tags", "x" * 41, "Keep each entry to 40 characters."),
    ],
)
def test_a_wrong_value_is_named(cast: Cast, sign_in: SignIn, field: str, value: str, said: str) -> None:
    data = {"name": "Open Cupboard", "kind": "unknown", field: value}
    assert said in post(sign_in(cast.coordinator), "add/", **data).content.decode()
    assert Partner.objects.count() == 0


def test_contacts_services_and_places_are_added_and_edited(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    client = sign_in(cast.preparer)
    post(client, f"{partner.uid}/contacts/add/", name="Samir Lindqvist", phone="512 555 0143", language="es")
    samir = Contact.objects.get(name="Samir Lindqvist")
    data = {"name": "Samir Lindqvist", "role": "Lead", "phone": samir.phone, "language": "es", "version": 1}
    post(client, f"contacts/{samir.uid}/", **data)
    post(
        client,
        f"{partner.uid}/services/add/",
        name="Counselor",
        tiers=[3],
        languages="English, Spanish",
        grades="6-8",
    )
    counselor = Service.objects.get(name="Counselor")
    post(client, f"services/{counselor.uid}/", name="Counselor", schools=[cast.quillback.pk], version=1)
    post(client, f"{partner.uid}/places/add/", street="5 Mill Street", city="Ferrywatch", is_mailing="on")
    mill = Site.objects.get(street="5 Mill Street")
    post(client, f"places/{mill.uid}/", street="7 Mill Street", city="Ferrywatch", version=1)
    samir.refresh_from_db()
    counselor.refresh_from_db()
    mill.refresh_from_db()
    assert (samir.role, samir.phone, samir.language) == ("Lead", "+15125550143", "es")
    assert (counselor.tiers, list(counselor.schools.all())) == ([], [cast.quillback])
    assert (mill.street, mill.is_mailing) == ("7 Mill Street", False)


def test_somebody_who_left_is_kept_apart(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    post(client, f"contacts/{Contact.objects.get().uid}/left/")
    words = text(open_page(client, partner, "contacts/"))
    assert "Left the organization Odile Brandt" in words
    assert Contact.objects.get().left_on == clock.today(cast.larkmoor)
    assert "Nobody yet" in text(open_page(client, partner))


def test_a_telephone_is_edited_as_it_is_written(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    html = (
        sign_in(cast.coordinator)
        .get(f"/d/larkmoor/partners/contacts/{Contact.objects.get().uid}/")
        .content.decode()
    )
    assert 'value="(512) 555-0142"' in html


def test_who_looks_after_it_is_not_lost_when_a_role_has_ended(
    cast: Cast, partner: Partner, sign_in: SignIn
) -> None:
    Partnership.objects.update(owner=cast.ended)
    url = f"/d/larkmoor/partners/partnerships/{Partnership.objects.get().uid}/"
    form = sign_in(cast.coordinator).get(url).context["form"]
    offered = [member.user.name for member in form.fields["owner"].queryset]
    assert ("Otto Lindqvist" in offered, "Priya Nair" in offered) == (True, False)


def test_a_partner_of_another_district_is_not_found(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    stranger = sign_in(cast.brightmere_staff)
    assert stranger.get(f"/d/brightmere/partners/{partner.uid}/").status_code == 404


def test_what_people_type_stays_text(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    services.edit_partner(
        partner=partner, version=partner.version, by=cast.staff, name="<script>alert(1)</script>"
    )
    html = open_page(sign_in(cast.coordinator), partner)
    assert "<script>alert(1)</script>" not in html


@pytest.mark.parametrize(("tab", "count"), [("", 24), ("contacts/", 9), ("services/", 11), ("places/", 9)])
def test_a_tab_takes_as_many_queries_however_much_it_shows(
    cast: Cast, partner: Partner, sign_in: SignIn, django_assert_num_queries: type, tab: str, count: int
) -> None:
    client = sign_in(cast.coordinator)
    open_page(client, partner, tab)
    with django_assert_num_queries(count):
        open_page(client, partner, tab)
    for n in range(2):
        a_contact(partner, cast.coordinator, f"Person {n}")
        services.add_service(
            partner=partner, by=cast.coordinator, name=f"Service {n}", schools=[cast.quillback]
        )
        services.add_site(partner=partner, by=cast.coordinator, name=f"Place {n}")
        services.log_interaction(
            partner=partner,
            by=cast.coordinator,
            school=cast.quillback,
            note="x",
            on=clock.today(cast.larkmoor),
        )
    a_partnership(partner, cast.bellwether, cast.staff)
    a_partnership(partner, None, cast.staff)
    with django_assert_num_queries(count):
        open_page(client, partner, tab)
