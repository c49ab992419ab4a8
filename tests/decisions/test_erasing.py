"""Erasing what is about a person: the text is nowhere any more, and the chain is whole."""

import html
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from psycopg2.errors import CheckViolation, InsufficientPrivilege, RestrictViolation

from accounts import clock
from accounts.urls_in import url_in
from decisions.enums import AskedBy
from decisions.ledger import Problem
from decisions.models import Decision, Event, Group, Sealed
from decisions.pages.erasing import erasable
from decisions.register import verify_register
from decisions.rule import Answer, Method
from decisions.services import (
    AlreadyErased,
    close_decision,
    erase,
    next_round,
    open_decision,
    record_answer,
    step_out,
)
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import answer, make_committee, voting, working_as
from tests.decisions.tampering import run

REASON = "Noor Castellane's son was there."


@pytest.fixture
def reasoned(cast: Cast, opened: Decision) -> Decision:
    """An open decision: the first seat said yes, with a reason that names a person."""
    seat = voting(opened)[0]
    record_answer(decision=opened, seat=seat, answer=Answer.YES, reason=REASON, by=cast.coordinator)
    return opened


def said(text: str) -> Sealed:
    return next(row for row in Sealed.objects.all() if text in (row.person or {}).values())


def places_of(text: str) -> list[str]:
    """The tables in which a text stands, of all tables of the portal."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s', [f"%{text}%"])
            found += [table] * bool(cursor.fetchall())
    return found


def page(client: Client, cast: Cast, name: str, decision: Decision) -> str:
    answered = client.get(url_in(cast.larkmoor, f"decisions:{name}", uid=decision.uid))
    return html.unescape(" ".join(answered.content.decode().split()))


def erased_words(cast: Cast) -> str:
    today = clock.today(cast.larkmoor)
    return f"Erased on {today:%B} {today.day}, {today.year} at the request of"


def test_a_reason_stands_in_one_place_and_after_erasing_nowhere(cast: Cast, reasoned: Decision):
    assert places_of("Noor Castellane") == ["decisions_sealed"]
    erase(text=said(REASON), asked_by=AskedBy.PERSON, because="It names a child.", by=cast.staff)
    assert places_of("Noor Castellane") == []


def test_erasing_leaves_the_chain_whole_and_says_so_in_it(cast: Cast, reasoned: Decision):
    code = Event.objects.order_by("-seq")[0].hash
    erasure = erase(text=said(REASON), asked_by=AskedBy.PERSON, because="It names a child.", by=cast.staff)
    assert verify_register(district=cast.larkmoor, known=code).problem is None
    assert erasure.erased.event.hash == code
    assert erasure.sealed.get().person == {"because": "It names a child.", "erased_by": "Ana Whitcombe"}
    assert places_of("It names a child.") == ["decisions_sealed"]


def test_what_was_answered_and_counted_stays(cast: Cast, reasoned: Decision):
    answer(reasoned, "yes", "yes", "no", by=cast.coordinator)
    record_answer(
        decision=reasoned, seat=voting(reasoned)[1], answer=Answer.YES, reason=REASON + " Too.", by=cast.staff
    )
    closed = close_decision(decision=reasoned, version=reasoned.version, by=cast.coordinator)
    erase(text=said(REASON + " Too."), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    after = Decision.objects.get(pk=closed.pk)
    assert (after.outcome, after.figures, after.sentence) == (closed.outcome, closed.figures, closed.sentence)
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_question_and_what_was_typed_with_it_are_erased_from_every_table(cast: Cast, by_majority: Group):
    decision = open_decision(
        group=by_majority,
        question="Shall Noor Castellane stay?",
        meaning="Noor Castellane would stay.",
        method=Method.CONSENSUS,
        method_reason="Noor Castellane asked.",
        by=cast.coordinator,
    )
    for text in (decision.question, decision.meaning, decision.method_reason):
        erase(text=said(text), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    after = Decision.objects.get(pk=decision.pk)
    assert (places_of("Noor Castellane"), places_of("noor castellane")) == ([], [])
    assert (after.question, after.meaning, after.method_reason) == ("Erased · Borrada", "", "")
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_rounds_text_is_erased(cast: Cast, committee: Group):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    next_round(decision=decision, text=REASON, by=cast.coordinator)
    assert places_of("Noor Castellane") == ["decisions_round", "decisions_sealed"]
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE decisions_round SET text = '', n = n + 7 WHERE n = 2")
    erase(text=said(REASON), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert places_of("Noor Castellane") == []
    assert verify_register(district=cast.larkmoor).problem is None


def test_an_erased_text_that_comes_back_is_found(cast: Cast, reasoned: Decision):
    answer(reasoned, *["yes"] * 5, by=cast.coordinator)
    by = cast.coordinator
    close_decision(decision=reasoned, version=reasoned.version, rationale="Noor, why.", by=by)
    erase(text=said("Noor, why."), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert verify_register(district=cast.larkmoor).problem is None
    erase(text=said(reasoned.question), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    whole = verify_register(district=cast.larkmoor)
    assert whole.problem is None
    for back in ({"rationale": REASON}, {"question": reasoned.question}):
        with transaction.atomic():
            Decision.objects.filter(pk=reasoned.pk).update(**back)
            found = verify_register(district=cast.larkmoor)
            transaction.set_rollback(True)
        assert found.problem == Problem(whole.events, "decision")


def test_a_text_is_erased_once(cast: Cast, reasoned: Decision):
    text = said(REASON)
    erase(text=text, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    before = Event.objects.count()
    with pytest.raises(AlreadyErased):
        erase(text=text, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert Event.objects.count() == before


def test_why_and_dissent_are_erased_one_by_one_with_the_copies_that_pages_read(
    cast: Cast, reasoned: Decision, sign_in: SignIn
):
    answer(reasoned, *["yes"] * 5, by=cast.coordinator)
    close_decision(
        decision=reasoned,
        version=reasoned.version,
        rationale="Families ask.",
        dissent="Ms. Zzyzx fears it.",
        by=cast.coordinator,
    )
    assert places_of("Zzyzx") == ["decisions_decision", "decisions_sealed"]
    erase(text=said("Ms. Zzyzx fears it."), asked_by=AskedBy.SEAT, because="Wish.", by=cast.staff)
    assert places_of("Zzyzx") == []
    words = page(sign_in(cast.viewer), cast, "page", reasoned)
    assert "Families ask." in words
    assert f"<b>Against:</b> {erased_words(cast)} the seat that had said it." in words


def test_pages_say_when_and_at_whose_request(cast: Cast, reasoned: Decision, sign_in: SignIn):
    step_out(decision=reasoned, seat=voting(reasoned)[4], reason="They bid for it.", by=cast.coordinator)
    erase(text=said(REASON), asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    erase(text=said("They bid for it."), asked_by=AskedBy.AUTHORITY, because="Order.", by=cast.staff)
    viewer = sign_in(cast.viewer)
    words = page(viewer, cast, "page", reasoned)
    assert f"{erased_words(cast)} the person whom it was about." in words
    assert f"{erased_words(cast)} a court or an authority." in words
    past = page(viewer, cast, "history", reasoned)
    assert f"{erased_words(cast)} the person whom it was about." in past
    assert "A text of a person was erased" in past


def test_staff_erase_on_a_page_that_offers_what_there_is(cast: Cast, reasoned: Decision, sign_in: SignIn):
    staff, url = sign_in(cast.staff), url_in(cast.larkmoor, "decisions:erase", uid=reasoned.uid)
    offered = page(staff, cast, "erase", reasoned)
    assert f"Juvenile Services of Wexley County. Reason: {REASON}" in offered
    form = {"text": said(REASON).digest, "asked_by": "person", "because": "Wish."}
    done = staff.post(url, form, follow=True)
    assert "The text is erased. The register says when" in html.unescape(done.content.decode())
    assert places_of("Noor Castellane") == []
    left = page(staff, cast, "erase", reasoned)
    assert ("Reason:" in left, f"Question: {reasoned.question}" in left) == (False, True)
    staff.post(url, {**form, "text": said(reasoned.question).digest})
    assert "This decision holds no text that could be erased." in page(staff, cast, "erase", reasoned)
    assert "Erase a text" in page(staff, cast, "history", reasoned)
    assert "Erase a text" not in page(sign_in(cast.coordinator), cast, "history", reasoned)


def test_a_text_of_another_decision_is_not_offered(cast: Cast, reasoned: Decision, sign_in: SignIn):
    other = Decision.objects.exclude(pk=reasoned.pk)[0]
    url = url_in(cast.larkmoor, "decisions:erase", uid=other.uid)
    form = {"text": said(REASON).digest, "asked_by": "person", "because": "Wish."}
    sign_in(cast.staff).post(url, form)
    assert places_of("Noor Castellane") == ["decisions_sealed"]


ROUND_CHANGES = [
    "UPDATE decisions_round SET text = 'Shall we not?'",
    "UPDATE decisions_round SET text = '', n = n + 1",
    "UPDATE decisions_round SET n = n + 1",
    "DELETE FROM decisions_round",
    "TRUNCATE decisions_round CASCADE",
]
CHANGES = [
    "UPDATE decisions_sealed SET person = '{}'",
    "UPDATE decisions_sealed SET salt = 'x'",
    "UPDATE decisions_sealed SET position_id = NULL",
    "UPDATE decisions_sealed SET digest = 'x', salt = '', person = NULL, erasure_id = event_id",
    "UPDATE decisions_sealed SET erasure_id = event_id",
    "DELETE FROM decisions_sealed",
    "TRUNCATE decisions_sealed CASCADE",
]


@pytest.mark.parametrize("sql", [*CHANGES, *ROUND_CHANGES])
def test_a_sealed_text_is_erased_or_kept_as_written(cast: Cast, reasoned: Decision, sql: str):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)


def test_all_of_it_works_as_the_application(committed_cast: Cast):
    by = committed_cast.coordinator
    with working_as(settings.PORTAL_APP_ROLE):
        group = make_committee(committed_cast, committed_cast.quillback, by)
        decision = open_decision(group=group, question=REASON, meaning=REASON, by=by)
        answer(decision, *["yes"] * 4, "block", by=by)
        next_round(decision=decision, text=REASON, by=by)
        seats = voting(decision)
        record_answer(decision=decision, seat=seats[0], answer=Answer.YES, reason=REASON, by=by)
        step_out(decision=decision, seat=seats[1], reason=REASON, by=by)
        close_decision(decision=decision, version=decision.version, rationale=REASON, dissent=REASON, by=by)
        texts = [one.sealed for one in erasable(decision)]
        for text in texts:
            erase(text=text, asked_by=AskedBy.PERSON, because="Wish.", by=committed_cast.staff)
        assert (len(texts), erasable(decision), places_of("Noor Castellane")) == (7, [], [])
        assert verify_register(district=committed_cast.larkmoor).problem is None


@pytest.fixture
def committed(committed_cast: Cast) -> None:
    """One committed decision, for a connection of its own."""
    group = make_committee(committed_cast, committed_cast.quillback, committed_cast.coordinator)
    open_decision(group=group, question="Shall we?", by=committed_cast.coordinator)


def test_the_application_may_empty_a_rounds_text_and_nothing_else(committed: None, as_application: Any):
    refused = []
    for sql in ROUND_CHANGES:
        try:
            as_application.execute(sql)
        except (InsufficientPrivilege, RestrictViolation) as error:
            refused.append(type(error).__name__)
    assert refused == ["RestrictViolation", *["InsufficientPrivilege"] * 4]


def test_the_application_may_erase_and_nothing_else(committed: None, as_application: Any):
    refused = []
    for sql in CHANGES:
        try:
            as_application.execute(sql)
        except (InsufficientPrivilege, RestrictViolation, CheckViolation) as error:
            refused.append(type(error).__name__)
    held, denied, whole = "RestrictViolation", "InsufficientPrivilege", "CheckViolation"
    assert refused == [held, held, denied, denied, whole, denied, denied]
    as_application.execute(
        "UPDATE decisions_sealed SET salt = '', person = NULL, erasure_id = event_id"
        " WHERE id = (SELECT min(id) FROM decisions_sealed)"
    )
