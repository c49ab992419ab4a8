"""The rules against tables worked by hand, by properties, and against the slow reference."""

from dataclasses import replace

import pytest

from decisions.methods import METHODS
from decisions.outcome import Voice, WrongAnswer, decide
from decisions.rule import (
    Abstention,
    Answer,
    Authority,
    Base,
    Closer,
    Method,
    Quorum,
    Rule,
    Share,
    Tie,
)
from decisions.starting import Reach, reach, starting_rule, usual_sectors

SECTORS = ("schools", "health care", "youth", "faith-based", "business")
ANY_NUMBER = Quorum(numerator=1, denominator=100, more_than=False, sectors=0)


def voices(yes=0, no=0, abstain=0, aside=0, block=0, objects=0, silent=0, stepped_out=0, present=0):
    """That many seats of each kind, their sectors dealt out in turn."""
    kinds = [
        *[Voice("", Answer.OBJECTS)] * objects,
        *[Voice("", Answer.YES)] * yes,
        *[Voice("", Answer.NO)] * no,
        *[Voice("", Answer.ABSTAIN)] * abstain,
        *[Voice("", Answer.ASIDE)] * aside,
        *[Voice("", Answer.BLOCK)] * block,
        *[Voice("", present=True)] * present,
        *[Voice("")] * silent,
        *[Voice("", Answer.NO, recused=True)] * stepped_out,
    ]
    return [replace(voice, sector=SECTORS[i % len(SECTORS)]) for i, voice in enumerate(kinds)]


# Each row by hand: seats, rule, outcome, then (out of, needs, short).
SHARES = [
    # simple majority, votes cast: Y > N
    ({"yes": 7, "no": 3, "abstain": 1}, Rule(Method.MAJORITY, ANY_NUMBER), "adopted", (10, 6, 0)),
    ({"yes": 1}, Rule(Method.MAJORITY, ANY_NUMBER), "adopted", (1, 1, 0)),
    ({"yes": 5, "no": 5}, Rule(Method.MAJORITY, ANY_NUMBER), "not_adopted", (10, 6, 1)),
    ({"yes": 4, "no": 5}, Rule(Method.MAJORITY, ANY_NUMBER), "not_adopted", (9, 5, 1)),
    ({"yes": 5, "no": 4, "abstain": 20}, Rule(Method.MAJORITY, ANY_NUMBER), "adopted", (9, 5, 0)),
    ({"abstain": 6}, Rule(Method.MAJORITY, ANY_NUMBER), "not_adopted", (0, 1, 1)),
    ({"yes": 5, "no": 5}, Rule(Method.MAJORITY, ANY_NUMBER, tie=Tie.DEFERS), "deferred", (10, 6, 1)),
    ({"abstain": 6}, Rule(Method.MAJORITY, ANY_NUMBER, tie=Tie.DEFERS), "not_adopted", (0, 1, 1)),
    # an abstention that counts as a no
    (
        {"yes": 5, "no": 4, "abstain": 1},
        Rule(Method.MAJORITY, ANY_NUMBER, abstention=Abstention.AS_NO),
        "not_adopted",
        (10, 6, 1),
    ),
    # of those present: 2Y > P, so abstentions and the silent in the room weigh
    (
        {"yes": 5, "no": 3, "abstain": 2},
        Rule(Method.MAJORITY, ANY_NUMBER, Base.PRESENT),
        "not_adopted",
        (10, 6, 1),
    ),
    (
        {"yes": 6, "no": 3, "abstain": 2},
        Rule(Method.MAJORITY, ANY_NUMBER, Base.PRESENT),
        "adopted",
        (11, 6, 0),
    ),
    (
        {"yes": 6, "no": 3, "present": 4},
        Rule(Method.MAJORITY, ANY_NUMBER, Base.PRESENT),
        "not_adopted",
        (13, 7, 1),
    ),
    # of all: 2Y > E
    ({"yes": 8, "silent": 8}, Rule(Method.MAJORITY, ANY_NUMBER, Base.ALL), "not_adopted", (16, 9, 1)),
    ({"yes": 9, "silent": 7}, Rule(Method.MAJORITY, ANY_NUMBER, Base.ALL), "adopted", (16, 9, 0)),
    # two thirds: Y >= 2N and Y > 0
    ({"yes": 6, "no": 3}, Rule(Method.TWO_THIRDS, ANY_NUMBER), "adopted", (9, 6, 0)),
    ({"yes": 6, "no": 4}, Rule(Method.TWO_THIRDS, ANY_NUMBER), "not_adopted", (10, 7, 1)),
    ({"yes": 5, "no": 3}, Rule(Method.TWO_THIRDS, ANY_NUMBER), "not_adopted", (8, 6, 1)),
    ({"yes": 2, "no": 1, "abstain": 9}, Rule(Method.TWO_THIRDS, ANY_NUMBER), "adopted", (3, 2, 0)),
    ({"abstain": 9}, Rule(Method.TWO_THIRDS, ANY_NUMBER), "not_adopted", (0, 1, 1)),
    ({"yes": 10, "silent": 6}, Rule(Method.TWO_THIRDS, ANY_NUMBER, Base.ALL), "not_adopted", (16, 11, 1)),
    # a seat that stepped out leaves the seats, and its answer with it
    (
        {"yes": 8, "silent": 7, "stepped_out": 1},
        Rule(Method.MAJORITY, ANY_NUMBER, Base.ALL),
        "adopted",
        (15, 8, 0),
    ),
    ({"yes": 2, "no": 1, "stepped_out": 3}, Rule(Method.MAJORITY, ANY_NUMBER), "adopted", (3, 2, 0)),
]


