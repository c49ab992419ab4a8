"""All mail stopped: by district staff for their district, by whoever runs the portal for all of them."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from time_machine import Traveller

from accounts.models import Membership
from letters.services import prepare_letter
from outreach import outbox, stops
from outreach.enums import State
from outreach.models import MailStop, Message, MessageEvent
from outreach.registry import MailSource
from tests.conftest import Cast, Committing, SignIn
from tests.outreach.factories import a_letter, a_message, at, keep_as_signed

pytestmark = pytest.mark.usefixtures("tuesday")
MAIL = "/d/larkmoor/mail/"
STOPPED = "All mail is stopped. What is to go waits until it is started again."


def command(name: str, **options: str) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue().strip()


def test_staff_stop_all_mail_with_a_reason_and_start_it_again(
    cast: Cast, sign_in: SignIn, notices: MailSource, mailoutbox: list[EmailMessage]
):
    message = a_message(cast.larkmoor)
    page = sign_in(cast.staff)
    page.post(f"{MAIL}stop/now/", {"reason": "The new letters name the wrong school."})
    assert outbox.drain() == Counter(stopped=1)
    assert mailoutbox == []
    listed = page.get(MAIL).context["page"]
    assert [(row.state, row.why) for row in listed.rows] == [
        ("Held back", "All mail is stopped: The new letters name the wrong school.")
    ]
    page.post(f"{MAIL}stop/over/")
    assert outbox.drain() == Counter(sent=1)
    message.refresh_from_db()
    assert (message.state, message.attempts, len(mailoutbox)) == (State.SENT, 1, 1)


def test_no_reason_stops_nothing_and_is_asked_for(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.staff).post(f"{MAIL}stop/now/", {"reason": " "})
    assert (answer.status_code, MailStop.objects.count()) == (200, 0)
    assert "Error:" in answer.content.decode()


def test_every_page_that_sends_says_so_while_it_lasts(cast: Cast, sign_in: SignIn, notices: MailSource):
    message = a_message(cast.larkmoor, school=cast.quillback)
    signed = a_letter(cast.quillback, cast.principal)
    keep_as_signed(signed)
    partnership = signed.partnership
    draft = prepare_letter(
        partnership=partnership,
        contact=signed.contact,
        kind="new_partner",
        language="en",
        reason="They asked for it once more.",
        by=cast.principal,
    )
    pages = (
        (cast.staff, MAIL),
        (cast.staff, f"{MAIL}kinds/"),
        (cast.staff, f"{MAIL}kinds/notice/"),
        (cast.staff, f"{MAIL}{message.uid}/"),
        (cast.staff, f"{MAIL}stop/"),
        (cast.staff, "/d/larkmoor/people/invite/"),
        (cast.principal, f"/d/larkmoor/letters/{signed.uid}/"),
        (cast.principal, f"/d/larkmoor/letters/{draft.uid}/edit/"),
        (cast.principal, f"/d/larkmoor/letters/write/{partnership.uid}/"),
    )

    def says_so(member: Membership, path: str) -> bool:
        answer = sign_in(member).get(path)
        assert (path, answer.status_code) == (path, 200)
        return STOPPED in answer.content.decode()

    assert [path for member, path in pages if says_so(member, path)] == []
    stops.stop(reason="Wrong school", by=cast.staff)
    assert [path for member, path in pages if not says_so(member, path)] == []
    words = sign_in(cast.principal).get(pages[-1][1]).content.decode()
    assert "Ana Whitcombe stopped it, Nov. 24, 2026, 10 a.m.: Wrong school" in words.replace(
        "November", "Nov."
    )


def test_what_is_due_goes_at_once_when_mail_starts_again(
    cast: Cast, nudges: list[str], django_capture_on_commit_callbacks: Committing
):
    stops.stop(reason="Wrong school", by=cast.staff)
    command("stop_mail", reason="Blocklist")
    with django_capture_on_commit_callbacks(execute=True):
        stops.start(by=cast.staff)
    assert nudges == ["outreach.send"]
    with django_capture_on_commit_callbacks(execute=True):
        command("start_mail")
    assert nudges == ["outreach.send"] * 2


def test_a_stop_holds_what_has_been_claimed_and_not_handed_over(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
):
    for n in range(3):
        a_message(cast.larkmoor, n + 1)
    hand_over = outbox.hand_over

    def stopped_meanwhile(*args: Any) -> Any:
        stops.stop(reason="Wrong school", by=cast.staff)
        return hand_over(*args)

    monkeypatch.setattr(outbox, "hand_over", stopped_meanwhile)
    assert outbox.drain() == Counter(sent=1, stopped=2)
    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.SENT, State.QUEUED, State.QUEUED]
    assert MessageEvent.objects.count() == 1


def test_another_district_goes_on(cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]):
    a_message(cast.larkmoor, 1)
    stops.stop(reason="Wrong school", by=cast.staff)
    with scope(district=cast.brightmere):
        other = a_message(cast.brightmere, 2)
    assert outbox.drain() == Counter(sent=1, stopped=1)
    assert [mail.to for mail in mailoutbox] == [[f"Odile Brandt <{other.to}>"]]


def test_whoever_runs_the_portal_stops_every_district(
    cast: Cast, notices: MailSource, sign_in: SignIn, mailoutbox: list[EmailMessage]
):
    a_message(cast.larkmoor, 1)
    with scope(district=cast.brightmere):
        a_message(cast.brightmere, 2)
    assert command("stop_mail", reason="The mail server is on a blocklist.") == (
        "All mail is stopped, but for signing in (a new password). Start it again with:"
        " ./portal manage start_mail"
    )
    assert command("drain_outbox") == "2 stopped"
    page = sign_in(cast.staff).get(f"{MAIL}stop/").content.decode()
    assert "Whoever runs the portal stopped it" in page
    assert "The mail server is on a blocklist." in page
    assert "Only whoever runs the portal can start it again." in page
    command("start_mail")
    assert command("drain_outbox") == "2 sent"
    assert len(mailoutbox) == 2


def test_a_district_that_its_staff_stopped_stays_so_when_the_portal_starts(cast: Cast, notices: MailSource):
    a_message(cast.larkmoor)
    stops.stop(reason="Wrong school", by=cast.staff)
    command("stop_mail", reason="Blocklist")
    command("start_mail")
    assert command("drain_outbox") == "1 stopped"


def test_mail_for_signing_in_still_leaves_as_the_page_says(
    cast: Cast, sign_in: SignIn, mailoutbox: list[EmailMessage]
):
    says = (
        "Mail for signing in still leaves, such as the link to a new password, so that nobody is locked out."
    )
    page = sign_in(cast.staff)
    assert says in page.get(f"{MAIL}stop/").content.decode()
    stops.stop(reason="Wrong school", by=cast.staff)
    command("stop_mail", reason="Blocklist")
    assert says in page.get(f"{MAIL}stop/").content.decode()
    person = cast.coordinator.user
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    Client().post("/accounts/password/reset/", {"email": person.email})
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([person.email], "Choose a new password")]


def test_what_is_stopped_cannot_be_stopped_nor_started_twice(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.staff)
    for _time in range(2):
        page.post(f"{MAIL}stop/now/", {"reason": "Wrong school"})
    answers = [page.post(f"{MAIL}stop/over/", follow=True) for _time in range(2)]
    assert "Mail was started already." in answers[1].content.decode()
    assert list(MailStop.objects.values_list("is_stopped", "reason")) == [(False, ""), (True, "Wrong school")]
    command("stop_mail", reason="Blocklist")
    with pytest.raises(CommandError, match="stopped already"):
        command("stop_mail", reason="Blocklist")
    command("start_mail")
    with pytest.raises(CommandError, match="not stopped"):
        command("start_mail")
    with pytest.raises(CommandError, match="Say why"):
        command("stop_mail", reason=" ")


def test_who_stopped_it_when_and_why_is_kept_as_written(cast: Cast, sign_in: SignIn, tuesday: Traveller):
    stops.stop(reason="Wrong school", by=cast.staff)
    tuesday.move_to(at("2026-11-24 17:00"))
    stops.start(by=cast.staff)
    rows = sign_in(cast.coordinator).get(f"{MAIL}stop/").context["rows"]
    assert [(row.is_stopped, row.reason, row.by) for row in rows] == [
        (False, "", cast.staff),
        (True, "Wrong school", cast.staff),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        MailStop.objects.update(reason="Another")


def test_the_page_asks_as_much_for_one_stop_as_for_three(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.staff)

    def queries() -> int:
        stops.stop(reason="Wrong school", by=cast.staff)
        stops.start(by=cast.staff)
        with CaptureQueriesContext(connection) as asked:
            page.get(f"{MAIL}stop/")
        return len(asked)

    first, _second, third = queries(), queries(), queries()
    assert (first == third, first <= 10) == (True, True)
