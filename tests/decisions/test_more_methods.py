"""The methods behind "More ways to decide", against tables worked by hand."""

from dataclasses import replace

import pytest

from decisions.outcome import Voice, WrongAnswer, decide
from decisions.poll import Beside
from decisions.rule import (
    Abstention,
    Answer,
    Authority,
    Base,
    Method,
    Quorum,
    Rule,
    Share,
    Tie,
)
from tests.decisions.test_methods import ANY_NUMBER, voices

YES, NO, ABSTAIN = Answer.YES, Answer.NO, Answer.ABSTAIN


def seats(*ballots):
    """One seat a ballot, all of one sector."""
    return [Voice("schools", ballot) for ballot in ballots]


def outcome(ballots, rule, **more):
    return decide(seats(*ballots), rule, **more).outcome


# Another share: d*Y >= n*base. Seats, share, base, outcome, (out of, needs, short).
SHARES = [
    ({"yes": 3, "no": 1}, Share(3, 4), Base.CAST, "adopted", (4, 3, 0)),
    ({"yes": 8, "no": 3}, Share(3, 4), Base.CAST, "not_adopted", (11, 9, 1)),
    ({"yes": 6, "no": 4}, Share(3, 5), Base.CAST, "adopted", (10, 6, 0)),
    ({"yes": 1, "no": 9}, Share(1, 10), Base.CAST, "adopted", (10, 1, 0)),
    ({"no": 9}, Share(1, 10), Base.CAST, "not_adopted", (9, 1, 1)),
    ({"yes": 9, "silent": 3}, Share(3, 4), Base.ALL, "adopted", (12, 9, 0)),
    ({"yes": 9, "silent": 4}, Share(3, 4), Base.ALL, "not_adopted", (13, 10, 1)),
    ({"yes": 5}, Share(1, 1), Base.CAST, "adopted", (5, 5, 0)),
]


@pytest.mark.parametrize(("counted", "share", "base", "expected", "arithmetic"), SHARES)
def test_another_share_is_counted_as_by_hand(counted, share, base, expected, arithmetic):
    result = decide(voices(**counted), Rule(Method.SHARE, ANY_NUMBER, base, share=share))
    figures = result.figures
    assert (result.outcome, (figures["out_of"], figures["needs"], figures["short"])) == (expected, arithmetic)


UNANIMITY = [
    ({"yes": 9}, None, "adopted"),
    ({"yes": 1, "abstain": 8}, None, "adopted"),
    ({"abstain": 9}, None, "not_adopted"),
    ({"yes": 8, "no": 1}, None, "not_adopted"),
    ({"yes": 8, "abstain": 1}, 1, "adopted"),
    ({"yes": 7, "abstain": 2}, 1, "not_adopted"),
]


@pytest.mark.parametrize(("counted", "allowed", "expected"), UNANIMITY)
def test_unanimity_is_counted_as_by_hand(counted, allowed, expected):
    rule = Rule(Method.UNANIMITY, ANY_NUMBER, abstentions=allowed)
    assert decide(voices(**counted), rule).outcome == expected


MINUS = [
    (Method.MINUS_ONE, {"yes": 8, "block": 1}, "adopted"),
    (Method.MINUS_ONE, {"yes": 7, "block": 2}, "not_adopted"),
    (Method.MINUS_ONE, {"block": 1}, "not_adopted"),
    (Method.MINUS_TWO, {"yes": 7, "block": 2}, "adopted"),
    (Method.MINUS_TWO, {"yes": 6, "block": 3}, "not_adopted"),
    (Method.MINUS_TWO, {"yes": 1, "aside": 6, "block": 2}, "adopted"),
]


@pytest.mark.parametrize(("method", "counted", "expected"), MINUS)
def test_consensus_minus_one_or_two_is_counted_as_by_hand(method, counted, expected):
    assert decide(voices(**counted), Rule(method, ANY_NUMBER)).outcome == expected


CONSENT = [
    ({"yes": 9}, 1, "adopted"),
    ({"yes": 8, "objects": 1}, 1, "deferred"),
    ({"yes": 8, "objects": 1}, 2, "not_adopted"),
    ({"yes": 9}, 2, "adopted"),
    ({"present": 9}, 1, "not_adopted"),
]


@pytest.mark.parametrize(("counted", "round_n", "expected"), CONSENT)
def test_consent_is_counted_as_by_hand(counted, round_n, expected):
    result = decide(voices(**counted), Rule(Method.CONSENT, ANY_NUMBER), round_n=round_n)
    assert (result.outcome, result.then) == (expected, Method.CONSENT if expected == "deferred" else None)


