"""May they be in our building? The answer for a day, from tables worked by hand, and what always holds."""

import datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from partners.clearance import YES, Answer, Held, Records, State, answer
from partners.models import RequirementProfile
from partners.spans import LAST, Span, holds_until
from tests.partners.factories import on

DAY = on("2027-01-15")
SUPERVISED = RequirementProfile(
    code="supervised",
    needs_agreement=True,
    agreement_kinds=["mou", "services"],
    paper_kinds=["insurance", "additional_insured"],
)
ONE_VISIT = RequirementProfile(code="one_visit")


def days(first: str, last: str = "") -> Span:
    return Span(on(first), on(last) if last else LAST)


SAID_YES = Held(YES, days("2026-09-01", "2027-08-31"))
MOU = Held("agreement", days("2026-08-01", "2027-06-30"), "mou")
INSURANCE = Held("insurance", days("2026-03-04", "2027-03-03"))
INSURED_TOO = Held("additional_insured", days("2026-03-04"))
EVERYTHING = (SAID_YES, MOU, INSURANCE, INSURED_TOO)


def said(
    *held: Held,
    profile: RequirementProfile | None = SUPERVISED,
    waivers: tuple[Held, ...] = (),
    waits: tuple[str, ...] = (),
    day: datetime.date = DAY,
    **more: object,
) -> str:
    records = Records(profile, held, waivers, frozenset(waits), **more)  # type: ignore[arg-type]
    return answer(records, day).words


def but(what: str, *instead: Held) -> tuple[Held, ...]:
    return (*(one for one in EVERYTHING if one.what != what), *instead)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (EVERYTHING, "Cleared until March 3"),
        ((*EVERYTHING, Held("insurance", days("2027-03-04", "2028-03-03"))), "Cleared until June 30"),
        ((*EVERYTHING, Held("insurance", days("2027-03-05", "2028-03-03"))), "Cleared until March 3"),
        (
            (
                *EVERYTHING,
                Held("insurance", days("2027-02-01")),
                Held("agreement", days("2027-07-01"), "mou"),
            ),
            "Cleared until August 31",
        ),
        (but("insurance"), "Not cleared: insurance is missing"),
        (
            but("insurance", Held("insurance", days("2025-03-04", "2026-03-03"))),
            "Not cleared: insurance ended March 3, 2026",
        ),
        (
            but("insurance", Held("insurance", days("2026-01-04", "2027-01-03"))),
            "Not cleared: insurance ended January 3",
        ),
        (
            but("insurance", Held("insurance", days("2027-01-16"))),
            "Not cleared: insurance begins January 16",
        ),
        (but("agreement"), "Not cleared: agreement is missing"),
        (
            but("agreement", Held("agreement", days("2026-08-01"), "commitment")),
            "Not cleared: agreement is missing",
        ),
        (
            but("agreement", Held("agreement", days("2026-08-01", "2027-01-09"), "mou", on("2027-01-10"))),
            "Not cleared: agreement was ended early, on January 10",
        ),
        (
            (SAID_YES, INSURED_TOO),
            "Not cleared: agreement is missing; insurance is missing",
        ),
        (
            but(YES, Held(YES, days("2026-09-01", "2027-01-14"))),
            "Not cleared: the principal's yes ended January 14",
        ),
        (
            but(YES, Held(YES, days("2026-09-01", "2027-01-13"), stopped=on("2027-01-14"))),
            "Not cleared: the principal took the yes back on January 14",
        ),
        (but(YES), "Not asked: the principal has not said yes"),
        (but(YES, Held(YES, days("2027-01-16"))), "Not asked: the principal has not said yes"),
        (
            (MOU, INSURANCE),
            "Not asked: the principal has not said yes; additional-insured endorsement is missing",
        ),
    ],
)
def test_the_answer_says_until_when_or_why_not(held: tuple[Held, ...], words: str) -> None:
    assert said(*held) == words


def test_without_a_way_of_working_nobody_asked() -> None:
    assert said(*EVERYTHING, profile=None) == "Not asked: how they work here is not chosen yet"