@pytest.mark.parametrize(("seats", "rule", "outcome", "arithmetic"), SHARES)
def test_a_share_is_counted_as_by_hand(seats, rule, outcome, arithmetic):
    result = decide(voices(**seats), rule)
    figures = result.figures
    assert (result.outcome, (figures["out_of"], figures["needs"], figures["short"])) == (outcome, arithmetic)


CONSENSUS = [
    ({"yes": 9}, None, "adopted"),
    ({"yes": 1, "aside": 8}, None, "adopted"),
    ({"aside": 9}, None, "not_adopted"),
    ({"yes": 8, "block": 1}, None, "not_adopted"),
    ({"yes": 7, "aside": 2}, 2, "adopted"),
    ({"yes": 6, "aside": 3}, 2, "not_adopted"),
    ({"yes": 9, "aside": 0}, 0, "adopted"),
    ({"yes": 8, "aside": 1}, 0, "not_adopted"),
]


@pytest.mark.parametrize(("seats", "limit", "outcome"), CONSENSUS)
def test_consensus_is_counted_as_by_hand(seats, limit, outcome):
    assert decide(voices(**seats), Rule(Method.CONSENSUS, ANY_NUMBER, asides=limit)).outcome == outcome


def test_an_answer_of_a_seat_that_stepped_out_blocks_nothing():
    block = Voice("youth", Answer.BLOCK, recused=True)
    result = decide([*voices(yes=3), block], Rule(Method.CONSENSUS, ANY_NUMBER))
    assert (result.outcome, result.figures["recused"], result.figures["block"]) == ("adopted", 1, 0)


# Seats that may vote, the quorum, how many it needs.
QUORUMS = [
    (16, Quorum(), 9),
    (15, Quorum(), 8),
    (1, Quorum(), 1),
    (0, Quorum(), 1),
    (9, Quorum(2, 3, more_than=False), 6),
    (10, Quorum(2, 3, more_than=False), 7),
    (9, Quorum(2, 3), 7),
    (7, Quorum(1, 1, more_than=False), 7),
    (12, Quorum(count=5), 5),
    (3, Quorum(count=5), 5),
]


@pytest.mark.parametrize(("seats", "quorum", "needed"), QUORUMS)
def test_a_quorum_needs_as_many_as_by_hand(seats, quorum, needed):
    assert quorum.seats_needed(seats) == needed


def test_the_quorum_is_missed_by_one_answer():
    result = decide(voices(yes=8, silent=8), Rule(Method.MAJORITY))
    assert (result.outcome, result.figures["present"], result.figures["quorum_needs"]) == ("no_quorum", 8, 9)


def test_the_quorum_is_reached_by_one_abstention():
    assert decide(voices(yes=8, abstain=1, silent=7), Rule(Method.MAJORITY)).outcome == "adopted"


def test_the_quorum_is_reached_by_being_present():
    assert decide(voices(yes=8, present=1, silent=7), Rule(Method.MAJORITY)).outcome == "adopted"


def test_a_seat_that_stepped_out_leaves_the_quorum_too():
    result = decide(voices(yes=8, silent=7, stepped_out=1), Rule(Method.MAJORITY))
    assert (result.outcome, result.figures["eligible"], result.figures["quorum_needs"]) == ("adopted", 15, 8)


def test_one_sector_is_missing():
    seats = [Voice("schools", Answer.YES)] * 6 + [Voice("youth", Answer.YES)] * 4 + [Voice("business")]
    result = decide(seats, Rule(Method.MAJORITY, Quorum(sectors=3)))
    assert (result.outcome, result.quorum_met, result.sectors_met) == ("no_quorum", True, False)


def test_a_group_without_seats_decides_nothing():
    by_quorum = [key for key in Method if METHODS[key].quorum]
    assert [decide([], Rule(key)).outcome for key in by_quorum] == ["no_quorum"] * 15
    assert [decide([], Rule(key)).outcome for key in (Method.LEADER, Method.DELEGATED)] == ["deferred"] * 2


def test_nobody_answered():
    assert decide(voices(silent=5), Rule(Method.CONSENSUS)).outcome == "no_quorum"


def test_everybody_stepped_out():
    assert decide(voices(stepped_out=5), Rule(Method.MAJORITY)).outcome == "no_quorum"


def test_a_fallback_waits_after_the_first_round_and_counts_in_the_second():
    rule = Rule(Method.CONSENSUS, ANY_NUMBER, fallback=Method.TWO_THIRDS)
    first = decide(voices(yes=8, block=1), rule)
    second = decide(voices(yes=6, no=3), rule.in_round(2), round_n=2)
    third = decide(voices(yes=5, no=4), rule.in_round(3), round_n=3)
    assert (first.outcome, first.then) == ("deferred", Method.TWO_THIRDS)
    assert (second.outcome, second.figures["method"], second.then) == ("adopted", "two_thirds", None)
    assert (third.outcome, third.figures["short"]) == ("not_adopted", 1)


