"""Decisions from before a question said how it changes an earlier one: it took its place."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from accounts import clock
from decisions.models import Decision
from decisions.services import open_decision
from tests.conftest import Cast
from tests.decisions.conftest import make_committee
from tests.decisions.migrating import migrate, migrate_to_now
from tests.decisions.tampering import run

BEFORE = ("decisions", "0008_meetings")


@pytest.fixture
def old_state(committed_cast: Cast) -> Iterator[Any]:
    """Decisions as they were before, with one open decision."""
    group = make_committee(committed_cast, committed_cast.quillback, committed_cast.coordinator)
    open_decision(group=group, question="Shall we meet weekly?", by=committed_cast.coordinator)
    try:
        yield migrate(BEFORE)
    finally:
        migrate_to_now()


def ask_again(models: Any, question: str, supersedes: Any) -> None:
    """One more question of the same group, put as it was then."""
    old = models.get_model("decisions", "Decision")
    first = old.objects.order_by("pk")[0]
    n = old.objects.count() + 1
    same = {name: getattr(first, name) for name in ("district_id", "group_id", "year", "kind", "method")}
    by = {"opened_by_id": first.opened_by_id, "opened_at": clock.now()}
    old.objects.create(**same, **by, n=n, question=question, starting_rule=True, supersedes=supersedes)


def rows() -> list[dict[str, Any]]:
    """The table as it stands, by its own columns."""
    return [
        json.loads(row) for (row,) in run("SELECT to_jsonb(d)::text FROM decisions_decision d ORDER BY id")
    ]


def test_what_named_an_earlier_decision_took_its_place(old_state: Any):
    first = old_state.get_model("decisions", "Decision").objects.get()
    ask_again(old_state, "Shall we meet monthly?", first)
    ask_again(old_state, "Shall we sing?", None)
    before = rows()
    migrate_to_now()
    assert [{name: row[name] for name in before[0]} for row in rows()] == before
    assert list(Decision.objects.order_by("pk").values_list("question", "changes")) == [
        ("Shall we meet weekly?", ""),
        ("Shall we meet monthly?", "replaces"),
        ("Shall we sing?", ""),
    ]
