"""Who counts and closes a question, where the group named them by role."""

import datetime

import pytest
from django.test import Client

from accounts import clock
from accounts.models import Membership
from decisions import services
from decisions.models import Decision, Group
from decisions.register import verify_register
from decisions.rule import Closer, Method, Quorum, Rule
from decisions.rule_words import rule_lines
from decisions.services import NotTheirsToClose
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import adopt, answer, decided, make_committee, voting
from tests.decisions.test_charter_form import filled, in_force
from tests.decisions.test_meetings import come, meet
from tests.decisions.test_pages import at, words

HOUR = datetime.timedelta(hours=1)
PRINCIPALS = "A principal counts and closes each question."


def closed_by(closes: Closer | None) -> Rule:
    return Rule(Method.MAJORITY, Quorum(sectors=2), closes=closes)


def ask(cast: Cast, group: Group, closes: Closer | None, **values: datetime.datetime) -> Decision:
    """A question that everybody answered, of a group in which this role closes."""
    adopt(group, by=cast.coordinator, other=closed_by(closes))
    decision = services.open_decision(group=group, question="Shall we?", by=cast.coordinator, **values)
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    return decision


def close(decision: Decision, by: Membership) -> str:
    return services.close_decision(decision=decision, version=decision.version, by=by).outcome


@pytest.mark.parametrize(
    ("closes", "may"),
    [
        (None, ["staff", "principal", "coordinator"]),
        (Closer.STAFF, ["staff"]),
        (Closer.PRINCIPAL, ["principal"]),
        (Closer.COORDINATOR, ["coordinator"]),
    ],
)
def test_the_role_that_the_group_named_closes(
    cast: Cast, committee: Group, closes: Closer | None, may: list[str]
) -> None:
    decision = ask(cast, committee, closes)
    people = {"staff": cast.staff, "principal": cast.principal, "coordinator": cast.coordinator}
    rule = decision.rule.rule
    assert [name for name, one in people.items() if services.may_close(decision, rule, one)] == may
    for name, one in people.items():
        if name not in may:
            with pytest.raises(NotTheirsToClose):
                close(decision, one)
    assert Decision.objects.get(pk=decision.pk).is_open
    assert close(decision, people[may[0]]) == "adopted"
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_refusal_says_who_may(cast: Cast, committee: Group) -> None:
    decision = ask(cast, committee, Closer.PRINCIPAL)
    with pytest.raises(NotTheirsToClose, match=f"^You cannot close this question. {PRINCIPALS}$"):
        close(decision, cast.coordinator)


def test_where_nobody_has_the_role_district_staff_close(cast: Cast, committee: Group) -> None:
    decision = ask(cast, committee, Closer.PRINCIPAL)
    cast.principal.until = clock.today(cast.larkmoor) - datetime.timedelta(days=1)
    cast.principal.save()
    stands_in = "Nobody here has that role now, so district staff do it."
    with pytest.raises(NotTheirsToClose, match=f"{PRINCIPALS} {stands_in}"):
        close(decision, cast.coordinator)
    assert close(decision, cast.staff) == "adopted"


def test_a_districts_group_is_closed_by_a_role_that_covers_the_district(cast: Cast) -> None:
    group = make_committee(cast, None, cast.staff)
    decision = services.open_decision(group=group, question="Shall we?", by=cast.staff)
    rule = closed_by(Closer.PRINCIPAL)
    may = [services.may_close(decision, rule, one) for one in (cast.staff, cast.principal)]
    assert may == [True, False]


def test_the_time_to_answer_closes_whoever_the_group_named(cast: Cast, committee: Group) -> None:
    decision = ask(cast, committee, Closer.PRINCIPAL, closes_at=clock.now() + HOUR)
    with clock.shifted(2 * HOUR):
        assert services.close_at_deadline(decision=decision)
    assert Decision.objects.get(pk=decision.pk).closed_by is None


def test_a_further_round_and_taking_back_stay_with_whoever_keeps_decisions(
    cast: Cast, committee: Group
) -> None:
    adopt(
        committee,
        by=cast.coordinator,
        other=Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, closes=Closer.PRINCIPAL),
    )
    decision = services.open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    assert services.next_round(decision=decision, by=cast.coordinator).n == 2
    services.withdraw(decision=decision, reason="No need.", by=cast.coordinator)
    assert decision.outcome == "withdrawn"


def test_the_page_says_who_closes_and_shows_the_button_to_nobody_else(
    cast: Cast, committee: Group, coordinator: Client, sign_in: SignIn
) -> None:
    decision = ask(cast, committee, Closer.PRINCIPAL)
    url = at(cast, "close", uid=decision.uid)
    others, theirs = words(coordinator, url), words(sign_in(cast.principal), url)
    assert f"<b>You cannot close this question.</b> {PRINCIPALS}" in others
    assert ("Close it: adopted" in others, "Close it: adopted" in theirs) == (False, True)
    assert PRINCIPALS in theirs
    assert "Take the question back instead" in others
    page = coordinator.post(url, {"version": decision.version})
    assert f"You cannot close this question. {PRINCIPALS}" in str(page.context["form"].errors)
    assert Decision.objects.get(pk=decision.pk).is_open


