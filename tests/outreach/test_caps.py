"""At most 2 messages a day and 5 in 7 days come by themselves to one address outside."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from time_machine import Traveller

from accounts.holidays import Days, add_holiday
from outreach import caps, outbox, registry
from outreach.enums import Reason, State
from outreach.models import Message
from outreach.registry import MailSource
from tests.conftest import Cast, SignIn
from tests.full import FULL
from tests.outreach.factories import a_message, a_nag, at

pytestmark = pytest.mark.usefixtures("tuesday", "nags")
TODAY, WEDNESDAY_9 = "2026-11-24 15:00", at("2026-11-25 15:00")
HELD, KEPT_FREE = (State.QUEUED, Reason.CAPPED_DAY), (State.QUEUED, Reason.KEPT_FREE)
RACES = 20 if FULL else 4


def went(cast: Cast, *moments: str, **values: Any) -> None:
    """So many messages went to the address at these moments."""
    first = 100 + Message.objects.count()
    for n, moment in enumerate(moments, first):
        a_nag(cast.larkmoor, n, **{"state": State.SENT, "ended_at": at(moment), **values})


def ends(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.reason


def test_a_second_message_of_a_day_goes_and_a_third_waits_for_the_next_morning(cast: Cast):
    nags = [a_nag(cast.larkmoor, n) for n in (1, 2, 3)]
    assert outbox.drain() == {State.SENT: 2, State.QUEUED: 1}
    assert [ends(nag) for nag in nags] == [(State.SENT, ""), (State.SENT, ""), HELD]
    assert nags[2].not_before == WEDNESDAY_9
    assert [(step.state, step.reason) for step in nags[2].events.all()] == [HELD]
    assert outbox.drain() == {}


def test_the_next_morning_it_goes(cast: Cast, tuesday: Traveller, mailoutbox: list[EmailMessage]):
    went(cast, TODAY, TODAY)
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    tuesday.move_to(WEDNESDAY_9)
    outbox.drain()
    assert (ends(nag), len(mailoutbox)) == ((State.SENT, ""), 1)


def test_a_fifth_message_of_seven_days_goes_and_a_sixth_waits_until_the_first_is_a_week_old(cast: Cast):
    went(cast, "2026-11-18 15:00", "2026-11-19 15:00", "2026-11-20 15:00", "2026-11-23 15:00")
    fifth, sixth = a_nag(cast.larkmoor, 1), a_nag(cast.larkmoor, 2)
    outbox.drain()
    assert [ends(nag) for nag in (fifth, sixth)] == [(State.SENT, ""), (State.QUEUED, Reason.CAPPED_WEEK)]
    assert sixth.not_before == WEDNESDAY_9


def test_a_message_of_seven_days_ago_counts_no_more(cast: Cast):
    went(cast, "2026-11-17 15:00", "2026-11-19 15:00", "2026-11-20 15:00", "2026-11-23 15:00")
    fifth, sixth = a_nag(cast.larkmoor, 1), a_nag(cast.larkmoor, 2)
    outbox.drain()
    assert [ends(nag) for nag in (fifth, sixth)] == [(State.SENT, "")] * 2


def test_where_the_week_is_full_it_waits_for_a_day_that_has_room(cast: Cast):
    went(cast, *["2026-11-21 15:00"] * 3, "2026-11-23 15:00", "2026-11-23 15:00")
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert (ends(nag), nag.not_before) == ((State.QUEUED, Reason.CAPPED_WEEK), at("2026-11-30 15:00"))


def test_it_waits_over_a_weekend_and_a_holiday(cast: Cast, tuesday: Traveller):
    tuesday.move_to(at("2026-11-20 16:00"))
    monday = datetime.date(2026, 11, 23)
    add_holiday(district=cast.larkmoor, school=None, days=Days(monday, monday, "Fair day"), by=cast.staff)
    went(cast, "2026-11-20 15:00", "2026-11-20 15:00")
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert (ends(nag), nag.not_before) == (HELD, at("2026-11-24 15:00"))


@pytest.mark.parametrize(
    ("before_midnight", "expected"), [(True, (State.SENT, "")), (False, HELD)], ids=["before", "after"]
)
def test_a_day_ends_at_midnight_where_the_district_is(
    cast: Cast, before_midnight: bool, expected: tuple[str, str]
):
    """Midnight in Larkmoor is 6:00 in UTC."""
    went(cast, TODAY, "2026-11-24 05:59" if before_midnight else "2026-11-24 06:00")
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert ends(nag) == expected


def test_what_a_person_sends_goes_though_the_address_had_enough(cast: Cast):
    went(cast, TODAY, TODAY)
    letter = a_message(cast.larkmoor, 1, to="desk@tolland.example")
    outbox.drain()
    assert ends(letter) == (State.SENT, "")


def test_what_a_person_sends_counts(cast: Cast):
    went(cast, TODAY, TODAY, kind="notice")
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert ends(nag) == HELD


def test_a_letter_of_the_same_batch_counts(cast: Cast):
    went(cast, TODAY)
    a_message(cast.larkmoor, 1, to="desk@tolland.example")
    nag = a_nag(cast.larkmoor, 2)
    outbox.drain()
    assert ends(nag) == HELD


def test_who_works_here_is_not_outside(cast: Cast):
    nags = [a_nag(cast.larkmoor, n, to=cast.coordinator.user.email) for n in range(1, 5)]
    outbox.drain()
    assert [ends(nag) for nag in nags] == [(State.SENT, "")] * 4


def test_an_address_is_one_however_it_is_written(cast: Cast):
    went(cast, TODAY, to="Desk@Tolland.Example")
    went(cast, TODAY, to="desk@tolland.example")
    nag = a_nag(cast.larkmoor, to="DESK@tolland.example")
    outbox.drain()
    assert ends(nag) == HELD


def test_other_addresses_and_another_districts_mail_do_not_count(cast: Cast):
    went(cast, TODAY, TODAY, to="other@tolland.example")
    with scope(district=cast.brightmere):
        for n in (7, 8):
            a_nag(cast.brightmere, n, state=State.SENT, ended_at=at(TODAY))
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert ends(nag) == (State.SENT, "")


@pytest.mark.parametrize(
    ("became", "expected"),
    [
        ({"state": State.UNCERTAIN, "reason": Reason.LOST}, HELD),
        ({"state": State.FAILED, "reason": Reason.REFUSED}, (State.SENT, "")),
        ({"state": State.SKIPPED, "reason": Reason.ANSWERED}, (State.SENT, "")),
    ],
)
def test_what_may_have_arrived_counts_and_what_did_not_go_does_not(
    cast: Cast, became: dict[str, Any], expected: tuple[str, str]
):
    went(cast, TODAY)
    went(cast, TODAY, **became)
    nag = a_nag(cast.larkmoor)
    outbox.drain()
    assert ends(nag) == expected


def test_what_another_sender_has_claimed_counts(cast: Cast):
    went(cast, TODAY)
    a_nag(cast.larkmoor, 1)
    outbox.claim(cast.larkmoor)
    nag = a_nag(cast.larkmoor, 2)
    outbox.drain()
    assert ends(nag) == HELD


def test_what_does_not_go_anyway_takes_nobodys_place(cast: Cast, tuesday: Traveller):
    """At night all three rest; none of them is put off for the sake of another."""
    tuesday.move_to(at("2026-11-25 02:00"))
    nags = [a_nag(cast.larkmoor, n) for n in (1, 2, 3)]
    outbox.drain()
    assert [ends(nag) for nag in nags] == [(State.QUEUED, Reason.RESTING)] * 3


def test_it_is_said_in_words_until_when_and_why(cast: Cast, sign_in: SignIn):
    went(cast, TODAY, TODAY)
    nag = a_nag(cast.larkmoor, school=cast.quillback)
    outbox.drain()
    client = sign_in(cast.coordinator)
    for page in ("/d/larkmoor/mail/?state=going", f"/d/larkmoor/mail/{nag.uid}/"):
        words = client.get(page).content.decode()
        assert "Held until Wednesday, November 25. This address has had its 2 messages for one day." in words


def test_the_words_name_the_numbers_that_count():
    assert f" {caps.A_DAY} messages" in str(Reason.CAPPED_DAY.label)
    assert f" {caps.A_WEEK} messages" in str(Reason.CAPPED_WEEK.label)


def test_what_can_wait_takes_one_place_a_day_and_a_reminder_the_other(cast: Cast, tidings: MailSource):
    first, second = (a_nag(cast.larkmoor, n, kind="tiding") for n in (1, 2))
    nag = a_nag(cast.larkmoor, 3)
    outbox.drain()
    assert [ends(one) for one in (first, second, nag)] == [(State.SENT, ""), KEPT_FREE, (State.SENT, "")]
    assert second.not_before == WEDNESDAY_9


def test_what_can_wait_takes_three_places_a_week_and_reminders_the_others(cast: Cast, tidings: MailSource):
    went(cast, "2026-11-18 15:00", "2026-11-20 15:00", "2026-11-23 15:00", kind="tiding")
    tiding, first, second = a_nag(cast.larkmoor, 1, kind="tiding"), *(a_nag(cast.larkmoor, n) for n in (2, 3))
    outbox.drain()
    assert [ends(one) for one in (tiding, first, second)] == [KEPT_FREE, (State.SENT, ""), (State.SENT, "")]
    assert tiding.not_before == WEDNESDAY_9


def test_with_what_can_wait_too_no_more_goes_in_all(cast: Cast, tidings: MailSource):
    went(cast, "2026-11-20 15:00", "2026-11-23 15:00", kind="tiding")
    went(cast, "2026-11-19 15:00", "2026-11-20 15:00", "2026-11-23 15:00")
    nag, tiding = a_nag(cast.larkmoor, 1), a_nag(cast.larkmoor, 2, kind="tiding")
    outbox.drain()
    assert [ends(one) for one in (nag, tiding)] == [(State.QUEUED, Reason.CAPPED_WEEK)] * 2


def test_outcomes_can_wait_and_what_has_a_deadline_cannot():
    assert [source.kind for source in registry.mail_sources() if source.can_wait] == ["decision_outcome"]


def test_a_batch_of_reminders_counts_all_its_addresses_at_once(cast: Cast):
    def cost(first: int, count: int) -> int:
        for n in range(first, first + count):
            a_nag(cast.larkmoor, n, to=f"person{n}@partner.example")
        with CaptureQueriesContext(connection) as queries:
            outbox.drain()
        return len(queries)

    one, three = cost(1, 1), cost(10, 3)
    assert (three - one) / 2 == 10


def test_two_who_send_at_once_send_exactly_as_many_as_may_go(
    committed_cast: Cast, nags: MailSource, mailoutbox: list[EmailMessage]
):
    """Each has claimed one message to the address, which may get one more today."""
    larkmoor = committed_cast.larkmoor
    for race in range(RACES):
        to = f"desk{race}@tolland.example"
        a_nag(larkmoor, 10 * race, to=to, state=State.SENT, ended_at=at(TODAY))
        batches = []
        for n in (1, 2):
            a_nag(larkmoor, 10 * race + n, to=to)
            batches.append(outbox.claim(larkmoor))
        start = Barrier(2)

        def send(batch: list[Message], start: Barrier = start) -> None:
            try:
                with scope(district=larkmoor), outbox.connected() as server:
                    start.wait()
                    outbox.deliver(larkmoor, batch, server)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, batches))
        states = Message.objects.filter(to=to).values_list("state", "reason")
        assert sorted(states) == [HELD, (State.SENT, ""), (State.SENT, "")]
    assert len(mailoutbox) == RACES
