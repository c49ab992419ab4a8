"""Letters to many partners at once: one draft each, and who can't get one is named with the reason."""

import pytest
from django.test import Client

from accounts.models import Job
from letters.models import Letter
from partners import tasks
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership

MANY = "/d/larkmoor/partners/many/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def write_to(client: Client, cast: Cast, *partners: Partner) -> Job:
    data = {
        "which": "ticked",
        "partner": [str(one.uid) for one in partners],
        "query": "?",
        "counted": len(partners),
        "letters-school": cast.quillback.pk,
    }
    assert client.post(f"{MANY}do/letters/", data).status_code == 302
    job = Job.objects.latest("pk")
    tasks.act_on_many(job.pk)
    job.refresh_from_db()
    return job


def test_each_gets_the_draft_that_fits_and_the_others_are_named(cast: Cast, client: Client) -> None:
    new, active, nobody, ended = (
        a_partner(cast.staff, name) for name in ("New", "Active", "Nobody", "Ended")
    )
    for partner in (new, active, ended):
        a_contact(partner, cast.staff, f"Odile {partner.name}", language="es" if partner == new else "en")
    a_partnership(active, cast.quillback, cast.coordinator, "active")
    a_partnership(ended, cast.quillback, cast.coordinator, "ended", because="Dissolved")
    job = write_to(client, cast, new, active, nobody, ended)
    assert list(
        Letter.objects.order_by("contact__name").values_list("contact__name", "kind", "language", "state")
    ) == [
        ("Odile Active", "existing_partner", "en", "draft"),
        ("Odile New", "new_partner", "es", "draft"),
    ]
    assert job.outcome == {
        "done": 2,
        "same": 0,
        "left_out": [
            [str(ended.uid), "Ended", "It is marked “Ended”: a letter to it needs a reason of its own."],
            [str(nobody.uid), "Nobody", "It has no contact: a letter needs a named person."],
        ],
    }
    assert Partnership.objects.get(partner=new).stage == "identified"
    assert not Partnership.objects.filter(partner=nobody).exists()


def test_a_letter_under_way_is_not_written_twice(cast: Cast, client: Client) -> None:
    partner = a_partner(cast.staff)
    a_contact(partner, cast.staff)
    assert write_to(client, cast, partner).outcome["done"] == 1
    [left_out] = write_to(client, cast, partner).outcome["left_out"]
    assert left_out[2] == "A letter to it is under way already."
    assert Letter.objects.count() == 1


def test_the_page_leads_on_to_the_drafts(cast: Cast, client: Client) -> None:
    partner = a_partner(cast.staff)
    a_contact(partner, cast.staff)
    job = write_to(client, cast, partner)
    html = client.get(f"{MANY}done/{job.uid}/").content.decode()
    assert "1 letter is a draft now." in html
    assert 'href="/d/larkmoor/letters/"' in html[html.index("<h1") :]