def test_consent_falls_back_where_the_rule_says_so():
    rule = Rule(Method.CONSENT, ANY_NUMBER, fallback=Method.TWO_THIRDS, fallback_round=3)
    objection = voices(yes=8, objects=1)
    second = decide(objection, rule.in_round(2), round_n=2)
    third = decide(voices(yes=6, no=3), rule.in_round(3), round_n=3)
    assert (second.outcome, second.then, third.outcome) == ("deferred", Method.TWO_THIRDS, "adopted")


# No objection: ballots, told, deadline over, outcome.
SILENCE = [
    ([None, None, None], True, True, "adopted"),
    ([YES, None, None], True, True, "adopted"),
    ([None, None, None], True, False, "deferred"),
    ([Answer.OBJECTS, None, None], True, False, "not_adopted"),
    ([Answer.OBJECTS, YES, YES], True, True, "not_adopted"),
    ([YES, YES, YES], False, True, "not_adopted"),
    ([None, None, None], False, True, "no_quorum"),
]


@pytest.mark.parametrize(("ballots", "told", "over", "expected"), SILENCE)
def test_no_objection_by_a_deadline_is_counted_as_by_hand(ballots, told, over, expected):
    all_seats = [replace(seat, told=told) for seat in seats(*ballots)]
    rule = Rule(Method.NO_OBJECTION, ANY_NUMBER)
    assert decide(all_seats, rule, beside=Beside(over=over)).outcome == expected


def test_silence_of_a_seat_that_was_not_told_is_no_assent():
    all_seats = [Voice("schools", told=True), Voice("youth", told=True), Voice("business")]
    result = decide(all_seats, Rule(Method.NO_OBJECTION, Quorum(sectors=0)), beside=Beside(over=True))
    assert (result.outcome, result.figures["untold"]) == ("not_adopted", 1)


# Levels of agreement: levels, serious allowed, outcome, (out of, needs, short). The share is 3 of 4.
GRADIENTS = [
    ([1, 2, 3, 1], 0, "adopted", (4, 3, 0)),
    ([1, 2, 3, 5], 0, "adopted", (4, 3, 0)),
    ([1, 2, 5, 6], 0, "not_adopted", (4, 3, 1)),
    ([1, 2, 3, 7], 0, "not_adopted", (4, 3, 0)),
    ([1, 2, 3, 7], 1, "adopted", (4, 3, 0)),
    ([1, 1, 1, 8], 3, "not_adopted", (4, 3, 0)),
    ([1, 4, 4, 4], 0, "adopted", (1, 1, 0)),
    ([4, 4, 4, 4], 0, "not_adopted", (0, 1, 1)),
]


@pytest.mark.parametrize(("levels", "serious", "expected", "arithmetic"), GRADIENTS)
def test_levels_of_agreement_are_counted_as_by_hand(levels, serious, expected, arithmetic):
    result = decide(seats(*levels), Rule(Method.GRADIENTS, ANY_NUMBER, serious=serious))
    figures = result.figures
    assert (result.outcome, (figures["out_of"], figures["needs"], figures["short"])) == (expected, arithmetic)


def test_the_levels_are_kept_each_with_its_number():
    figures = decide(seats(1, 1, 3, 8), Rule(Method.GRADIENTS, ANY_NUMBER)).figures
    assert figures["levels"] == [2, 0, 1, 0, 0, 0, 0, 1]


def test_who_abstains_can_count_against_it():
    rule = Rule(Method.GRADIENTS, ANY_NUMBER, abstention=Abstention.AS_NO)
    assert outcome([1, 4, 4, 4], rule) == "not_adopted"


FISTS = [
    ([5, 4, 3], 3, "adopted"),
    ([5, 5, 2], 3, "not_adopted"),
    ([5, 5, 2], 2, "adopted"),
    ([5, 5, 0], 1, "not_adopted"),
    ([1, 1, 1], 1, "adopted"),
]


@pytest.mark.parametrize(("fingers", "limit", "expected"), FISTS)
def test_fist_to_five_is_counted_as_by_hand(fingers, limit, expected):
    assert outcome(fingers, Rule(Method.FIST, ANY_NUMBER, fingers=limit)) == expected


