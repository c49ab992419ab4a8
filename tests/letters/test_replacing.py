"""A signed letter is withdrawn, or written anew: the old one ends once the new one is signed."""

import pytest
from django.test import Client

from accounts.models import Task
from letters import services
from letters.enums import EventKind, State
from letters.models import Letter
from outreach.cards.tasks import tasks
from outreach.sources.signed_letters import moot
from tests.conftest import Cast, SignIn
from tests.letters.test_pages import at, messages_of
from tests.press.running import RunningPress

WHY = "The second date was a holiday."


@pytest.fixture
def anew(cast: Cast, signed: Letter) -> Letter:
    """The draft that is to take the signed letter's place."""
    return services.write_anew(letter=signed, reason=WHY, by=cast.coordinator)


@pytest.fixture
def replacing(cast: Cast, anew: Letter, press: RunningPress) -> Letter:
    services.sign_letter(letter=anew, version=anew.version, by=cast.principal)
    return Letter.objects.get(pk=anew.pk)


def test_the_new_draft_has_the_text_the_contact_and_the_reason(signed: Letter, anew: Letter) -> None:
    kept = ("blocks", "contact", "kind", "language", "template_version", "liaison", "goes_by")
    assert [getattr(anew, name) for name in kept] == [getattr(signed, name) for name in kept]
    assert (anew.state, anew.replaces, anew.reason) == (State.DRAFT, signed, WHY)
    assert (anew.reference, anew.signed_at) == ("", None)


def test_until_it_is_signed_the_old_letter_stands(signed: Letter, anew: Letter, client: Client) -> None:
    assert Letter.objects.get(pk=signed.pk).state == State.SIGNED
    assert "This letter is ours" in client.get(f"/check/{signed.signed.code}/").content.decode()


def test_its_signature_withdraws_the_old_one_and_names_the_new_reference(
    cast: Cast, signed: Letter, replacing: Letter
) -> None:
    signed.refresh_from_db()
    assert signed.state == State.WITHDRAWN
    last = signed.events.last()
    assert (last.kind, last.by, last.reason) == (
        EventKind.REPLACED,
        cast.principal,
        f"{replacing.reference}: {WHY}",
    )


def test_the_check_page_says_withdrawn_and_replaced_and_no_more(
    signed: Letter, replacing: Letter, client: Client
) -> None:
    page = client.get(f"/check/{signed.signed.code}/").content.decode()
    assert "Ours, and withdrawn" in page
    assert "By a later letter" in page
    assert (WHY in page, replacing.reference in page) == (False, False)
    assert "By a later letter" not in client.get(f"/check/{replacing.signed.code}/").content.decode()


def test_whoever_holds_the_old_link_reads_that_a_later_letter_took_its_place(
    signed: Letter, replacing: Letter, client: Client
) -> None:
    page = client.get(f"/answer/{signed.reply_link.token}/").content.decode()
    assert "A later letter took its place." in page


def test_only_the_new_letters_call_is_left(cast: Cast, signed: Letter, replacing: Letter) -> None:
    assert [task.subject_uid for task in tasks(cast.coordinator, signed.call_on)] == [replacing.uid]


def test_a_withdrawn_letters_call_is_nobodys_task(cast: Cast, signed: Letter) -> None:
    services.withdraw_letter(letter=signed, version=signed.version, reason=WHY, by=cast.principal)
    assert list(Task.objects.open()) == []


def test_asking_twice_leads_to_one_draft(cast: Cast, signed: Letter, anew: Letter) -> None:
    assert services.write_anew(letter=signed, reason="Once more.", by=cast.preparer) == anew


def test_one_that_was_withdrawn_is_not_written_anew(cast: Cast, signed: Letter) -> None:
    services.withdraw_letter(letter=signed, version=signed.version, reason=WHY, by=cast.principal)
    with pytest.raises(services.NotThisState):
        services.write_anew(letter=signed, reason=WHY, by=cast.coordinator)


def test_one_that_was_withdrawn_meanwhile_keeps_its_own_reason(
    cast: Cast, signed: Letter, anew: Letter, press: RunningPress
) -> None:
    services.withdraw_letter(letter=signed, version=signed.version, reason="At once.", by=cast.principal)
    services.sign_letter(letter=anew, version=anew.version, by=cast.principal)
    assert [event.reason for event in signed.events.all() if event.reason] == ["At once."]


def test_the_page_leads_to_the_new_draft_and_asks_why(cast: Cast, signed: Letter, sign_in: SignIn) -> None:
    client = sign_in(cast.preparer)
    told = client.post(at(signed, "anew"), {"note": " "}, follow=True)
    assert messages_of(told) == ["Say in a few words, at most 255 characters, why it is written anew."]
    page = client.post(at(signed, "anew"), {"note": WHY}, follow=True)
    assert messages_of(page) == [
        f"Here is the new draft. {signed.reference} is withdrawn once this one is signed."
    ]
    draft = Letter.objects.get(replaces=signed)
    assert page.redirect_chain[-1][0] == at(draft, "edit")
    assert at(draft, "page") in client.get(at(signed, "page")).content.decode()


def test_mail_that_waits_is_not_sent_once_it_is_replaced(signed: Letter, replacing: Letter) -> None:
    from outreach.enums import Reason
    from outreach.models import Message

    message = Message(pk=1, subject_uid=signed.uid)
    assert moot([message]) == {1: Reason.WITHDRAWN}
