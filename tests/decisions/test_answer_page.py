"""A seat answers by its personal link: opening writes nothing, a POST records, the last answer counts."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.links import make_token
from decisions import answering, services
from decisions.enums import Kind, NoteKind, Source
from decisions.models import AnswerLink, Decision, Event, Group, LinkNote, Position
from decisions.register import verify_register
from decisions.rule import Answer, Method
from tests.access.asking import refuse_writes
from tests.conftest import Cast
from tests.decisions.asked import address, asked_by_mail, link_of, seat_of, seat_people
from tests.decisions.conftest import answer

MOST_WORDS = 120
MOST_BYTES = 60 * 1024


@pytest.fixture
def question(cast: Cast, committee: Group, by_majority: Group) -> Decision:
    """A question that is open for five days, to seats in which people sit."""
    seat_people(cast, committee)
    return services.open_decision(
        group=by_majority,
        question="Shall we open on Saturdays?",
        meaning="From nine to noon, in the gym, from January on.",
        closes_at=clock.now() + datetime.timedelta(days=5),
        by=cast.coordinator,
    )


@pytest.fixture
def link(cast: Cast, question: Decision) -> AnswerLink:
    """The pantry's link."""
    return asked_by_mail(cast, question)


def words_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def words_before_more(html: str) -> int:
    """How many words one sees before "More", with all that can be opened closed."""
    closed = re.sub(r"<details[^>]*><summary>(.*?)</summary>.*?</details>", r"\1", html, flags=re.DOTALL)
    text = words_of(closed)
    return len(text[: text.rindex("More")].split())


def given() -> list[tuple[object, str, str, object]]:
    """What was answered to everyday questions: the adopted way to decide is another kind."""
    rows = Position.objects.filter(round__decision__kind=Kind.EVERYDAY).select_related("sealed")
    return [(row.answer, row.source, row.reason, row.recorded_by) for row in rows]


def field(link: AnswerLink) -> str:
    return f"answer-{link.decision_seat.uid}"


def posted(link: AnswerLink, choice: str, reason: str = "", **more: str) -> dict[str, str]:
    seat = link.decision_seat.uid
    return {"act": "answer", "round": "1", f"answer-{seat}": choice, f"reason-{seat}": reason, **more}


def test_the_page_says_whose_answer_is_asked_and_preselects_nothing(link: AnswerLink, client: Client) -> None:
    page = client.get(address(link)).content.decode()
    text = words_of(page)
    for told in (
        "You answer for Open Cupboard Pantry, as Noor of Open",
        "Shall we open on Saturdays?",
        "From nine to noon, in the gym, from January on.",
        "Open until",
        "0 of 5 seats have answered.",
        "Yes No Abstains",
        "All seats and the schools' staff see both.",
        "You can change it until the question is closed.",
        "Not Noor of Open? Tell",
        "(555) 555-0110",
        "Someone else answers for us",
        "I may not answer for my agency",
        "I have a question first",
        "3 sectors must answer or be at the meeting. No answer is not a yes.",
    ):
        assert told in text, told
    assert "checked" not in page
    assert words_before_more(page) <= MOST_WORDS
    assert len(page) <= MOST_BYTES


def test_the_page_is_for_its_reader_alone(link: AnswerLink, client: Client) -> None:
    page = client.get(address(link))
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"


def test_a_robot_that_opens_it_twenty_times_changes_nothing(link: AnswerLink, client: Client) -> None:
    entries = Event.objects.count()
    with connection.execute_wrapper(refuse_writes):
        assert {client.get(address(link)).status_code for _visit in range(20)} == {200}
    assert (given(), Event.objects.count(), AnswerLink.objects.get(pk=link.pk).acted_at) == (
        [],
        entries,
        None,
    )
    client.post(address(link), posted(link, "yes"))
    assert given() == [("yes", Source.LINK, "", None)]


