"""What was decided changes by a new decision only; the chain of them is walked both ways. And reviews."""

import csv
import datetime
import html
import io
import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import clock
from accounts.urls_in import url_in
from decisions import paper
from decisions.enums import AskedBy, Change
from decisions.facts import recorded
from decisions.ledger import Problem
from decisions.models import Decision, Group, Sealed
from decisions.register import events_of, verify_register
from decisions.rule import Authority, Method, Quorum, Rule
from decisions.services import (
    EarlierGone,
    NothingToChange,
    NothingToReview,
    OfAnotherGroup,
    ReviewTooEarly,
    WithoutReason,
    close_decision,
    erase,
    keep_decision,
    open_decision,
    withdraw,
)
from decisions.tasks import close_overdue
from outreach.today import today_page
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import adopt, answer, decided, make_committee
from tests.pdf import text_of
from tests.press.running import RunningPress

DAY = datetime.timedelta(days=1)
WAYS = [*Change]


@pytest.fixture
def earlier(cast: Cast, by_majority: Group) -> Decision:
    return decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)


def asks(cast: Cast, earlier: Decision, how: Change, question: str = "Shall we change it?") -> Decision:
    return open_decision(
        group=earlier.group, question=question, supersedes=earlier, changes=how, by=cast.coordinator
    )


def changed(cast: Cast, earlier: Decision, how: Change, *answers: str) -> Decision:
    decision = asks(cast, earlier, how)
    answer(decision, *(answers or ["yes"] * 3), by=cast.coordinator)
    return close_decision(decision=decision, version=decision.version, by=cast.coordinator)


def address(cast: Cast, decision: Decision, name: str = "page") -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", uid=decision.uid)


def words(answered: Any) -> str:
    return html.unescape(" ".join(answered.content.decode().split()))


def chain(client: Client, cast: Cast, decision: Decision) -> list[str]:
    """The steps that a decision's page shows."""
    return [step.line for step in client.get(address(cast, decision)).context["page"].chain]


@pytest.mark.parametrize(
    ("how", "back", "on"),
    [
        (Change.REPLACES, "Replaced by", "Replaces"),
        (Change.AMENDS, "Changed in part by", "Changes a part of"),
        (Change.ENDS, "Ended by", "Ends"),
    ],
)
def test_once_it_is_adopted_both_pages_lead_to_the_other(
    cast: Cast, earlier: Decision, coordinator: Client, how: Change, back: str, on: str
):
    later = changed(cast, earlier, how)
    assert chain(coordinator, cast, earlier) == [f"{back} {later.reference}"]
    assert chain(coordinator, cast, later) == [f"{on} {earlier.reference}"]
    assert f'<a href="{address(cast, later)}">' in words(coordinator.get(address(cast, earlier)))
    assert f'<a href="{address(cast, earlier)}">' in words(coordinator.get(address(cast, later)))
    assert verify_register(district=cast.larkmoor).problem is None


@pytest.mark.parametrize(
    ("how", "on"),
    [
        (Change.REPLACES, "Would replace"),
        (Change.AMENDS, "Would change a part of"),
        (Change.ENDS, "Would end"),
    ],
)
def test_while_it_is_open_it_only_would(
    cast: Cast, earlier: Decision, coordinator: Client, how: Change, on: str
):
    later = asks(cast, earlier, how)
    assert chain(coordinator, cast, earlier) == [
        f"A question that would change it is open: {later.reference}"
    ]
    assert chain(coordinator, cast, later) == [f"{on} {earlier.reference}"]


def test_one_that_was_not_adopted_changed_nothing(cast: Cast, earlier: Decision, coordinator: Client):
    later = changed(cast, earlier, Change.ENDS, "no", "no", "no")
    assert chain(coordinator, cast, later) == [f"Was to end {earlier.reference}"]
    taken_back = asks(cast, earlier, Change.AMENDS)
    withdraw(decision=taken_back, reason="No need.", by=cast.coordinator)
    assert chain(coordinator, cast, earlier) == [
        f"A change of it was asked for, and not adopted: {one.reference}" for one in (later, taken_back)
    ]
    assert Decision.objects.standing().filter(pk=earlier.pk).exists()


