"""The level of collaboration that the log shows: by hand, and beside what each partner was rated."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.urls_in import url_in
from decisions.level import Because, Closed, Seen, in_words, seen
from decisions.models import Decision, Group
from decisions.pages.levels import levels_of_partner, shown_by_log
from decisions.rule import Method, Outcome
from decisions.services import add_seat
from partners.enums import Level
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import MAJORITY, adopt, decided, make_committee
from tests.partners.factories import a_partnership

ADOPTED, NOT_ADOPTED = Outcome.ADOPTED, Outcome.NOT_ADOPTED
BY_VOTE = Closed(Method.MAJORITY, ADOPTED, 5)
LOST = Closed(Method.TWO_THIRDS, NOT_ADOPTED, 5)
CONSENSUS = Closed(Method.CONSENSUS, ADOPTED, 5)
NO_CONSENSUS = Closed(Method.CONSENSUS, NOT_ADOPTED, 5)
BY_LEADER = Closed(Method.LEADER, ADOPTED, 3)
ALONE = Closed(Method.LEADER, ADOPTED, 1)
SOME_ADVISE = Closed(Method.CONSENSUS, ADOPTED, 5, without_vote=1)
NO_QUORUM = Closed(Method.CONSENSUS, Outcome.NO_QUORUM, 2)
DEFERRED = Closed(Method.CONSENSUS, Outcome.DEFERRED, 5)


@pytest.mark.parametrize(
    ("decisions", "level", "because", "shared"),
    [
        ([], Level.COOPERATION, Because.NOTHING_SHARED, 0),
        ([NO_QUORUM, DEFERRED], Level.COOPERATION, Because.NOTHING_SHARED, 0),
        ([ALONE, ALONE], Level.COOPERATION, Because.NOTHING_SHARED, 0),
        ([BY_LEADER], Level.COORDINATION, Because.FEW_BY_VOTE, 1),
        ([BY_VOTE, ALONE], Level.COORDINATION, Because.FEW_BY_VOTE, 1),
        ([BY_VOTE, BY_VOTE, ALONE], Level.COALITION, Because.NOT_ALL_CONSENSUS, 2),
        ([BY_VOTE], Level.COALITION, Because.NOT_ALL_CONSENSUS, 1),
        ([LOST, LOST], Level.COALITION, Because.NOT_ALL_CONSENSUS, 2),
        ([CONSENSUS, BY_VOTE], Level.COALITION, Because.NOT_ALL_CONSENSUS, 2),
        ([CONSENSUS, NO_CONSENSUS], Level.COALITION, Because.NOT_ALL_CONSENSUS, 2),
        ([CONSENSUS], Level.COLLABORATION, Because.ALL_CONSENSUS, 1),
        ([CONSENSUS, CONSENSUS, NO_QUORUM], Level.COLLABORATION, Because.ALL_CONSENSUS, 2),
        ([CONSENSUS, SOME_ADVISE], Level.COORDINATION, Because.NOT_ALL_VOTE, 2),
    ],
)
def test_the_log_shows_a_level_and_why_no_other(
    decisions: list[Closed], level: Level, because: Because, shared: int
) -> None:
    assert seen(decisions) == seen(decisions[::-1]) == Seen(level, because, shared)


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ([], "No decision was shared in the last 12 months: networking or cooperation."),
        (
            [BY_LEADER],
            "Coordination: 1 decision was shared in the last 12 months; "
            "no more than half of all were taken by vote.",
        ),
        (
            [SOME_ADVISE],
            "Coordination: 1 decision was shared in the last 12 months; not every member has a vote.",
        ),
        (
            [BY_VOTE, BY_VOTE],
            "Coalition: 2 decisions were shared in the last 12 months; "
            "every member has a vote, and most were taken by vote.",
        ),
        (
            [CONSENSUS] * 3,
            "Collaboration: 3 decisions were shared in the last 12 months; "
            "every member has a vote, and all were reached by consensus.",
        ),
    ],
)
def test_it_is_said_in_words(decisions: list[Closed], words: str) -> None:
    assert in_words(seen(decisions)) == words


def shown(group: Group) -> Level:
    return shown_by_log([group])[group.pk].level


def at(cast: Cast, name: str, thing: Any) -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", uid=thing.uid)


def read(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def rated(cast: Cast, partner: Partner, level: Level) -> Partnership:
    """The pantry's partnership with Quillback, rated."""
    partnership = a_partnership(partner, cast.quillback, cast.coordinator)
    Partnership.objects.filter(pk=partnership.pk).update(level=level)
    return partnership


