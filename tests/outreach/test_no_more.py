"""One click in a mail program ends a kind of reminders (RFC 8058), for what waits already too."""

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from accounts.links import make_token
from outreach import mail, outbox, registry, services, wish_views
from outreach.enums import EVERY_REMINDER, Reason, State, SuppressedBecause
from outreach.models import Message, Suppression
from outreach.registry import MailSource
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_message, a_nag, at

pytestmark = pytest.mark.usefixtures("tuesday")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ASKED, BY_LINK = SuppressedBecause.ASKED, SuppressedBecause.UNSUBSCRIBED


def path_of(message: Message) -> str:
    return reverse("no_more:page", kwargs={"token": make_token(mail.NO_MORE, message.uid)})


def link_of(message: Message) -> str:
    return f"http://localhost:8000{path_of(message)}"


def post(message: Message, **data: str) -> HttpResponse:
    """As a mail provider or a person's browser does: without a session, a cookie or a token of ours."""
    return Client(enforce_csrf_checks=True).post(path_of(message), data)


def stopped() -> list[tuple[str, str]]:
    return sorted(Suppression.objects.values_list("kind", "because"))


def states() -> dict[str, tuple[str, str]]:
    rows = Message.objects.values_list("subject", "state", "reason")
    return {subject: (state, reason) for subject, state, reason in rows}


def test_reminders_and_notices_carry_the_link_and_nothing_that_a_person_sends(cast: Cast):
    for n, source in enumerate(registry.mail_sources()):
        a_message(cast.larkmoor, n, kind=source.kind)
    assert {message.kind for message in Message.objects.all() if mail.no_more_link(message)} == {
        "letter_no_reply",
        "decision_due",
        "decision_outcome",
    }


