"""Each signal at its border, the day before and the day, and what the worst of them asks for."""

import datetime
import uuid
from typing import Any

import pytest

from outreach.engagement import Asked, Care, Facts, Signal, Thing, Turn, engagement
from outreach.engagement_words import because
from partners.enums import Cadence

TODAY = datetime.date(2026, 11, 24)
LONG_AGO = datetime.date(2024, 9, 2)
DAY = datetime.timedelta(days=1)
COMMITTEE = "Partnership committee"


def facts(**known: Any) -> Facts:
    """A partnership at work, confirmed and heard from on November 20, 2026; nothing else is known."""
    usual = {
        "today": TODAY,
        "year_start_month": 8,
        "known_since": LONG_AGO,
        "stage_since": LONG_AGO,
        "cadence": Cadence.THREE_A_YEAR,
        "works": True,
        "heard_on": TODAY - 4 * DAY,
        "listed_on": TODAY,
    }
    return Facts(**(usual | known))


def stands(**known: Any) -> tuple[Care, list[Signal]]:
    found = engagement(facts(**known))
    return found.care, [finding.signal for finding in found.findings]


def said(**known: Any) -> list[str]:
    return because(engagement(facts(**known)))


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def turns(*took_part: bool, group: str = COMMITTEE, last: datetime.date = TODAY) -> list[Turn]:
    """Meetings a week apart, the latest first."""
    return [Turn(group, last - 7 * place * DAY, here) for place, here in enumerate(took_part)]


ON_TRACK = (Care.ON_TRACK, [])


def test_with_nothing_due_it_is_on_track_and_says_since_when() -> None:
    assert stands() == ON_TRACK
    assert said() == ["Last heard from on November 20."]
    assert engagement(facts()).since == on("2026-11-20")
    assert engagement(facts()).worst is None


@pytest.mark.parametrize(
    ("heard_on", "today", "care"),
    [
        ("2026-04-01", "2026-11-30", Care.ON_TRACK),  # the end of a year, and until the beginning is over
        ("2026-04-01", "2026-12-01", Care.ATTENTION),
        ("2026-04-01", "2027-03-31", Care.ATTENTION),
        ("2026-04-01", "2027-04-01", Care.AT_RISK),
        ("2026-07-31", "2026-12-01", Care.ATTENTION),
        ("2026-08-01", "2026-12-01", Care.ON_TRACK),
    ],
)
def test_quiet_is_a_whole_third_of_the_school_year_without_a_word_and_at_risk_are_two(
    heard_on: str, today: str, care: Care
) -> None:
    known = {"heard_on": on(heard_on), "today": on(today), "listed_on": on(today)}
    assert stands(**known) == (care, [Signal.QUIET] if care else [])


@pytest.mark.parametrize(
    ("cadence", "last", "care"),
    [
        (Cadence.MONTHLY, "2026-10-01", Care.ON_TRACK),
        (Cadence.MONTHLY, "2026-09-30", Care.ATTENTION),
        (Cadence.MONTHLY, "2026-08-31", Care.AT_RISK),
        (Cadence.TWICE_A_YEAR, "2026-02-01", Care.ON_TRACK),
        (Cadence.TWICE_A_YEAR, "2026-01-31", Care.ATTENTION),
        (Cadence.YEARLY, "2025-08-01", Care.ON_TRACK),
        (Cadence.YEARLY, "2025-07-31", Care.ATTENTION),
    ],
)
def test_quiet_is_measured_against_what_was_agreed(cadence: Cadence, last: str, care: Care) -> None:
    assert engagement(facts(cadence=cadence, heard_on=on(last))).care == care


def test_the_thirds_begin_with_the_districts_school_year() -> None:
    known = {"heard_on": on("2026-05-01"), "today": on("2026-12-01"), "listed_on": TODAY}
    assert stands(**known)[0] == Care.ATTENTION
    assert stands(**known, year_start_month=9)[0] == Care.ON_TRACK


def test_quiet_says_the_last_word_and_what_is_aimed_at() -> None:
    assert said(heard_on=on("2026-03-31")) == [
        "Last heard from on March 31; it should be at the beginning, in the middle and at the end of the"
        " school year."
    ]


def test_who_was_never_heard_from_is_not_at_risk() -> None:
    assert said(heard_on=None, stage_since=on("2026-08-01")) == ["No contact noted yet."]
    assert engagement(facts(heard_on=None)).care == Care.ATTENTION
    assert said(heard_on=None, cadence=Cadence.MONTHLY) == ["No contact noted yet; it should be every month."]


def test_the_time_before_a_partner_came_into_the_directory_does_not_count() -> None:
    yesterday = TODAY - DAY
    past = Thing("Certificate of insurance", yesterday - DAY)
    known = {"heard_on": on("2023-02-01"), "listed_on": on("2023-02-01"), "papers": [past]}
    assert stands(**known, known_since=yesterday) == ON_TRACK
    assert stands(heard_on=None, listed_on=None, known_since=yesterday) == ON_TRACK


@pytest.mark.parametrize(("reply_by", "care"), [(TODAY, Care.ON_TRACK), (TODAY - DAY, Care.ATTENTION)])
def test_a_letter_is_unanswered_the_day_after_it_asked_for_an_answer(
    reply_by: datetime.date, care: Care
) -> None:
    letter = Asked("QMS-2627-014", TODAY - 4 * DAY, reply_by)
    assert engagement(facts(letters=[letter])).care == care