def test_an_answer_is_recorded_and_the_page_says_how_to_correct_it(link: AnswerLink, client: Client) -> None:
    page = client.post(address(link), posted(link, "no", " It is too early. "), follow=True)
    assert given() == [("no", Source.LINK, "It is too early.", None)]
    text = words_of(page.content.decode())
    assert "We have your answer: “No”." in text
    assert "To correct it, answer again below: the last answer counts." in text
    assert "checked" not in page.content.decode()
    link.refresh_from_db()
    assert link.acted_at == link.receipt_wanted_at is not None


def test_the_last_answer_counts_and_a_second_tap_is_kept_once(link: AnswerLink, client: Client) -> None:
    for choice in ("yes", "yes", "no"):
        client.post(address(link), posted(link, choice))
    assert [row[0] for row in given()] == ["yes", "no"]


def test_an_answer_by_link_is_the_seats_own_in_the_register(
    cast: Cast, link: AnswerLink, client: Client
) -> None:
    client.post(address(link), posted(link, "yes", "We are there anyway."))
    assert verify_register(district=cast.larkmoor).problem is None


def test_sending_without_an_answer_is_told_and_keeps_the_words(link: AnswerLink, client: Client) -> None:
    sent = posted(link, "", "We are moving.")
    page = client.post(address(link), sent).content.decode()
    assert "This is not sent yet" in page
    assert "Choose one of the answers." in page
    assert "We are moving." in page
    assert given() == []


@pytest.mark.parametrize("choice", ["maybe", "block", "5", "[]"])
def test_what_is_none_of_the_answers_is_not_kept(link: AnswerLink, client: Client, choice: str) -> None:
    assert client.post(address(link), posted(link, choice)).status_code == 200
    assert given() == []


def test_forged_marks_of_what_was_shown_keep_no_answer_back(link: AnswerLink, client: Client) -> None:
    own = field(link)
    client.post(address(link), posted(link, "yes") | {f"initial-{own}": "yes"})
    assert given() == [("yes", Source.LINK, "", None)]


def test_the_page_says_hours_of_the_district(question: Decision, link: AnswerLink, client: Client) -> None:
    Decision.objects.filter(pk=question.pk).update(
        closes_at=datetime.datetime(2036, 12, 3, 23, 0, tzinfo=datetime.UTC)
    )
    assert "Open until December 3, 5 p.m." in words_of(client.get(address(link)).content.decode())


def test_an_unknown_act_does_nothing(link: AnswerLink, client: Client) -> None:
    assert client.post(address(link), posted(link, "yes", act="burn")).status_code == 200
    assert given() == []


def test_a_further_round_asks_anew_and_refuses_answers_to_the_one_before(
    cast: Cast, committee: Group, client: Client
) -> None:
    seat_people(cast, committee)
    asked = services.open_decision(
        group=committee, question="Shall we?", kind="everyday", by=cast.coordinator
    )
    asked.rounds.get()
    link = asked_by_mail(cast, asked)
    Decision.objects.filter(pk=asked.pk).update(method=Method.CONSENT)
    asked.refresh_from_db()
    answer(asked, "objects", "yes", "yes", "yes", "yes", by=cast.coordinator)
    services.next_round(decision=asked, text="Shall we, from May on?", by=cast.coordinator)
    page = client.post(address(link), posted(link, "yes")).content.decode()
    assert "A further round began meanwhile. Read the question as it stands now." in page
    assert "Shall we, from May on?" in page
    client.post(address(link), posted(link, "yes", round="2"))
    assert [row[1] for row in given()].count(Source.LINK) == 1


def test_options_are_ranked_by_link(cast: Cast, committee: Group, client: Client) -> None:
    seat_people(cast, committee)
    asked = services.open_decision(
        group=committee,
        question="Which day?",
        method=Method.RUNOFF,
        method_reason="There are three of them.",
        options=["Monday", "Tuesday", "Friday"],
        by=cast.coordinator,
    )
    link = asked_by_mail(cast, asked)
    own = field(link)
    ranks = {"act": "answer", "round": "1", f"{own}-0": "2", f"{own}-1": "", f"{own}-2": "1"}
    assert "Write 1 at the first choice" in words_of(client.get(address(link)).content.decode())
    page = client.post(address(link), ranks | {f"{own}-1": "1"}).content.decode()
    assert "This is not sent yet" in page
    assert given() == []
    client.post(address(link), ranks)
    assert given() == [([2, 0], Source.LINK, "", None)]


