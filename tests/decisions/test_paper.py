"""A decision and a group's year on paper: tagged, whole, and with the code that an outsider can hold."""

import csv
import io

import page as pdf_rules
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from decisions import paper
from decisions.ledger import code_from
from decisions.models import ChainHead, Decision, Group
from decisions.rule import Method
from decisions.services import Given, close_decision, open_decision, record_answers
from press.documents import Document, Pdf
from press.engine import HERE
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided, voting
from tests.pdf import text_of
from tests.press.running import RunningPress

PIECES = (HERE / "styles/record.sample.html").read_text().split("\n\n")


@pytest.fixture
def closed(cast: Cast, by_majority: Group) -> Decision:
    """Adopted, with its reasons."""
    decision = open_decision(
        group=by_majority, question="Shall we share one form?", meaning="One page, once.", by=cast.coordinator
    )
    answer(decision, "yes", "no", "yes", "yes", "abstain", by=cast.coordinator)
    return close_decision(
        decision=decision,
        version=decision.version,
        rationale="Families asked for it.",
        dissent="A case number is missing.",
        owner=cast.coordinator,
        by=cast.coordinator,
    )


def flat(content: bytes) -> str:
    return " ".join(text_of(content).split())


def test_the_record_says_what_was_decided_how_and_by_whom(closed: Decision, press: RunningPress) -> None:
    text = flat(paper.record_pdf(closed))
    for told in (
        f"Decision {closed.reference}, Partnership committee, Quillback Middle School, asked",
        "Shall we share one form?",
        "One page, once.",
        "Adopted",
        "3 yes, 1 no, 1 abstained; of 4 votes cast, 3 must be yes;",
        "Larkmoor Police Department No",
        "Families asked for it.",
        "A case number is missing.",
        "Imogen Tasker",
        "By version 1 of how we decide.",
        "Simple majority",
        "For whoever keeps this paper",
        "Page 1 of",
    ):
        assert told in text, told


def test_its_last_code_is_the_end_of_the_register_and_can_be_checked(
    closed: Decision, press: RunningPress, client: Client
) -> None:
    head = ChainHead.objects.get()
    text = flat(paper.record_pdf(closed))
    start = text.index("ended with this code:") + len("ended with this code:")
    printed = code_from(text[start : text.index("Type it at")])
    assert printed == head.hash
    assert client.get(reverse("register:code", kwargs={"code": printed})).status_code == 200
    assert f"had {head.seq} entries" in text


def test_the_papers_are_tagged_and_pass_as_pdf_ua(closed: Decision, press: RunningPress) -> None:
    for content in (paper.record_pdf(closed), paper.register_pdf(closed.group, closed.year)):
        assert list(pdf_rules.validate_pdf_bytes(content, profile="ua1").failures) == []
        assert "Partnership committee" in pypdf.PdfReader(io.BytesIO(content)).metadata.title


def test_an_open_question_is_printed_as_it_stands(cast: Cast, opened: Decision, press: RunningPress) -> None:
    answer(opened, "yes", by=cast.coordinator)
    text = flat(paper.record_pdf(opened))
    assert "Open As it stands:" in text
    assert "No answer" in text


def test_options_stand_on_paper_with_what_they_got(
    cast: Cast, by_majority: Group, press: RunningPress
) -> None:
    asked = open_decision(
        group=by_majority,
        question="Which day?",
        method=Method.PLURALITY,
        method_reason="There are two.",
        options=["Monday", "Friday"],
        by=cast.coordinator,
    )
    given = [Given(seat, choice) for seat, choice in zip(voting(asked), (0, 1, 1, 1, 0), strict=True)]
    record_answers(decision=asked, given=given, by=cast.coordinator)
    asked = close_decision(decision=asked, version=asked.version, by=cast.coordinator)
    text = flat(paper.record_pdf(asked))
    assert "1. Monday 2" in text
    assert "2. Friday 3, chosen" in text


def test_what_no_font_can_print_does_not_keep_a_record_from_being_printed(
    cast: Cast, by_majority: Group, press: RunningPress
) -> None:
    asked = open_decision(group=by_majority, question="Shall we party? 🎉🥁🎺🎷🎸🎻", by=cast.coordinator)
    assert "Shall we party? ??????" in flat(paper.record_pdf(asked))


def test_a_year_has_each_decision_in_the_order_of_its_number(
    cast: Cast, closed: Decision, press: RunningPress
) -> None:
    later = decided(closed.group, "no", "no", "no", "yes", "yes", by=cast.coordinator)
    text = flat(paper.register_pdf(closed.group, closed.year))
    assert f"Register of decisions, {closed.year}" in text
    assert text.index(closed.reference) < text.index(later.reference)
    assert "Not adopted" in text


def test_a_year_without_questions_says_so(committee: Group, press: RunningPress) -> None:
    assert "Nothing was asked in this year." in flat(paper.register_pdf(committee, 1999))


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_answers_come_as_a_table_safe_in_a_spreadsheet(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    asked = open_decision(group=by_majority, question="=1+1 or not?", by=cast.coordinator)
    answer(asked, "yes", by=cast.coordinator)
    url = reverse("decisions:record_csv", kwargs={"district": "larkmoor", "uid": asked.uid})
    lines = lines_of(coordinator.get(url).getvalue())
    assert lines[0] == ["Seat", "Sector", "Answer", "Reason", "How we know"]
    assert [line[0] for line in lines[1:6]] == [seat.label for seat in asked.seats.filter(standing="votes")]
    assert lines[1][2] == "Yes"
    assert lines[7] == ["Question", "'=1+1 or not?"]
    assert code_from(lines[-1][1]) == ChainHead.objects.get().hash


def test_a_year_comes_as_a_table(closed: Decision, coordinator: Client) -> None:
    kwargs = {"district": "larkmoor", "uid": closed.group.uid, "year": closed.year}
    lines = lines_of(coordinator.get(reverse("decisions:register_csv", kwargs=kwargs)).getvalue())
    assert [line[0] for line in lines] == ["Number", "D-2026-01", closed.reference, "End of the register"]
    assert lines[2][2:5] == ["Shall we share one form?", "Everyday matters", "Adopted"]


def test_the_pages_lead_to_the_papers(closed: Decision, coordinator: Client) -> None:
    at = {"district": "larkmoor", "uid": closed.uid}
    page = coordinator.get(reverse("decisions:page", kwargs=at)).content.decode()
    assert reverse("decisions:record_pdf", kwargs=at) in page
    of_group = {"district": "larkmoor", "uid": closed.group.uid}
    page = coordinator.get(reverse("decisions:group", kwargs=of_group)).content.decode()
    assert reverse("decisions:register_pdf", kwargs=of_group | {"year": closed.year}) in page


def test_without_the_press_one_is_told_what_to_do(
    closed: Decision, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_SOCKET", "/nowhere/press.sock")
    url = reverse("decisions:record_pdf", kwargs={"district": "larkmoor", "uid": closed.uid})
    page = coordinator.get(url, follow=True).content.decode()
    assert "It cannot be printed right now. Try again in a minute." in page


@pytest.mark.parametrize("words", ["Other words", "Жанна", "Ελένη"])
@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_of_a_record_is_warm(press: RunningPress, piece: str, words: str) -> None:
    first = piece if "<h1>" in piece else f"<main><h1>Heading</h1></main>{piece}"
    document = Document(first.replace("Sample", words), title="Piece", lang="es", stylesheet="record")
    assert [type(answer) for answer in press.make(document)] == [Pdf]
