"""What is to be done after a decision: written down at its close or later, done, and taken along."""

import csv
import datetime
import html
import io
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from accounts import clock
from accounts.models import Task
from accounts.urls_in import url_in
from decisions import paper
from decisions.action_items import open_items
from decisions.models import Decision, Group
from decisions.services import ActionItem, StillOpen, add_action_items, close_decision
from outreach.today import today_page
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import answer, decided, make_committee
from tests.pdf import text_of
from tests.press.running import RunningPress

DAY = datetime.timedelta(days=1)


@pytest.fixture
def closed(cast: Cast, by_majority: Group) -> Decision:
    return decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)


def address(cast: Cast, decision: Decision, name: str = "page", **more: Any) -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", uid=decision.uid, **more)


def words(answered: Any) -> str:
    return html.unescape(" ".join(answered.content.decode().split()))


def three(cast: Cast, decision: Decision) -> None:
    """For one of us, for somebody named in words, and for nobody yet."""
    today = clock.today(cast.larkmoor)
    items = [
        ActionItem("Print the form", owner=cast.principal, due_on=today + DAY),
        ActionItem("Tell the families", who="Noor of the pantry", due_on=today - DAY),
        ActionItem("Find a room"),
    ]
    add_action_items(decision=decision, items=items, by=cast.coordinator)


def test_they_are_written_down_as_the_decision_is_closed(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    form = {
        "version": opened.version,
        "item-1-what": "Print the form",
        "item-1-owner": cast.principal.pk,
        "item-1-due_on": "2027-01-11",
        "item-2-what": "Tell the families",
        "item-2-who": "Noor of the pantry",
    }
    coordinator.post(address(cast, opened, "close"), form)
    rows = Task.objects.order_by("pk").values_list("kind", "title", "owner", "owner_text", "due_on")
    assert list(rows) == [
        ("action_item", "Print the form", cast.principal.pk, "", datetime.date(2027, 1, 11)),
        ("action_item", "Tell the families", None, "Noor of the pantry", None),
    ]
    assert set(Task.objects.values_list("subject_kind", "subject_uid")) == {("decision", opened.uid)}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"item-2-who": "Noor"}, "what"),
        ({"item-2-what": "Print", "item-2-due_on": "soon"}, "due_on"),
        ({"item-2-what": "Print", "item-2-who": "Noor", "item-2-owner": "OWNER"}, "who"),
    ],
)
def test_one_that_is_not_whole_keeps_the_decision_open_and_nothing_is_lost(
    cast: Cast, opened: Decision, coordinator: Client, row: dict[str, str], field: str
):
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    typed = {name: value.replace("OWNER", str(cast.principal.pk)) for name, value in row.items()}
    answered = coordinator.post(
        address(cast, opened, "close"), {"version": opened.version, "rationale": "Families ask.", **typed}
    )
    form = answered.context["form"]
    assert [list(one.errors) for one in form.rows] == [[], [field], []]
    assert (form["rationale"].value(), form.opens_rest) == ("Families ask.", True)
    assert (Task.objects.count(), Decision.objects.get(pk=opened.pk).state) == (0, "open")


def test_where_another_closed_it_first_nothing_is_written_down(
    cast: Cast, opened: Decision, coordinator: Client
):
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    form = {"version": opened.version, "item-1-what": "Print the form"}
    close_decision(decision=opened, version=opened.version, by=cast.principal)
    coordinator.post(address(cast, opened, "close"), form)
    assert Task.objects.count() == 0


def test_more_are_added_later_from_its_page(cast: Cast, closed: Decision, coordinator: Client):
    page = words(coordinator.get(address(cast, closed)))
    assert "Nothing is written down yet." in page
    added = coordinator.post(
        address(cast, closed, "add_item"), {"what": "Print the form", "owner": cast.principal.pk}, follow=True
    )
    assert "Written down. Whoever of us does it finds it on Today." in words(added)
    assert Task.objects.get().owner == cast.principal
    missing = coordinator.post(address(cast, closed, "add_item"), {"who": "Noor"})
    assert list(missing.context["form"].errors) == ["what"]


def test_before_a_decision_nothing_follows(cast: Cast, opened: Decision, coordinator: Client):
    with pytest.raises(StillOpen):
        add_action_items(decision=opened, items=[ActionItem("Print")], by=cast.coordinator)
    answered = coordinator.post(address(cast, opened, "add_item"), {"what": "Print"})
    assert (answered["Location"], Task.objects.count()) == (address(cast, opened), 0)


def test_whoever_of_us_does_one_finds_it_on_today(cast: Cast, closed: Decision):
    three(cast, closed)
    items = [item for section in today_page(cast.principal).sections for item in section.items]
    assert ["Print the form" in item.what for item in items].count(True) == 1


def test_the_page_says_how_each_stands_and_one_is_done_by_a_button(
    cast: Cast, closed: Decision, coordinator: Client
):
    three(cast, closed)
    page = coordinator.get(address(cast, closed))
    assert [(one.task.title, one.who, one.state) for one in page.context["page"].items] == [
        ("Print the form", "Dr. Rosalind Oyelaran", "To do"),
        ("Tell the families", "Noor of the pantry", "Late"),
        ("Find a room", "Nobody yet", "To do"),
    ]
    late = Task.objects.get(title="Tell the families")
    url = address(cast, closed, "finish_item", other=late.uid)
    done = coordinator.post(url, follow=True)
    assert "Done: Tell the families." in words(done)
    day = clock.today(cast.larkmoor)
    assert f"Done on {day:%B} {day.day}, {day.year}" in words(done)
    coordinator.post(url)
    late.refresh_from_db()
    assert late.done_by == cast.coordinator


