"""The arithmetic in words, as it is printed."""

import pytest

from decisions.outcome import Voice, decide
from decisions.rule import Abstention, Answer, Base, Method, Quorum, Rule, Tie
from decisions.rule_words import as_with, quorum_words, reach_words, rule_lines
from decisions.sentences import Row, rows, sentence
from decisions.starting import Reach, starting_rule
from decisions.tallied import tally

SECTORS = ("schools", "health care", "youth", "faith-based")


def said(rule, *, round_n=1, sectors=SECTORS, out=0, silent=0, **answers):
    """The sentence for so many answers of each kind; sectors are dealt out in turn."""
    given = [Answer(kind) for kind, n in answers.items() for _ in range(n)] + [None] * silent
    seats = [Voice(sectors[i % len(sectors)], answer) for i, answer in enumerate(given)]
    result = decide([*seats, *[Voice("youth", recused=True)] * out], rule.in_round(round_n), round_n=round_n)
    return sentence(result.outcome, result.figures)


THREE = Quorum(sectors=3)


def test_adopted():
    assert said(Rule(Method.MAJORITY, THREE), yes=7, no=3, abstain=1, silent=5) == (
        "7 yes, 3 no, 1 abstained; of 10 votes cast, 6 must be yes; "
        "11 of 16 seats took part, from 4 sectors, and a quorum takes 9, from 3 sectors: adopted"
    )


def test_one_vote_short():
    assert said(Rule(Method.TWO_THIRDS, THREE), yes=6, no=4) == (
        "6 yes, 4 no; of 10 votes cast, 7 must be yes; "
        "10 of 10 seats took part, from 4 sectors, "
        "and a quorum takes 6, from 3 sectors: not adopted, one vote short"
    )


def test_two_votes_short_of_all_seats():
    assert said(Rule(Method.MAJORITY, THREE, Base.ALL), yes=7, no=2, silent=7) == (
        "7 yes, 2 no; of 16 seats in all, 9 must say yes; "
        "9 of 16 seats took part, from 4 sectors, "
        "and a quorum takes 9, from 3 sectors: not adopted, 2 votes short"
    )


def test_a_tie():
    assert said(Rule(Method.MAJORITY, THREE), yes=4, no=4) == (
        "4 yes, 4 no; of 8 votes cast, 5 must be yes; "
        "8 of 8 seats took part, from 4 sectors, and a quorum takes 5, from 3 sectors: not adopted, a tie"
    )


def test_a_tie_that_comes_back():
    assert said(Rule(Method.MAJORITY, THREE, tie=Tie.DEFERS), yes=4, no=4) == (
        "4 yes, 4 no; of 8 votes cast, 5 must be yes; "
        "8 of 8 seats took part, from 4 sectors, "
        "and a quorum takes 5, from 3 sectors: a tie, back at the next meeting"
    )


def test_no_quorum_by_answers():
    assert said(Rule(Method.MAJORITY, THREE), yes=4, no=1, silent=11) == (
        "4 yes, 1 no; 5 of 16 seats took part, from 4 sectors, "
        "and a quorum takes 9, from 3 sectors: no quorum, 4 answers short"
    )


def test_no_quorum_by_one_sector():
    assert said(Rule(Method.MAJORITY, THREE), sectors=("schools", "youth"), yes=9) == (
        "9 yes, 0 no; 9 of 9 seats took part, from 2 sectors, "
        "and a quorum takes 5, from 3 sectors: no quorum, one sector short"
    )


def test_everybody_abstains():
    assert said(Rule(Method.MAJORITY, THREE), abstain=6) == (
        "0 yes, 0 no, 6 abstained; of 0 votes cast, 1 must be yes; "
        "6 of 6 seats took part, from 4 sectors, "
        "and a quorum takes 4, from 3 sectors: not adopted, one vote short"
    )


def test_seats_that_stepped_out():
    assert said(Rule(Method.MAJORITY, Quorum(sectors=0)), yes=3, out=2) == (
        "3 yes, 0 no; of 3 votes cast, 2 must be yes; 2 seats stepped out; "
        "3 of 3 seats took part, and a quorum takes 2: adopted"
    )


def test_consensus_reached():
    assert said(Rule(Method.CONSENSUS, THREE), yes=8, aside=1, silent=3) == (
        "8 yes, 1 stands aside; 9 of 12 seats took part, from 4 sectors, "
        "and a quorum takes 7, from 3 sectors: adopted"
    )


def test_consensus_blocked():
    assert said(Rule(Method.CONSENSUS, THREE), yes=8, block=1) == (
        "8 yes, 1 cannot live with it; "
        "9 of 9 seats took part, from 4 sectors, "
        "and a quorum takes 5, from 3 sectors: not adopted, one seat cannot live with it"
    )


