"""A committee of five seats at Quillback, as in most tests, and short ways to answer."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Membership, School
from decisions.enums import Standing
from decisions.models import Decision, DecisionSeat, Group
from decisions.rule import Answer, Method, Quorum, Rule
from decisions.services import (
    Given,
    add_seat,
    adopt_charter,
    answer_first_questions,
    close_decision,
    create_group,
    open_decision,
    record_answers,
)
from partners.models import Partner
from partners.uploads import PDF, Upload
from tests.conftest import Cast, SignIn


@contextmanager
def working_as(role: str) -> Iterator[None]:
    """Everything that is committed is seen, and changed, as that role of the database."""
    usual = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = usual


def a_pdf(name: str, content: bytes = b"") -> Upload:
    """A file to add, as it is read from a form."""
    return Upload(f"{name}.pdf", PDF, content or f"%PDF-1.7 {name}".encode())


MAJORITY = Rule(Method.MAJORITY, Quorum(sectors=3))


def make_partner(cast: Cast, name: str, sector: str) -> Partner:
    partner: Partner = Partner.objects.create(
        district=cast.larkmoor,
        name=name,
        sort_name=name.lower(),
        sectors=[sector],
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    return partner


def let_decide_between(group: Group, *, by: Membership, may: bool = True) -> None:
    """District staff answer the two first questions."""
    answer_first_questions(
        group=group, open_meetings="no", between_meetings=may, version=group.version, by=by
    )


def make_committee(
    cast: Cast, school: School | None, by: Membership, name: str = "Partnership committee"
) -> Group:
    """Five voting seats of five sectors, by the order of their names, and one that observes; it may decide
    between its meetings."""
    group = create_group(name=name, school=school, by=by)
    let_decide_between(group, by=cast.staff)
    for partner, sector in (
        ("Juvenile Services of Wexley County", "juvenile_justice"),
        ("Larkmoor Police Department", "law_enforcement"),
        ("Open Cupboard Pantry", "basic_needs"),
    ):
        row = Partner.objects.filter(name=partner).first() or make_partner(cast, partner, sector)
        add_seat(group=group, partner=row, sector=sector, by=by)
    add_seat(group=group, people_label="Parent, Quillback Middle School", sector="parents", by=by)
    add_seat(group=group, school=cast.quillback, sector="schools", by=by)
    add_seat(group=group, people_label="Front desk", sector="other", standing=Standing.OBSERVES, by=by)
    return group


def voting(decision: Decision) -> list[DecisionSeat]:
    """The voting seats by name: juvenile services, police, pantry, parent, school."""
    return list(decision.seats.filter(standing=Standing.VOTES).order_by("label"))


def answer(decision: Decision, *answers: str, by: Membership) -> None:
    """Answers for the voting seats in the order of their names."""
    seats = voting(decision)
    given = [Given(seat, Answer(word)) for seat, word in zip(seats, answers, strict=False)]
    record_answers(decision=decision, given=given, by=by)


def decided(group: Group, *answers: str, by: Membership, kind: str = "everyday") -> Decision:
    """A closed decision."""
    decision = open_decision(group=group, question="Shall we share one referral form?", kind=kind, by=by)
    answer(decision, *answers, by=by)
    return close_decision(decision=decision, version=decision.version, by=by)


def adopt(group: Group, *, by: Membership, mandate: str = "", **rules: Rule) -> None:
    """Adopt a rule for every kind named, and for all others (`other`); needs the starting rule or a
    consensus."""
    decision = open_decision(group=group, question="Shall we decide like this?", kind="charter", by=by)
    answer(decision, *["yes"] * 5, by=by)
    close_decision(decision=decision, version=decision.version, by=by)
    named = {("" if kind == "other" else kind): rule for kind, rule in rules.items()}
    adopt_charter(group=group, decision=decision, rules=named, mandate=mandate, by=by)


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    """Quillback's coordinator, signed in."""
    return sign_in(cast.coordinator)


@pytest.fixture
def committee(cast: Cast) -> Group:
    """Quillback's committee, by the starting rule."""
    return make_committee(cast, cast.quillback, cast.coordinator)


@pytest.fixture
def by_majority(cast: Cast, committee: Group) -> Group:
    """The same committee, which decides by simple majority of the votes cast."""
    adopt(committee, by=cast.coordinator, other=MAJORITY)
    return committee


@pytest.fixture
def opened(cast: Cast, by_majority: Group) -> Decision:
    """An open question of the committee that decides by majority."""
    return open_decision(group=by_majority, question="Shall we open on Saturdays?", by=cast.coordinator)


def queries_of(client: Client, urls: Iterable[str]) -> dict[str, int]:
    """By address, how many queries its page takes."""
    took = {}
    for url in urls:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        took[url] = len(captured)
    return took