def test_one_that_is_recommended_changes_nothing_yet(
    cast: Cast, committee: Group, earlier: Decision, coordinator: Client
):
    rule = Rule(Method.MAJORITY, Quorum(sectors=2), authority=Authority.BOARD)
    adopt(committee, by=cast.coordinator, other=rule)
    later = changed(cast, earlier, Change.REPLACES)
    assert later.outcome == "recommended"
    assert chain(coordinator, cast, earlier) == [f"A change of it is recommended: {later.reference}"]
    assert chain(coordinator, cast, later) == [f"Would replace {earlier.reference}"]


def test_a_chain_of_three_is_walked_step_by_step(cast: Cast, earlier: Decision, coordinator: Client):
    second = changed(cast, earlier, Change.AMENDS)
    third = changed(cast, second, Change.ENDS)
    assert chain(coordinator, cast, second) == [
        f"Ended by {third.reference}",
        f"Changes a part of {earlier.reference}",
    ]


def test_only_what_was_decided_and_stands_can_be_changed(cast: Cast, opened: Decision, earlier: Decision):
    refused = decided(opened.group, "no", "no", "no", by=cast.coordinator)
    for nothing in (opened, refused):
        with pytest.raises(NothingToChange):
            asks(cast, nothing, Change.ENDS)
    changed(cast, earlier, Change.REPLACES)
    with pytest.raises(NothingToChange):
        asks(cast, earlier, Change.ENDS)


def test_a_group_changes_its_own_decisions_alone(cast: Cast, earlier: Decision):
    other = make_committee(cast, cast.bellwether, cast.staff)
    with pytest.raises(OfAnotherGroup):
        open_decision(group=other, question="Shall we end it?", supersedes=earlier, by=cast.staff)