def test_too_many_stand_aside():
    assert said(Rule(Method.CONSENSUS, THREE, asides=1), yes=6, aside=3) == (
        "6 yes, 3 stand aside; at most 1 may stand aside; "
        "9 of 9 seats took part, from 4 sectors, "
        "and a quorum takes 5, from 3 sectors: not adopted, 2 too many stand aside"
    )


def test_nobody_said_yes():
    assert said(Rule(Method.CONSENSUS, THREE), aside=5) == (
        "0 yes, 5 stand aside; 5 of 5 seats took part, from 4 sectors, "
        "and a quorum takes 3, from 3 sectors: not adopted, nobody said yes"
    )


def test_the_first_meeting_without_consensus():
    assert said(starting_rule(SECTORS), yes=8, block=1) == (
        "8 yes, 1 cannot live with it; "
        "9 of 9 seats took part, from 4 sectors, "
        "and a quorum takes 5, from 3 sectors: no consensus yet, back at the next meeting"
    )


def test_the_second_meeting_by_two_thirds():
    assert said(starting_rule(SECTORS), round_n=2, yes=6, no=3) == (
        "6 yes, 3 no; of 9 votes cast, 6 must be yes; "
        "9 of 9 seats took part, from 4 sectors, and a quorum takes 5, from 3 sectors: adopted"
    )


def test_the_arithmetic_as_rows():
    seats = [Voice(sector, Answer.YES) for sector in SECTORS] + [Voice("youth", Answer.NO), Voice("business")]
    result = decide(seats, Rule(Method.MAJORITY, Quorum(sectors=5)))
    assert rows(result.outcome, result.figures) == [
        Row("Quorum", "5 of 6 seats with a vote took part; it takes 4", True, "met"),
        Row("Sectors", "4 sectors took part; it takes 5", False, "not met"),
    ]
    result = decide(seats, Rule(Method.MAJORITY, THREE))
    assert rows(result.outcome, result.figures)[2] == Row(
        "The rule", "Simple majority: 4 yes, 1 no; of 5 votes cast, 3 must be yes", True, "met"
    )


@pytest.mark.parametrize(
    ("quorum", "words"),
    [
        (Quorum(sectors=3), "more than half of the seats, and 3 sectors"),
        (Quorum(sectors=0), "more than half of the seats"),
        (Quorum(2, 3, more_than=False, sectors=1), "at least 2 of every 3 seats, and 1 sector"),
        (Quorum(1, 3, sectors=0), "more than 1 of every 3 seats"),
        (Quorum(1, 1, more_than=False, sectors=0), "all seats"),
        (Quorum(count=5, sectors=2), "5 seats, and 2 sectors"),
    ],
)
def test_a_quorum_in_words(quorum, words):
    assert quorum_words(quorum) == words


def test_a_rule_in_words():
    assert rule_lines(Rule(Method.MAJORITY, THREE)) == [
        ("Method", "Simple majority"),
        ("Quorum", "More than half of the seats, and 3 sectors"),
        ("Counted out of", "Votes cast"),
        ("Abstention", "Counts to the quorum only"),
        ("Silence", "Is not a yes"),
        ("A tie", "Not adopted"),
    ]


def test_the_starting_rule_in_words():
    assert rule_lines(starting_rule(SECTORS)) == [
        ("Method", "Consensus"),
        ("Quorum", "More than half of the seats, and 3 sectors"),
        ("Standing aside", "Any number of seats may stand aside"),
        ("Silence", "Is not a yes"),
        ("At the second meeting", "Two thirds"),
    ]


def test_the_second_meeting_in_words():
    assert rule_lines(starting_rule(SECTORS).in_round(2))[0] == ("Method", "Two thirds")


def test_an_abstention_as_a_no_in_words():
    rule = Rule(Method.TWO_THIRDS, THREE, abstention=Abstention.AS_NO)
    assert ("Abstention", "Counts as a no") in rule_lines(rule)


def test_the_example_beside_a_rule():
    assert as_with(Rule(Method.MAJORITY), 12) == "as with our 12 seats: 7"


def test_the_tally_has_one_square_a_seat():
    seats = [Voice("youth", Answer.YES)] * 3 + [Voice("youth", Answer.ABSTAIN), Voice("youth")]
    result = decide([*seats, Voice("youth", recused=True)], Rule(Method.MAJORITY))
    assert tally(result.figures) == [
        ("yes", 3, "yes"),
        ("abstain", 1, "abstains"),
        ("none", 1, "no answer"),
        ("out", 1, "stepped out"),
    ]


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (Reach(0, 1, 0, 1), "No seat votes yet, so nothing can be decided."),
        (Reach(5, 9, 5, 3), "Today's 5 seats can never reach this: 9 must answer."),
        (Reach(5, 3, 1, 3), "Today's seats are of 1 sector and can never reach this: it needs 3."),
        (Reach(12, 7, 5, 3), "Today's 12 seats can reach this: 7 must answer."),
    ],
)
def test_whether_todays_seats_could_ever_reach_the_quorum(measured, words):
    assert reach_words(measured) == words