def test_a_second_unanswered_letter_is_at_risk() -> None:
    letters = [
        Asked("QMS-2627-021", TODAY - 4 * DAY, TODAY - DAY),
        Asked("QMS-2627-014", TODAY - 4 * DAY, TODAY - 2 * DAY),
    ]
    assert stands(letters=letters) == (Care.AT_RISK, [Signal.LETTERS])
    assert said(letters=letters) == [
        "No answer to letters QMS-2627-014, QMS-2627-021; the first asked for one by November 22."
    ]
    assert said(letters=letters[:1]) == [
        "No answer to letter QMS-2627-021, which asked for one by November 23."
    ]


def test_whoever_was_heard_from_after_a_letter_has_answered_it() -> None:
    assert stands(letters=[Asked("QMS-2627-014", TODAY - 5 * DAY, TODAY - DAY)]) == ON_TRACK


@pytest.mark.parametrize(
    ("came", "care"),
    [
        ([False, True, False], Care.ON_TRACK),
        ([False, False, True], Care.ATTENTION),
        ([False, False, False, True], Care.AT_RISK),
        ([True, False, False, False], Care.ON_TRACK),
    ],
)
def test_meetings_and_decisions_count_in_a_row_up_to_the_last(came: list[bool], care: Care) -> None:
    assert stands(meetings=turns(*came)) == (care, [Signal.MEETINGS] if care else [])
    assert stands(decisions=turns(*came)) == (care, [Signal.DECISIONS] if care else [])


def test_each_group_counts_by_itself_and_the_worst_is_named() -> None:
    shuffled = [*turns(False), *turns(False, False, group="District team")]
    assert said(meetings=shuffled) == ["Not at the last 2 meetings of District team."]
    assert said(decisions=shuffled) == [
        "The last 2 decisions of District team were taken without their answer."
    ]
    assert stands(meetings=[*turns(False), *turns(False, group="District team")]) == ON_TRACK


@pytest.mark.parametrize(
    ("late", "care"), [(0, Care.ON_TRACK), (1, Care.ATTENTION), (29, Care.ATTENTION), (30, Care.AT_RISK)]
)
def test_an_action_item_is_late_from_the_next_day_on_and_at_risk_after_a_month(late: int, care: Care) -> None:
    item = Thing("Send the referral form", TODAY - late * DAY)
    assert stands(items=[item]) == (care, [Signal.ITEMS] if care else [])


def test_late_items_are_told_by_the_oldest() -> None:
    form, room = Thing("Send the form", TODAY - DAY), Thing("Find a room", TODAY - 2 * DAY)
    assert said(items=[form]) == ["They took on “Send the form”, due on November 23."]
    assert said(items=[form, room]) == [
        "They took on 2 things that are late, the first of them “Find a room”, due on November 22."
    ]


@pytest.mark.parametrize(
    ("left", "care"),
    [(31, Care.ON_TRACK), (30, Care.ATTENTION), (0, Care.ATTENTION), (-1, Care.AT_RISK)],
)
def test_a_paper_is_due_30_days_before_its_end_and_at_risk_after_it(left: int, care: Care) -> None:
    paper = Thing("Certificate of insurance", TODAY + left * DAY)
    assert stands(papers=[paper]) == (care, [Signal.PAPERS] if care else [])
    assert stands(papers=[paper], works=False) == ON_TRACK


def test_papers_are_named_with_their_days() -> None:
    papers = [Thing("Memorandum", TODAY + DAY), Thing("Certificate of insurance", TODAY - DAY)]
    assert said(papers=papers) == [
        "Certificate of insurance ended on November 23; Memorandum ends on November 25."
    ]


@pytest.mark.parametrize(("ago", "care"), [(365, Care.ON_TRACK), (366, Care.ATTENTION)])
def test_a_listing_is_unverified_after_a_year_and_never_at_risk(ago: int, care: Care) -> None:
    day = TODAY - ago * DAY
    assert stands(listed_on=day) == (care, [Signal.LISTING] if care else [])
    assert stands(listed_on=None, known_since=day) == (care, [Signal.LISTING] if care else [])
    assert stands(listed_on=day, works=False) == ON_TRACK


def test_an_unverified_listing_says_when_it_was_confirmed_or_entered() -> None:
    assert said(listed_on=on("2025-03-01")) == [
        "Listing last confirmed on March 1, 2025, more than a year ago."
    ]
    assert said(listed_on=None) == ["Listing not confirmed since it was entered on September 2, 2024."]


def test_the_worst_comes_first_then_what_began_first_and_small_ones_do_not_add_up() -> None:
    known: dict[str, Any] = {
        "papers": [Thing("Certificate of insurance", TODAY + 9 * DAY)],
        "meetings": turns(False, False),
        "listed_on": TODAY - 400 * DAY,
    }
    small = [Signal.LISTING, Signal.MEETINGS, Signal.PAPERS]
    assert stands(**known) == (Care.ATTENTION, small)
    known["decisions"] = turns(False, False, False)
    found = engagement(facts(**known))
    assert (found.care, [one.signal for one in found.findings]) == (
        Care.AT_RISK,
        [Signal.DECISIONS, *small],
    )
    assert found.since == TODAY - 14 * DAY


def test_a_decision_to_look_at_is_the_last_one_or_what_the_item_follows_from() -> None:
    first, last = uuid.uuid4(), uuid.uuid4()
    left_out = [Turn(COMMITTEE, TODAY, False, last), Turn(COMMITTEE, TODAY - DAY, False, first)]
    finding = engagement(facts(decisions=left_out)).worst
    assert finding is not None
    assert finding.uid == last
    finding = engagement(facts(items=[Thing("Find a room", TODAY - DAY, first)])).worst
    assert finding is not None
    assert finding.uid == first
