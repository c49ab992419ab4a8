"""What a seat that decides alone may decide: written down with how the group decides, and sealed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from decisions import paper, services
from decisions.enums import AskedBy
from decisions.models import CharterRule, Decision, Event, Group, Sealed
from decisions.pages.erasing import erasable
from decisions.pages.groups import InForce, seats_today
from decisions.pages.groups import in_force as how_in_force
from decisions.read_aloud import Part, Seats, read_aloud
from decisions.register import verify_register
from decisions.rule import Method, Quorum, Rule
from decisions.services import GivenByCharterAlone, MandateWanted
from tests.conftest import Cast
from tests.decisions.asked import address, link_of, seat_people
from tests.decisions.conftest import adopt, decided
from tests.decisions.test_charter_form import filled
from tests.decisions.test_erasing import erased_words, places_of
from tests.decisions.test_pages import at, words
from tests.decisions.test_paper import flat
from tests.press.running import RunningPress

MANDATE = "Repairs of the rooms of up to $500 a year, as Noor Castellane does now."


def given(group: Group) -> dict[str, Any]:
    """What is typed to give programs to the school's seat."""
    school = group.seats.get(school__isnull=False)
    return {"kind_program": "delegated", "decider": str(school.uid)}


def read_aloud_of(how: InForce) -> list[Part]:
    return read_aloud(how.rule, how.by_kind, Seats(5, how.names, how.mandate))


@pytest.fixture
def delegated(cast: Cast, committee: Group) -> Group:
    """The school decides on programs alone."""
    school = str(committee.seats.get(school=cast.quillback).uid)
    alone = Rule(Method.DELEGATED, Quorum(sectors=2), decider=school)
    majority = Rule(Method.MAJORITY, Quorum(sectors=2))
    adopt(committee, by=cast.coordinator, mandate=MANDATE, other=majority, program=alone)
    return committee