def test_a_question_first_waits_for_whoever_asked(link: AnswerLink, client: Client) -> None:
    page = client.post(address(link), {"act": "ask", "text": "Who pays the bus?"}, follow=True)
    assert "Your question went to Imogen Tasker. Who pays the bus?" in words_of(page.content.decode())
    assert [(note.kind, note.text) for note in LinkNote.objects.select_related("sealed")] == [
        (NoteKind.ASKS, "Who pays the bus?")
    ]
    assert given() == []


def test_an_empty_question_is_told_at_its_place(link: AnswerLink, client: Client) -> None:
    page = client.post(address(link), {"act": "ask", "text": " "}).content.decode()
    assert 'id="id_ask_text"' in page
    assert "This is not sent yet" in page
    assert list(LinkNote.objects.all()) == []


def test_whoever_may_not_answer_says_so_and_counts_as_silent(
    question: Decision, link: AnswerLink, client: Client
) -> None:
    page = client.post(address(link), {"act": "may_not"}, follow=True)
    assert "We told Imogen Tasker that you may not answer." in words_of(page.content.decode())
    assert LinkNote.objects.get().kind == NoteKind.MAY_NOT
    assert given() == []


def test_a_colleague_takes_over_and_the_first_link_says_so(link: AnswerLink, client: Client) -> None:
    colleague = {"act": "pass_on", "name": "Ann Lee", "email": "ann@open.example", "language": "es"}
    page = client.post(address(link), colleague, follow=True)
    assert page.status_code == 200
    text = words_of(page.content.decode())
    assert "You passed this link on" in text
    assert "Ann Lee got a link of their own by mail and answers now." in text
    theirs = AnswerLink.objects.get(passed_on=link)
    assert '<html lang="es">' in client.get(address(theirs)).content.decode()
    client.post(address(link), posted(link, "yes"))
    assert given() == []
    client.post(address(theirs), posted(theirs, "yes"))
    assert given() == [("yes", Source.LINK, "", None)]


def test_a_wrong_address_of_a_colleague_is_told(link: AnswerLink, client: Client) -> None:
    page = client.post(
        address(link), {"act": "pass_on", "name": "Ann", "email": "ann", "language": "en"}
    ).content.decode()
    assert "This is not an e-mail address. Write it as in name@school.org." in page
    assert 'value="ann"' in page
    assert AnswerLink.objects.filter(passed_on=link).count() == 0


def test_an_address_longer_than_any_is_told(link: AnswerLink, client: Client) -> None:
    long = "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example"
    told = {"act": "pass_on", "name": "Ann", "email": long, "language": "en"}
    assert client.post(address(link), told).status_code == 200
    assert AnswerLink.objects.filter(passed_on=link).count() == 0


def test_others_answers_stand_behind_more(
    cast: Cast, question: Decision, link: AnswerLink, client: Client
) -> None:
    services.record_answer(
        decision=question,
        seat=seat_of(question, "Larkmoor"),
        answer=Answer.NO,
        reason="The lot is not lit.",
        by=cast.coordinator,
    )
    text = words_of(client.get(address(link)).content.decode())
    assert "What others have answered No Larkmoor Police Department : The lot is not lit." in text


def test_a_closed_question_says_how_it_was_decided_and_takes_no_answer(
    cast: Cast, question: Decision, link: AnswerLink, client: Client
) -> None:
    answer(question, "yes", "yes", "yes", "yes", "no", by=cast.coordinator)
    services.close_decision(decision=question, version=question.version, by=cast.coordinator)
    page = client.get(address(link))
    text = words_of(page.content.decode())
    assert page.status_code == 200
    assert "This question is closed. Adopted. 4 yes, 1 no" in text
    assert "Send this answer" not in text
    client.post(address(link), posted(link, "no"))
    assert [row[1] for row in given()].count(Source.LINK) == 0


