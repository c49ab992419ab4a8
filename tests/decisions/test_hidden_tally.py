"""Where a group agreed on it, answers are shown once the question is closed: until then only who answered."""

import csv
import io

import pytest
from django.test import Client

from decisions import paper, services
from decisions.models import Decision, Group
from decisions.pages.decision import decision_page
from decisions.rule import Method, Quorum, Rule
from tests.conftest import Cast, SignIn
from tests.decisions.asked import address, seat_people
from tests.decisions.conftest import adopt, answer, voting
from tests.decisions.test_options import DAYS, give
from tests.decisions.test_pages import at, words

HIDDEN = Rule(Method.MAJORITY, Quorum(sectors=2), hidden_tally=True)


@pytest.fixture
def half_answered(cast: Cast, committee: Group) -> Decision:
    """Three of five seats have answered."""
    adopt(committee, by=cast.coordinator, other=HIDDEN)
    decision = services.open_decision(group=committee, question="Shall we move?", by=cast.coordinator)
    answer(decision, "yes", "no", "yes", by=cast.coordinator)
    return decision


def test_the_page_shows_who_has_answered_and_not_what(
    cast: Cast, half_answered: Decision, sign_in: SignIn
) -> None:
    page = words(sign_in(cast.viewer), at(cast, "page", uid=half_answered.uid))
    assert "3 of 5 seats have answered. What they answered is shown once the question is closed." in page
    assert page.count("Has answered") == 3
    assert page.count("No answer") == 2
    assert "2 yes" not in page
    assert "In person" not in page


def test_no_other_page_shows_it_sooner(cast: Cast, half_answered: Decision, sign_in: SignIn) -> None:
    viewer = sign_in(cast.viewer)
    history = viewer.get(at(cast, "history", uid=half_answered.uid)).context["page"]
    assert [one.answers for one in history.rounds] == [()]
    partner = voting(half_answered)[1].seat.partner
    tab = viewer.get(at(cast, "of_partner", uid=partner.uid)).context["decisions"]
    assert next(line.said.word for line in tab) == "Has answered"
    table = b"".join(viewer.get(at(cast, "record_csv", uid=half_answered.uid))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row[2] for row in rows[1:6]] == ["Has answered"] * 3 + ["No answer"] * 2


def test_a_seat_that_answers_by_link_does_not_see_what_others_said(
    cast: Cast, committee: Group, half_answered: Decision, client: Client
) -> None:
    seat_people(cast, committee)
    services.send_links(decision=half_answered, by=cast.coordinator)
    link = services.copy_link(seat=voting(half_answered)[4], by=cast.coordinator)
    page = words(client, address(link))
    assert "3 of 5 seats have answered." in page
    assert "What others have answered" not in page


def test_options_are_shown_without_what_they_got(cast: Cast, committee: Group) -> None:
    adopt(committee, by=cast.coordinator, other=Rule(Method.PLURALITY, hidden_tally=True))
    decision = services.open_decision(group=committee, question="When?", options=DAYS, by=cast.coordinator)
    give(cast, decision, 0, 1, 1)
    assert [option.got for option in decision_page(decision).options] == [None] * len(DAYS)


def test_once_it_is_closed_everything_is_shown(cast: Cast, half_answered: Decision, sign_in: SignIn) -> None:
    services.close_decision(decision=half_answered, version=half_answered.version, by=cast.coordinator)
    page = words(sign_in(cast.viewer), at(cast, "page", uid=half_answered.uid))
    assert "2 yes, 1 no;" in page
    assert paper.record_lines(decision_page(half_answered))[1][2] == "Yes"


def test_by_the_starting_rule_answers_are_shown(cast: Cast, committee: Group) -> None:
    decision = services.open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    assert not decision.hides_answers
