"""How a group decides on one page: sentences that are read aloud in three minutes, each with an example."""

import io

import page as pdf_rules
import pypdf
import pytest
from django.test import Client

from decisions import paper
from decisions.models import Group
from decisions.read_aloud import Part, Seats, read_aloud
from decisions.rule import Abstention, Authority, Base, Closer, Method, Quorum, Rule, Tie
from partnership_portal.demo.fill_decisions import AGREED
from tests.conftest import Cast
from tests.decisions.conftest import adopt
from tests.decisions.test_pages import at, words
from tests.decisions.test_paper import flat
from tests.press.running import RunningPress

TWELVE = Seats(12, {"a1": "Parent, Quillback Middle School"}, "Repairs of up to $500 a year.")
THREE_MINUTES = 390
"""Words that are read aloud in three minutes, at 130 a minute."""


@pytest.fixture
def agreed(cast: Cast, committee: Group) -> Group:
    """The committee with the charter of the demo."""
    adopt(committee, by=cast.coordinator, **{kind or "other": rule for kind, rule in AGREED.items()})
    return committee


def said(rule: Rule, **kinds: Rule) -> dict[str, str]:
    """The sentences under each heading, as with twelve seats."""
    return {part.heading: " ".join(part.sentences) for part in read_aloud(rule, list(kinds.items()), TWELVE)}


def test_the_demos_charter_is_one_page_that_is_read_in_three_minutes(
    agreed: Group, press: RunningPress
) -> None:
    content = paper.how_pdf(agreed)
    aloud = flat(content).split("For whoever keeps this paper")[0]
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1
    assert len(aloud.split()) <= THREE_MINUTES
    for told in (
        "How we decide Version 1, in force since",
        "5 seats vote today.",
        "More than half of the seats, and 3 sectors must answer or be at the meeting (as with our 5 seats:",
        "Who joins us, Programs and services",
        "As with our 5 seats: 4 must say yes, if all vote.",
        "No answer is not a yes.",
    ):
        assert told in aloud, told


def test_it_is_tagged_and_ends_with_the_code_of_the_register(agreed: Group, press: RunningPress) -> None:
    content = paper.how_pdf(agreed)
    assert list(pdf_rules.validate_pdf_bytes(content, profile="ua1").failures) == []
    assert pypdf.PdfReader(io.BytesIO(content)).metadata.title == (
        "How we decide, Partnership committee, Quillback Middle School"
    )
    assert "ended with this code:" in flat(content)


def test_the_starting_rule_is_printed_too(committee: Group, press: RunningPress) -> None:
    text = flat(paper.how_pdf(committee))
    assert "The starting rule, until the group adopts its own." in text
    assert "Where that is not reached, from meeting 2 on:" in text


def test_the_page_leads_to_it(cast: Cast, agreed: Group, coordinator: Client) -> None:
    assert at(cast, "how_pdf", uid=agreed.uid) in words(coordinator, at(cast, "how", uid=agreed.uid))


def test_each_sentence_has_what_it_takes_of_the_seats() -> None:
    assert said(Rule(Method.CONSENSUS, Quorum(sectors=3), fallback=Method.TWO_THIRDS)) == {
        "Every question": (
            "It is adopted when at least one seat says yes and every other can live with it. "
            "As with our 12 seats: one that cannot live with it stops it. "
            "A seat that is not for it can stand aside. "
            "Where that is not reached, from meeting 2 on: It is adopted when at least two thirds of those "
            "counted say yes. As with our 12 seats: 8 must say yes, if all vote. "
            "Only yes and no are counted. An abstention counts only toward how many must answer."
        ),
        "Who must answer": (
            "More than half of the seats, and 3 sectors must answer or be at the meeting "
            "(as with our 12 seats: 7). One seat has one voice. No answer is not a yes. "
            "No seat answers for another. "
            "A seat that has an interest of its own steps out and is not counted."
        ),
        "While a question is open": (
            "It may be closed at the meeting that asks it. "
            "Answers are shown as they come, and may be corrected until it is closed. "
            "District staff, a principal or a coordinator counts and closes each question."
        ),
    }


