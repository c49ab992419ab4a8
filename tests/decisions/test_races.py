"""Real threads on a real database: one close wins, no answer is lost or counted late, the chain has no
gap."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, transaction
from django_scopes import scope

from accounts.models import Membership
from accounts.versions import ChangedMeanwhile
from decisions.enums import AskedBy
from decisions.ledger import GENESIS
from decisions.models import AnswerLink, ChainHead, Decision, Event, Group, Sealed, Seat
from decisions.queries import count
from decisions.register import Sealer, append, verify_register
from decisions.rule import Answer
from decisions.services import (
    AlreadyClosed,
    AlreadyErased,
    EarlierGone,
    SeatTaken,
    add_seat,
    answer_by_link,
    close_decision,
    create_group,
    erase,
    name_holder,
    open_decision,
    record_answer,
    send_links,
)
from tests.conftest import Cast
from tests.decisions.conftest import (
    MAJORITY,
    adopt,
    answer,
    decided,
    let_decide_between,
    make_committee,
    voting,
)
from tests.full import FULL

ROUNDS = 200 if FULL else 2
RACES = 20 if FULL else 2
THREADS, WRITERS = 16, 32
SEATS, HANDS = 50, 20
"""So many seats answer, in so many threads, while their question is closed."""
APPENDS = 70 if FULL else 7
"""So many events a thread."""


@pytest.fixture
def group(committed_cast: Cast) -> Group:
    made = make_committee(committed_cast, committed_cast.quillback, committed_cast.coordinator)
    adopt(made, by=committed_cast.coordinator, other=MAJORITY)
    return made


def all_at_once(cast: Cast, works: list[Callable[[], str]]) -> list[str]:
    """Run each work in a thread of its own, started together, and say how each ended."""
    start = Barrier(len(works))

    def run(work: Callable[[], str]) -> str:
        with scope(district=cast.larkmoor):
            start.wait()
            try:
                return work()
            except (AlreadyClosed, AlreadyErased, ChangedMeanwhile, EarlierGone, SeatTaken) as late:
                return type(late).__name__
            finally:
                connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def fresh(decision: Decision) -> Decision:
    found: Decision = Decision.objects.select_related("rule__charter").get(pk=decision.pk)
    return found


def test_sixteen_close_and_one_succeeds(committed_cast: Cast, group: Group):
    by = committed_cast.coordinator
    for _ in range(ROUNDS):
        decision = open_decision(group=group, question="Shall we?", by=by)
        answer(decision, "yes", "yes", "yes", "no", by=by)

        def close(decision: Decision = decision) -> str:
            mine = fresh(decision)
            close_decision(decision=mine, version=decision.version, by=by)
            return mine.outcome

        ends = all_at_once(committed_cast, [close] * THREADS)
        closings = Event.objects.filter(decision_uid=decision.uid, body__contains='"kind":"closed"')
        assert (sorted(ends), closings.count()) == (["AlreadyClosed"] * (THREADS - 1) + ["adopted"], 1)
    assert verify_register(district=committed_cast.larkmoor).problem is None


def test_of_many_that_would_replace_one_decision_one_is_adopted(committed_cast: Cast, group: Group):
    by = committed_cast.coordinator
    earlier = decided(group, *["yes"] * 5, by=by)
    later = [open_decision(group=group, question="Shall we?", supersedes=earlier, by=by) for _ in range(8)]
    for decision in later:
        answer(decision, *["yes"] * 5, by=by)
    ends = all_at_once(committed_cast, [partial(close_at_last, decision, by) for decision in later])
    assert sorted(ends) == [*["EarlierGone"] * 7, "adopted"]
    assert Decision.objects.filter(supersedes=earlier, outcome="adopted").count() == 1
    assert verify_register(district=committed_cast.larkmoor).problem is None


def test_answers_that_race_with_the_close_are_counted_or_refused(committed_cast: Cast, group: Group):
    by = committed_cast.coordinator
    for _ in range(RACES):
        decision = open_decision(group=group, question="Shall we?", by=by)
        answer(decision, *["yes"] * 5, by=by)

        answers = [
            lambda seat=seat, decision=decision: str(
                record_answer(decision=fresh(decision), seat=seat, answer=Answer.NO, by=by).pk
            )
            for seat in voting(decision) * 2
        ]
        ends = all_at_once(committed_cast, [*answers, partial(close_at_last, decision, by)])
        closed = fresh(decision)
        recorded = [end for end in ends[:-1] if end != "AlreadyClosed"]
        kept = closed.rounds.get().positions.count()
        assert (kept, closed.figures) == (5 + len(recorded), count(closed).result.figures)


def close_at_last(decision: Decision, by: Membership) -> str:
    """Close it, however often an answer comes in between; say how it ended."""
    while True:
        mine = fresh(decision)
        try:
            return str(close_decision(decision=mine, version=mine.version, by=by).outcome)
        except ChangedMeanwhile:
            continue


def a_question_to_fifty(cast: Cast) -> Decision:
    """An open question to fifty parents, each of whom has a link."""
    by = cast.staff
    group = create_group(name="Everybody", by=by)
    let_decide_between(group, by=by)
    for n in range(SEATS):
        seat = add_seat(group=group, people_label=f"Parent {n:02}", sector="parents", by=by)
        name_holder(seat=seat, name=f"Number {n}", reach=f"{n}@home.example", by=by)
    decision = open_decision(group=group, question="Shall we?", by=by)
    send_links(decision=decision, by=by)
    return decision


def test_fifty_seats_answer_in_twenty_threads_while_it_closes(committed_cast: Cast):
    """Half of them by their own links: none is lost, none counts after the close."""
    by = committed_cast.staff
    decision = a_question_to_fifty(committed_cast)
    links = list(AnswerLink.objects.order_by("pk"))

    def answer_some(first: int) -> str:
        kept = 0
        for n, link in list(enumerate(links))[first::HANDS]:
            seat = link.decision_seat
            try:
                if n % 2:
                    answer_by_link(link=link, answer=Answer.YES, round_n=1)
                else:
                    record_answer(decision=fresh(decision), seat=seat, answer=Answer.ASIDE, by=by)
            except AlreadyClosed:
                continue
            kept += 1
        return str(kept)

    hands = [partial(answer_some, first) for first in range(HANDS)]
    *kept, outcome = all_at_once(committed_cast, [*hands, partial(close_at_last, decision, by)])
    closed = fresh(decision)
    recorded = closed.rounds.get().positions.count()
    figures = count(closed).result.figures
    assert (recorded, closed.figures, closed.outcome) == (sum(map(int, kept)), figures, outcome)
    assert closed.figures["present"] == recorded
    assert verify_register(district=committed_cast.larkmoor).problem is None


def test_many_write_one_chain_without_a_gap(committed_cast: Cast, group: Group):
    by = committed_cast.coordinator
    decisions = [open_decision(group=group, question="Shall we?", by=by) for _ in range(WRITERS)]
    before = Event.objects.count()
    works = [
        lambda decision=decision: str(
            record_answer(decision=fresh(decision), seat=voting(decision)[0], answer=Answer.YES, by=by).pk
        )
        for decision in decisions
    ]
    all_at_once(committed_cast, works)
    found = verify_register(district=committed_cast.larkmoor)
    assert (found.events, found.problem) == (before + WRITERS, None)


def test_sixteen_threads_append_without_gap_or_fork(committed_cast: Cast):
    """From an empty register on; every seventh transaction takes its event back."""
    district = committed_cast.larkmoor

    def write() -> str:
        for n in range(APPENDS):
            with transaction.atomic():
                sealer = Sealer()
                fields = {"n": n, "by": sealer.digest(name="Noor")}
                append(
                    district_id=district.pk, decision_uid=uuid.uuid4(), kind="n", fields=fields, sealer=sealer
                )
                transaction.set_rollback(n % 7 == 6)
        return "written"

    def watch() -> str:
        problems = {verify_register(district=district).problem for _ in range(APPENDS)}
        return str(problems)

    start = time.perf_counter()
    ends = all_at_once(committed_cast, [*[write] * THREADS, watch])
    print(f"{THREADS * APPENDS / (time.perf_counter() - start):.0f} appends a second")  # noqa: T201 (with -s)
    rows = Event.objects.order_by("seq").values_list("seq", "prev", "hash")
    seqs, prevs, hashes = (list(column) for column in zip(*rows, strict=True))
    kept = THREADS * (APPENDS - APPENDS // 7)
    assert ends == [*["written"] * THREADS, "{None}"]
    assert seqs == list(range(1, kept + 1))
    assert prevs == [GENESIS, *hashes[:-1]]
    assert len(set(prevs)) == kept
    assert ChainHead.objects.values_list("seq", "hash").get() == (kept, hashes[-1])
    assert verify_register(district=district).problem is None


def test_one_erases_a_text_of_many_who_try_at_once(committed_cast: Cast, group: Group):
    by = committed_cast.staff
    decision = open_decision(group=group, question="Shall we?", by=by)
    text = Sealed.objects.get(event__decision_uid=decision.uid, person__has_key="question")
    before = Event.objects.count()

    def take_away() -> str:
        erase(text=text, asked_by=AskedBy.PERSON, because="Wish.", by=by)
        return "erased"

    ends = all_at_once(committed_cast, [take_away] * THREADS)
    assert sorted(ends) == [*["AlreadyErased"] * (THREADS - 1), "erased"]
    assert Event.objects.count() == before + 1
    assert verify_register(district=committed_cast.larkmoor).problem is None


def test_one_seat_comes_of_many_who_give_it_at_once(committed_cast: Cast, group: Group):
    school = committed_cast.bellwether

    def give() -> str:
        return add_seat(group=group, school=school, sector="schools", by=committed_cast.staff).label

    ends = all_at_once(committed_cast, [give] * THREADS)
    assert sorted(ends) == sorted([school.name, *["SeatTaken"] * (THREADS - 1)])
    assert Seat.objects.filter(group=group, school=school).count() == 1
