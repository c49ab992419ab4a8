"""Claim, look once more, send, mark."""

import datetime
import smtplib
from collections import Counter
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from outreach import mail, outbox, services, smtp
from outreach.enums import Reason, State, SuppressedBecause
from outreach.models import Message
from outreach.registry import MailSource
from tests.conftest import Cast
from tests.outreach.conftest import ids
from tests.outreach.factories import a_message, at

pytestmark = pytest.mark.usefixtures("tuesday")


def story(message: Message) -> list[tuple[str, str]]:
    return [(event.state, event.reason) for event in message.events.all()]


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int = 1) -> None:
    """The next messages that are handed over meet this error."""
    from django.core.mail.backends.locmem import EmailBackend

    send, left = EmailBackend.send_messages, [error] * times

    def send_messages(self: Any, messages: list[EmailMessage]) -> int:
        if left:
            raise left.pop()
        return int(send(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_what_is_due_is_sent_once_and_marked(cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]):
    message = a_message(cast.larkmoor)
    assert outbox.drain() == Counter(sent=1)
    assert outbox.drain() == Counter()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease_until) == (State.SENT, 1, None)
    assert message.ended_at == at("2026-11-24 16:00")
    assert ids(mailoutbox) == [message.message_id]
    assert story(message) == [(State.SENT, "")]