# One of three options: method, ballots, tie, outcome, winner, totals.
CHOICES = [
    (Method.PLURALITY, [0, 1, 1, 2], Tie.FAILS, "adopted", 1, [1, 2, 1]),
    (Method.PLURALITY, [0, 0, 1, 1], Tie.FAILS, "not_adopted", None, [2, 2, 0]),
    (Method.PLURALITY, [0, 0, 1, 1], Tie.DEFERS, "deferred", None, [2, 2, 0]),
    (Method.PLURALITY, [2, 2, 1, 1], Tie.ORDER, "adopted", 1, [0, 2, 2]),
    (Method.PLURALITY, [ABSTAIN, ABSTAIN], Tie.ORDER, "not_adopted", None, [0, 0, 0]),
    (Method.PLURALITY, [ABSTAIN, 2], Tie.FAILS, "adopted", 2, [0, 0, 1]),
    (Method.DOTS, [(3, 0, 0), (1, 1, 1), (0, 2, 1)], Tie.FAILS, "adopted", 0, [4, 3, 2]),
    (Method.DOTS, [(2, 0, 0), (0, 2, 0)], Tie.FAILS, "not_adopted", None, [2, 2, 0]),
    (Method.SCORE, [(5, 4, 0), (0, 4, 5)], Tie.FAILS, "adopted", 1, [5, 8, 5]),
    (Method.SCORE, [(0, 0, 0)], Tie.ORDER, "not_adopted", None, [0, 0, 0]),
    (Method.RUNOFF, [(0,), (1, 2), (2, 1), (2, 1), (0,)], Tie.FAILS, "adopted", 2, [2, 1, 2]),
    (Method.RUNOFF, [(0,), (0,), (1, 2), (2, 1), (2, 1)], Tie.FAILS, "adopted", 2, [2, 1, 2]),
    (Method.RUNOFF, [(0, 1), (1, 0)], Tie.FAILS, "not_adopted", None, [1, 1, 0]),
    (Method.RUNOFF, [(0, 1), (1, 0)], Tie.DEFERS, "deferred", None, [1, 1, 0]),
    (Method.RUNOFF, [(0, 1), (1, 0)], Tie.ORDER, "adopted", 0, [1, 1, 0]),
    (Method.RUNOFF, [ABSTAIN], Tie.ORDER, "not_adopted", None, [0, 0, 0]),
]


@pytest.mark.parametrize(("method", "ballots", "tie", "expected", "winner", "totals"), CHOICES)
def test_options_are_counted_as_by_hand(method, ballots, tie, expected, winner, totals):
    result = decide(seats(*ballots), Rule(method, ANY_NUMBER, tie=tie), options=3)
    figures = result.figures
    assert (result.outcome, figures.get("winner"), figures["totals"]) == (expected, winner, totals)


WRONG = [
    (Method.GRADIENTS, 0),
    (Method.GRADIENTS, 9),
    (Method.GRADIENTS, YES),
    (Method.FIST, 6),
    (Method.CONSENT, NO),
    (Method.PLURALITY, 3),
    (Method.PLURALITY, -1),
    (Method.DOTS, (0, 0, 0)),
    (Method.DOTS, (2, 2, 0)),
    (Method.DOTS, (1, 1)),
    (Method.DOTS, (-1, 1, 1)),
    (Method.SCORE, (6, 0, 0)),
    (Method.SCORE, (1, 1)),
    (Method.RUNOFF, ()),
    (Method.RUNOFF, (0, 0)),
    (Method.RUNOFF, (3,)),
    (Method.RUNOFF, 1),
    (Method.DELEGATED, YES),
]


@pytest.mark.parametrize(("method", "ballot"), WRONG)
def test_a_ballot_that_the_method_does_not_take_is_refused(method, ballot):
    with pytest.raises(WrongAnswer):
        decide(seats(ballot), Rule(method, ANY_NUMBER), options=3)


# A leader decides after advice: advice given, decided, window over, outcome. Two must have answered.
LEADERS = [
    ([YES, NO, None], True, False, "adopted"),
    ([YES, NO, None], False, False, "not_adopted"),
    ([YES, None, None], True, False, "deferred"),
    ([YES, None, None], True, True, "adopted"),
    ([YES, NO, YES], None, True, "deferred"),
]


@pytest.mark.parametrize(("ballots", "decided", "over", "expected"), LEADERS)
def test_a_leader_decides_once_the_advice_is_there(ballots, decided, over, expected):
    rule = Rule(Method.LEADER, Quorum(count=99), advisers=2)
    assert outcome(ballots, rule, beside=Beside(over, decided)) == expected


@pytest.mark.parametrize(
    ("decided", "expected"), [(True, "adopted"), (False, "not_adopted"), (None, "deferred")]
)
def test_who_was_given_the_matter_decides_it(decided, expected):
    assert outcome([None], Rule(Method.DELEGATED), beside=Beside(decided=decided)) == expected


def test_what_is_reserved_is_recommended_by_any_method():
    reserved = [
        Rule(method, ANY_NUMBER, authority=Authority.BOARD) for method in (Method.MAJORITY, Method.CONSENT)
    ]
    results = [decide(voices(yes=4), rule) for rule in reserved]
    assert [(one.outcome, one.figures["authority"]) for one in results] == [("recommended", "board")] * 2
    assert decide(voices(no=4), reserved[0]).outcome == "not_adopted"