def test_from_which_meeting_or_day_on_the_second_way_decides_is_said() -> None:
    rule = Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, fallback_round=4, fallback_days=14)
    assert (
        "Where that is not reached, from meeting 4 on, or at one that begins 14 days or more after the "
        "question was put: It is adopted when at least two thirds"
    ) in said(rule)["Every question"]


def test_how_many_may_stand_aside_is_said() -> None:
    every = said(Rule(Method.MINUS_ONE, asides=2))["Every question"]
    assert every.endswith("At most 2 seats may stand aside.")


def test_what_a_group_chose_is_said() -> None:
    own = Rule(
        Method.MAJORITY,
        base=Base.ALL,
        abstention=Abstention.AS_NO,
        tie=Tie.DEFERS,
        notice_days=5,
        silence=True,
        proxies=True,
        hidden_tally=True,
        closes=Closer.PRINCIPAL,
    )
    every, voices, meanwhile = said(own).values()
    assert every.endswith(
        "It is counted out of all seats, whether they answered or not. An abstention counts as a no. "
        "A tie comes back at the next meeting."
    )
    assert "unless we decide by “no objection by a deadline”. A seat may give its voice to another." in voices
    assert meanwhile == (
        "At least 5 days lie between the first asking and closing. "
        "Who has answered is shown; what they answered is shown once it is closed. "
        "A principal counts and closes each question."
    )


def test_of_a_single_kind_only_what_differs_is_said() -> None:
    rule = Rule(Method.MAJORITY, notice_days=5)
    silent = Rule(Method.NO_OBJECTION, Quorum(1, 1, more_than=False), notice_days=5, silence=True)
    urgent = Rule(Method.MAJORITY)
    money = Rule(Method.MAJORITY, notice_days=5, authority=Authority.BOARD)
    data = Rule(Method.MAJORITY, notice_days=5, closes=Closer.STAFF)
    parts = said(rule, Urgent=urgent, Money=money, Who=rule, Programs=silent, Data=data)
    assert parts["Data"] == "District staff count and close each question."
    assert parts["Urgent"] == "It may be closed at the meeting that asks it."
    assert parts["Money"] == ("The last word is another's: what we adopt is recommended to the school board.")
    assert parts["Who"] == "As every question."
    assert parts["Programs"] == (
        "It is adopted when every seat was told and nobody has objected by the deadline. "
        "As with our 12 seats: one objection stops it, and so does one seat that was not told. "
        "All seats, and 1 sector must be told, answer or be at the meeting (as with our 12 seats: 12). "
        "No answer is a yes of a seat that was told."
    )


def test_the_seat_that_decides_is_named() -> None:
    led, given = Rule(Method.LEADER, decider="a1"), Rule(Method.DELEGATED, decider="a1")
    parts = said(Rule(Method.CONSENT), Urgent=led, Programs=given)
    assert parts["Urgent"] == (
        "The named person asks for advice, then decides and says why. "
        "The seat that decides: Parent, Quillback Middle School. Advice: Of 3 seats, before the decision."
    )
    assert parts["Programs"].startswith(
        "The named person or group decides, and reports back. The seat that decides: Parent, Quillback "
        "Middle School. What it may decide: Repairs of up to $500 a year."
    )


def test_kinds_with_the_same_rule_stand_together() -> None:
    found = read_aloud(
        Rule(Method.CONSENT), [("Money", Rule(Method.SHARE)), ("Who", Rule(Method.SHARE))], TWELVE
    )
    assert isinstance(found[-1], Part)
    assert found[-1].heading == "Money, Who"


def test_a_seat_at_the_meeting_counts_though_it_says_nothing() -> None:
    every, voices, _meanwhile = said(Rule(Method.MAJORITY, base=Base.PRESENT)).values()
    assert "It is counted out of all seats that answered or were at the meeting." in every
    assert voices.startswith("More than half of the seats, and 1 sector must answer or be at the meeting (")


def test_a_quorum_is_said_only_where_the_method_asks_for_one() -> None:
    led = Rule(Method.LEADER, decider="a1")
    parts = said(led, Money=Rule(Method.MAJORITY), Urgent=Rule(Method.DELEGATED, Quorum(sectors=3)))
    assert parts["Who must answer"].startswith("One seat has one voice.")
    assert "must answer or be at the meeting (as with our 12 seats: 7)." in parts["Money"]
    assert "must answer" not in parts["Urgent"]