def test_mail_goes_in_the_senders_name_and_answers_reach_a_person(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    a_message(cast.larkmoor)
    outbox.drain()
    [sent] = mailoutbox
    assert sent.from_email == "Imogen Tasker <portal@district.example>"
    assert sent.to == ["Odile Brandt <person1@partner.example>"]
    assert sent.reply_to == ["Imogen Tasker <imogen.tasker@larkmoor.example>"]
    assert [kind for _content, kind in sent.alternatives] == ["text/html"]


def test_a_key_has_one_message_id_for_ever_and_another_district_another(cast: Cast):
    first = mail.message_id(cast.larkmoor.pk, "notice:1")
    assert first == mail.message_id(cast.larkmoor.pk, "notice:1")
    assert first != mail.message_id(cast.brightmere.pk, "notice:1")
    assert first.endswith("@district.example>")


def test_what_is_not_due_yet_stays(cast: Cast, notices: MailSource):
    a_message(cast.larkmoor, not_before=at("2026-11-24 16:01"))
    assert outbox.drain() == Counter()


def test_a_claim_takes_at_most_twenty_the_oldest_first(cast: Cast, notices: MailSource):
    for n in range(1, 23):
        a_message(cast.larkmoor, n, not_before=at(f"2026-11-23 15:{60 - n:02d}"))
    batch = outbox.claim(cast.larkmoor)
    assert [message.subject for message in batch] == [f"Notice {n}" for n in range(22, 2, -1)]
    assert [message.subject for message in outbox.claim(cast.larkmoor)] == ["Notice 2", "Notice 1"]


def test_a_lease_that_ran_out_is_sent_again_under_the_same_message_id(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    message = a_message(cast.larkmoor)
    [dead] = outbox.claim(cast.larkmoor)
    assert outbox.drain() == Counter()
    Message.objects.update(lease_until=Now() - datetime.timedelta(seconds=1))
    assert outbox.drain() == Counter(sent=1)
    assert ids(mailoutbox) == [message.message_id]
    assert story(message) == [(State.QUEUED, Reason.CRASHED), (State.SENT, "")]
    assert outbox.still_mine(dead) is False
    assert outbox.mark(dead, (State.FAILED, Reason.REFUSED, "")) is False


@pytest.mark.parametrize(
    ("error", "state", "reason", "detail"),
    [
        (
            smtplib.SMTPRecipientsRefused({"x": (550, b"5.1.1 No such user")}),
            State.FAILED,
            Reason.REFUSED,
            "550 5.1.1 No such user",
        ),
        (
            smtplib.SMTPRecipientsRefused({"x": (450, b"4.2.0 Greylisted")}),
            State.QUEUED,
            Reason.RETRY,
            "450 4.2.0 Greylisted",
        ),
        (smtplib.SMTPDataError(554, b"Spam"), State.FAILED, Reason.REFUSED, "554 Spam"),
        (
            smtplib.SMTPServerDisconnected("Gone"),
            State.QUEUED,
            Reason.RETRY,
            "SMTPServerDisconnected: Gone",
        ),
        (smtp.HandedOver("Gone"), State.UNCERTAIN, Reason.LOST, "HandedOver: Gone"),
    ],
)
def test_an_error_is_read_as_smtp_means_it(
    cast: Cast,
    notices: MailSource,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    state: State,
    reason: Reason,
    detail: str,
):
    message = a_message(cast.larkmoor)
    fails_with(monkeypatch, error)
    outbox.drain()
    message.refresh_from_db()
    assert (message.state, message.reason, message.detail) == (state, reason, detail)


def test_what_was_put_off_goes_later_and_later_and_is_given_up_in_the_end(
    cast: Cast, notices: MailSource, monkeypatch: pytest.MonkeyPatch, tuesday: Any
):
    message = a_message(cast.larkmoor)
    fails_with(monkeypatch, smtplib.SMTPDataError(451, b"Later"), times=7)
    waits = []
    for _try in range(7):
        outbox.drain()
        message.refresh_from_db()
        waits.append((message.not_before - datetime.datetime.now(datetime.UTC)).total_seconds() // 60)
        tuesday.move_to(max(message.not_before, datetime.datetime.now(datetime.UTC)))
    assert waits[:6] == [1, 5, 15, 60, 240, 720]
    assert (message.state, message.reason) == (State.FAILED, Reason.TRIES)
    assert message.attempts == 7


def test_sent_again_by_hand_it_has_all_its_tries_again(
    cast: Cast, notices: MailSource, monkeypatch: pytest.MonkeyPatch, tuesday: Any
):
    message = a_message(cast.larkmoor)
    fails_with(monkeypatch, smtplib.SMTPDataError(451, b"Later"), times=14)
    for _round in range(2):
        for _try in range(7):
            outbox.drain()
            message.refresh_from_db()
            tuesday.move_to(max(message.not_before, datetime.datetime.now(datetime.UTC)))
        assert (message.state, message.reason) == (State.FAILED, Reason.TRIES)
        services.send_again(message=message, by=cast.staff)
    assert outbox.drain() == Counter(sent=1)
    message.refresh_from_db()
    assert message.attempts == 15


def test_one_message_that_cannot_be_built_does_not_hold_up_the_next(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    broken = a_message(cast.larkmoor, 1, from_name="Two\nlines", not_before=at("2026-11-01 00:00"))
    fine = a_message(cast.larkmoor, 2)
    outbox.drain()
    broken.refresh_from_db()
    assert (broken.state, broken.reason) == (State.FAILED, Reason.BROKEN)
    assert ids(mailoutbox) == [fine.message_id]


def test_a_server_that_is_away_costs_no_message_a_try(
    cast: Cast, notices: MailSource, monkeypatch: pytest.MonkeyPatch, tuesday: Any
):
    from django.core.mail.backends.locmem import EmailBackend

    for n in range(1, 31):
        a_message(cast.larkmoor, n)

    def away(self: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "open", away)
        outbox.drain()
    assert Counter(Message.objects.values_list("state", "reason")) == {
        (State.QUEUED, Reason.AWAY): 20,
        (State.QUEUED, ""): 10,
    }
    tuesday.shift(datetime.timedelta(minutes=2))
    assert outbox.drain() == Counter(sent=30)


def test_nothing_goes_to_an_address_that_asked_us_to_stop(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    stopped = a_message(cast.larkmoor, 1, to="Person1@Partner.example")
    other = a_message(cast.larkmoor, 2)
    services.suppress(
        district=cast.larkmoor, address="person1@partner.example ", because=SuppressedBecause.ASKED
    )
    services.suppress(
        district=cast.larkmoor, address=other.to, kind="another", because=SuppressedBecause.ASKED
    )
    outbox.drain()
    stopped.refresh_from_db()
    assert (stopped.state, stopped.reason) == (State.SUPPRESSED, Reason.BLOCKED)
    assert ids(mailoutbox) == [other.message_id]


def test_a_kind_that_is_switched_off_holds_what_was_about_to_go(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    message = a_message(cast.larkmoor)
    [claimed] = outbox.claim(cast.larkmoor)
    services.switch(kind="notice", on=False, by=cast.staff)
    with outbox.connected() as connected:
        outbox.deliver(cast.larkmoor, [claimed], connected)
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.WAITING, Reason.KIND_OFF)
    services.switch(kind="notice", on=True, by=cast.staff)
    assert outbox.drain() == Counter(sent=1)


def test_a_kind_that_is_no_longer_known_is_not_sent(cast: Cast, mailoutbox: list[EmailMessage]):
    message = a_message(cast.larkmoor)
    outbox.drain()
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.SKIPPED, Reason.GONE)
    assert mailoutbox == []


def test_an_uncertain_message_waits_for_a_person_and_keeps_its_number(
    cast: Cast, notices: MailSource, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
):
    message = a_message(cast.larkmoor)
    fails_with(monkeypatch, smtp.HandedOver("Gone"))
    outbox.drain()
    assert outbox.drain() == Counter()
    services.send_again(message=message, by=cast.staff)
    assert outbox.drain() == Counter(sent=1)
    assert ids(mailoutbox) == [message.message_id]
    assert story(message) == [
        (State.UNCERTAIN, Reason.LOST),
        (State.QUEUED, Reason.BY_HAND),
        (State.SENT, ""),
    ]


def test_what_was_taken_back_does_not_go_and_what_has_gone_is_not_taken_back(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage]
):
    message = a_message(cast.larkmoor)
    services.cancel(message=message, by=cast.coordinator)
    assert outbox.drain() == Counter()
    sent = a_message(cast.larkmoor, 2)
    outbox.drain()
    with pytest.raises(services.NotThisState):
        services.cancel(message=sent, by=cast.coordinator)


def test_a_full_batch_costs_a_fixed_number_of_queries_and_a_few_a_message(cast: Cast, notices: MailSource):
    def cost(first: int, count: int) -> int:
        for n in range(first, first + count):
            a_message(cast.larkmoor, n)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            outbox.drain()
        return len(queries)

    one, three = cost(1, 1), cost(10, 3)
    assert (three - one) / 2 == 9
