"""Two senders at once: what one has claimed the other passes over, and who slept too long touches nothing."""

import datetime
from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from outreach import outbox, services
from outreach.enums import Reason, State
from outreach.models import Message
from outreach.registry import MailSource
from tests.conftest import Cast
from tests.outreach.factories import a_message

pytestmark = pytest.mark.usefixtures("tuesday")


def lease_ends_in(**length: float) -> None:
    Message.objects.update(lease_until=Now() + datetime.timedelta(**length))


def lease_left() -> datetime.timedelta:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lease_until - statement_timestamp() FROM outreach_message")
        left: datetime.timedelta = cursor.fetchone()[0]
    return left


@pytest.fixture
def held(committed_cast: Cast, notices: MailSource) -> Iterator[Message]:
    """The oldest of three messages, which another sender is about to claim."""
    oldest, _second, _third = (a_message(committed_cast.larkmoor, n) for n in (1, 2, 3))
    other = psycopg2.connect(**connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM outreach_message WHERE id = %s FOR UPDATE", [oldest.pk])
        yield oldest
    finally:
        other.rollback()
        other.close()


def test_what_another_is_claiming_is_passed_over_without_waiting(committed_cast: Cast, held: Message):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        batch = outbox.claim(committed_cast.larkmoor)
    assert [message.subject for message in batch] == ["Notice 2", "Notice 3"]


def test_who_unsubscribes_does_not_wait_for_a_sender(committed_cast: Cast, held: Message):
    larkmoor = committed_cast.larkmoor
    Message.objects.exclude(pk=held.pk).update(to=held.to)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        services.unsubscribe(district=larkmoor, address=held.to, kind="notice")
    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.QUEUED, State.SUPPRESSED, State.SUPPRESSED]


def test_who_slept_until_another_took_its_message_touches_it_no_more(cast: Cast, notices: MailSource):
    message = a_message(cast.larkmoor)
    [asleep] = outbox.claim(cast.larkmoor)
    lease_ends_in(seconds=-1)
    [awake] = outbox.claim(cast.larkmoor)
    assert outbox.still_mine(asleep) is False
    assert outbox.mark(asleep, (State.FAILED, Reason.REFUSED, "")) is False
    outbox.put_back([asleep])
    message.refresh_from_db()
    assert (message.state, message.attempts, message.reason) == (State.SENDING, 2, "")
    assert outbox.still_mine(awake) is True


def test_who_slept_past_its_lease_does_not_send_though_nobody_took_the_message(
    cast: Cast, notices: MailSource
):
    a_message(cast.larkmoor)
    [asleep] = outbox.claim(cast.larkmoor)
    lease_ends_in(seconds=-1)
    assert outbox.still_mine(asleep) is False


def test_each_message_gets_a_full_lease_when_its_turn_comes(cast: Cast, notices: MailSource):
    a_message(cast.larkmoor)
    [mine] = outbox.claim(cast.larkmoor)
    lease_ends_in(seconds=5)
    assert outbox.still_mine(mine) is True
    assert datetime.timedelta(minutes=4) < lease_left() <= outbox.LEASE
