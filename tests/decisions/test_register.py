"""The register in the database: what is written, what is refused, and what a check finds."""

import json
import random
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from psycopg2.errors import InsufficientPrivilege

from decisions.enums import AskedBy
from decisions.facts import TABLES
from decisions.ledger import GENESIS, Problem, in_fours
from decisions.management.commands.verify_register import WORDS
from decisions.models import ChainHead, Decision, Event, Group, Sealed, Seat
from decisions.register import verify_chain, verify_register
from decisions.rule import Answer, Method
from decisions.seal import sealed
from decisions.services import (
    Given,
    close_decision,
    erase,
    next_round,
    open_decision,
    record_answers,
    step_out,
)
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided, voting
from tests.decisions.tampering import guards_down, run, the_tail_and_the_head

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


def test_nobodys_name_and_nothing_typed_stands_in_an_entry(cast: Cast, by_majority: Group):
    by = cast.coordinator
    for seat in by_majority.seats.exclude(people_label=""):
        Seat.objects.filter(pk=seat.pk).update(people_label=f"Typed seat {seat.pk}")
    decision = open_decision(
        group=by_majority,
        question="Typed question",
        meaning="Typed meaning",
        method=Method.CONSENSUS,
        method_reason="Typed because",
        by=by,
    )
    seats = voting(decision)
    given = [Given(seat, Answer.YES, "Typed reason", told="Typed told") for seat in seats]
    record_answers(decision=decision, given=given, by=by)
    step_out(decision=decision, seat=seats[4], reason="Typed step", by=by)
    close_decision(
        decision=decision,
        version=decision.version,
        rationale="Typed why",
        dissent="Typed but",
        owner=by,
        by=by,
    )
    said = Sealed.objects.filter(person__rationale="Typed why").get()
    erase(text=said, asked_by=AskedBy.SEAT, because="Typed wish", by=cast.staff)
    kinds = {json.loads(body)["kind"] for body in Event.objects.values_list("body", flat=True)}
    text = " ".join(Event.objects.values_list("body", flat=True))
    assert kinds == {"opened", "answered", "closed", "charter", "stepped_out", "erased"}
    assert [word for word in ("Typed", "Imogen", "Tasker", "Ana", "larkmoor.example") if word in text] == []


def test_nothing_typed_for_a_further_round_stands_in_an_entry(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    next_round(decision=decision, text="Typed round", by=cast.coordinator)
    body = Event.objects.last().body
    assert (json.loads(body)["kind"], "Typed" in body) == ("round", False)


def test_what_is_sealed_fits_its_digest(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    assert Sealed.objects.count() == 14
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
        ("UPDATE decisions_sealed SET erasure_id = event_id", (1, "altered")),
        ("UPDATE decisions_decision SET outcome = 'not_adopted'", (3, "decision")),
        ("UPDATE decisions_decision SET question = 'Shall we not?'", (3, "decision")),
        ("UPDATE decisions_decision SET figures = jsonb_set(figures, '{yes}', '4')", (3, "decision")),
        ("UPDATE decisions_decision SET rationale = 'Because.'", (3, "decision")),
        ("UPDATE decisions_decisionseat SET label = 'Riverbend'", (3, "seat")),
        ("UPDATE decisions_round SET text = 'Shall we not?'", (3, "round")),
        ("UPDATE decisions_position SET at = at + interval '1 second'", (3, "answer")),
        ("UPDATE decisions_position SET recorded_by_id = recorded_by_id + 1", (3, "answer")),
    ],
)
def test_tampering_by_the_owner_is_found(cast: Cast, committee: Group, sql: str, problem: tuple[int, str]):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    forge(sql)
    assert verify_register(district=cast.larkmoor).problem == Problem(*problem)


def test_a_tail_cut_with_its_head_is_found_by_the_code_that_outsiders_hold(cast: Cast, committee: Group):
    for _ in range(2):
        decided(committee, *["yes"] * 5, by=cast.coordinator)
    known = Event.objects.last().hash
    with guards_down():
        the_tail_and_the_head(random.Random(0))
    found = verify_register(district=cast.larkmoor)
    assert (found.events, found.problem) == (3, None)
    assert verify_register(district=cast.larkmoor, known=known).problem == Problem(4, "unknown")


def test_a_row_that_no_entry_recorded_is_found(cast: Cast, opened: Decision):
    whole = verify_register(district=cast.larkmoor)
    with guards_down():
        run("UPDATE decisions_decision SET uid = gen_random_uuid() WHERE id = %s", opened.pk)
        assert verify_register(district=cast.larkmoor).problem == Problem(whole.events, "decision")
        run("DELETE FROM decisions_sealed WHERE event_id = %s", Event.objects.last().pk)
        run("DELETE FROM decisions_event WHERE seq = %s", whole.events)
        before = Event.objects.last()
        ChainHead.objects.update(seq=before.seq, hash=before.hash)
    assert verify_register(district=cast.larkmoor).problem == Problem(0, "unrecorded")
    with pytest.raises(CommandError, match="hold something of a decision that no entry recorded"):
        call_command("verify_register", district="larkmoor", full=True)


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
    for held in (code.upper(), f"{code[:19]} … {code[-9:]}", f"{code[:19]} ... {code[-9:]}"):
        call_command("verify_register", district="larkmoor", code=held, stdout=out)


def test_the_command_looks_at_the_tables_where_all_is_asked_for(cast: Cast, committee: Group):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    forge("UPDATE decisions_decision SET outcome = 'not_adopted'")
    call_command("verify_register", district="larkmoor", stdout=StringIO())
    with pytest.raises(CommandError, match="its decision in the tables"):
        call_command("verify_register", district="larkmoor", full=True)


CHAINS = [
    ("UPDATE decisions_event SET body = body || ' ' WHERE seq = 2", (2, "changed")),
    ("UPDATE decisions_event SET seq = 9 WHERE seq = 2", (3, "gap")),
    ("UPDATE decisions_chainhead SET hash = repeat('0', 64)", (4, "cut")),
    ("UPDATE decisions_chainhead SET seq = 4", (4, "cut")),
]


@pytest.mark.parametrize(("forgery", "problem"), CHAINS)
def test_one_pass_over_the_chain_finds_what_does_not_fit(
    cast: Cast, committee: Group, forgery: str, problem: tuple[int, str]
):
    decided(committee, *["yes"] * 5, by=cast.coordinator)
    assert verify_chain(district=cast.larkmoor) == verify_register(district=cast.larkmoor)
    forge(forgery)
    assert verify_chain(district=cast.larkmoor).problem == Problem(*problem)


@pytest.mark.parametrize("typed", ["9f2c", "9f2c … 51d8", "…", "0g" * 32])
def test_the_command_refuses_what_is_no_code(cast: Cast, typed: str):
    with pytest.raises(CommandError, match="That is not a code"):
        call_command("verify_register", district="larkmoor", code=typed)


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


def test_the_check_has_words_for_every_table_that_it_compares() -> None:
    assert [table for table in TABLES if table not in WORDS] == []