def test_it_is_asked_for_where_a_matter_is_given_to_one_seat(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    url, typed = at(cast, "new_how", uid=committee.uid), filled(decision, **given(committee))
    assert coordinator.post(url, typed).context["form"].errors == {"mandate": [MandateWanted.words]}
    assert committee.charters.count() == 0
    coordinator.post(url, typed | {"mandate": MANDATE})
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    assert f"What it may decide</dt><dd>{MANDATE}" in page


def test_without_it_no_matter_is_given_to_one_seat(cast: Cast, committee: Group) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    school = str(committee.seats.get(school=cast.quillback).uid)
    rules = {"": Rule(Method.DELEGATED, decider=school)}
    with pytest.raises(MandateWanted):
        services.adopt_charter(
            group=committee, decision=decision, rules=rules, mandate=" ", by=cast.coordinator
        )
    assert committee.charters.count() == 0


def test_one_that_is_too_long_is_said_at_its_field_and_stays_typed(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    long = "x" * 301
    typed = filled(decision, **given(committee), mandate=long)
    page = coordinator.post(at(cast, "new_how", uid=committee.uid), typed)
    assert list(page.context["form"].errors) == ["mandate"]
    assert long in page.content.decode()


def test_one_that_looks_like_a_students_record_is_warned_of_once(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    typed = filled(decision, **given(committee), mandate="What student 4417203 needs.")
    url = at(cast, "new_how", uid=committee.uid)
    assert "Save anyway" in coordinator.post(url, typed).content.decode()
    coordinator.post(url, typed | {"warned": "mandate:id_number"})
    assert committee.charters.count() == 1


def test_it_stands_in_one_place_and_not_in_the_register(cast: Cast, delegated: Group) -> None:
    assert places_of("Noor Castellane") == ["decisions_sealed"]
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_page_of_a_question_says_what_the_seat_may_decide(
    cast: Cast, delegated: Group, coordinator: Client
) -> None:
    asked = {"group": delegated, "question": "Shall we?", "by": cast.coordinator}
    alone = services.open_decision(kind="program", **asked)
    together = services.open_decision(**asked)
    pages = [words(coordinator, at(cast, "page", uid=one.uid)) for one in (alone, together)]
    assert [MANDATE in page for page in pages] == [True, False]


def test_a_leader_who_decides_after_advice_has_none(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    school = str(committee.seats.get(school=cast.quillback).uid)
    led, alone = (Rule(way, Quorum(sectors=2), decider=school) for way in (Method.LEADER, Method.DELEGATED))
    adopt(committee, by=cast.coordinator, mandate=MANDATE, other=led, program=alone)
    asked = {"group": committee, "question": "Shall we?", "by": cast.coordinator}
    pages = [services.open_decision(**asked), services.open_decision(kind="program", **asked)]
    shown = [MANDATE in words(coordinator, at(cast, "page", uid=one.uid)) for one in pages]
    how = how_in_force(committee, [], clock.today(cast.larkmoor))
    said = [label for label, _words in how.lines]
    printed = {part.heading: MANDATE in " ".join(part.sentences) for part in read_aloud_of(how)}
    assert (shown, "What it may decide" in said) == ([False, True], False)
    assert printed["Every question"] is False
    assert printed["Programs and services"] is True


def test_a_group_that_is_led_and_gives_nothing_reads_no_mandate(cast: Cast, committee: Group) -> None:
    school = str(committee.seats.get(school=cast.quillback).uid)
    led = Rule(Method.LEADER, Quorum(sectors=2), decider=school)
    adopt(committee, by=cast.coordinator, mandate=MANDATE, other=led)
    assert how_in_force(committee, [], clock.today(cast.larkmoor)).mandate == ""


def test_a_question_is_not_given_to_one_seat_where_the_group_gave_nothing(
    cast: Cast, committee: Group
) -> None:
    school = str(committee.seats.get(school=cast.quillback).uid)
    adopt(committee, by=cast.coordinator, other=Rule(Method.LEADER, Quorum(sectors=2), decider=school))
    asked = {
        "group": committee,
        "question": "Shall we?",
        "method_reason": "In haste.",
        "by": cast.coordinator,
    }
    with pytest.raises(GivenByCharterAlone):
        services.open_decision(method=Method.DELEGATED, **asked)
    assert not Decision.objects.filter(question="Shall we?").exists()


def test_it_can_be_given_where_the_group_gave_it(cast: Cast, delegated: Group) -> None:
    asked = {"group": delegated, "question": "Shall we?", "by": cast.coordinator}
    given = services.open_decision(kind="program", method=Method.DELEGATED, **asked)
    assert given.method == "delegated"


def test_the_form_of_a_question_does_not_offer_it(cast: Cast, delegated: Group, coordinator: Client) -> None:
    form = coordinator.get(at(cast, "new")).context["form"]
    offered = [code for code, _words in form.fields["method"].choices]
    assert offered == ["", *(way for way in Method if way is not Method.DELEGATED)]


def test_a_seat_reads_it_on_its_link(cast: Cast, delegated: Group, client: Client) -> None:
    seat_people(cast, delegated)
    services.open_decision(group=delegated, question="Shall we?", kind="program", by=cast.coordinator)
    decision = Decision.objects.get(kind="program")
    services.send_links(decision=decision, by=cast.coordinator)
    assert f"What it may decide: {MANDATE}" in words(client, address(link_of(decision, "Quillback")))


def test_it_is_printed_with_the_charter(delegated: Group, press: RunningPress) -> None:
    assert f"What it may decide: {MANDATE}" in flat(paper.how_pdf(delegated))


def test_it_can_be_erased_and_the_pages_say_so(cast: Cast, delegated: Group, coordinator: Client) -> None:
    [text] = [one for one in erasable(Decision.objects.get()) if MANDATE in one.words]
    assert text.words == f"What it may decide: {MANDATE}"
    services.erase(text=text.sealed, asked_by=AskedBy.PERSON, because="It names them.", by=cast.staff)
    assert places_of("Noor Castellane") == []
    assert erased_words(cast) in words(coordinator, at(cast, "how", uid=delegated.uid))
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_rules_of_the_charter_do_not_hold_it(cast: Cast, delegated: Group) -> None:
    text = Sealed.objects.get(person__has_key="mandate")
    assert text.event == Event.objects.order_by("seq").last()
    assert "mandate" not in CharterRule.objects.get(kind="program").params


def test_a_group_that_gives_nothing_to_one_seat_reads_no_mandate(cast: Cast, by_majority: Group) -> None:
    today = clock.today(cast.larkmoor)
    seats = seats_today(by_majority, today)
    with CaptureQueriesContext(connection) as queries:
        assert how_in_force(by_majority, seats, today).mandate == ""
    assert len(queries) == 2
