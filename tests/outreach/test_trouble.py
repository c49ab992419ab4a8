"""One thing that fails stops no other: it is logged without what people wrote, shown, and tried again."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django_scopes import scope, scopes_disabled
from time_machine import Traveller

from accounts.models import District
from letters.models import Letter, LetterNumber
from outreach import outbox, planning, registry, tasks
from outreach.enums import Reason, State
from outreach.models import Message, Trouble
from outreach.registry import Draft, MailSource, Window
from outreach.sources import letter_no_reply
from tests.conftest import Cast, SignIn
from tests.outreach.factories import NOVEMBER_10, a_letter, a_message, at, keep_as_signed, switch_on

pytestmark = pytest.mark.usefixtures("tuesday")
MAIL = "/d/larkmoor/mail/"
LATE = (
    "Since 10 a.m., no new messages of the kind “Notices” could be planned. The portal tries again every few"
    " minutes; other mail goes on."
)


def a_draft(to: str) -> Draft:
    return Draft(
        subject_uid=uuid.UUID(int=1),
        recipient_uid=uuid.UUID(int=2),
        occurrence="1",
        not_before=NOVEMBER_10,
        school=None,
        about="Notice",
        to=to,
        to_name="",
        from_name="Imogen Tasker",
        reply_to="",
        language="en",
        subject="Notice",
        body="A notice.\n",
    )


Drafts = Callable[[District, Window], list[Draft]]


@pytest.fixture
def failing(notices: MailSource, cast: Cast) -> Iterator[set[int]]:
    """Two kinds of mail that each want one message a district; "notice" fails where told to."""
    fails = {cast.larkmoor.pk}

    def drafts(kind: str) -> Drafts:
        def found(district: District, window: Window) -> list[Draft]:
            if kind == "notice" and district.pk in fails:
                raise ValueError("odile.brandt@partner.example")
            return [a_draft(f"{kind}@{district.slug}.example")]

        return found

    registry.add_mail(dataclasses.replace(notices, drafts=drafts("notice")))
    registry.add_mail(dataclasses.replace(notices, kind="sibling", drafts=drafts("sibling")))
    yield fails
    registry._mail.pop("sibling")


def recipients(box: list[EmailMessage]) -> list[str]:
    return sorted(mail.to[0] for mail in box)


def test_a_kind_that_fails_in_one_district_stops_neither_its_siblings_nor_the_others(
    failing: set[int], mailoutbox: list[EmailMessage]
):
    tasks.send()
    assert recipients(mailoutbox) == [
        "notice@brightmere.example",
        "sibling@brightmere.example",
        "sibling@larkmoor.example",
    ]


def test_reminders_of_the_others_are_planned_too(failing: set[int], cast: Cast):
    assert planning.plan() == 3
    assert list(Trouble.objects.values_list("kind", flat=True)) == ["notice"]
    with scope(district=cast.brightmere):
        assert Trouble.objects.count() == 0


def test_the_next_run_tries_again_and_the_trouble_is_over(failing: set[int], mailoutbox: list[EmailMessage]):
    tasks.send()
    failing.clear()
    tasks.send()
    assert Trouble.objects.count() == 0
    assert "notice@larkmoor.example" in recipients(mailoutbox)
    assert len(mailoutbox) == 4


def test_what_failed_is_logged_without_what_people_wrote(failing: set[int], caplog: pytest.LogCaptureFixture):
    planning.plan()
    [record] = [record for record in caplog.records if record.name == "outreach"]
    said = record.getMessage()
    assert said.startswith("notice failed in larkmoor, the rest goes on: ValueError at ")
    assert "@" not in said
    assert record.exc_info is None


def test_people_read_since_when_until_it_works_again(
    failing: set[int], cast: Cast, sign_in: SignIn, tuesday: Traveller
):
    page = sign_in(cast.staff)
    assert page.get(MAIL).context["page"].troubles == []
    planning.plan()
    tuesday.move_to(at("2026-11-24 17:00"))
    planning.plan()
    answer = page.get(MAIL)
    assert answer.context["page"].troubles == [LATE]
    assert LATE in answer.content.decode()
    tuesday.move_to(at("2026-11-25 17:00"))
    page = sign_in(cast.staff)
    assert page.get(MAIL).context["page"].troubles == [LATE.replace("10 a.m.", "November 24, 2026, 10 a.m.")]
    failing.clear()
    planning.plan()
    assert page.get(MAIL).context["page"].troubles == []


def test_half_of_what_a_failing_kind_wrote_is_taken_back(failing: set[int], monkeypatch: pytest.MonkeyPatch):
    failing.clear()

    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(planning, "event", broken)
    assert planning.plan() == 0
    with scopes_disabled():
        assert Message.objects.count() == 0
        assert Trouble.objects.count() == 4


def test_a_district_that_fails_as_a_whole_stops_no_other(
    failing: set[int], cast: Cast, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
):
    plan_district = planning.plan_district

    def broken(district: District, sources: Sequence[MailSource]) -> int:
        if district == cast.larkmoor:
            raise RuntimeError
        return plan_district(district, sources)

    monkeypatch.setattr(planning, "plan_district", broken)
    tasks.send()
    assert recipients(mailoutbox) == ["notice@brightmere.example", "sibling@brightmere.example"]


@pytest.mark.parametrize("broken", ["pull", "open_districts"])
def test_what_waits_is_sent_whatever_planning_met(
    cast: Cast,
    notices: MailSource,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMessage],
    broken: str,
):
    def fail() -> None:
        raise RuntimeError

    a_message(cast.larkmoor)
    monkeypatch.setattr(planning, broken, fail)
    tasks.send()
    assert len(mailoutbox) == 1


def test_a_kind_that_cannot_say_what_is_moot_holds_its_own_mail_and_no_other(
    cast: Cast, notices: MailSource, mailoutbox: list[EmailMessage], tuesday: Traveller
):
    def broken(messages: Any) -> dict[int, Reason]:
        raise ValueError("odile.brandt@partner.example")

    registry.add_mail(dataclasses.replace(notices, moot=broken))
    registry.add_mail(dataclasses.replace(notices, kind="sibling"))
    held = a_message(cast.larkmoor, 1)
    a_message(cast.larkmoor, 2, kind="sibling")
    assert outbox.drain() == Counter(queued=1, sent=1)
    held.refresh_from_db()
    assert (held.state, held.reason) == (State.QUEUED, Reason.UNCHECKED)
    registry.add_mail(notices)
    tuesday.move_to(at("2026-11-24 16:02"))
    assert outbox.drain() == Counter(sent=1)
    registry._mail.pop("sibling")


def test_a_district_whose_mail_cannot_be_read_stops_no_other(
    cast: Cast, notices: MailSource, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
):
    claim = outbox.claim

    def broken(district: District) -> list[Message]:
        if district == cast.larkmoor:
            raise RuntimeError
        return claim(district)

    monkeypatch.setattr(outbox, "claim", broken)
    a_message(cast.larkmoor, 1)
    with scope(district=cast.brightmere):
        other = a_message(cast.brightmere, 2)
    outbox.drain()
    assert recipients(mailoutbox) == [f"Odile Brandt <{other.to}>"]


@pytest.fixture
def two_letters(cast: Cast) -> Letter:
    """Two letters without an answer, whose reminders are planned; out comes the first."""
    first = a_letter(cast.quillback, cast.principal, cast.coordinator)
    a_letter(cast.quillback, cast.principal, partner="Open Cupboard", email="desk@pantry.example", number=15)
    switch_on(cast.staff)
    planning.plan_district(cast.larkmoor)
    return first


@pytest.fixture
def bad(two_letters: Letter, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[uuid.UUID]]:
    """The letters whose reminder can't be written: the first."""
    fails = {two_letters.uid}
    as_draft = letter_no_reply._draft

    def broken(district: District, letter: Letter) -> Draft:
        if letter.uid in fails:
            raise ValueError("odile.brandt@partner.example")
        return as_draft(district, letter)

    monkeypatch.setattr(letter_no_reply, "_draft", broken)
    return fails


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("to", "state"))