@pytest.mark.parametrize(
    ("n", "days", "method"),
    [
        (1, 0, "consensus"),
        (2, 13, "consensus"),
        (2, 14, "two_thirds"),
        (3, 30, "two_thirds"),
        (4, 0, "two_thirds"),
    ],
)
def test_the_fallback_comes_by_its_round_or_by_its_day_whichever_is_first(n, days, method):
    rule = Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, fallback_round=4, fallback_days=14)
    assert rule.in_round(n, days).method == method


def test_without_a_day_only_the_round_counts():
    rule = Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, fallback_round=4)
    assert rule.in_round(3, 365) is rule


def test_a_consensus_reached_leaves_no_fallback_waiting():
    result = decide(voices(yes=9), starting_rule(SECTORS))
    assert (result.outcome, result.then, "then" in result.figures) == ("adopted", None, False)


def test_without_a_quorum_no_fallback_waits():
    result = decide(voices(block=1, silent=8), starting_rule(SECTORS))
    assert (result.outcome, result.then) == ("no_quorum", None)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [(Method.MAJORITY, Answer.BLOCK), (Method.TWO_THIRDS, Answer.ASIDE), (Method.CONSENSUS, Answer.NO)],
)
def test_an_answer_that_the_method_does_not_offer_is_refused(key, wrong):
    with pytest.raises(WrongAnswer):
        decide([Voice("youth", wrong)], Rule(key, ANY_NUMBER))


def test_every_method_names_its_source():
    assert [key for key in Method if not METHODS[key].source] == []


@pytest.mark.parametrize(("seated", "needed"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3), (5, 3), (12, 3)])
def test_the_usual_number_of_sectors(seated, needed):
    assert usual_sectors(seated) == needed


def test_the_starting_rule():
    rule = starting_rule(["schools", "youth", "schools", "business"])
    assert rule == Rule(
        Method.CONSENSUS,
        Quorum(1, 2, more_than=True, sectors=2),
        fallback=Method.TWO_THIRDS,
        fallback_round=2,
    )


def test_seats_that_could_never_reach_the_quorum():
    rule = Rule(Method.MAJORITY, Quorum(count=5, sectors=3))
    assert reach(rule, ["youth"] * 4) == Reach(4, 5, 1, 3)
    assert [reach(rule, seats).misses for seats in (["a"] * 4, ["a", "a", "b", "b", "b"], list("abcde"))] == [
        "seats",
        "sectors",
        "",
    ]


def test_a_rule_comes_back_from_its_row():
    rule = Rule(
        Method.CONSENSUS,
        Quorum(2, 3, more_than=False, sectors=2),
        Base.ALL,
        Abstention.AS_NO,
        Tie.DEFERS,
        share=Share(3, 5),
        asides=1,
        abstentions=2,
        fallback=Method.MAJORITY,
        fallback_round=3,
        fallback_days=14,
        authority=Authority.BOARD,
        closes=Closer.STAFF,
        notice_days=5,
        hidden_tally=True,
    )
    assert Rule.from_params("consensus", rule.params()) == rule


@pytest.mark.parametrize(
    "params",
    [
        {"base": "none"},
        {"quorum": {"numerator": 3, "denominator": 2}},
        {"quorum": {"numerator": 1, "denominator": 1}},
        {"quorum": {"count": -1}},
        {"fallback": "consensus"},
        {"asides": -1},
        {"fallback_round": 1},
        {"fallback_days": -1},
        {"fallback_days": 366},
        {"closes": "viewer"},
        {"fallback": "plurality"},
        {"fingers": 6},
        {"share": {"numerator": 0, "denominator": 2}},
        {"authority": "mayor"},
        {"tie": "order"},
        {"notice_days": 61},
        {"mercy": True},
    ],
)
def test_a_row_that_is_not_a_rule_is_refused(params):
    with pytest.raises((ValueError, TypeError)):
        Rule.from_params("consensus", params)


def test_only_a_search_for_agreement_has_a_fallback():
    with pytest.raises(ValueError, match="fallback"):
        Rule(Method.MAJORITY, fallback=Method.TWO_THIRDS)


def test_only_options_have_an_order():
    with pytest.raises(ValueError, match="order"):
        Rule(Method.MAJORITY, tie=Tie.ORDER)


def test_the_same_terms_serve_another_method():
    agreed = Rule(Method.PLURALITY, Quorum(sectors=2), tie=Tie.ORDER)
    assert agreed.by(Method.PLURALITY) is agreed
    assert agreed.by(Method.SCORE) == Rule(Method.SCORE, Quorum(sectors=2), tie=Tie.ORDER)
    assert agreed.by(Method.MAJORITY) == Rule(Method.MAJORITY, Quorum(sectors=2))
    assert starting_rule(SECTORS).by(Method.CONSENT).fallback is None