def test_a_reminder_to_an_address_outside_says_how_to_stop_it(
    cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    [sent] = mailoutbox
    assert sent.extra_headers["List-Unsubscribe"] == f"<{link_of(nag)}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.body == f"A notice.\n\nNo more mail of this kind: {link_of(nag)}\n"
    assert f'No more mail of this kind: <a href="{link_of(nag)}"' in str(sent.alternatives[0][0])
    assert f"\nList-Unsubscribe: \n <{link_of(nag)}>\n" in sent.message().as_string()


def test_a_member_and_whoever_a_person_writes_to_gets_no_such_link(
    cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    a_nag(cast.larkmoor, 1, to="Imogen.Tasker@larkmoor.example")
    a_message(cast.larkmoor, 2)
    outbox.drain()
    assert [mail.extra_headers.get("List-Unsubscribe") for mail in mailoutbox] == [None, None]
    assert [mail.body for mail in mailoutbox] == ["A notice.\n", "A notice.\n"]


def test_whose_role_has_ended_is_outside_again(cast: Cast, nags: MailSource):
    assert mail.no_more_link(a_nag(cast.larkmoor, to=cast.ended.user.email)) != ""


def test_sent_again_it_carries_the_same_link(cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]):
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    Message.objects.update(state=State.UNCERTAIN, reason=Reason.LOST)
    services.send_again(message=nag, by=cast.staff)
    outbox.drain()
    first, second = (sent.extra_headers["List-Unsubscribe"] for sent in mailoutbox)
    assert first == second


def test_one_click_ends_what_waits_of_its_kind_for_its_address(
    cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    nag = a_nag(cast.larkmoor, 1)
    outbox.drain()
    a_nag(cast.larkmoor, 2, to="Desk@Tolland.example")
    a_nag(cast.larkmoor, 3, state=State.WAITING, reason=Reason.KIND_OFF)
    a_nag(cast.larkmoor, 4, to="other@tolland.example")
    a_message(cast.larkmoor, 5, to=nag.to)
    answer = post(nag, **ONE_CLICK)
    assert answer.status_code == 200
    assert stopped() == [("nag", BY_LINK)]
    assert states() == {
        "Notice 1": (State.SENT, ""),
        "Notice 2": (State.SUPPRESSED, Reason.BLOCKED),
        "Notice 3": (State.SUPPRESSED, Reason.BLOCKED),
        "Notice 4": (State.QUEUED, ""),
        "Notice 5": (State.QUEUED, ""),
    }
    second = Message.objects.get(subject="Notice 2")
    assert [(step.state, step.reason) for step in second.events.all()] == [(State.SUPPRESSED, Reason.BLOCKED)]
    assert second.ended_at == at("2026-11-24 16:00")


def test_one_click_works_in_either_form_of_the_standard(cast: Cast, nags: MailSource):
    """Source: RFC 8058, 3.2: multipart/form-data or application/x-www-form-urlencoded."""
    first, second = a_nag(cast.larkmoor, 1), a_nag(cast.larkmoor, 2, to="other@tolland.example")
    assert post(first, **ONE_CLICK).status_code == 200
    form = "application/x-www-form-urlencoded"
    answer = Client().post(path_of(second), "List-Unsubscribe=One-Click", content_type=form)
    assert (answer.status_code, stopped()) == (200, [("nag", BY_LINK)] * 2)


def test_asked_twice_nothing_more_happens(cast: Cast, nags: MailSource):
    nag = a_nag(cast.larkmoor)
    assert [post(nag, **ONE_CLICK).status_code for _ in range(2)] == [200, 200]
    assert stopped() == [("nag", BY_LINK)]
    assert Message.objects.get().events.count() == 1


def test_what_comes_later_of_that_kind_is_blocked_and_says_so(
    cast: Cast, nags: MailSource, sign_in: SignIn, mailoutbox: list[EmailMessage]
):
    post(a_nag(cast.larkmoor, 1), **ONE_CLICK)
    later = a_nag(cast.larkmoor, 2, school=cast.quillback)
    outbox.drain()
    assert (states()["Notice 2"], mailoutbox) == ((State.SUPPRESSED, Reason.BLOCKED), [])
    page = sign_in(cast.staff).get(f"/d/larkmoor/mail/{later.uid}/").content.decode()
    assert "Nothing of this kind goes to this address. They want no more mail of this kind." in page


def test_the_page_says_whose_mail_it_is_and_asks_before_it_acts(cast: Cast, nags: MailSource):
    nag = a_nag(cast.larkmoor, school=cast.quillback)
    page = Client().get(path_of(nag))
    words = page.content.decode()
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "Larkmoor School District sends mail of the kind “Nags” to d…@tolland.example." in words
    assert "Call (555) 555-0110." in words
    assert nag.to not in words
    for button in ("No more of this kind", "No more reminders and notices at all"):
        assert button in words
    assert "I want them again" not in words
    assert stopped() == []


def test_no_reminders_at_all_still_lets_through_what_a_person_sends(
    cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    nag = a_nag(cast.larkmoor, 1)
    a_message(cast.larkmoor, 2, kind="letter_no_reply", to=nag.to)
    answer = post(nag, act="all")
    assert (answer.status_code, answer.headers["Location"]) == (302, path_of(nag))
    assert stopped() == [(EVERY_REMINDER, BY_LINK)]
    letter, later = a_message(cast.larkmoor, 3, to=nag.to), a_nag(cast.larkmoor, 4)
    outbox.drain()
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [letter.message_id]
    ended = (State.SUPPRESSED, Reason.BLOCKED)
    assert states() == {
        "Notice 1": ended,
        "Notice 2": ended,
        "Notice 3": (State.SENT, ""),
        later.subject: ended,
    }
    assert "You get no more reminders and notices from us." in Client().get(path_of(nag)).content.decode()


def test_whoever_wants_them_again_gets_what_is_due_from_then_on(
    cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    nag = a_nag(cast.larkmoor, 1)
    post(nag, act="kind")
    post(nag, act="all")
    assert stopped() == [("nag", BY_LINK), (EVERY_REMINDER, BY_LINK)]
    assert "I want them again" in Client().get(path_of(nag)).content.decode()
    assert post(nag, act="again").status_code == 302
    a_nag(cast.larkmoor, 2)
    outbox.drain()
    assert (stopped(), len(mailoutbox)) == ([], 1)
    assert states()["Notice 1"] == (State.SUPPRESSED, Reason.BLOCKED)


def test_whoever_wants_them_again_gets_what_was_planned_for_a_later_day(
    cast: Cast, nags: MailSource, tidings: MailSource
):
    """Of a kind that is switched on; another waits for its switch, and a kind that stays stopped stays so."""
    nag, later = a_nag(cast.larkmoor, 1), {"not_before": at("2026-12-01 15:00")}
    a_nag(cast.larkmoor, 2, **later)
    off = {"state": State.WAITING, "reason": Reason.KIND_OFF}
    a_nag(cast.larkmoor, 3, **later, **off, kind="letter_no_reply")
    a_nag(cast.larkmoor, 4, **later, kind="tiding")
    services.unsubscribe(district=cast.larkmoor, address=nag.to, kind="tiding")
    post(nag, act="all")
    post(nag, act="again")
    blocked = (State.SUPPRESSED, Reason.BLOCKED)
    assert states() == {
        "Notice 1": blocked,
        "Notice 2": (State.QUEUED, ""),
        "Notice 3": (State.WAITING, Reason.KIND_OFF),
        "Notice 4": blocked,
    }
    second = Message.objects.get(subject="Notice 2")
    assert [(step.state, step.reason) for step in second.events.all()] == [blocked, (State.QUEUED, "")]
    assert second.ended_at is None


def test_what_we_stopped_ourselves_a_link_does_not_start_again(cast: Cast, nags: MailSource):
    nag = a_nag(cast.larkmoor)
    services.suppress(district=cast.larkmoor, address=nag.to, because=ASKED)
    services.suppress(district=cast.larkmoor, address=nag.to, because=ASKED, kind="nag")
    post(nag, act="kind")
    post(nag, act="again")
    assert stopped() == [("", ASKED), ("nag", ASKED)]
    words = Client().get(path_of(nag)).content.decode()
    assert "We stopped all mail to this address." in words
    assert "<button" not in words.split("<main", 1)[1]


def test_an_act_that_we_do_not_know_changes_nothing(cast: Cast, nags: MailSource):
    nag = a_nag(cast.larkmoor)
    for data in ({}, {"act": "everything"}, {"List-Unsubscribe": "Two-Click"}):
        assert post(nag, **data).status_code == 400
    assert stopped() == []


def test_who_guesses_is_told_nothing_and_waits_while_a_link_of_ours_works_on(
    cast: Cast, nags: MailSource, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(wish_views, "GUESSES", 3)
    nag, gone = a_nag(cast.larkmoor, 1), a_nag(cast.larkmoor, 2, to="")
    guesses = ["A" * 43, make_token("reply", nag.uid), make_token(mail.NO_MORE, gone.uid), "x"]
    codes = [Client().get(reverse("no_more:page", kwargs={"token": guess})).status_code for guess in guesses]
    assert codes == [404, 404, 404, 429]
    guessed = reverse("no_more:page", kwargs={"token": "A" * 43})
    assert Client().post(guessed, ONE_CLICK).status_code == 429
    assert (post(nag, **ONE_CLICK).status_code, stopped()) == (200, [("nag", BY_LINK)])


def test_another_district_still_writes_to_the_address(cast: Cast, nags: MailSource):
    nag = a_nag(cast.larkmoor, 1)
    theirs = a_nag(cast.brightmere, 2)
    post(nag, **ONE_CLICK)
    outbox.drain()
    assert Message.objects.get(pk=nag.pk).state == State.SUPPRESSED
    with scope(district=cast.brightmere):
        theirs.refresh_from_db()
        assert theirs.state == State.SENT
