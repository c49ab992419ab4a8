"""What is said of the methods behind "More ways to decide": the sentence, the squares, the rule."""

import pytest

from decisions.ballot_words import code_and_words
from decisions.outcome import Voice, decide
from decisions.poll import Beside
from decisions.rule import Answer, Authority, Method, Quorum, Rule, Share, Tie
from decisions.rule_words import rule_lines
from decisions.sentences import Row, rows, sentence
from decisions.tallied import tally

YES, NO, ABSTAIN = Answer.YES, Answer.NO, Answer.ABSTAIN
FREE = Quorum(sectors=0)


OVER = Beside(over=True)


def said(rule, *ballots, told=True, beside=OVER):
    """The sentence with its words about the quorum cut short."""
    seats = [Voice("schools", ballot, told=told) for ballot in ballots]
    result = decide(seats, rule, options=3, beside=beside)
    whole = sentence(result.outcome, result.figures)
    for did in ("took part or were told", "took part"):
        whole = whole.replace(f"{len(ballots)} of {len(ballots)} seats {did}, and a quorum takes ", "quorum ")
    return whole


SENTENCES = [
    (
        Rule(Method.SHARE, FREE, share=Share(3, 4)),
        [YES, YES, NO],
        "2 yes, 1 no; of 3 votes cast, 3 must be yes; quorum 2: not adopted, one vote short",
    ),
    (Rule(Method.UNANIMITY, FREE), [YES, YES, NO], "2 yes, 1 no; quorum 2: not adopted, one said no"),
    (
        Rule(Method.UNANIMITY, FREE, abstentions=0),
        [YES, ABSTAIN, ABSTAIN],
        "1 yes, 0 no, 2 abstained; at most 0 may abstain; quorum 2: not adopted, 2 too many abstain",
    ),
    (
        Rule(Method.MINUS_ONE, FREE),
        [YES, Answer.BLOCK, Answer.BLOCK],
        "1 yes, 2 cannot live with it; it takes more than 1 to stop it; quorum 2: "
        "not adopted, 2 seats cannot live with it",
    ),
    (
        Rule(Method.MINUS_ONE, FREE),
        [YES, YES, Answer.BLOCK],
        "2 yes, 1 cannot live with it; it takes more than 1 to stop it; quorum 2: adopted",
    ),
    (
        Rule(Method.CONSENT, FREE),
        [YES, YES, Answer.OBJECTS],
        "2 yes, 1 objects; quorum 2: an objection round comes next",
    ),
    (Rule(Method.NO_OBJECTION, FREE), [YES, YES, YES], "3 yes; quorum 2: adopted"),
    (Rule(Method.NO_OBJECTION, FREE), [YES, None, None], "1 yes; 2 said nothing; quorum 2: adopted"),
    (
        Rule(Method.NO_OBJECTION, FREE),
        [YES, YES, Answer.OBJECTS],
        "2 yes, 1 objects; quorum 2: not adopted, one objection is left",
    ),
    (
        Rule(Method.GRADIENTS, FREE, share=Share(2, 3)),
        [1, 3, 7],
        "1 at level 1 of 8, 1 at level 3 of 8, 1 at level 7 of 8; "
        "of 3 counted, 2 must be at levels 1 to 3; at most 0 may disagree seriously; quorum 2: "
        "not adopted, one too many disagrees seriously",
    ),
    (
        Rule(Method.GRADIENTS, FREE),
        [1, 1, 8],
        "2 at level 1 of 8, 1 at level 8 of 8; of 3 counted, 3 must be at levels 1 to 3; "
        "at most 0 may disagree seriously; quorum 2: not adopted, one veto",
    ),
    (
        Rule(Method.FIST, FREE),
        [5, 4, 2],
        "1 at 5 of 5 fingers, 1 at 4 of 5 fingers, 1 at 2 of 5 fingers; each must show at least 3; "
        "quorum 2: not adopted, one shows too few fingers",
    ),
    (
        Rule(Method.PLURALITY, FREE),
        [1, 1, 2],
        "option 1: 0, option 2: 2, option 3: 1; quorum 2: adopted, option 2",
    ),
    (
        Rule(Method.PLURALITY, FREE, tie=Tie.ORDER),
        [2, 1, ABSTAIN],
        "option 1: 0, option 2: 1, option 3: 1, 1 abstained; quorum 2: "
        "adopted, option 2, which of those tied stands first in the list",
    ),
    (
        Rule(Method.PLURALITY, FREE),
        [2, 1],
        "option 1: 0, option 2: 1, option 3: 1; quorum 2: not adopted, a tie",
    ),
    (
        Rule(Method.PLURALITY, FREE),
        [ABSTAIN, ABSTAIN],
        "option 1: 0, option 2: 0, option 3: 0, 2 abstained; quorum 2: not adopted, no option was chosen",
    ),
    (
        Rule(Method.RUNOFF, FREE),
        [(0,), (0,), (1, 2), (2,), (2,)],
        "option 1: 2, option 2: 1, option 3: 2; option 2 is dropped, then option 1: 2, option 3: 3; "
        "quorum 3: adopted, option 3",
    ),
    (
        Rule(Method.MAJORITY, FREE, authority=Authority.SUPERINTENDENT),
        [YES, YES, NO],
        "2 yes, 1 no; of 3 votes cast, 2 must be yes; quorum 2: recommended to the superintendent",
    ),
]


@pytest.mark.parametrize(("rule", "ballots", "words"), SENTENCES)
def test_the_sentence(rule, ballots, words):
    assert said(rule, *ballots) == words