def test_after_its_time_the_page_says_so_and_takes_no_answer(
    question: Decision, link: AnswerLink, client: Client
) -> None:
    Decision.objects.update(closes_at=clock.now() - datetime.timedelta(hours=1))
    text = words_of(client.get(address(link)).content.decode())
    assert "Answers were taken until" in text
    assert "Send this answer" not in text
    late = client.post(address(link), posted(link, "yes")).content.decode()
    assert "This was not recorded. It came after the time to answer." in words_of(late)
    assert given() == []


def test_a_seat_that_stepped_out_is_told(
    cast: Cast, question: Decision, link: AnswerLink, client: Client
) -> None:
    services.step_out(decision=question, seat=link.decision_seat, reason="They bid.", by=cast.coordinator)
    text = words_of(client.get(address(link)).content.decode())
    assert "Your seat stepped out of this question." in text
    client.post(address(link), posted(link, "yes"))
    assert given() == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"expires_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}, "It ran out."),
        (
            {"revoked_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
            "It was taken back, or a newer one was sent.",
        ),
    ],
)
def test_a_link_that_ended_says_why_and_for_whom_it_was(
    link: AnswerLink, client: Client, how: dict[str, datetime.datetime], said: str
) -> None:
    AnswerLink.objects.filter(pk=link.pk).update(**how)
    for page in (client.get(address(link)), client.post(address(link), posted(link, "yes"))):
        text = words_of(page.content.decode())
        assert page.status_code == 410
        assert f"This link has ended {said}" in text
        assert "It was for Noor of Open, who answered for Open Cupboard Pantry in" in text
        assert "If that is not you, you need do nothing." in text
        assert "Questions, or a new link: Imogen Tasker, (555) 555-0110." in text
    assert given() == []


def test_a_guessed_link_leads_to_a_page_that_says_what_to_do(link: AnswerLink, client: Client) -> None:
    other = make_token("partner", link.uid)
    for token in ("A" * 43, other, "x"):
        page = client.get(reverse("decide:page", kwargs={"token": token}))
        assert page.status_code == 410
        assert "they can send you a new one in a minute" in page.content.decode()


def test_links_cannot_be_tried_by_the_hundred(
    link: AnswerLink, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TRIES", 1)
    assert [client.get(address(link)).status_code for _visit in range(2)] == [200, 429]
    assert client.post(address(link), posted(link, "yes")).status_code == 429
    assert given() == []


def test_the_page_is_in_its_persons_language_and_asks_in_it(
    cast: Cast, question: Decision, client: Client
) -> None:
    services.add_spanish(
        decision=question,
        question_es="¿Abrimos los sábados?",
        meaning_es="De nueve a doce, en el gimnasio.",
        by=cast.coordinator,
    )
    link = services.copy_link(seat=seat_of(question, "Parent"), by=cast.coordinator)
    page = client.get(address(link), headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="es">' in page
    text = words_of(page)
    assert "¿Abrimos los sábados?" in text
    assert "De nueve a doce, en el gimnasio." in text
    assert link_of(question, "Parent") == link


def test_long_words_of_meaning_stand_whole_behind_more(
    cast: Cast, by_majority: Group, committee: Group, client: Client
) -> None:
    seat_people(cast, committee)
    asked = services.open_decision(
        group=by_majority, question="Shall we?", meaning="word " * 80 + "last.", by=cast.coordinator
    )
    page = client.get(address(asked_by_mail(cast, asked))).content.decode()
    assert words_before_more(page) <= MOST_WORDS
    before, _more, after = words_of(page).partition(" More ")
    assert ("last." in before, "last." in after) == (False, True)


@pytest.mark.parametrize("answers", [1, 3])
def test_the_page_asks_as_often_with_one_answer_as_with_three(
    cast: Cast, question: Decision, link: AnswerLink, client: Client, django_assert_num_queries, answers: int
) -> None:
    answer(question, *["yes"] * answers, by=cast.coordinator)
    client.get(address(link))
    with django_assert_num_queries(7):
        client.get(address(link))
