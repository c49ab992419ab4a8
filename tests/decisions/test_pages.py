"""The pages of decisions, as people walk through them."""

import datetime
import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from accounts.models import District
from accounts.urls_in import url_in
from decisions.models import Decision, Group, Position, Seat
from decisions.queries import count
from decisions.services import (
    close_decision,
    create_group,
    name_holder,
    next_round,
    open_decision,
    step_out,
)
from partners.models import Partner
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import answer, decided, make_committee, make_partner, queries_of, voting


def at(cast: Cast, name: str, **kwargs: Any) -> str:
    return url_in(cast.larkmoor, f"decisions:{name}", **kwargs)


def words(client: Client, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200
    return html.unescape(" ".join(answered.content.decode().split()))


def test_from_nothing_to_a_decided_question(cast: Cast, coordinator: Client):
    coordinator.post(at(cast, "new_group"), {"name": "Committee", "school": cast.quillback.pk})
    group = Group.objects.get()
    seats = at(cast, "new_seat", uid=group.uid)
    partner = make_partner(cast, "Larkmoor Police Department", "law_enforcement")
    coordinator.post(seats, {"partner": partner.pk, "standing": "votes"})
    coordinator.post(seats, {"school": cast.quillback.pk, "standing": "votes"})
    coordinator.post(seats, {"people_label": "Parent", "sector": "parents", "standing": "votes"})
    assert [(seat.label, seat.sector) for seat in Seat.objects.order_by("pk")] == [
        ("Larkmoor Police Department", "law_enforcement"),
        ("Quillback Middle School", "schools"),
        ("Parent", "parents"),
    ]
    asked = {"group": group.uid, "question": "Shall we share one form?", "kind": "everyday"}
    coordinator.post(at(cast, "new"), asked)
    decision = Decision.objects.get()
    given = {f"answer-{seat.uid}": "yes" for seat in decision.seats.all()}
    coordinator.post(at(cast, "answers", uid=decision.uid), {"source": "meeting", **given})
    decision.refresh_from_db()
    closing = {"version": decision.version, "rationale": "Families asked.", "owner": cast.principal.pk}
    closed = coordinator.post(at(cast, "close", uid=decision.uid), closing)
    assert closed.url == at(cast, "page", uid=decision.uid)
    decision.refresh_from_db()
    assert (decision.sentence, decision.owner) == (
        "3 yes; 3 of 3 seats took part, from 3 sectors, and a quorum takes 2, from 2 sectors: adopted",
        cast.principal,
    )


def test_the_page_shows_outcome_arithmetic_answers_and_rule(
    cast: Cast, opened: Decision, coordinator: Client
):
    answer(opened, "yes", "yes", "no", "abstain", by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, dissent="It costs.", by=cast.coordinator)
    page = words(coordinator, at(cast, "page", uid=opened.uid))
    today = clock.today(cast.larkmoor)
    for part in (
        "Shall we open on Saturdays?",
        "Adopted",
        "2 yes, 1 no, 1 abstained; of 3 votes cast, 2 must be yes; "
        "4 of 5 seats took part, from 4 sectors, and a quorum takes 3, from 3 sectors: adopted.",
        "4 of 5 seats with a vote took part; it takes 3",
        "4 sectors took part; it takes 3",
        f"Meeting; Imogen Tasker, {today:%B} {today.day}",
        "By version 1 of how we decide.",
        "It costs.",
        "Front desk (observes)",
    ):
        assert part in page


def test_an_open_decision_says_how_it_stands(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", by=cast.coordinator)
    page = words(coordinator, at(cast, "page", uid=opened.uid))
    assert (
        "As it stands: 1 yes, 0 no; 1 of 5 seats took part, from 1 sector, "
        "and a quorum takes 3, from 3 sectors: no quorum, 2 answers short." in page
    )


def answers_page(client: Client, url: str) -> dict[str, str]:
    """What the page of answers sends when nothing is changed on it."""
    page = client.get(url).content.decode()
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    chosen = re.findall(r'<input type="radio"[^>]* name="([^"]+)"[^>]* value="([^"]+)" checked>', page)
    return form | dict(chosen) | {"source": "meeting"}


def test_only_what_changed_is_recorded_anew(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", "no", by=cast.coordinator)
    seats = voting(opened)
    form = answers_page(coordinator, at(cast, "answers", uid=opened.uid))
    form |= {"source": "phone", "told": "Until Friday."}
    form |= {f"answer-{seats[1].uid}": "yes", f"answer-{seats[2].uid}": "abstain"}
    assert form[f"answer-{seats[0].uid}"] == "yes"
    coordinator.post(at(cast, "answers", uid=opened.uid), form)
    positions = Position.objects.filter(round__decision=opened).order_by("pk")
    assert list(positions.values_list("decision_seat__label", "answer", "source")) == [
        ("Juvenile Services of Wexley County", "yes", "meeting"),
        ("Larkmoor Police Department", "no", "meeting"),
        ("Larkmoor Police Department", "yes", "phone"),
        ("Open Cupboard Pantry", "abstain", "phone"),
    ]


def test_nothing_changed_records_nothing(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", by=cast.coordinator)
    url = at(cast, "answers", uid=opened.uid)
    coordinator.post(url, answers_page(coordinator, url))
    assert Position.objects.filter(round__decision=opened).count() == 1


def test_an_answer_that_came_in_while_the_page_was_open_is_not_taken_back(
    cast: Cast, opened: Decision, coordinator: Client
):
    answer(opened, "yes", by=cast.coordinator)
    url, seats = at(cast, "answers", uid=opened.uid), voting(opened)
    form = answers_page(coordinator, url)
    answer(opened, "no", by=cast.principal)
    coordinator.post(url, form | {f"answer-{seats[1].uid}": "yes"})
    latest = {line.seat: line.answer for line in count(opened).lines}
    assert (latest[seats[0]], latest[seats[1]]) == ("no", "yes")


def test_an_answer_to_the_round_before_is_not_one_to_this_round(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "block", by=cast.coordinator)
    url = at(cast, "answers", uid=decision.uid)
    form = answers_page(coordinator, url) | {f"answer-{voting(decision)[4].uid}": "yes"}
    next_round(decision=decision, text="Shall we, for a year?", by=cast.principal)
    page = coordinator.post(url, form)
    assert "A further round began meanwhile." in html.unescape(page.content.decode())
    assert [line.answer for line in count(decision).lines] == [None] * 5


def test_a_seat_that_stepped_out_is_asked_no_more(cast: Cast, opened: Decision, coordinator: Client):
    seat = voting(opened)[0]
    coordinator.post(at(cast, "step_out", uid=opened.uid), {"seat": seat.uid, "reason": "They bid for it."})
    assert f"answer-{seat.uid}" not in words(coordinator, at(cast, "answers", uid=opened.uid))
    assert "They bid for it." in words(coordinator, at(cast, "page", uid=opened.uid))


def test_the_close_page_previews_the_outcome(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "yes", "no", "no", "no", by=cast.coordinator)
    page = words(coordinator, at(cast, "close", uid=opened.uid))
    assert "not adopted, 2 votes short." in page
    assert "Close it: not adopted" in page


def test_an_answer_after_the_preview_is_shown_before_the_close(
    cast: Cast, opened: Decision, coordinator: Client
):
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    seen = opened.version
    answer(opened, "no", "no", by=cast.coordinator)
    close = at(cast, "close", uid=opened.uid)
    first = coordinator.post(close, {"version": seen, "rationale": "We talked it over."}).content.decode()
    assert "Something changed meanwhile" in first
    assert "We talked it over." in first
    opened.refresh_from_db()
    assert opened.state == "open"
    assert f'name="version" value="{opened.version}"' in first


def test_a_review_comes_after_the_start(cast: Cast, opened: Decision, coordinator: Client):
    form = {"version": opened.version, "effective_on": "2027-05-01", "review_on": "2027-04-01"}
    page = coordinator.post(at(cast, "close", uid=opened.uid), form).content.decode()
    assert "The review comes before the decision is in effect." in page


def test_a_closed_decision_is_not_closed_again(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    assert coordinator.get(at(cast, "close", uid=opened.uid)).url == at(cast, "page", uid=opened.uid)


def test_without_consensus_the_second_meeting_is_offered(cast: Cast, committee: Group, coordinator: Client):
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    assert "Then this decides: Two thirds." in words(coordinator, at(cast, "close", uid=decision.uid))
    coordinator.post(at(cast, "next_round", uid=decision.uid), {"text": "Shall we, for a year?"})
    page = words(coordinator, at(cast, "answers", uid=decision.uid))
    assert "Shall we, for a year?" in page
    assert 'value="no"' in page
    assert 'value="block"' not in page


def test_how_we_decide_prints_the_starting_rule(cast: Cast, committee: Group, coordinator: Client):
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    for part in (
        "more than half of the seats answer; everybody can live with it",
        "Today's 5 seats can reach this: 3 must answer.",
    ):
        assert part in page


def test_lists_of_several_groups_say_whose_decision_it_is(
    cast: Cast, by_majority: Group, coordinator: Client, sign_in: SignIn
):
    make_committee(cast, cast.bellwether, cast.staff, name=by_majority.name)
    for group in Group.objects.all():
        open_decision(group=group, question="Shall we buy a van?", by=cast.staff)
    year = clock.today(cast.larkmoor).year
    numbers = {f"D-{year}-02, Partnership committee, Quillback Middle School": 1}
    numbers |= {f"D-{year}-01, Partnership committee, {cast.bellwether.name}": 1}
    partner = Partner.objects.get(name="Open Cupboard Pantry")
    staff = sign_in(cast.staff)
    for url in (at(cast, "log"), at(cast, "of_partner", uid=partner.uid)):
        page = words(staff, url)
        assert {number: page.count(f'<span class="pp-sub">{number}</span>') for number in numbers} == numbers
    asked = words(staff, at(cast, "new"))
    for school in (cast.quillback, cast.bellwether):
        assert f">Partnership committee, {school.name}</option>" in asked
    decision = by_majority.decisions.latest("pk")
    assert f"Decision D-{year}-02, Partnership committee, Quillback Middle School, asked" in words(
        coordinator, at(cast, "page", uid=decision.uid)
    )


def test_whoever_writes_why_is_told_who_reads_it(cast: Cast, opened: Decision, coordinator: Client):
    reads = {
        "close": "All seats can read it, also in the mail about the outcome.",
        "withdraw": "It stands in the record, and in the mail to the seats that were asked.",
    }
    for name, said in reads.items():
        assert said in words(coordinator, at(cast, name, uid=opened.uid))


def test_the_log_finds_by_word_group_and_outcome(cast: Cast, by_majority: Group, coordinator: Client):
    other = make_committee(cast, None, cast.staff, name="Leadership team")
    open_decision(group=other, question="Shall we buy a van?", by=cast.staff)
    decided(by_majority, *["no"] * 5, by=cast.coordinator)
    log = at(cast, "log")
    year = clock.today(cast.larkmoor).year
    found = {
        "": ["Shall we share one referral form?", "Shall we buy a van?", "Shall we decide like this?"],
        "?q=Refer+FORM": ["Shall we share one referral form?"],
        f"?q=D-{year}-02": ["Shall we share one referral form?"],
        f"?group={other.uid}": ["Shall we buy a van?"],
        "?state=not_adopted": ["Shall we share one referral form?"],
        "?state=open": ["Shall we buy a van?"],
        "?q=nothing+like+it": [],
    }
    for query, questions in found.items():
        rows = coordinator.get(log + query).context["page"].rows
        assert [row.decision.question for row in rows] == questions
    assert "Nothing found" in words(coordinator, f"{log}?q=nothing+like+it")


def test_an_address_that_makes_no_sense_shows_the_log(cast: Cast, opened: Decision, coordinator: Client):
    page = words(coordinator, at(cast, "log") + "?group=x&state=y&before=z_z")
    assert "Shall we open on Saturdays?" in page


def test_the_log_goes_on_page_by_page(cast: Cast, committee: Group, coordinator: Client, monkeypatch: Any):
    monkeypatch.setattr("decisions.pages.log.PAGE", 2)
    for n in range(5):
        open_decision(group=committee, question=f"Question {n}?", by=cast.coordinator)
    seen, url = [], at(cast, "log")
    while url:
        page = coordinator.get(url).context["page"]
        seen += [row.decision.question for row in page.rows]
        url = f"{at(cast, 'log')}?before={page.next_before.replace('+', '%2B')}" if page.next_before else ""
    assert seen == [f"Question {n}?" for n in (4, 3, 2, 1, 0)]


def test_who_sits_in_a_seat_is_named(cast: Cast, committee: Group, coordinator: Client):
    seat = committee.seats.get(people_label="Parent, Quillback Middle School")
    form = {"name": "Rosa Villareal", "reach": "(555) 555-0140", "language": "es"}
    coordinator.post(at(cast, "holder", uid=seat.uid), form)
    assert "Rosa Villareal" in words(coordinator, at(cast, "group", uid=committee.uid))


def test_a_persons_name_is_not_for_every_reader(cast: Cast, committee: Group, sign_in: SignIn):
    seat = committee.seats.get(people_label="Parent, Quillback Middle School")
    name_holder(seat=seat, name="Rosa Villareal", by=cast.coordinator)
    assert "Rosa Villareal" not in words(sign_in(cast.viewer), at(cast, "group", uid=committee.uid))


def test_a_form_without_a_holder_says_so(cast: Cast, committee: Group, coordinator: Client):
    seat = committee.seats.get(people_label="Parent, Quillback Middle School")
    page = coordinator.post(at(cast, "holder", uid=seat.uid), {"language": "en"}).content.decode()
    assert "Name one person who sits in this seat." in page


def test_a_seat_ends_today(cast: Cast, committee: Group, coordinator: Client):
    seat = committee.seats.get(school=cast.quillback)
    coordinator.post(at(cast, "end_seat", uid=seat.uid))
    seat.refresh_from_db()
    assert seat.until == clock.today(cast.larkmoor)


def test_the_forms_say_what_is_missing(cast: Cast, committee: Group, coordinator: Client):
    unsorted = make_partner(cast, "Tamarack Youth Counseling", "mental_health")
    Partner.objects.update(sectors=[])
    seats = at(cast, "new_seat", uid=committee.uid)
    cases = {
        "Choose an organization, or a school, or name the people": {"standing": "votes"},
        "Choose a sector: the quorum counts sectors.": {"partner": unsorted.pk, "standing": "votes"},
        "They have a seat in this group already": {"school": cast.quillback.pk, "standing": "votes"},
    }
    for said, form in cases.items():
        assert said in coordinator.post(seats, form).content.decode()
    again = {"name": "Partnership committee", "school": cast.quillback.pk}
    assert (
        "There is a group with this name already."
        in coordinator.post(at(cast, "new_group"), again).content.decode()
    )


def test_a_day_that_is_over_is_refused(cast: Cast, committee: Group, coordinator: Client):
    yesterday = clock.today(cast.larkmoor) - datetime.timedelta(days=1)
    form = {
        "group": committee.uid,
        "question": "Shall we?",
        "kind": "everyday",
        "last_day": yesterday.isoformat(),
    }
    assert "This day is over." in coordinator.post(at(cast, "new"), form).content.decode()


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Chicago", "Pacific/Guam"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_last_day_that_cannot_be_is_refused_in_every_zone(
    day: str, zone: str, cast: Cast, committee: Group, coordinator: Client
):
    District.objects.filter(pk=cast.larkmoor.pk).update(zone=zone)
    form = {"group": committee.uid, "question": "Shall we?", "kind": "everyday", "last_day": day}
    page = coordinator.post(at(cast, "new"), form)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["last_day"])


def test_answers_are_taken_until_five_on_the_last_day(cast: Cast, committee: Group, coordinator: Client):
    tomorrow = clock.today(cast.larkmoor) + datetime.timedelta(days=1)
    form = {
        "group": committee.uid,
        "question": "Shall we?",
        "kind": "everyday",
        "last_day": tomorrow.isoformat(),
    }
    coordinator.post(at(cast, "new"), form)
    ends = Decision.objects.get().closes_at.astimezone(cast.larkmoor.tz)
    assert (ends.date(), ends.hour) == (tomorrow, 17)


def test_a_group_without_voting_seats_is_not_asked(cast: Cast, coordinator: Client):
    group = create_group(name="Empty", school=cast.quillback, by=cast.coordinator)
    form = {"group": group.uid, "question": "Shall we?", "kind": "everyday"}
    assert "no seat that votes today" in coordinator.post(at(cast, "new"), form).content.decode()


def test_a_coordinator_asks_only_groups_of_their_schools(cast: Cast, coordinator: Client):
    group = make_committee(cast, None, cast.staff, name="Leadership team")
    form = {"group": group.uid, "question": "Shall we?", "kind": "everyday"}
    coordinator.post(at(cast, "new"), form)
    assert Decision.objects.count() == 0
    assert coordinator.get(at(cast, "group", uid=group.uid)).status_code == 200
    assert coordinator.get(at(cast, "new_seat", uid=group.uid)).status_code == 403


def test_all_versions_are_kept_and_shown(cast: Cast, opened: Decision, coordinator: Client):
    answer(opened, "no", by=cast.coordinator)
    answer(opened, "yes", by=cast.coordinator)
    step_out(decision=opened, seat=voting(opened)[1], reason="They bid for it.", by=cast.coordinator)
    answered = coordinator.get(at(cast, "history", uid=opened.uid))
    page = answered.context["page"]
    assert [said.code for said in page.rounds[0].answers] == ["no", "yes"]
    assert [entry.what for entry in page.entries] == [
        "The question was put, to the seats of that day",
        "Answers were recorded",
        "Answers were recorded",
        "A seat stepped out",
    ]


def test_a_partners_tab_shows_its_answers(cast: Cast, opened: Decision, sign_in: SignIn):
    answer(opened, "yes", "no", by=cast.coordinator)
    partner = voting(opened)[1].seat.partner
    page = sign_in(cast.viewer).get(at(cast, "of_partner", uid=partner.uid)).context["decisions"]
    assert [(line.row.decision, line.said.word) for line in page][:1] == [(opened, "No")]
    elsewhere = sign_in(cast.bellwether_principal).get(at(cast, "of_partner", uid=partner.uid))
    assert elsewhere.context["decisions"] == []


@pytest.mark.parametrize("n", [1, 3])
def test_pages_take_as_many_queries_however_many_rows(
    cast: Cast, by_majority: Group, coordinator: Client, n: int
):
    for _ in range(n):
        decision = open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
        for _ in range(n):
            answer(decision, *["yes"] * (n + 1), by=cast.coordinator)
    partner = voting(decision)[0].seat.partner
    pages = {
        at(cast, "log"): 12,
        at(cast, "group", uid=by_majority.uid): 21,
        at(cast, "how", uid=by_majority.uid): 15,
        at(cast, "page", uid=decision.uid): 15,
        at(cast, "history", uid=decision.uid): 14,
        at(cast, "of_partner", uid=partner.uid): 13,
    }
    assert queries_of(coordinator, pages) == pages
