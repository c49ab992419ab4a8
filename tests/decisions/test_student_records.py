"""What is typed into the record of decisions is warned of once where it looks like a student's record."""

import pytest
from django.http import QueryDict
from django.test import Client

from accounts import clock
from accounts.urls_in import url_in
from decisions.models import AnswerLink, Decision, Group, LinkNote, Position, Sealed
from decisions.services import close_decision, open_decision
from decisions.settle_form import SettleForm
from tests.conftest import Cast, SignIn
from tests.decisions.asked import address, asked_by_mail, seat_people
from tests.decisions.conftest import answer, voting

RECORD = "Talked about student 4417203."


def recorded(decision: Decision) -> list[tuple[str, str]]:
    """The answers to a question, with their reasons."""
    rows = Position.objects.filter(round__decision=decision).select_related("sealed").order_by("pk")
    return [(position.answer, position.reason) for position in rows]


@pytest.mark.parametrize(
    ("page", "field"),
    [("withdraw", "reason"), ("close", "rationale"), ("close", "dissent"), ("step_out", "reason")],
)
def test_a_text_is_warned_of_once(
    cast: Cast, opened: Decision, coordinator: Client, page: str, field: str
) -> None:
    page_url = url_in(cast.larkmoor, f"decisions:{page}", uid=opened.uid)
    data = {field: RECORD, "version": opened.version, "seat": voting(opened)[0].uid}
    for row in (1, 2, 3):
        data |= {f"item-{row}-what": ""}
    warned = coordinator.post(page_url, data)
    assert warned.status_code == 200
    assert warned.context["form"].submit_anyway == "Save anyway"
    assert 'name="warned"' in warned.content.decode()
    assert coordinator.post(page_url, data | {"warned": f"{field}:id_number"}).status_code == 302


@pytest.mark.parametrize("field", ["question", "meaning", "method_reason", "options", "options_es"])
def test_a_question_is_warned_of_once(cast: Cast, opened: Decision, coordinator: Client, field: str) -> None:
    new = url_in(cast.larkmoor, "decisions:new")
    data = {"group": opened.group.uid, "kind": "everyday", "question": "When?", "method": "plurality"}
    data |= {"method_reason": "Two days.", "options": "On Mondays\nNever", "options_es": "Los lunes\nNunca"}
    data[field] = f"{RECORD}\nNever" if field.startswith("options") else RECORD
    assert coordinator.post(new, data).context["form"].submit_anyway == "Save anyway"
    assert coordinator.post(new, data | {"warned": f"{field}:id_number"}).status_code == 302


def test_its_spanish_is_warned_of_once(cast: Cast, opened: Decision, coordinator: Client) -> None:
    page = url_in(cast.larkmoor, "decisions:in_spanish", uid=opened.uid)
    data = {"question_es": RECORD}
    assert coordinator.post(page, data).context["form"].submit_anyway == "Save anyway"
    assert coordinator.post(page, data | {"warned": "question_es:id_number"}).status_code == 302


@pytest.mark.parametrize("field", ["place", "agenda", "interpreter", "notes"])
def test_what_is_typed_of_a_meeting_is_warned_of_once(
    cast: Cast, committee: Group, coordinator: Client, field: str
) -> None:
    new = url_in(cast.larkmoor, "decisions:new_meeting", uid=committee.uid)
    data = {"day": clock.today(cast.larkmoor), "hour": "16:00", "minutes_long": 60, field: RECORD}
    assert coordinator.post(new, data).context["form"].submit_anyway == "Save anyway"
    assert coordinator.post(new, data | {"warned": f"{field}:id_number"}).status_code == 302


def test_who_does_what_is_warned_of_once() -> None:
    data = QueryDict(f"overlap=x&text={RECORD}")
    form = SettleForm(data, overlaps=[("x", "Mentoring")])
    assert (form.is_valid(), form.submit_anyway) == (False, "Save anyway")
    assert SettleForm(form.data, overlaps=[("x", "Mentoring")]).is_valid()


def test_why_a_text_is_erased_is_warned_of_once(cast: Cast, opened: Decision, sign_in: SignIn) -> None:
    staff, page = sign_in(cast.staff), url_in(cast.larkmoor, "decisions:erase", uid=opened.uid)
    text = Sealed.objects.get(person__question=opened.question)
    data = {"text": text.digest, "asked_by": "person", "because": RECORD}
    assert staff.post(page, data).context["form"].submit_anyway == "Save anyway"
    assert staff.post(page, data | {"warned": "because:id_number"}).status_code == 302


