"""A district without any demo data, from its first command to its first signed letter, page by page."""

import html
import re
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.core.management import call_command
from django.test import Client
from django_scopes import scopes_disabled

from letters.models import Letter
from partners.models import Contact, Need, Partner, Partnership
from tests.press.running import RunningPress

HOME = "/d/alder/"


def manage(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def invited(name: str, role: str) -> Client:
    """Somebody who followed their link and is signed in."""
    words = ["invite", f"{role}@alder.example", "--district", "alder", "--role", role]
    link = manage(*words, *([] if role == "staff" else ["--school", "alder-grove"]))
    client = Client()
    chosen = {"name": name, "language": "en", "password": "four quiet rivers run"}
    assert client.post(urlsplit(link).path, chosen).status_code == 302
    return client


def text_of(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def steps_of(client: Client) -> list[tuple[str, bool]]:
    """The first steps on a person's Today: what, and whether it is done."""
    return [(step.what, step.done) for step in client.get(HOME).context["page"].first]


def fill(client: Client, url: str, **typed: Any) -> str:
    """Open a form, type into it what is given, save. Out: where it leads on."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    answer = client.post(url, {name: value for name, value in (shown | typed).items() if value is not None})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.headers["Location"]


def remedies(page: str) -> dict[str, str]:
    """The links beside missing values, by their words."""
    missing = page.partition('aria-labelledby="missing"')[2].partition("</section>")[0]
    found = re.findall(r'<p><a href="([^"]+)">([^<]+)</a></p>', missing)
    return {words: url for url, words in found}


def post_letter(client: Client, url: str, then: str) -> Any:
    form = client.get(url).context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return client.post(url, {**fields, "then": then}, follow=True)


def test_a_new_district_gets_to_its_first_signed_letter(db: None, press: RunningPress) -> None:
    manage("create_district", "Alder County Schools", "--slug", "alder", "--zone", "America/Denver")
    manage("create_school", "Alder Grove Elementary", "--district", "alder", "--slug", "alder-grove")
    staff = invited("Ana Whitcombe", "staff")
    assert steps_of(staff) == [
        ("Fill in the school's details", False),
        ("Add the school's numbers", False),
        ("Invite a principal and a coordinator", False),
        ("Bring in your directory, or add a partner", False),
        ("Decide which mail goes out by itself", False),
    ]
    principal, coordinator = (
        invited("Rosalind Oyelaran", "principal"),
        invited("Imogen Tasker", "coordinator"),
    )
    assert ("Invite a principal and a coordinator", True) in steps_of(staff)
    assert steps_of(principal) == [
        ("Fill in the school's details", False),
        ("Add the school's numbers", False),
    ]
    assert "All clear" not in text_of(coordinator, HOME)

    fill(coordinator, f"{HOME}partners/add/", name="Tamarack Youth Counseling", sectors=["youth_serving"])
    with scopes_disabled():
        partner = Partner.objects.get()
    fill(
        coordinator,
        f"{HOME}partners/{partner.uid}/contacts/add/",
        name="Odile Brandt",
        salutation="Ms. Brandt",
        email="odile@tamarack.example",
    )
    page = text_of(coordinator, f"{HOME}partners/{partner.uid}/")
    school = re.search(r'name="school" value="(\d+)"', page)
    assert school is not None
    coordinator.post(f"{HOME}letters/partner/{partner.uid}/start/", {"school": school[1]})
    with scopes_disabled():
        partnership, contact = Partnership.objects.get(), Contact.objects.get()
    choice = {"contact": contact.pk, "kind": "new_partner", "language": "en", "then": "write"}
    coordinator.post(f"{HOME}letters/write/{partnership.uid}/", choice)
    with scopes_disabled():
        letter = Letter.objects.get()
    edit = f"{HOME}letters/{letter.uid}/edit/"

    refused = post_letter(coordinator, edit, "hand_in").content.decode()
    assert "This letter can't be signed yet" in html.unescape(refused)
    links = remedies(text_of(coordinator, edit))
    assert set(links) == {
        "Fill in the school's details",
        "Fill in the school's numbers",
        "Add what this partner does",
    }
    back = f"{edit}#values"
    details = {"place": "Alder", "address": "12 Mill Road", "phone": "(650) 780-7525", "pupils": "412"}
    assert fill(coordinator, links["Fill in the school's details"], **details) == back
    with scopes_disabled():
        need = Need.objects.get(code="attendance")
    figure = {
        "need": need.pk,
        "sentence": "2 in 10 of our sixth graders missed a month of school.",
        "source": "District attendance report",
    }
    assert fill(coordinator, links["Fill in the school's numbers"], **figure) == back
    assert fill(coordinator, links["Add what this partner does"], name="youth counseling") == back
    assert "No value." not in text_of(coordinator, edit)
    assert "(650) 780-7525" in text_of(coordinator, edit)
    assert steps_of(coordinator) == []

    handed_in = post_letter(coordinator, edit, "hand_in")
    assert [str(words) for words in handed_in.context["messages"]] == [
        "Handed in. Rosalind Oyelaran finds it under “To sign”."
    ]
    letter_page = f"{HOME}letters/{letter.uid}/"
    version = re.search(r'name="version" value="(\d+)"', text_of(principal, letter_page))
    assert version is not None
    principal.post(f"{letter_page}sign/", {"version": version[1]})
    with scopes_disabled():
        letter.refresh_from_db()
    assert (letter.state, letter.reference[:3]) == ("signed", "AGE")