def test_another_decisions_item_is_not_done_by_this_address(
    cast: Cast, closed: Decision, by_majority: Group, coordinator: Client
):
    other = decided(by_majority, "yes", "yes", "yes", by=cast.coordinator)
    three(cast, other)
    url = address(cast, closed, "finish_item", other=Task.objects.first().uid)
    assert coordinator.post(url).status_code == 404
    assert Task.objects.open().count() == 3


def test_whoever_only_reads_sees_them_without_buttons(cast: Cast, closed: Decision, sign_in: SignIn):
    three(cast, closed)
    page = words(sign_in(cast.viewer).get(address(cast, closed)))
    assert "Tell the families" in page
    assert ("Add an action item" in page, "finish" in page, "/done/" in page) == (False, False, False)


def test_they_stand_on_paper_and_in_the_table(
    cast: Cast, closed: Decision, coordinator: Client, press: RunningPress
):
    three(cast, closed)
    text = " ".join(text_of(paper.record_pdf(closed)).split())
    assert "What is to be done" in text
    assert "Find a room Nobody yet To do" in text
    table = b"".join(coordinator.get(address(cast, closed, "record_csv")).streaming_content).decode(
        "utf-8-sig"
    )
    assert ["What is to be done", "Find a room", "Nobody yet", "", "To do"] in list(
        csv.reader(io.StringIO(table))
    )


def of_group(client: Client, cast: Cast, group: Group, name: str) -> bytes:
    answered = client.get(url_in(cast.larkmoor, f"decisions:{name}", uid=group.uid))
    return b"".join(answered.streaming_content)


def test_a_groups_open_ones_are_a_table_with_what_is_due_first(
    cast: Cast, closed: Decision, by_majority: Group, coordinator: Client
):
    three(cast, closed)
    elsewhere = make_committee(cast, cast.bellwether, cast.staff)
    three(cast, decided(elsewhere, *["yes"] * 5, by=cast.staff))
    Task.objects.filter(title="Find a room", subject_uid=closed.uid).update(
        done_at=clock.now(), done_by=cast.staff
    )
    table = of_group(coordinator, cast, by_majority, "items_csv").decode("utf-8-sig")
    today = clock.today(cast.larkmoor)
    question = [closed.reference, "Shall we share one referral form?"]
    assert list(csv.reader(io.StringIO(table))) == [
        ["What is to be done", "Who", "By when", "Decision", "Question"],
        ["Tell the families", "Noor of the pantry", str(today - DAY), *question],
        ["Print the form", "Dr. Rosalind Oyelaran", str(today + DAY), *question],
    ]
    page = words(coordinator.get(url_in(cast.larkmoor, "decisions:group", uid=by_majority.uid)))
    assert "2 action items are open." in page


def test_a_calendar_shows_each_on_its_day_and_keeps_the_day_free(
    cast: Cast, closed: Decision, by_majority: Group, coordinator: Client
):
    three(cast, closed)
    content = of_group(coordinator, cast, by_majority, "items_ics")
    events = Calendar.from_ical(content).walk("VEVENT")
    today = clock.today(cast.larkmoor)
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt) for one in events] == [
        ("Tell the families (Noor of the pantry)", today - DAY, today),
        ("Print the form (Dr. Rosalind Oyelaran)", today + DAY, today + 2 * DAY),
    ]
    assert {str(one["TRANSP"]) for one in events} == {"TRANSPARENT"}
    assert str(events[0]["URL"]).endswith(address(cast, closed))
    again = Calendar.from_ical(of_group(coordinator, cast, by_majority, "items_ics")).walk("VEVENT")
    assert [one["UID"] for one in again] == [one["UID"] for one in events]


@pytest.mark.parametrize("n", [1, 3])
def test_one_read_takes_two_queries_however_many_there_are(
    cast: Cast, by_majority: Group, n: int, django_assert_num_queries: Any
):
    for _ in range(n):
        three(cast, decided(by_majority, "yes", "yes", "yes", by=cast.coordinator))
    with django_assert_num_queries(2):
        assert [bool(item.decision.question) for item in open_items(by_majority)] == [True] * 3 * n


@pytest.mark.parametrize("n", [1, 3])
def test_its_page_takes_as_many_queries_however_many_there_are(
    cast: Cast, closed: Decision, coordinator: Client, n: int, django_assert_num_queries: Any
):
    for _ in range(n):
        three(cast, closed)
    with django_assert_num_queries(17):
        coordinator.get(address(cast, closed))


def test_few_keys_close_what_is_decided(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    page = coordinator.get(address(cast, opened, "close"))
    today, form = clock.today(cast.larkmoor), page.context["form"]
    assert [field.name for field in form.first] == ["owner", "rationale", "dissent"]
    assert (form["effective_on"].value(), form["review_on"].value()) == (
        today,
        today.replace(year=today.year + 1),
    )
    assert page.content.decode().count("autofocus") == 1
    assert form.opens_rest is False


def test_where_nothing_is_decided_no_day_is_filled_in(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "no", "no", "no", by=cast.coordinator)
    page = coordinator.get(address(cast, opened, "close"))
    form = page.context["form"]
    assert [field.name for field in form.first] == ["rationale", "dissent"]
    assert (form["effective_on"].value(), form["review_on"].value()) == (None, None)
    assert page.content.decode().count("autofocus") == 0
