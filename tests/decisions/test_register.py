"""The register in the database: what is written, what is refused, and what a check finds."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from decisions.ledger import GENESIS, Problem, in_fours
from decisions.models import ChainHead, Decision, Event, Group, Sealed
from decisions.register import verify_register
from decisions.seal import sealed
from decisions.services import close_decision, step_out
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided, voting
from tests.decisions.tampering import guards_down

KEPT_AS_WRITTEN = ["charter", "charterrule", "decisionseat", "event", "position", "recusal", "round"]


def forge(sql: str) -> None:
    """What the owner of the database, or a thief of its password, can do."""
    with guards_down(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_step_is_an_entry(cast: Cast, opened: Decision):
    answer(opened, "yes", "yes", "no", by=cast.coordinator)
    step_out(decision=opened, seat=voting(opened)[4], reason="They bid for it.", by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    entries = [json.loads(event.body) for event in Event.objects.filter(decision_uid=opened.uid)]
    assert [entry["kind"] for entry in entries] == ["opened", "answered", "stepped_out", "closed"]
    assert [one["answer"] for one in entries[1]["answers"]] == ["yes", "yes", "no"]
    assert (entries[3]["outcome"], entries[3]["figures"]) == (opened.outcome, opened.figures)


def test_the_chain_is_whole_and_its_head_is_kept(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    found = verify_register(district=cast.larkmoor)
    last = Event.objects.last()
    head = ChainHead.objects.get()
    assert (found.events, found.head, found.problem) == (3, last.hash, None)
    assert (head.seq, head.hash, Event.objects.first().prev) == (3, last.hash, GENESIS)


def test_no_person_stands_in_an_entry(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    text = " ".join(Event.objects.values_list("body", flat=True))
    assert [name for name in ("Imogen", "Tasker", "larkmoor.example") if name in text] == []


def test_what_is_sealed_fits_its_digest(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    assert Sealed.objects.count() == 10
    assert [row for row in Sealed.objects.all() if sealed(row.salt, row.person) != row.digest] == []


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        (
            "UPDATE decisions_event SET body = replace(body, '\"yes\"', '\"noo\"') WHERE seq = 2",
            (2, "changed"),
        ),
        ("DELETE FROM decisions_event WHERE seq = 2", (3, "gap")),
        ("UPDATE decisions_event SET prev = repeat('0', 64) WHERE seq = 3", (3, "broken")),
        ("UPDATE decisions_event SET hash = repeat('a', 64) WHERE seq = 1", (1, "changed")),
        ("UPDATE decisions_event SET decision_uid = gen_random_uuid() WHERE seq = 2", (2, "moved")),
        ("UPDATE decisions_event SET seq = 9 WHERE seq = 3", (9, "gap")),
        ("DELETE FROM decisions_event WHERE seq = 3", (3, "cut")),
        ("DELETE FROM decisions_chainhead", (4, "cut")),
        ("UPDATE decisions_chainhead SET seq = 4", (4, "cut")),
        ("UPDATE decisions_sealed SET salt = repeat('0', 32)", (1, "altered")),
        ("DELETE FROM decisions_sealed WHERE position_id IS NOT NULL", (2, "lost")),
        ("UPDATE decisions_position SET answer = '\"no\"'", (2, "moved_answer")),
        ("UPDATE decisions_decisionseat SET uid = gen_random_uuid()", (2, "moved_answer")),
    ],
)
def test_tampering_by_the_owner_is_found(cast: Cast, committee: Group, sql: str, problem: tuple[int, str]):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    forge(sql)
    assert verify_register(district=cast.larkmoor).problem == Problem(*problem)


def test_a_tail_cut_with_its_head_is_found_by_the_code_that_outsiders_hold(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    known = Event.objects.last().hash
    forge("DELETE FROM decisions_event WHERE seq = 3")
    ChainHead.objects.update(seq=2, hash=Event.objects.last().hash)
    assert verify_register(district=cast.larkmoor).problem is None
    assert verify_register(district=cast.larkmoor, known=known).problem == Problem(3, "unknown")


def refused(execute: Callable[[str], None], statement: str, error: type[Exception]) -> list[str]:
    """The tables of those kept as written on which a statement is refused."""
    tables = []
    for table in KEPT_AS_WRITTEN:
        try:
            execute(statement.format(f"decisions_{table}"))
        except error:
            tables.append(table)
    return tables


def as_owner(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


STATEMENTS = ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_rows_are_kept_as_written(cast: Cast, opened: Decision, statement: str):
    answer(opened, "yes", by=cast.coordinator)
    step_out(decision=opened, seat=voting(opened)[4], reason="They bid for it.", by=cast.coordinator)
    as_owner("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(as_owner, statement, IntegrityError) == KEPT_AS_WRITTEN


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_application_may_not_even_try(as_application: Any, statement: str):
    assert refused(as_application.execute, statement, InsufficientPrivilege) == KEPT_AS_WRITTEN


def test_the_command_says_that_all_is_whole(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    out = StringIO()
    call_command("verify_register", district="larkmoor", stdout=out)
    code = in_fours(Event.objects.last().hash)
    assert out.getvalue() == f"Larkmoor School District: 3 entries, all whole. Last code: {code}\n"
    call_command("verify_register", district="larkmoor", code=code.upper(), stdout=out)


def test_the_command_names_the_entry_that_does_not_fit(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    forge("UPDATE decisions_event SET body = body || ' ' WHERE seq = 2")
    with pytest.raises(CommandError) as refused:
        call_command("verify_register", district="larkmoor")
    assert str(refused.value) == (
        "Larkmoor School District: entry 2 does not fit: the code does not fit the text: "
        "the entry was changed after it was written. 1 entries before it are whole."
    )


def test_the_command_says_what_a_code_from_outside_shows(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    with pytest.raises(CommandError) as refused:
        call_command("verify_register", district="larkmoor", code="0a" * 32)
    assert str(refused.value) == (
        "Larkmoor School District: no entry has the code that you gave. The 3 entries that are here fit "
        "together, so entries were cut off at the end, or all from some entry on were written anew."
    )


def test_the_command_knows_no_such_district(cast: Cast):
    with pytest.raises(CommandError, match="no district nowhere"):
        call_command("verify_register", district="nowhere")
