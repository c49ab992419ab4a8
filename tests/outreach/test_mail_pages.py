"""Mail going out: each message with its reason, and kinds that staff switch on after seeing what would go."""

import dataclasses
from typing import Any

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from outreach import mail, outbox, registry
from outreach.enums import State
from outreach.models import KindSwitch, Message, Suppression
from outreach.planning import plan_district
from outreach.registry import MailSource
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_letter, a_message, at

pytestmark = pytest.mark.usefixtures("tuesday")
MAIL = "/d/larkmoor/mail/"
KIND = f"{MAIL}kinds/letter_no_reply/"


def seen(page: Any) -> str:
    return str(page.get(KIND).context["page"].seen)


def test_a_message_says_why_it_has_not_gone(cast: Cast, sign_in: SignIn) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    plan_district(cast.larkmoor)
    [message] = Message.objects.all()
    assert message.state == State.WAITING
    words = sign_in(cast.coordinator).get(MAIL).content.decode()
    assert "Ready to send" in words
    assert "This kind of mail is not switched on." in words


def test_staff_switch_a_kind_on_after_seeing_what_would_go(cast: Cast, sign_in: SignIn) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    plan_district(cast.larkmoor)
    page = sign_in(cast.staff)
    words = page.get(KIND).content.decode()
    assert "desk@tolland.example" in words
    page.post(f"{KIND}switch/", {"to": "on", "seen": seen(page)})
    assert KindSwitch.objects.get().is_on
    assert Message.objects.get().state == State.QUEUED
    page.post(f"{KIND}switch/", {"to": "off"})
    assert Message.objects.get().state == State.WAITING


def test_a_list_that_changed_since_it_was_seen_is_shown_again(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.staff)
    before = seen(page)
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    answer = page.post(f"{KIND}switch/", {"to": "on", "seen": before}, follow=True)
    assert "The list changed since you opened it." in answer.content.decode()
    assert KindSwitch.objects.count() == 0


def test_what_is_overdue_is_shown_at_the_hour_when_it_would_go(
    cast: Cast, sign_in: SignIn, tuesday: Traveller
) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    tuesday.move_to(at("2026-11-25 01:00"))
    [(draft, goes_at)] = sign_in(cast.staff).get(KIND).context["page"].lines
    assert (draft.not_before, goes_at) == (at("2026-11-23 15:00"), at("2026-11-25 15:00"))


def test_a_message_leads_to_what_it_is_about(cast: Cast, sign_in: SignIn) -> None:
    letter = a_letter(cast.quillback, cast.principal, cast.coordinator)
    plan_district(cast.larkmoor)
    page = sign_in(cast.coordinator).get(f"{MAIL}{Message.objects.get().uid}/").content.decode()
    assert f'href="/d/larkmoor/letters/{letter.uid}/"' in page
    assert Message.objects.get().message_id.strip("<>") in page


def test_a_kind_that_we_do_not_send_is_not_found(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.staff)
    assert page.get(f"{MAIL}kinds/nothing/").status_code == 404
    assert page.post(f"{MAIL}kinds/nothing/switch/", {"to": "on"}).status_code == 404


def test_a_message_can_be_taken_back_until_it_has_gone(
    cast: Cast, sign_in: SignIn, notices: MailSource
) -> None:
    message = a_message(cast.larkmoor, school=cast.quillback)
    page = sign_in(cast.coordinator)
    page.post(f"{MAIL}{message.uid}/take-back/")
    message.refresh_from_db()
    assert message.state == State.CANCELLED
    answer = page.post(f"{MAIL}{message.uid}/take-back/", follow=True)
    assert "It has gone already." in answer.content.decode()


def test_an_address_that_wants_no_more_mail_is_kept_without_being_readable(
    cast: Cast, sign_in: SignIn, notices: MailSource
) -> None:
    message = a_message(cast.larkmoor, school=cast.quillback)
    sign_in(cast.staff).post(f"{MAIL}{message.uid}/block/")
    [kept] = Suppression.objects.all()
    assert message.to not in str(kept.__dict__)


def test_messages_of_another_school_are_not_seen(cast: Cast, sign_in: SignIn, notices: MailSource) -> None:
    message = a_message(cast.larkmoor, school=cast.quillback)
    page = sign_in(cast.bellwether_coordinator)
    assert page.get(f"{MAIL}{message.uid}/").status_code == 404
    assert "Notice 1" not in page.get(MAIL).content.decode()