def test_the_text_of_a_further_round_is_warned_of_once(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    decision = open_decision(group=committee, question="Shall we?", by=cast.coordinator)
    answer(decision, "yes", "yes", "yes", "yes", "block", by=cast.coordinator)
    next_round = url_in(cast.larkmoor, "decisions:next_round", uid=decision.uid)
    page = coordinator.post(next_round, {"text": RECORD, "text_es": RECORD}).content.decode()
    assert ("Save anyway" in page, 'value="text:id_number text_es:id_number"' in page) == (True, True)
    assert page.count('id="id_warned"') == 1
    warned = {"warned": "text:id_number text_es:id_number"}
    assert coordinator.post(next_round, {"text": RECORD, "text_es": RECORD, **warned}).status_code == 302
    assert decision.rounds.get(n=2).text == RECORD


@pytest.mark.parametrize("field", ["what", "who"])
def test_what_is_to_be_done_is_warned_of_once(
    cast: Cast, opened: Decision, coordinator: Client, field: str
) -> None:
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    close_decision(decision=opened, version=opened.version, by=cast.coordinator)
    page_url = url_in(cast.larkmoor, "decisions:add_item", uid=opened.uid)
    data = {"what": "Call them", field: RECORD}
    assert coordinator.post(page_url, data).context["form"].submit_anyway == "Save anyway"
    assert coordinator.post(page_url, data | {"warned": f"{field}:id_number"}).status_code == 302


def test_what_is_to_be_done_is_warned_of_once_where_a_question_is_closed(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    answer(opened, "yes", "yes", "yes", by=cast.coordinator)
    page_url = url_in(cast.larkmoor, "decisions:close", uid=opened.uid)
    data = {"version": opened.version, "item-2-what": RECORD}
    page = coordinator.post(page_url, data).content.decode()
    assert ("Save anyway" in page, 'name="item-2-warned" value="what:id_number"' in page) == (True, True)
    taken_out = data | {"item-2-what": "", "item-2-warned": "what:id_number"}
    assert coordinator.post(page_url, taken_out | {"version": 0}).context["form"].rows[1].errors == {}
    assert coordinator.post(page_url, data | {"item-2-warned": "what:id_number"}).status_code == 302


def test_a_reason_on_the_screen_of_answers_is_warned_of_once_and_nothing_typed_is_lost(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    screen = url_in(cast.larkmoor, "decisions:answers", uid=opened.uid)
    first, second = voting(opened)[:2]
    reason = f"reason-{first.uid}"
    data = {
        "source": "phone",
        "told": "Until Friday.",
        f"answer-{first.uid}": "yes",
        f"answer-{second.uid}": "no",
        reason: RECORD,
        f"initial-{reason}": "",
    }
    warned = coordinator.post(screen, data)
    page = warned.content.decode()
    assert list(warned.context["form"].errors) == [reason]
    assert ("Save anyway" in page, page.count(RECORD), "Until Friday." in page) == (True, 1, True)
    assert page.count("This looks like a student&#x27;s ID number.") == 2
    assert f'name="answers-warned" value="{reason}:id_number"' in page
    assert recorded(opened) == []
    coordinator.post(screen, data | {"answers-warned": f"{reason}:id_number"})
    assert recorded(opened) == [("yes", RECORD), ("no", "")]


def test_what_the_seats_were_told_and_what_shows_it_are_warned_of_each_by_itself(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    screen = url_in(cast.larkmoor, "decisions:answers", uid=opened.uid)
    data = {"source": "phone", "told": RECORD, "evidence": RECORD, f"answer-{voting(opened)[0].uid}": "yes"}
    warned = coordinator.post(screen, data)
    form, shows = warned.context["form"], warned.context["shows"]
    assert (list(form.errors), list(shows.errors)) == (["told"], ["evidence"])
    assert "Save anyway" in warned.content.decode()
    of_both = {"answers-warned": form["warned"].value(), "warned": shows["warned"].value()}
    assert coordinator.post(screen, data | of_both).status_code == 302


def test_what_is_wrong_beside_a_warning_is_not_saved_anyway(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    screen = url_in(cast.larkmoor, "decisions:answers", uid=opened.uid)
    data = {"source": "phone", "told": RECORD, "evidence": "x" * 4001}
    page = coordinator.post(screen, data).content.decode()
    assert ("Save anyway" in page, "Record these answers" in page) == (False, True)


def test_a_reason_that_stands_there_already_is_not_warned_of_again(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    screen = url_in(cast.larkmoor, "decisions:answers", uid=opened.uid)
    first, second = voting(opened)[:2]
    stands = {f"answer-{first.uid}": "yes", f"reason-{first.uid}": RECORD}
    warned = {"answers-warned": f"reason-{first.uid}:id_number"}
    coordinator.post(screen, {"source": "phone", **stands, **warned})
    shown = {f"initial-{name}": value for name, value in stands.items()}
    coordinator.post(screen, {"source": "phone", **stands, **shown, f"answer-{second.uid}": "no"})
    assert recorded(opened) == [("yes", RECORD), ("no", "")]


@pytest.fixture
def link(cast: Cast, committee: Group, opened: Decision) -> AnswerLink:
    """The pantry's link to a question."""
    seat_people(cast, committee)
    return asked_by_mail(cast, opened)


def test_a_seats_own_reason_is_warned_of_once(opened: Decision, link: AnswerLink, client: Client) -> None:
    uid = link.decision_seat.uid
    data = {"act": "answer", "round": 1, f"answer-{uid}": "yes", f"reason-{uid}": RECORD}
    page = client.post(address(link), data).content.decode()
    assert ("Save anyway" in page, "This looks like a student" in page) == (True, True)
    assert (f'value="reason-{uid}:id_number"' in page, page.count(RECORD)) == (True, 1)
    assert recorded(opened) == []
    client.post(address(link), data | {"answers-warned": f"reason-{uid}:id_number"})
    assert recorded(opened) == [("yes", RECORD)]


def test_a_seats_question_is_warned_of_once(link: AnswerLink, client: Client) -> None:
    data = {"act": "ask", "text": RECORD}
    page = client.post(address(link), data).content.decode()
    assert ("Save anyway" in page, LinkNote.objects.count()) == (True, 0)
    client.post(address(link), data | {"warned": "text:id_number"})
    assert [note.text for note in LinkNote.objects.select_related("sealed")] == [RECORD]
