"""The test of the access matrix: with each rule taken out in turn, the table turns red.

A tenth of the rules in the plain run, the same ones each time; all of them where PORTAL_FULL is set.
"""

import zlib
from collections.abc import Callable

import pytest

from tests.access.asking import ROWS, Stage
from tests.access.doors import DOORS, Rule, guarded_views, rules, take_out
from tests.access_matrix.redundant import REDUNDANT
from tests.full import FULL

pytestmark = pytest.mark.django_db

RULES = rules()
INSIDE = [row for row in sorted(ROWS) if row.removesuffix(" POST") in guarded_views()]


def tried(name: object) -> bool:
    """Whether it is this one's turn: all in a full run, else a tenth."""
    return FULL or zlib.crc32(str(name).encode()) % 10 == 0


def turns_red(rule: Rule, stage: Stage) -> bool:
    """Whether somebody is answered otherwise than expected, on one of the rule's rows."""
    ask = stage.found_from_another_district if rule.part == "district" else stage.differences
    return any(any(True for _ in ask(row, loud=False)) for row in rule.rows)


@pytest.mark.parametrize("rule", [rule for rule in RULES if tried(rule)], ids=str)
def test_without_a_rule_the_table_turns_red(
    rule: Rule, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out(rule, monkeypatch)
    assert turns_red(rule, stage) == (str(rule) not in REDUNDANT)


@pytest.mark.parametrize("row", [row for row in INSIDE if tried(row)])
@pytest.mark.parametrize("without", DOORS, ids=lambda door: door.__name__)
def test_without_a_door_every_page_of_a_district_turns_red(
    without: Callable[[pytest.MonkeyPatch], None], row: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch)
    assert any(True for _ in stage.differences(row, loud=False))


def test_what_is_listed_as_redundant_is_a_rule_and_says_why() -> None:
    assert set(REDUNDANT) - {str(rule) for rule in RULES} == set()
    assert [name for name, reason in REDUNDANT.items() if len(reason) < 20] == []