@pytest.fixture
def pantry(committee: Group) -> Partner:
    """An organization of the committee."""
    partner: Partner = Partner.objects.get(name="Open Cupboard Pantry")
    return partner


def test_a_committees_log_is_read_as_it_grows(cast: Cast, committee: Group) -> None:
    levels = [shown(committee)]
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    levels.append(shown(committee))
    adopt(committee, by=cast.coordinator, other=MAJORITY)
    decided(committee, "yes", "no", "yes", "yes", by=cast.coordinator)
    levels.append(shown(committee))
    add_seat(
        group=committee, people_label="Advisers", sector="other", standing="advises", by=cast.coordinator
    )
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    levels.append(shown(committee))
    assert levels == [Level.COOPERATION, Level.COLLABORATION, Level.COALITION, Level.COORDINATION]


def test_what_was_decided_more_than_a_year_ago_shows_nothing(cast: Cast, committee: Group) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator)
    Decision.objects.filter(pk=decision.pk).update(closed_at=clock.now() - datetime.timedelta(days=366))
    assert shown(committee) == Level.COOPERATION


def test_a_groups_page_shows_the_log_beside_each_partners_rating(
    cast: Cast, committee: Group, pantry: Partner, coordinator: Client
) -> None:
    rated(cast, pantry, Level.COORDINATION)
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    page = read(coordinator, at(cast, "group", committee))
    assert "The log shows: Collaboration: 1 decision was shared in the last 12 months;" in page
    assert "<dt>Open Cupboard Pantry</dt><dd>Coordination</dd>" in page
    assert "<dt>Larkmoor Police Department</dt><dd>Not rated yet</dd>" in page
    assert "Full collaboration is not always the goal." in page


def test_a_partners_tab_shows_both_for_each_group_that_one_sees(
    cast: Cast, committee: Group, pantry: Partner, sign_in: SignIn
) -> None:
    make_committee(cast, cast.bellwether, cast.staff)
    rated(cast, pantry, Level.COORDINATION)
    page = read(sign_in(cast.coordinator), at(cast, "of_partner", pantry))
    assert (
        f"<dt>{committee.full_name}</dt><dd>You rated: Coordination. "
        "The log shows: No decision was shared in the last 12 months: networking or cooperation.</dd>" in page
    )
    assert page.count("The log shows:") == 1
    assert read(sign_in(cast.staff), at(cast, "of_partner", pantry)).count("The log shows:") == 2


def test_a_partner_without_a_seat_has_no_level(cast: Cast, committee: Group, coordinator: Client) -> None:
    partner = Partner.objects.create(
        district=cast.larkmoor,
        name="Saltbox Hill",
        sort_name="saltbox hill",
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    assert "How closely we work together" not in read(coordinator, at(cast, "of_partner", partner))


def test_what_is_rated_of_a_partner_holds_for_those_merged_into_it(
    cast: Cast, committee: Group, pantry: Partner
) -> None:
    rated(cast, pantry, Level.COALITION)
    winner = Partner.objects.get(name="Larkmoor Police Department")
    Partner.objects.filter(pk=pantry.pk).update(merged_into=winner)
    today = clock.today(cast.larkmoor)
    [line] = levels_of_partner(winner, cast.coordinator, today)
    assert line.rated == "Coalition"


@pytest.mark.parametrize("n", [1, 3])
def test_it_takes_as_many_queries_however_many_groups(
    cast: Cast, committee: Group, pantry: Partner, django_assert_num_queries, n: int
) -> None:
    for number in range(n):
        group = make_committee(cast, cast.quillback, cast.coordinator, name=f"Committee {number}")
        decided(group, *["yes"] * 5, by=cast.coordinator)
    with django_assert_num_queries(3):
        found = levels_of_partner(pantry, cast.staff, clock.today(cast.larkmoor))
    assert len(found) == n + 1