def test_how_it_changes_is_never_missing_and_never_alone(cast: Cast, earlier: Decision):
    later = asks(cast, earlier, Change.ENDS)
    for wrong in ({"changes": ""}, {"supersedes": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=later.pk).update(**wrong)


def test_the_register_vouches_for_how_it_changes(cast: Cast, earlier: Decision):
    later = asks(cast, earlier, Change.AMENDS)
    entry = json.loads(events_of(later.uid)[0].body)
    assert (entry["replaces"], entry["changes"]) == (str(earlier.uid), "amends")
    Decision.objects.filter(pk=later.pk).update(changes="ends")
    last = events_of(later.uid)[-1].seq
    assert verify_register(district=cast.larkmoor).problem == Problem(last, "decision")


def test_an_entry_of_before_that_names_an_earlier_one_took_its_place(cast: Cast, earlier: Decision):
    entry = json.loads(events_of(asks(cast, earlier, Change.REPLACES).uid)[0].body)
    del entry["changes"]
    assert recorded([entry], {})["decision"][0]["changes"] == "replaces"
    entry["replaces"] = None
    assert recorded([entry], {})["decision"][0]["changes"] == ""


def test_its_page_leads_to_a_question_that_changes_it(cast: Cast, earlier: Decision, coordinator: Client):
    page = words(coordinator.get(address(cast, earlier)))
    link = f"{url_in(cast.larkmoor, 'decisions:new')}?changes={earlier.uid}"
    assert f'<a href="{link}">Put a question that changes this one</a>' in page
    form = coordinator.get(link).context["form"]
    assert (form["group"].value(), form["kind"].value()) == (earlier.group.uid, "everyday")
    assert f"This question changes {earlier.reference}:" in words(coordinator.get(link))
    asked = {
        "group": earlier.group.uid,
        "kind": "everyday",
        "question": "Shall we stop using the form?",
        "supersedes": earlier.uid,
    }
    missing = coordinator.post(link, asked)
    assert list(missing.context["form"].errors) == ["changes"]
    coordinator.post(link, {**asked, "changes": "ends"})
    later = Decision.objects.get(question="Shall we stop using the form?")
    assert (later.supersedes, later.changes) == (earlier, "ends")


def test_one_that_was_changed_meanwhile_is_not_changed_again(
    cast: Cast, earlier: Decision, coordinator: Client
):
    changed(cast, earlier, Change.REPLACES)
    asked = {"group": earlier.group.uid, "kind": "everyday", "question": "Shall we end it?"}
    new = url_in(cast.larkmoor, "decisions:new")
    answered = coordinator.post(new, {**asked, "supersedes": earlier.uid, "changes": "ends"})
    assert "Only what was decided and still stands can be changed. Look at what changed it since." in words(
        answered
    )
    assert not Decision.objects.filter(question="Shall we end it?").exists()
    page = words(coordinator.get(address(cast, earlier)))
    assert "Put a question that changes this one" not in page


@pytest.mark.parametrize("uid", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_address_that_names_no_decision_asks_a_question_as_ever(
    cast: Cast, committee: Group, coordinator: Client, uid: str
):
    page = coordinator.get(f"{url_in(cast.larkmoor, 'decisions:new')}?changes={uid}")
    assert "changes" not in page.context["form"].fields


def test_a_decision_of_another_school_is_not_named_on_the_form(
    cast: Cast, sign_in: SignIn, earlier: Decision
):
    client = sign_in(cast.bellwether_coordinator)
    page = client.get(f"{url_in(cast.larkmoor, 'decisions:new')}?changes={earlier.uid}")
    assert "changes" not in page.context["form"].fields
    assert earlier.question not in words(page)


def test_the_chain_stands_on_paper_and_in_the_tables(
    cast: Cast, earlier: Decision, coordinator: Client, press: RunningPress
):
    later = changed(cast, earlier, Change.ENDS)
    assert f"Ended by {later.reference}, Shall we change it?" in flat(paper.record_pdf(earlier))
    assert f"Ends {earlier.reference}, Shall we share one referral form?" in flat(paper.record_pdf(later))
    year = flat(paper.register_pdf(earlier.group, earlier.year))
    assert ("Ended by" in year, f"Ends {earlier.reference}" in year) == (True, True)
    lines = paper.register_lines(earlier.group, earlier.year)
    by_number = {line[0]: line[-2:] for line in lines}
    assert lines[0][-2:] == ["What it changes", "What changed it"]
    assert by_number[earlier.reference] == ["", f"Ended by {later.reference}"]
    assert by_number[later.reference] == [f"Ends {earlier.reference}", ""]
    table = b"".join(coordinator.get(address(cast, later, "record_csv")).streaming_content).decode(
        "utf-8-sig"
    )
    step = ["What changed it, and what it changes", f"Ends {earlier.reference}"]
    assert step in list(csv.reader(io.StringIO(table)))


def flat(content: bytes) -> str:
    return " ".join(text_of(content).split())


@pytest.mark.parametrize("n", [1, 3])
def test_a_year_takes_two_queries_however_long_its_chains(
    cast: Cast, earlier: Decision, n: int, django_assert_num_queries: Any
):
    for _ in range(n):
        changed(cast, earlier, Change.AMENDS)
    with django_assert_num_queries(2):
        assert [len(row.chain) for row in paper.year_of(earlier.group, earlier.year)][1:] == [n, *[1] * n]


def due(cast: Cast, decision: Decision, days: int = 2) -> Decision:
    """The same decision, whose review comes in so many days."""
    later = close_with_review(cast, decision.group, clock.today(cast.larkmoor) + 30 * DAY)
    clock.move((30 - days) * DAY)
    return later


def close_with_review(cast: Cast, group: Group, day: datetime.date) -> Decision:
    decision = open_decision(group=group, question="Shall we meet weekly?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", by=cast.coordinator)
    return close_decision(decision=decision, version=decision.version, review_on=day, by=cast.coordinator)


def today_of(cast: Cast) -> list[str]:
    sections = today_page(cast.coordinator).sections
    return [item.about for section in sections for item in section.items if "Review" in item.what]


def test_at_its_review_it_is_kept_with_a_reason_and_comes_back_again(
    cast: Cast, earlier: Decision, coordinator: Client
):
    decision = due(cast, earlier)
    assert today_of(cast) == ["Shall we meet weekly?"]
    page = words(coordinator.get(address(cast, decision)))
    assert "It is time to look at this again." in page
    assert f"?changes={decision.uid}" in page
    next_on = clock.today(cast.larkmoor) + 365 * DAY
    kept = coordinator.post(
        address(cast, decision, "keep"), {"reason": "It works.", "review_on": str(next_on)}, follow=True
    )
    assert "Kept as it is. It comes back for review on " in words(kept)
    assert "by Imogen Tasker. It works." in words(kept)
    assert "It is time to look at this again." not in words(kept)
    decision.refresh_from_db()
    assert (decision.review_on, decision.outcome, today_of(cast)) == (next_on, "adopted", [])
    entry = json.loads(events_of(decision.uid)[-1].body)
    assert (entry["kind"], entry["review"]) == ("kept", str(next_on))
    assert "It works." not in events_of(decision.uid)[-1].body
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_review_that_is_written_over_is_found(cast: Cast, earlier: Decision):
    decision = due(cast, earlier)
    next_on = clock.today(cast.larkmoor) + 365 * DAY
    keep_decision(decision=decision, reason="It works.", review_on=next_on, by=cast.coordinator)
    Decision.objects.filter(pk=decision.pk).update(review_on=next_on + DAY)
    last = events_of(decision.uid)[-1].seq
    assert verify_register(district=cast.larkmoor).problem == Problem(last, "decision")


def test_why_it_was_kept_can_be_erased(cast: Cast, earlier: Decision, coordinator: Client):
    decision = due(cast, earlier)
    next_on = clock.today(cast.larkmoor) + 365 * DAY
    keep_decision(decision=decision, reason="Mrs. Ray asked.", review_on=next_on, by=cast.coordinator)
    text = Sealed.objects.get(person__kept_because="Mrs. Ray asked.")
    erase(text=text, asked_by=AskedBy.PERSON, because="They asked.", by=cast.staff)
    page = words(coordinator.get(address(cast, decision)))
    assert ("Mrs. Ray asked." in page, "at the request of the person" in page) == (False, True)
    assert verify_register(district=cast.larkmoor).problem is None


def test_it_is_kept_only_with_a_reason_at_its_time_and_until_a_later_day(cast: Cast, earlier: Decision):
    today = clock.today(cast.larkmoor)
    far = close_with_review(cast, earlier.group, today + 30 * DAY)
    near = close_with_review(cast, earlier.group, today + DAY)
    for decision, reason, day, refused in (
        (near, " ", today + 90 * DAY, WithoutReason),
        (near, "It works.", today, ReviewTooEarly),
        (far, "It works.", today + 90 * DAY, NothingToReview),
        (earlier, "It works.", today + 90 * DAY, NothingToReview),
    ):
        with pytest.raises(refused):
            keep_decision(decision=decision, reason=reason, review_on=day, by=cast.coordinator)


def test_what_was_replaced_does_not_come_back(cast: Cast, earlier: Decision, coordinator: Client):
    decision = due(cast, earlier)
    changed(cast, decision, Change.REPLACES)
    assert today_of(cast) == []
    with pytest.raises(NothingToReview):
        keep_decision(
            decision=decision,
            reason="It works.",
            review_on=clock.today(cast.larkmoor) + 90 * DAY,
            by=cast.coordinator,
        )
    answered = coordinator.get(address(cast, decision, "keep"), follow=True)
    assert "This decision does not come back for review." in words(answered)


def test_a_review_waits_while_a_question_about_it_is_open_and_comes_back_where_it_fails(
    cast: Cast, earlier: Decision
):
    decision = due(cast, earlier)
    later = asks(cast, decision, Change.ENDS)
    assert today_of(cast) == []
    answer(later, "no", "no", "no", by=cast.coordinator)
    close_decision(decision=later, version=later.version, by=cast.coordinator)
    assert today_of(cast) == ["Shall we meet weekly?"]


def comes_back_on_its_page(cast: Cast, client: Client, decision: Decision) -> bool:
    page: bool = client.get(address(cast, decision)).context["page"].comes_back
    return page


def test_what_was_changed_in_part_comes_back_on_today_as_on_its_page(
    cast: Cast, earlier: Decision, coordinator: Client
):
    decision = due(cast, earlier)
    changed(cast, decision, Change.AMENDS)
    assert today_of(cast) == ["Shall we meet weekly?"]
    assert comes_back_on_its_page(cast, coordinator, decision)


def test_what_has_a_change_recommended_comes_back_on_today_as_on_its_page(
    cast: Cast, committee: Group, earlier: Decision, coordinator: Client
):
    decision = due(cast, earlier)
    rule = Rule(Method.MAJORITY, Quorum(sectors=2), authority=Authority.BOARD)
    adopt(committee, by=cast.coordinator, other=rule)
    assert changed(cast, decision, Change.REPLACES).outcome == "recommended"
    assert today_of(cast) == ["Shall we meet weekly?"]
    assert comes_back_on_its_page(cast, coordinator, decision)


def test_what_was_not_adopted_does_not_come_back(cast: Cast, earlier: Decision, coordinator: Client):
    decision = open_decision(group=earlier.group, question="Shall we meet weekly?", by=cast.coordinator)
    answer(decision, "no", "no", "no", by=cast.coordinator)
    close_decision(
        decision=decision,
        version=decision.version,
        review_on=clock.today(cast.larkmoor) + DAY,
        by=cast.coordinator,
    )
    assert today_of(cast) == []
    assert not comes_back_on_its_page(cast, coordinator, decision)


@pytest.mark.parametrize(("word", "offered"), [("yes", True), ("no", False)])
def test_a_day_of_review_is_offered_only_where_it_is_decided(
    cast: Cast, opened: Decision, coordinator: Client, word: str, offered: bool
):
    answer(opened, word, word, word, by=cast.coordinator)
    page = coordinator.get(address(cast, opened, "close")).content.decode()
    assert ('name="review_on"' in page, 'name="effective_on"' in page) == (offered, True)


def two_that_change(cast: Cast, earlier: Decision, **values: Any) -> tuple[Decision, Decision]:
    """Two open questions that would take the place of one decision, and all say yes to both."""
    first, second = (
        open_decision(
            group=earlier.group,
            question=f"Shall we change it, as {who} said?",
            supersedes=earlier,
            by=cast.coordinator,
            **values,
        )
        for who in ("one", "another")
    )
    for decision in (first, second):
        answer(decision, *["yes"] * 3, by=cast.coordinator)
    return first, second


@pytest.mark.parametrize("how", WAYS)
def test_a_chain_never_forks(cast: Cast, earlier: Decision, coordinator: Client, how: Change):
    first, second = two_that_change(cast, earlier)
    Decision.objects.filter(pk=second.pk).update(changes=how)
    second.refresh_from_db()
    close_decision(decision=first, version=first.version, by=cast.coordinator)
    said = (
        f"{earlier.reference} no longer stands: {first.reference} replaced or ended it. "
        "Take this question back, and put a new one if there is still something to change."
    )
    with pytest.raises(EarlierGone, match=said):
        close_decision(decision=second, version=second.version, by=cast.coordinator)
    page = coordinator.get(address(cast, second, "close"))
    assert said in words(page)
    assert f'<a href="{address(cast, second, "withdraw")}">Take the question back instead</a>' in words(page)
    assert Decision.objects.get(pk=second.pk).is_open


def test_two_that_change_a_part_are_both_adopted(cast: Cast, earlier: Decision):
    for decision in two_that_change(cast, earlier, changes=Change.AMENDS):
        close_decision(decision=decision, version=decision.version, by=cast.coordinator)
        assert decision.outcome == "adopted"


def test_one_that_fails_is_closed_though_what_it_would_change_is_gone(cast: Cast, earlier: Decision):
    first, second = two_that_change(cast, earlier)
    close_decision(decision=first, version=first.version, by=cast.coordinator)
    answer(second, "no", "no", "no", by=cast.coordinator)
    close_decision(decision=second, version=second.version, by=cast.coordinator)
    assert second.outcome == "not_adopted"


def test_the_deadline_leaves_open_what_has_nothing_to_change_any_more_and_says_so(
    cast: Cast, earlier: Decision, coordinator: Client
):
    first, second = two_that_change(cast, earlier, closes_at=clock.now() + DAY)
    close_decision(decision=first, version=first.version, by=cast.coordinator)
    clock.move(2 * DAY)
    assert close_overdue() == 0
    page = words(coordinator.get(address(cast, second)))
    assert f"{earlier.reference} no longer stands: {first.reference} replaced or ended it." in page
    assert "It is counted and closed in a moment." not in page
    items = [item for section in today_page(cast.coordinator).sections for item in section.items]
    [item] = [item for item in items if item.about == second.question]
    assert item.what == "Take back a question:"
    assert item.why == "What it would change no longer stands, so it can't be closed as adopted."