def test_one_letter_that_fails_leaves_its_own_reminder_waiting_and_the_others_go(
    cast: Cast, bad: set[uuid.UUID], two_letters: Letter, mailoutbox: list[EmailMessage]
):
    third = a_letter(cast.quillback, cast.principal, partner="Third", email="desk@third.example", number=16)
    Message.objects.filter(subject_uid=two_letters.uid).update(not_before=at("2026-11-25 15:00"))
    assert planning.plan_district(cast.larkmoor) == 1
    assert set(states().values()) == {State.QUEUED}
    outbox.drain()
    assert recipients(mailoutbox) == [
        "Odile Brandt <desk@pantry.example>",
        f"Odile Brandt <{third.contact.email}>",
    ]
    assert states() == {
        "desk@tolland.example": State.QUEUED,
        "desk@pantry.example": State.SENT,
        "desk@third.example": State.SENT,
    }


def test_people_read_how_many_fail_until_they_work_again(
    cast: Cast, bad: set[uuid.UUID], sign_in: SignIn, caplog: pytest.LogCaptureFixture
):
    planning.plan_district(cast.larkmoor)
    page = sign_in(cast.staff)
    assert page.get(MAIL).context["page"].troubles == [
        "Since 10 a.m., 1 message of the kind “No reply to a letter” could not be planned. The portal tries"
        " again every few minutes; other mail goes on."
    ]
    said = [record.getMessage() for record in caplog.records if record.name == "outreach"]
    assert [words.split(" at ")[0] for words in said] == [
        "One letter_no_reply in larkmoor failed, the rest goes on: ValueError"
    ]
    bad.clear()
    planning.plan_district(cast.larkmoor)
    assert page.get(MAIL).context["page"].troubles == []


def test_one_signed_letter_that_cannot_be_mailed_stops_no_other(cast: Cast, mailoutbox: list[EmailMessage]):
    for number in (14, 15):
        letter = a_letter(cast.quillback, cast.principal, partner=f"P{number}", number=number)
        keep_as_signed(letter, number=number)
    Letter.objects.update(mail_wanted_at=at("2026-11-24 15:00"))
    LetterNumber.objects.filter(number=14).update(fixed={"sheet": {}})
    tasks.send()
    assert list(Message.objects.values_list("about", flat=True)) == ["QMS-2627-015, P15"]
    assert Trouble.objects.get().rows == 1