def test_what_a_kind_would_send_is_shown_to_its_own_school_and_to_staff(cast: Cast, sign_in: SignIn) -> None:
    a_letter(cast.quillback, cast.principal, cast.coordinator)
    shown = {
        member: "desk@tolland.example" in sign_in(member).get(KIND).content.decode()
        for member in (cast.staff, cast.preparer, cast.bellwether_coordinator)
    }
    assert shown == {cast.staff: True, cast.preparer: True, cast.bellwether_coordinator: False}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_much_for_one_message_as_for_three(
    cast: Cast, sign_in: SignIn, notices: MailSource, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        a_message(cast.larkmoor, number + 1, school=cast.quillback)
        a_letter(cast.quillback, cast.principal, cast.coordinator, partner=f"P{number}", number=number + 1)
    page = sign_in(cast.staff)
    with django_assert_num_queries(12):
        page.get(MAIL)
    with django_assert_num_queries(11):
        page.get(f"{MAIL}kinds/")
    with django_assert_num_queries(14):
        page.get(KIND)


@pytest.mark.parametrize(
    ("production", "words", "sign"), [(False, "Kept here, not sent", "info"), (True, "Sent", "ok")]
)
def test_only_where_mail_leaves_the_portal_is_it_called_sent(
    cast: Cast,
    sign_in: SignIn,
    notices: MailSource,
    settings: Any,
    mailoutbox: list[EmailMessage],
    production: bool,
    words: str,
    sign: str,
) -> None:
    settings.PRODUCTION = production
    message = a_message(cast.larkmoor, school=cast.quillback)
    outbox.drain()
    page = sign_in(cast.staff)
    listed = page.get(MAIL).context["page"]
    assert [(row.state, row.sign) for row in listed.rows] == [(words, sign)]
    assert [folder.label for folder in listed.folders if folder.count] == ["All", words]
    opened = page.get(f"{MAIL}{message.uid}/")
    assert [step.what for step in opened.context["page"].steps] == [words]
    assert opened.content.decode().count("Kept here, not sent") == (0 if production else 2)


@pytest.mark.parametrize("production", [False, True])
def test_a_personal_link_is_read_by_staff_alone_and_only_where_no_mail_leaves(
    cast: Cast, sign_in: SignIn, notices: MailSource, settings: Any, production: bool
) -> None:
    settings.PRODUCTION = production
    address = "http://localhost:8000/invitation/a-link-of-its-own/"
    registry.add_mail(dataclasses.replace(notices, link=lambda message: address))
    message = a_message(cast.larkmoor, school=cast.quillback, body=f"Open it: {mail.LINK_MARK}\n")
    shown = {
        member: address in sign_in(member).get(f"{MAIL}{message.uid}/").content.decode()
        for member in (cast.staff, cast.coordinator)
    }
    assert shown == {cast.staff: not production, cast.coordinator: False}


def test_a_message_whose_link_cannot_be_made_is_shown_and_says_so(
    cast: Cast, sign_in: SignIn, notices: MailSource, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(message: Message) -> str:
        raise ValueError(message.to)

    registry.add_mail(dataclasses.replace(notices, link=broken))
    words = f"Open it: {mail.LINK_MARK}\n"
    for number, language in enumerate(("en", "es"), 1):
        a_message(cast.larkmoor, number, school=cast.quillback, body=words, language=language)
    pages = [sign_in(cast.staff).get(f"{MAIL}{message.uid}/") for message in Message.objects.order_by("pk")]
    assert [page.status_code for page in pages] == [200, 200]
    assert [page.context["page"].body for page in pages] == [
        "Open it: (This link could not be made.)\n",
        "Open it: (No se pudo crear este enlace.)\n",
    ]
    said = [record.getMessage() for record in caplog.records if record.name == "outreach"]
    assert [line.split(" at ")[0] for line in said] == [
        "The link of a notice could not be made: ValueError"
    ] * 2


@pytest.mark.parametrize("before", ["nonsense", "2026-11-24", "2026-11-24T16:00:00+00:00~x", "%00"])
def test_a_page_that_no_row_names_is_the_first(cast: Cast, sign_in: SignIn, before: str) -> None:
    assert sign_in(cast.staff).get(MAIL, {"before": before, "state": before}).status_code == 200
