"""Mail that people ask for: invitations, and letters that were signed and sent."""

import datetime

import pytest
from django.core.mail import EmailMessage
from time_machine import Traveller

from accounts.models import Invitation
from accounts.roles import Role
from accounts.services import invite
from letters.enums import EventKind
from letters.enums import State as LetterState
from letters.models import Letter, LetterEvent
from outreach import mail, tasks
from outreach.enums import Reason, State
from outreach.models import Message
from tests.conftest import Cast
from tests.outreach.factories import PDF, a_letter, keep_as_signed

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def invitation(cast: Cast, tuesday: Traveller) -> Invitation:
    return invite(district=cast.larkmoor, email="New.Person@larkmoor.example", role=Role.STAFF, by=cast.staff)


@pytest.fixture
def letter(cast: Cast, tuesday: Traveller) -> Letter:
    made = a_letter(cast.quillback, cast.principal, cast.coordinator)
    keep_as_signed(made)
    Letter.objects.update(mail_wanted_at=tuesday_now())
    return made


def tuesday_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def test_an_invitation_goes_at_once_with_its_link(invitation: Invitation, mailoutbox: list[EmailMessage]):
    tasks.send()
    tasks.send()
    [sent] = mailoutbox
    assert sent.to == ["new.person@larkmoor.example"]
    assert f"http://localhost:8000/invitation/{invitation.token}/" in sent.body
    assert sent.subject == (
        "Ana Whitcombe invites you to the partnership portal of Larkmoor School District (3 minutes)"
    )


def test_nothing_usable_lies_in_the_outbox(invitation: Invitation):
    tasks.send()
    message = Message.objects.get()
    assert mail.LINK_MARK in message.body
    assert invitation.token not in message.body


def test_in_production_the_portal_does_not_show_the_link(
    cast: Cast, invitation: Invitation, settings: object
):
    tasks.send()
    message = Message.objects.get()
    assert invitation.token in mail.shown_body(message, cast.staff)
    settings.PRODUCTION = True
    assert invitation.token not in mail.shown_body(message, cast.staff)


def test_an_invitation_that_was_taken_back_is_skipped(
    cast: Cast, invitation: Invitation, mailoutbox: list[EmailMessage]
):
    from outreach import planning

    planning.pull()
    invite(district=cast.larkmoor, email=invitation.email, role=Role.STAFF, by=cast.staff)
    tasks.send()
    assert list(Message.objects.order_by("pk").values_list("state", "reason")) == [
        (State.SKIPPED, Reason.LINK_ENDED),
        (State.SENT, ""),
    ]
    assert len(mailoutbox) == 1


def test_a_signed_letter_goes_with_its_pdf_and_its_words(letter: Letter, mailoutbox: list[EmailMessage]):
    tasks.send()
    tasks.send()
    [sent] = mailoutbox
    assert sent.attachments == [("QMS-2627-014.pdf", PDF, "application/pdf")]
    assert sent.subject == ("An invitation from Quillback Middle School: please answer by November 20, 2026")
    assert sent.body.startswith("Dear Ms. Brandt:\n\nFamilies here know Tolland Street Boxing Club")
    assert "<" not in sent.body
    assert "Its number is QMS-2627-014." in sent.body
    assert [(event.kind, event.reason) for event in LetterEvent.objects.all()] == [
        (EventKind.MAILED, "desk@tolland.example")
    ]


def test_long_names_and_a_long_subject_are_cut_and_hold_no_mail_up(
    letter: Letter, mailoutbox: list[EmailMessage]
):
    number = letter.signed.number
    number.fixed["sheet"] |= {"signer": "N" * 120, "school": "S" * 200}
    number.fixed["sheet"]["blocks"][0]["text"] = "Q" * 400
    number.save()
    tasks.send()
    [sent] = mailoutbox
    assert sent.subject == "Q" * 300
    assert Message.objects.get().from_name == f"{'N' * 120}, {'S' * 78}"


def test_a_letter_asked_for_again_goes_again(
    letter: Letter, tuesday: Traveller, mailoutbox: list[EmailMessage]
):
    tasks.send()
    tuesday.shift(datetime.timedelta(hours=1))
    Letter.objects.update(mail_wanted_at=tuesday_now())
    tasks.send()
    assert len(mailoutbox) == 2
    assert Message.objects.values("message_id").distinct().count() == 2


def test_a_letter_withdrawn_before_it_went_stays_here(letter: Letter, mailoutbox: list[EmailMessage]):
    from outreach import planning

    planning.pull()
    Letter.objects.update(state=LetterState.WITHDRAWN)
    tasks.send()
    assert list(Message.objects.values_list("state", "reason")) == [(State.SKIPPED, Reason.WITHDRAWN)]
    assert mailoutbox == []


def test_what_fails_on_a_lower_floor_does_not_send_a_message_twice(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
):
    from outreach.sources import signed_letters

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(signed_letters, "note_mailed", broken)
    tasks.send()
    assert Message.objects.get().state == State.SENT
    assert len(mailoutbox) == 1
