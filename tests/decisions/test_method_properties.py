"""What holds for every method, whatever is answered; and the slow reference beside the fast count."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from decisions.ballots import Levels, OneOption, Ranking, Words
from decisions.methods import METHODS
from decisions.outcome import Voice, decide
from decisions.poll import Beside
from decisions.rule import CHOOSING, Abstention, Answer, Base, Method, Outcome, Quorum, Rule, Share, Tie
from tests.decisions import slow_reference
from tests.decisions.test_methods import SECTORS

OPTIONS = 4


@st.composite
def rules(draw, methods):
    """Any rule that is one, by one of these methods."""
    denominator = draw(st.integers(1, 6))
    numerator = draw(st.integers(1, denominator))
    whole = draw(st.integers(1, 6))
    quorum = Quorum(
        numerator,
        denominator,
        more_than=numerator < denominator and draw(st.booleans()),
        sectors=draw(st.integers(0, 4)),
    )
    method = draw(st.sampled_from(methods))
    return Rule(
        method,
        quorum,
        draw(st.sampled_from(Base)),
        draw(st.sampled_from(Abstention)),
        draw(st.sampled_from(Tie if method in CHOOSING else (Tie.FAILS, Tie.DEFERS))),
        share=Share(draw(st.integers(1, whole)), whole),
        asides=draw(st.none() | st.integers(0, 4)),
        abstentions=draw(st.none() | st.integers(0, 4)),
        serious=draw(st.integers(0, 3)),
        fingers=draw(st.integers(1, 5)),
        dots=draw(st.integers(1, 5)),
        advisers=draw(st.integers(0, 4)),
    )


def ballots(rule):
    """What a seat may answer by this rule, or nothing."""
    shape = METHODS[rule.method].shape
    if isinstance(shape, Words):
        return st.none() | st.sampled_from(shape.answers) if shape.answers else st.none()
    if isinstance(shape, Levels):
        return st.none() | st.integers(shape.least, shape.most)
    if isinstance(shape, OneOption):
        own = st.integers(0, OPTIONS - 1)
    elif isinstance(shape, Ranking):
        order = st.permutations(range(OPTIONS))
        own = st.tuples(order, st.integers(1, OPTIONS)).map(lambda cut: tuple(cut[0][: cut[1]]))
    else:
        own = st.tuples(*[st.integers(0, rule.top)] * OPTIONS)
    return st.none() | st.just(Answer.ABSTAIN) | own.filter(lambda one: shape.fits(one, OPTIONS, rule))


@st.composite
def counts(draw, methods=tuple(Method)):
    """A rule, seats whose answers its method offers, and what goes beside them."""
    rule = draw(rules(methods))
    voice = st.builds(
        Voice, st.sampled_from(SECTORS), ballots(rule), st.booleans(), st.booleans(), st.booleans()
    )
    more = {
        "round_n": draw(st.integers(1, 3)),
        "options": OPTIONS,
        "beside": Beside(draw(st.booleans()), draw(st.none() | st.booleans())),
    }
    return rule, draw(st.lists(voice, max_size=14)), more


@given(counts(), st.randoms(use_true_random=False))
def test_the_order_of_the_seats_never_matters(count, random):
    rule, seats, more = count
    shuffled = list(seats)
    random.shuffle(shuffled)
    assert decide(shuffled, rule, **more) == decide(seats, rule, **more)


BEST = {Method.GRADIENTS: 1, Method.FIST: 5}


@given(counts([method for method in Method if method not in CHOOSING]), st.data())
def test_turning_an_answer_to_the_best_never_loses_what_was_adopted(count, data):
    rule, seats, more = count
    offers = METHODS[rule.method].shape != Words(())
    if seats and offers and decide(seats, rule, **more).outcome is Outcome.ADOPTED:
        i = data.draw(st.integers(0, len(seats) - 1))
        best = replace(seats[i], answer=BEST.get(rule.method, Answer.YES))
        assert decide([*seats[:i], best, *seats[i + 1 :]], rule, **more).outcome is Outcome.ADOPTED


@given(counts((Method.PLURALITY, Method.DOTS, Method.SCORE)), st.data())
def test_more_for_the_option_that_won_never_loses_it(count, data):
    rule, seats, more = count
    before = decide(seats, rule, **more)
    if before.outcome is Outcome.ADOPTED:
        winner = before.figures["winner"]
        i = data.draw(st.integers(0, len(seats) - 1))
        most = {Method.DOTS: rule.dots, Method.SCORE: rule.top}.get(rule.method)
        for_it = winner if most is None else tuple(most * (option == winner) for option in range(OPTIONS))
        after = decide([*seats[:i], replace(seats[i], answer=for_it), *seats[i + 1 :]], rule, **more)
        assert (after.outcome, after.figures["winner"]) == (Outcome.ADOPTED, winner)


@given(counts())
def test_every_seat_is_counted_exactly_once(count):
    rule, seats, more = count
    figures = decide(seats, rule, **more).figures
    answered = sum(voice.answer is not None and not voice.recused for voice in seats)
    assert answered + figures["silent"] + figures["recused"] == len(seats)
    if isinstance(METHODS[rule.method].shape, Words):
        assert sum(figures[answer.value] for answer in Answer) == answered


@given(counts())
def test_what_is_adopted_is_not_short_and_a_share_that_is_short_is_not_adopted(count):
    rule, seats, more = count
    result = decide(seats, rule, **more)
    if "short" in result.figures and rule.method is not Method.GRADIENTS:
        assert (result.figures["short"] == 0) == (result.outcome is Outcome.ADOPTED)


@given(counts())
def test_the_count_agrees_with_the_slow_reference(count):
    rule, seats, more = count
    result = decide(seats, rule, **more)
    expected = slow_reference.outcome(
        [
            {
                "sector": seat.sector,
                "answer": seat.answer.value if isinstance(seat.answer, Answer) else seat.answer,
                "recused": seat.recused,
                "present": seat.present,
                "told": seat.told,
            }
            for seat in seats
        ],
        method=rule.method.value,
        quorum=(
            Fraction(rule.quorum.numerator, rule.quorum.denominator),
            rule.quorum.more_than,
            rule.quorum.sectors,
        ),
        base=rule.base.value,
        abstention=rule.abstention.value,
        tie=rule.tie.value,
        terms={
            "share": Fraction(rule.share.numerator, rule.share.denominator),
            "asides": rule.asides,
            "abstentions": rule.abstentions,
            "serious": rule.serious,
            "fingers": rule.fingers,
            "advisers": rule.advisers,
        },
        round_n=more["round_n"],
        options=OPTIONS,
        over=more["beside"].over,
        decided=more["beside"].decided,
    )
    assert (result.outcome.value, result.figures.get("winner")) == expected