def test_one_visit_needs_the_yes_alone() -> None:
    assert said(Held(YES, days("2027-01-15", "2027-01-15")), profile=ONE_VISIT) == "Cleared until January 15"
    assert said(Held(YES, days("2027-01-01")), profile=ONE_VISIT) == "Cleared, with no end date"


def test_any_agreement_will_do_where_no_kind_is_named() -> None:
    profile = RequirementProfile(code="any", needs_agreement=True)
    yes = Held(YES, days("2026-09-01"))
    commitment = Held("agreement", days("2026-08-01", "2027-06-30"), "commitment")
    assert said(yes, commitment, profile=profile) == "Cleared until June 30"


def test_a_waiver_stands_for_what_it_names_until_it_ends() -> None:
    waiver = Held("insurance", days("2027-01-01", "2027-02-01"))
    without = "Cleared until February 1: by a waiver without: insurance"
    assert said(*but("insurance"), waivers=(waiver,)) == without
    assert said(*but("insurance"), waivers=(waiver,), day=on("2027-02-02")) == (
        "Not cleared: insurance ended February 1"
    )
    assert said(*EVERYTHING, waivers=(waiver,)) == "Cleared until March 3"
    assert said(*but(YES), waivers=(waiver,)) == "Not asked: the principal has not said yes"


def test_what_waits_for_us_is_said() -> None:
    assert said(*but("insurance"), waits=("insurance",)) == "Not cleared: insurance waits to be accepted"
    assert said(*but("agreement"), waits=("agreement",)) == "Not cleared: agreement is not in force yet"


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("ended", "Not cleared: the partnership ended January 10"),
        ("paused", "Not cleared: paused since January 10"),
        ("declined", "Not cleared: not now, since January 10"),
        ("active", "Cleared until March 3"),
    ],
)
def test_beside_the_road_nobody_is_cleared_from_that_day_on(stage: str, words: str) -> None:
    since = on("2027-01-10")
    assert said(*EVERYTHING, stage=stage, stage_since=since) == words
    assert said(*EVERYTHING, stage=stage, stage_since=since, day=on("2027-01-09")) == "Cleared until March 3"


def test_the_answer_is_said_in_spanish() -> None:
    with override("es"):
        assert said(*EVERYTHING) == "Autorizado hasta el 3 de marzo"
        assert said(*but("insurance")) == "No autorizado: falta el seguro"


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda pair: Span(
            DAY + datetime.timedelta(pair[0] - 30), DAY + datetime.timedelta(pair[0] - 30 + pair[1])
        )
    ),
    max_size=6,
)


@given(SPANS)
def test_the_last_day_is_the_last_of_those_on_end(spans: list[Span]) -> None:
    day, last = DAY, None
    while any(one.holds(day) for one in spans):
        last, day = day, day + datetime.timedelta(1)
    assert holds_until(spans, DAY) == last


@given(SPANS, SPANS, SPANS, SPANS)
def test_who_is_cleared_is_so_on_each_day_until_the_end_and_not_on_the_next(
    yes: list[Span], agreements: list[Span], insurance: list[Span], waivers: list[Span]
) -> None:
    records = Records(
        RequirementProfile(code="off_site", needs_agreement=True, paper_kinds=["insurance"]),
        [
            *(Held(YES, one) for one in yes),
            *(Held("agreement", one, "mou") for one in agreements),
            *(Held("insurance", one) for one in insurance),
        ],
        [Held("insurance", one) for one in waivers],
    )

    def on_day(ahead: int) -> Answer:
        return answer(records, DAY + datetime.timedelta(ahead))

    every = all(any(one.holds(DAY) for one in spans) for spans in (yes, agreements, [*insurance, *waivers]))
    today = on_day(0)
    assert (today.state == State.CLEARED) == every
    assert bool(today.reasons) != every
    if every:
        assert today.until is not None
        ahead = (today.until - DAY).days
        assert {on_day(n).until for n in range(ahead + 1)} == {today.until}
        assert on_day(ahead + 1).state != State.CLEARED