def test_too_early_and_not_told():
    rule = Rule(Method.NO_OBJECTION, FREE)
    assert said(rule, YES, YES, beside=Beside()) == "2 yes; quorum 2: too early to count"
    assert said(rule, YES, YES, told=False) == "2 yes; quorum 2: not adopted, 2 seats were not told"


def test_somebody_decides():
    rule = Rule(Method.LEADER, advisers=2)
    assert said(rule, YES, NO, None, beside=Beside(decided=True)) == (
        "1 advises it, 1 advises against it; advice of 2 seats is asked for: adopted"
    )
    assert said(rule, YES, NO, None, beside=Beside(decided=False)).endswith(": not adopted, decided against")
    assert said(rule, YES, None, None, beside=Beside(decided=True)).endswith(": too early to count")
    assert said(Rule(Method.DELEGATED), None, beside=Beside(decided=True)) == "no answers: adopted"


def test_where_no_quorum_holds_no_row_speaks_of_one():
    result = decide([Voice("schools", YES)], Rule(Method.LEADER), beside=Beside(decided=True))
    assert rows(result.outcome, result.figures) == [
        Row(
            "The rule",
            "A leader decides after advice: 1 advises it, 0 advise against it; advice of 1 seat is asked for",
            True,
            "met",
        )
    ]


def squares(rule, *ballots):
    return tally(decide([Voice("schools", ballot) for ballot in ballots], rule, options=3).figures)


def test_the_squares_of_levels_and_options():
    assert squares(Rule(Method.GRADIENTS, FREE), 1, 4, 6, 7, 8) == [
        ("yes", 1, "at 1"),
        ("abstain", 1, "at 4"),
        ("aside", 1, "at 6"),
        ("no", 1, "at 7"),
        ("block", 1, "at 8"),
    ]
    assert squares(Rule(Method.FIST, FREE), 5, 2, 0) == [
        ("yes", 1, "at 5"),
        ("no", 1, "at 2"),
        ("block", 1, "at 0"),
    ]
    assert squares(Rule(Method.PLURALITY, FREE), 0, ABSTAIN, None) == [
        ("yes", 1, "chose"),
        ("abstain", 1, "abstains"),
        ("none", 1, "no answer"),
    ]


NO_QUORUM = [
    (Method.FIST, 4, "1 at 4 of 5 fingers; "),
    (Method.GRADIENTS, 7, "1 at level 7 of 8; "),
    (Method.SCORE, (1, 0, 2), "option 1: 1, option 2: 0, option 3: 2; "),
    (Method.RUNOFF, (2, 0), "option 1: 0, option 2: 0, option 3: 1; "),
]


@pytest.mark.parametrize(("method", "ballot", "words"), NO_QUORUM)
def test_without_a_quorum_it_is_said_what_was_answered(method, ballot, words):
    seats = [Voice("schools", ballot), Voice("schools"), Voice("schools")]
    result = decide(seats, Rule(method, FREE), options=3)
    assert sentence(result.outcome, result.figures) == (
        f"{words}1 of 3 seats took part, and a quorum takes 2: no quorum, one answer short"
    )


def test_consent_that_falls_back_says_what_comes_next():
    rule = Rule(Method.CONSENT, FREE, fallback=Method.TWO_THIRDS)
    assert said(rule, YES, YES, Answer.OBJECTS).endswith(": no agreement yet, back at the next meeting")


BALLOTS = [
    (YES, Method.CONSENT, ("yes", "Yes")),
    (7, Method.GRADIENTS, ("no", "7: serious disagreement")),
    (0, Method.FIST, ("block", "0: against it, a fist")),
    (1, Method.PLURALITY, ("yes", "2. On Tuesdays")),
    ((2, 0), Method.RUNOFF, ("yes", "3. Never, then 1. On Mondays")),
    ((0, 0, 0), Method.SCORE, ("yes", "1. On Mondays: 0; 2. On Tuesdays: 0; 3. Never: 0")),
    ((0, 2, 1), Method.DOTS, ("yes", "2. On Tuesdays: 2; 3. Never: 1")),
]


@pytest.mark.parametrize(("ballot", "method", "shown"), BALLOTS)
def test_a_ballot_in_words(ballot, method, shown):
    assert code_and_words(ballot, method.value, ["On Mondays", "On Tuesdays", "Never"]) == shown


LINES = [
    (Rule(Method.SHARE, share=Share(3, 4)), ("Share", "At least 3 of every 4")),
    (Rule(Method.UNANIMITY), ("Abstention", "Any number of seats may abstain")),
    (Rule(Method.UNANIMITY, abstentions=1), ("Abstention", "At most 1 seat")),
    (Rule(Method.GRADIENTS, serious=2), ("Serious disagreement", "At most 2 seats")),
    (Rule(Method.FIST), ("Fingers", "At least 3 fingers each")),
    (Rule(Method.DOTS), ("Dots for each seat", "3")),
    (Rule(Method.SCORE), ("Scores", "From 0 to 5")),
    (Rule(Method.LEADER), ("Advice", "Of 3 seats, before the decision")),
    (Rule(Method.NO_OBJECTION), ("Silence", "Is a yes")),
    (Rule(Method.RUNOFF, tie=Tie.ORDER), ("A tie", "The option that stands first in the list")),
    (Rule(Method.CONSENT, authority=Authority.BOARD), ("The last word", "The school board")),
]


@pytest.mark.parametrize(("rule", "line"), LINES)
def test_what_a_rule_says_of_its_terms(rule, line):
    assert line in rule_lines(rule)


def test_no_quorum_is_named_where_somebody_decides():
    assert [label for label, _words in rule_lines(Rule(Method.DELEGATED))] == ["Method", "Silence"]
