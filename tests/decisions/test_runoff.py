"""Instant runoff on elections whose counts are published, and where votes go from round to round."""

from hypothesis import given
from hypothesis import strategies as st

from decisions.runoff import runoff

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = range(4)
TENNESSEE = [
    *[(MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE)] * 42,
    *[(NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS)] * 26,
    *[(CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS)] * 15,
    *[(KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS)] * 17,
]
WRIGHT, KISS, MONTROLL, SMITH, SIMPSON, WRITE_IN = range(6)
BURLINGTON = [
    *[(WRIGHT,)] * 2951,
    *[(KISS,)] * 2585,
    *[(MONTROLL, KISS)] * 1332,
    *[(MONTROLL, WRIGHT)] * 731,
    *[(SMITH, WRIGHT)] * 343,
    *[(SMITH, KISS)] * 396,
    *[(SMITH, MONTROLL, WRIGHT)] * 36,
    *[(SMITH, MONTROLL)] * 455,
    *[(SMITH,)] * 76,
    *[(SIMPSON,)] * 35,
    *[(WRITE_IN,)] * 36,
]
"""March 3, 2009: the published totals of each round. Which ballots went on to whom is ours, since only the
sums are needed."""


def test_tennessee_chooses_knoxville():
    found = runoff(TENNESSEE, 4)
    assert (found.winner, found.tied) == (KNOXVILLE, False)
    assert found.steps == [
        {"totals": [42, 26, 15, 17], "exhausted": 0, "dropped": CHATTANOOGA},
        {"totals": [42, 26, 0, 32], "exhausted": 0, "dropped": NASHVILLE},
        {"totals": [42, 0, 0, 58], "exhausted": 0},
    ]


def test_burlington_chooses_kiss_though_wright_led():
    found = runoff(BURLINGTON, 6)
    assert (found.winner, found.tied) == (KISS, False)
    assert found.steps[0]["totals"] == [2951, 2585, 2063, 1306, 35, 36]
    assert [step["dropped"] for step in found.steps[:-1]] == [SIMPSON, WRITE_IN, SMITH, MONTROLL]
    assert found.steps[3]["totals"] == [3294, 2981, 2554, 0, 0, 0]
    assert found.steps[4]["totals"] == [4061, 4313, 0, 0, 0, 0]


def test_of_two_with_the_fewest_the_one_with_fewer_before_is_dropped():
    ballots = [*[(0,)] * 5, *[(1,)] * 3, *[(2,)] * 2, (3, 2)]
    found = runoff(ballots, 4)
    assert [step.get("dropped") for step in found.steps] == [3, 2, None]


def test_of_two_that_never_differed_the_later_one_in_the_list_is_dropped():
    found = runoff([*[(0,)] * 3, (1, 2), (2, 1), *[(3,)] * 3], 4)
    assert found.steps[0]["dropped"] == 2


def test_two_that_are_left_with_the_same_number_are_tied():
    found = runoff([(0, 2), (0,), (1,), (1,), (2,)], 3)
    assert (found.winner, found.tied) == (0, True)


def test_without_a_ballot_nobody_wins():
    assert runoff([], 3).winner is None
    assert runoff([], 0).winner is None


rankings = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.permutations(range(n)).flatmap(lambda all_: st.integers(1, n).map(lambda k: tuple(all_[:k])))
        ),
    )
)


@given(rankings)
def test_no_vote_is_lost_or_made_in_any_round(election):
    n, ballots = election
    for step in runoff(ballots, n).steps:
        assert sum(step["totals"]) + step["exhausted"] == len(ballots)


@given(rankings)
def test_who_was_dropped_never_comes_back(election):
    n, ballots = election
    gone = set()
    for step in runoff(ballots, n).steps:
        assert [step["totals"][option] for option in gone] == [0] * len(gone)
        if "dropped" in step:
            assert step["dropped"] not in gone
            gone.add(step["dropped"])


@given(rankings, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_never_matters(election, random):
    n, ballots = election
    shuffled = list(ballots)
    random.shuffle(shuffled)
    assert runoff(shuffled, n) == runoff(ballots, n)
