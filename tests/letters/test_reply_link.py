"""A letter is answered by its personal link: opening writes nothing, a POST records, the last one counts."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import Membership
from letters import answering, services
from letters.enums import Answer, Source
from letters.models import Letter, Reply, ReplyLink
from outreach.cards.letters import answered
from partners.enums import Stage
from partners.models import Contact, StageChange
from tests.access.asking import refuse_writes
from tests.conftest import Cast
from tests.letters.conftest import make_letter
from tests.press.running import RunningPress

MOST_WORDS = 120
MOST_BYTES = 60 * 1024


def address(letter: Letter) -> str:
    return reverse("answer:page", kwargs={"token": letter.reply_link.token})


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def replies() -> list[tuple[str, str, str, object]]:
    return list(Reply.objects.order_by("pk").values_list("answer", "source", "note", "by"))


def test_a_signature_makes_one_link_that_works_for_half_a_year(signed: Letter) -> None:
    link = ReplyLink.objects.get()
    assert (link.letter, link.expires_at - link.created_at) == (signed, datetime.timedelta(days=180))
    services.make_links([signed])
    assert ReplyLink.objects.get() == link


def test_the_page_says_whose_letter_it_is_and_preselects_nothing(signed: Letter, client: Client) -> None:
    page = client.get(address(signed))
    text = words_of(main_of(page.content.decode()))
    for told in (
        "Your answer to our letter",
        "Dr. Rosalind Oyelaran, Quillback Middle School, wrote to you on",
        f"(letter {signed.reference}).",
        "Please answer by",
        "What does Tamarack Youth Counseling answer?",
        "Yes Talk to me Not now",
        "In your words (optional)",
        "Send this answer",
    ):
        assert told in text
    assert "checked" not in page.content.decode()
    assert len(text[: text.index("More")].split()) <= MOST_WORDS
    assert len(page.content) <= MOST_BYTES


def test_the_page_is_for_its_reader_alone(signed: Letter, client: Client) -> None:
    page = client.get(address(signed))
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_opening_the_page_counts_nothing(signed: Letter, client: Client) -> None:
    with connection.execute_wrapper(refuse_writes):
        assert client.get(address(signed)).status_code == 200
    assert (replies(), ReplyLink.objects.get().acted_at) == ([], None)


def test_an_answer_is_recorded_and_the_page_says_what_when_and_how_to_correct_it(
    signed: Letter, client: Client
) -> None:
    page = client.post(address(signed), {"answer": "talk", "note": " After 3 pm. "}, follow=True)
    assert replies() == [(Answer.TALK, Source.LINK, "After 3 pm.", None)]
    assert ReplyLink.objects.get().acted_at is not None
    text = words_of(main_of(page.content.decode()))
    assert "Thank you. We have your answer: “Talk to me”." in text
    assert "To correct it, answer again below: the last answer counts." in text
    assert "checked" not in page.content.decode()


def test_a_yes_moves_the_partnership_to_talking_under_nobodys_name(signed: Letter, client: Client) -> None:
    client.post(address(signed), {"answer": "yes"})
    change = StageChange.objects.get()
    assert (change.now, change.by, change.cause_uid) == (Stage.EXPLORING, None, signed.uid)


def test_not_now_leaves_the_stage(signed: Letter, client: Client) -> None:
    client.post(address(signed), {"answer": "not_now"})
    assert list(StageChange.objects.all()) == []


def test_a_yes_by_link_waits_on_the_liaisons_today(cast: Cast, signed: Letter, client: Client) -> None:
    client.post(address(signed), {"answer": "yes"})
    liaison: Membership = cast.coordinator
    assert list(answered(liaison, clock.today(cast.larkmoor))) == [signed]


def test_the_last_answer_counts_and_a_second_tap_is_kept_once(signed: Letter, client: Client) -> None:
    for answer in ("yes", "yes", "not_now"):
        client.post(address(signed), {"answer": answer})
    assert [row[0] for row in replies()] == ["yes", "not_now"]
    assert signed.replies.standing().first().answer == Answer.NOT_NOW


def test_sending_without_an_answer_is_told_and_keeps_the_words(signed: Letter, client: Client) -> None:
    page = client.post(address(signed), {"note": "We are moving."}).content.decode()
    assert "Choose one of the three answers." in page
    assert "Your answer is not sent yet" in page
    assert "We are moving." in page
    assert replies() == []


@pytest.mark.parametrize("posted", [{"answer": "maybe"}, {"answer": "yes", "note": "x" * 501}])
def test_what_is_none_of_the_answers_or_too_long_is_not_kept(
    signed: Letter, client: Client, posted: dict[str, str]
) -> None:
    assert client.post(address(signed), posted).status_code == 200
    assert replies() == []


def test_a_withdrawn_letter_says_so_kindly_and_takes_no_answer(
    cast: Cast, signed: Letter, client: Client
) -> None:
    services.withdraw_letter(
        letter=signed, version=signed.version, reason="A name was misspelled.", by=cast.principal
    )
    page = client.get(address(signed)).content.decode()
    assert "We took this letter back" in page
    assert "so there is nothing for you to answer. Thank you for looking." in page
    assert "A name was misspelled." not in page
    client.post(address(signed), {"answer": "yes"})
    assert replies() == []


@pytest.mark.parametrize("how", ["old", "left", "wrong"])
def test_a_link_that_ended_or_was_guessed_leads_to_a_page_that_says_what_to_do(
    signed: Letter, client: Client, how: str
) -> None:
    url = address(signed)
    if how == "old":
        ReplyLink.objects.update(expires_at=clock.now())
    elif how == "left":
        Contact.objects.update(left_on=clock.today(signed.school))
    else:
        url = reverse("answer:page", kwargs={"token": "A" * 43})
    for page in (client.get(url), client.post(url, {"answer": "yes"})):
        assert page.status_code == 410
        assert "This link has ended" in page.content.decode()
    assert replies() == []


def test_a_link_of_another_kind_opens_no_letter(signed: Letter, client: Client) -> None:
    from accounts.links import make_token

    other = make_token("partner", signed.reply_link.uid)
    assert client.get(reverse("answer:page", kwargs={"token": other})).status_code == 410


def test_links_cannot_be_tried_by_the_hundred(
    signed: Letter, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TRIES", 1)
    page, too_many = (client.get(address(signed)) for _ in range(2))
    assert (page.status_code, too_many.status_code) == (200, 429)
    assert client.post(address(signed), {"answer": "yes"}).status_code == 429
    assert replies() == []


def test_the_page_is_in_the_letters_language(
    cast: Cast, new_partner: object, client: Client, press: RunningPress
) -> None:
    letter = make_letter(cast, new_partner, language="es")
    services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
    page = client.get(address(Letter.objects.get()), headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="es">' in page


def test_after_its_day_an_answer_is_still_welcome(signed: Letter, client: Client) -> None:
    Letter.objects.update(reply_by=clock.today(signed.school) - datetime.timedelta(days=1))
    assert "yours is still welcome." in client.get(address(signed)).content.decode()
