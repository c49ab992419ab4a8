"""How a letter goes out: by e-mail, printed or both; the stage follows, and can be taken back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Task
from accounts.urls_in import url_in
from letters import going_out, services
from letters.enums import Answer, EventKind, GoesBy, Source
from letters.models import Letter, Reply
from outreach.cards.tasks import tasks
from partners.enums import Stage
from partners.models import Contact, Partnership, StageChange
from partners.services import set_stage
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.test_pages import at, form_of, messages_of
from tests.press.running import RunningPress


def stage_of(letter: Letter) -> str:
    return str(Partnership.objects.get(pk=letter.partnership_id).stage)


def kinds(letter: Letter) -> list[str]:
    return [event.kind for event in letter.events.all()][-2:]


def sign(cast: Cast, letter: Letter, **changes: Any) -> Letter:
    if changes:
        services.edit_draft(letter=letter, version=letter.version, by=cast.coordinator, **changes)
    services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def to_post(cast: Cast, draft: Letter, press: RunningPress) -> Letter:
    """A signed letter that somebody is to print and post."""
    return sign(cast, draft, goes_by=GoesBy.PRINT)


@pytest.mark.parametrize(("email", "goes_by"), [("odile@tamarack.example", "email"), ("", "print")])
def test_a_new_letter_goes_by_e_mail_where_its_contact_has_an_address(
    cast: Cast, new_partner: Partnership, email: str, goes_by: str
) -> None:
    Contact.objects.update(email=email)
    assert make_letter(cast, new_partner).goes_by == goes_by


@pytest.mark.parametrize(
    ("goes_by", "mailed", "posted"),
    [(GoesBy.EMAIL, True, False), (GoesBy.PRINT, False, True), (GoesBy.BOTH, True, True)],
)
def test_it_goes_the_way_that_was_chosen(
    cast: Cast, draft: Letter, press: RunningPress, goes_by: GoesBy, mailed: bool, posted: bool
) -> None:
    letter = sign(cast, draft, goes_by=goes_by)
    assert letter.mail_wanted_at == (letter.signed_at if mailed else None)
    assert going_out.to_post(cast.coordinator) == ([letter] if posted else [])


def test_without_an_address_it_is_printed_whatever_was_chosen(
    cast: Cast, draft: Letter, press: RunningPress
) -> None:
    Contact.objects.update(email="")
    letter = sign(cast, Letter.objects.get())
    assert (letter.goes_by, letter.mail_wanted_at) == (GoesBy.PRINT, None)
    assert going_out.to_post(cast.coordinator) == [letter]


@pytest.mark.parametrize(
    ("goes_by", "button", "sentence"),
    [
        ("email", "Sign and send", "It goes by e-mail to odile@tamarack.example."),
        ("print", "Sign", "It is to be printed and posted by Imogen Tasker."),
    ],
)
def test_whoever_signs_reads_how_it_goes_out(
    cast: Cast, waiting: Letter, sign_in: SignIn, goes_by: str, button: str, sentence: str
) -> None:
    Letter.objects.update(goes_by=goes_by)
    page = sign_in(cast.principal).get(at(waiting, "page")).content.decode()
    assert sentence in page
    assert f'<button class="btn btn-primary">{button}</button>' in page


def test_how_it_goes_out_is_chosen_while_it_is_prepared(cast: Cast, draft: Letter, sign_in: SignIn) -> None:
    client = sign_in(cast.preparer)
    client.post(at(draft, "edit"), form_of(draft, goes_by="both"))
    assert Letter.objects.get().goes_by == GoesBy.BOTH
    Contact.objects.update(email="")
    again = form_of(Letter.objects.get(), goes_by="email")
    page = client.post(at(draft, "edit"), again)
    assert page.context["form"].errors["goes_by"] == [
        "Their record has no e-mail address. Choose “Printed, by post”."
    ]


def test_signing_alone_leaves_the_stage_where_it_was(to_post: Letter) -> None:
    assert stage_of(to_post) == Stage.IDENTIFIED


def test_a_letter_that_was_mailed_has_been_written_to(cast: Cast, signed: Letter) -> None:
    services.note_mailed(letter=signed, to="odile@tamarack.example")
    change = StageChange.objects.get()
    assert (change.was, change.now, change.by) == ("identified", "contacted", cast.principal)
    assert kinds(signed) == [EventKind.SIGNED, EventKind.MAILED]


def test_a_letter_waits_in_the_list_until_it_is_posted_and_again_once_that_is_taken_back(
    cast: Cast, to_post: Letter, sign_in: SignIn
) -> None:
    client = sign_in(cast.preparer)
    listed = url_in(cast.larkmoor, "letters:list")
    assert "To print and post" in client.get(listed).content.decode()
    page = client.post(at(to_post, "posted"), follow=True)
    assert messages_of(page) == [f"{to_post.reference} is kept as posted today."]
    assert f'action="{at(to_post, "not_posted")}"' in page.content.decode()
    assert "To print and post" not in client.get(listed).content.decode()
    assert (kinds(to_post), stage_of(to_post)) == ([EventKind.SIGNED, EventKind.PRINTED], "contacted")
    client.post(at(to_post, "not_posted"), follow=True)
    assert going_out.to_post(cast.coordinator) == [to_post]
    assert (kinds(to_post), stage_of(to_post)) == ([EventKind.PRINTED, EventKind.UNDONE], "identified")
    page = client.post(at(to_post, "not_posted"), follow=True)
    assert messages_of(page) == [
        "There is nothing to take back: it was before, or something has changed since."
    ]


def test_two_taps_post_it_once(cast: Cast, to_post: Letter) -> None:
    first, second = (services.note_posted(letter=to_post, by=cast.preparer) for _ in range(2))
    assert first == second


def test_an_answer_takes_a_letter_off_the_list(cast: Cast, to_post: Letter) -> None:
    services.record_reply(letter=to_post, answer=Answer.YES, source=Source.PHONE, by=cast.coordinator)
    assert going_out.to_post(cast.coordinator) == []


def test_taking_a_posting_back_leaves_a_stage_that_the_mail_had_moved(
    cast: Cast, draft: Letter, press: RunningPress
) -> None:
    letter = sign(cast, draft, goes_by=GoesBy.BOTH)
    services.note_mailed(letter=letter, to="odile@tamarack.example")
    services.note_posted(letter=letter, by=cast.preparer)
    services.take_posting_back(letter=letter, by=cast.preparer)
    assert stage_of(letter) == Stage.CONTACTED


def test_other_schools_do_not_read_what_is_to_be_posted(cast: Cast, to_post: Letter) -> None:
    assert going_out.to_post(cast.bellwether_coordinator) == []


def test_the_list_takes_as_many_queries_for_three_letters_as_for_one(
    cast: Cast, to_post: Letter, sign_in: SignIn
) -> None:
    client, listed = sign_in(cast.coordinator), url_in(cast.larkmoor, "letters:list")

    def asked() -> int:
        client.get(listed)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listed).status_code == 200
        return len(queries)

    with_one = asked()
    for _ in range(2):
        sign(cast, make_letter(cast, to_post.partnership, goes_by=GoesBy.PRINT))
    assert len(going_out.to_post(cast.coordinator)) == 3
    assert asked() == with_one


def test_the_stage_is_taken_back_by_one_click(cast: Cast, signed: Letter, sign_in: SignIn) -> None:
    services.note_mailed(letter=signed, to="odile@tamarack.example")
    client = sign_in(cast.coordinator)
    page = client.get(at(signed, "page")).content.decode()
    assert "This letter moved it from “Possible” to “Written to”." in page
    told = client.post(at(signed, "take_stage_back"), follow=True)
    assert messages_of(told) == ["The stage is “Possible” again."]
    assert stage_of(signed) == Stage.IDENTIFIED
    assert "This letter moved it" not in told.content.decode()


def test_a_stage_that_somebody_changed_since_is_not_taken_back(cast: Cast, signed: Letter) -> None:
    services.note_mailed(letter=signed, to="odile@tamarack.example")
    set_stage(partnership=signed.partnership, stage=Stage.EXPLORING, by=cast.coordinator)
    with pytest.raises(services.NothingToTakeBack):
        services.take_stage_back(letter=signed, by=cast.coordinator)
    assert stage_of(signed) == Stage.EXPLORING


def test_an_answer_recorded_by_mistake_is_taken_back_with_the_stage_that_it_moved(
    cast: Cast, signed: Letter, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    kept = client.post(at(signed, "reply"), {"answer": "yes", "source": "phone"}, follow=True)
    assert f'action="{at(signed, "take_reply_back")}"' in kept.content.decode()
    assert stage_of(signed) == Stage.EXPLORING
    page = client.post(at(signed, "take_reply_back"), follow=True)
    assert messages_of(page) == ["The answer “Yes” is taken back."]
    assert "By phone; taken back" in page.content.decode()
    assert (stage_of(signed), Reply.objects.count()) == (Stage.IDENTIFIED, 1)
    assert list(Letter.objects.silent()) == [signed]


def test_an_answer_that_was_taken_back_leaves_the_one_before(cast: Cast, signed: Letter) -> None:
    client_answer = services.record_reply(letter=signed, answer=Answer.YES, source=Source.LINK, by=None)
    mistake = services.record_reply(
        letter=signed, answer=Answer.TALK, source=Source.PHONE, by=cast.coordinator
    )
    services.take_reply_back(reply=mistake, by=cast.coordinator)
    assert signed.replies.standing().first() == client_answer
    assert stage_of(signed) == Stage.EXPLORING
    for reply in (mistake, client_answer):
        with pytest.raises(services.NothingToTakeBack):
            services.take_reply_back(reply=reply, by=cast.coordinator)


def test_the_promised_call_makes_way_for_an_answer_and_comes_back_when_that_is_taken_back(
    cast: Cast, signed: Letter
) -> None:
    def calls() -> list[Task]:
        return list(tasks(cast.coordinator, signed.call_on))

    [call] = calls()
    reply = services.record_reply(
        letter=signed, answer=Answer.NOT_NOW, source=Source.PHONE, by=cast.coordinator
    )
    assert calls() == []
    services.take_reply_back(reply=reply, by=cast.coordinator)
    assert calls() == [call]


def test_the_link_is_there_when_a_letter_is_mailed_later(cast: Cast, to_post: Letter) -> None:
    services.want_mail(letter=to_post, version=to_post.version, by=cast.coordinator)
    assert reverse("answer:page", kwargs={"token": Letter.objects.get().reply_link.token})