def test_nobody_else_is_sent_to_the_close(
    cast: Cast, committee: Group, coordinator: Client, sign_in: SignIn
) -> None:
    decision = ask(cast, committee, Closer.PRINCIPAL)
    close_url, next_words = at(cast, "close", uid=decision.uid), "A principal closes it next."
    others, theirs = (
        words(who, at(cast, "page", uid=decision.uid)) for who in (coordinator, sign_in(cast.principal))
    )
    assert [(close_url in page, next_words in page) for page in (others, theirs)] == [
        (False, True),
        (True, False),
    ]


def test_after_the_last_answer_it_is_said_whose_role_closes(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    adopt(committee, by=cast.coordinator, other=closed_by(Closer.PRINCIPAL))
    meeting = meet(cast, committee)
    come(cast, meeting, "Juvenile")
    decision = services.open_decision(
        group=committee, question="Shall we?", meeting=meeting, by=cast.coordinator
    )
    seat = next(seat for seat in voting(decision) if seat.label.startswith("Juvenile"))
    typed = {"source": "meeting", f"answer-{seat.uid}": "yes"}
    done = coordinator.post(at(cast, "answers", uid=decision.uid), typed, follow=True)
    assert done.redirect_chain[-1][0] == at(cast, "page", uid=decision.uid)
    assert [str(message) for message in done.context["messages"]] == [
        "1 answer is recorded. All who are here have answered. A principal closes it next."
    ]


@pytest.fixture
def blocked(cast: Cast, committee: Group) -> Decision:
    """A question that its rule puts off to a further round, which district staff close."""
    own = Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS, closes=Closer.STAFF)
    adopt(committee, by=cast.coordinator, other=own)
    decision = services.open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    return decision


def test_a_further_round_is_still_reached_by_whoever_keeps_decisions(
    cast: Cast, blocked: Decision, coordinator: Client
) -> None:
    page = words(coordinator, at(cast, "page", uid=blocked.uid))
    url = at(cast, "close", uid=blocked.uid)
    assert f'<a class="btn btn-primary" href="{url}">Take it to the next meeting</a>' in page
    assert ("Close this decision" in page, "District staff close it next." in page) == (False, False)


def test_a_question_that_is_put_off_is_closed_as_it_stands_by_that_role_alone(
    cast: Cast, blocked: Decision, coordinator: Client
) -> None:
    page = words(coordinator, at(cast, "close", uid=blocked.uid))
    assert "Open the next round" in page
    assert "Or close it as it stands" not in page


def test_where_anybody_may_close_nothing_is_said(cast: Cast, committee: Group, coordinator: Client) -> None:
    decision = ask(cast, committee, None)
    assert "counts and closes" not in words(coordinator, at(cast, "close", uid=decision.uid))


def test_the_role_is_chosen_on_the_form_and_said_on_the_page(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    in_force(cast, committee, coordinator, closes="principal", kind_money="two_thirds")
    kept = {row.kind: row.rule.closes for row in committee.charters.get().rules.all()}
    assert kept == {"": Closer.PRINCIPAL, "money": Closer.PRINCIPAL}
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    assert "Who counts and closes</dt><dd>A principal" in page


@pytest.mark.parametrize(
    ("whole_district", "offered"),
    [(False, ["", "staff"]), (True, ["", "staff", "principal"])],
)
def test_a_districts_group_names_only_a_role_that_somebody_has_for_the_district(
    cast: Cast, sign_in: SignIn, whole_district: bool, offered: list[str]
) -> None:
    group = make_committee(cast, None, cast.staff)
    cast.principal.whole_district = whole_district
    cast.principal.save()
    decided(group, *["yes"] * 5, by=cast.staff, kind="charter")
    form = sign_in(cast.staff).get(at(cast, "new_how", uid=group.uid)).context["form"]
    assert [code for code, _words in form.fields["closes"].choices] == offered


def test_a_schools_group_names_any_role(cast: Cast, committee: Group, coordinator: Client) -> None:
    decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    form = coordinator.get(at(cast, "new_how", uid=committee.uid)).context["form"]
    assert [code for code, _words in form.fields["closes"].choices] == ["", *Closer]


def test_the_role_that_a_districts_group_named_stays_offered(cast: Cast, sign_in: SignIn) -> None:
    group = make_committee(cast, None, cast.staff)
    adopt(group, by=cast.staff, other=closed_by(Closer.COORDINATOR))
    decided(group, *["yes"] * 5, by=cast.staff, kind="charter")
    form = sign_in(cast.staff).get(at(cast, "new_how", uid=group.uid)).context["form"]
    assert [code for code, _words in form.fields["closes"].choices] == ["", "staff", "coordinator"]


def test_a_role_that_is_none_of_these_is_said_at_its_field(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    in_force(cast, committee, coordinator)
    decision = services.open_decision(
        group=committee, question="This way?", kind="charter", by=cast.coordinator
    )
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    close(decision, cast.coordinator)
    page = coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, closes="viewer"))
    assert list(page.context["form"].errors) == ["closes"]


def test_a_rule_names_who_closes_only_where_it_is_not_as_usual() -> None:
    labels = [label for label, _words in rule_lines(closed_by(None))]
    assert "Who counts and closes" not in labels
    assert ("Who counts and closes", "District staff") in rule_lines(closed_by(Closer.STAFF))
