"""No objection by a deadline: only where the charter allows it, and only of seats that were told."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts import clock
from decisions import services
from decisions.enums import Source
from decisions.models import Decision, Event, Group, Notice
from decisions.pages.answering import who_must_answer
from decisions.recount import miscounted
from decisions.register import verify_register
from decisions.rule import Answer, Method, Quorum, Rule
from decisions.services import (
    AnswersEnded,
    DeadlineWanted,
    NothingDeferred,
    NoticeNotKept,
    NoVote,
    SilenceNeverShares,
    SilenceNotAllowed,
    ToldTooLate,
    TooEarly,
)
from tests.conftest import Cast
from tests.decisions.asked import seat_of, seat_people
from tests.decisions.conftest import adopt, answer, voting
from tests.decisions.test_charter_form import filled
from tests.decisions.test_pages import at, words
from tests.decisions.test_recount import charters, entries_of

DAY = datetime.timedelta(days=1)
SILENT = Rule(Method.NO_OBJECTION, Quorum(sectors=2), silence=True)


@pytest.fixture
def by_silence(cast: Cast, committee: Group) -> Group:
    """The committee, which decides by no objection and majority on sharing data; people in its seats."""
    majority = Rule(Method.MAJORITY, Quorum(sectors=2), silence=True)
    adopt(committee, by=cast.coordinator, other=SILENT, sharing=majority)
    seat_people(cast, committee)
    return committee


def ask(cast: Cast, group: Group, **more: Any) -> Decision:
    """Open for ten days."""
    more = {"closes_at": clock.now() + 10 * DAY} | more
    return services.open_decision(group=group, question="Shall we?", **more, by=cast.coordinator)


def tell(cast: Cast, decision: Decision, *starts: str) -> list[Notice]:
    seats = [seat_of(decision, start) for start in starts]
    return services.record_told(decision=decision, seats=seats, how=Source.PHONE, by=cast.coordinator)


def tell_all(cast: Cast, decision: Decision) -> None:
    services.record_told(decision=decision, seats=voting(decision), how=Source.MEETING, by=cast.coordinator)


def close_after(cast: Cast, decision: Decision, days: int) -> Decision:
    with clock.shifted(days * DAY):
        decision.refresh_from_db()
        return services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)


def test_it_is_refused_where_the_charter_does_not_allow_it(cast: Cast, by_majority: Group) -> None:
    with pytest.raises(SilenceNotAllowed):
        ask(cast, by_majority, method=Method.NO_OBJECTION, method_reason="It is small.")
    with pytest.raises(SilenceNotAllowed):
        adopt(by_majority, by=cast.coordinator, other=Rule(Method.NO_OBJECTION))
    assert (Decision.objects.filter(question="Shall we?").count(), by_majority.charters.count()) == (0, 1)


def test_silence_never_shares_data(cast: Cast, committee: Group) -> None:
    with pytest.raises(SilenceNeverShares):
        adopt(committee, by=cast.coordinator, other=SILENT)
    assert committee.charters.count() == 0


def test_silence_never_shares_data_by_another_way_than_agreed_either(cast: Cast, by_silence: Group) -> None:
    with pytest.raises(SilenceNeverShares):
        ask(cast, by_silence, kind="sharing", method=Method.NO_OBJECTION, method_reason="It is small.")


def test_it_needs_a_deadline(cast: Cast, by_silence: Group) -> None:
    with pytest.raises(DeadlineWanted):
        ask(cast, by_silence, closes_at=None)


def test_every_seat_was_told_and_nobody_objected(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    services.send_links(decision=decision, by=cast.coordinator)
    tell(cast, decision, "Larkmoor Police", "Parent")
    answer(decision, "yes", by=cast.coordinator)
    with pytest.raises(TooEarly):
        close_after(cast, decision, 9)
    closed = close_after(cast, decision, 11)
    assert (closed.outcome, closed.sentence) == (
        "adopted",
        "1 yes; 4 said nothing; 5 of 5 seats took part or were told, from 5 sectors, and a quorum takes 3, "
        "from 2 sectors: adopted",
    )
    assert verify_register(district=cast.larkmoor).problem is None


def test_one_seat_that_was_not_told_stops_it(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    services.send_links(decision=decision, by=cast.coordinator)
    tell(cast, decision, "Parent")
    closed = close_after(cast, decision, 11)
    assert closed.sentence.rpartition(": ")[2] == "not adopted, one seat was not told"
    assert verify_register(district=cast.larkmoor).problem is None


def test_one_objection_stops_it_at_once(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    tell_all(cast, decision)
    answer(decision, "objects", by=cast.coordinator)
    assert close_after(cast, decision, 1).outcome == "not_adopted"
    assert verify_register(district=cast.larkmoor).problem is None


def test_too_few_told_is_no_quorum_only_once_the_deadline_is_over(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    tell(cast, decision, "Parent")
    with pytest.raises(TooEarly):
        close_after(cast, decision, 1)
    assert close_after(cast, decision, 11).outcome == "no_quorum"


def test_no_round_begins_while_seats_can_still_object(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    tell_all(cast, decision)
    with pytest.raises(NothingDeferred):
        services.next_round(decision=decision, by=cast.coordinator)


def test_what_was_told_first_stays_and_is_recorded_once(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    services.send_links(decision=decision, by=cast.coordinator)
    services.send_links(decision=decision, by=cast.coordinator)
    assert tell(cast, decision, "Open Cupboard", "Parent")[0].decision_seat.label.startswith("Parent")
    assert sorted(Notice.objects.values_list("how", flat=True)) == ["link", "link", "link", "phone"]
    assert [one["kind"] for one in entries_of(decision)] == ["opened", "told", "told"]


def test_notice_that_comes_too_late_is_none(cast: Cast, committee: Group) -> None:
    adopt(
        committee,
        by=cast.coordinator,
        other=Rule(Method.NO_OBJECTION, Quorum(sectors=2), silence=True, notice_days=7),
        sharing=Rule(Method.MAJORITY),
    )
    seat_people(cast, committee)
    decision = ask(cast, committee)
    with clock.shifted(4 * DAY):
        assert len(services.send_links(decision=decision, by=cast.coordinator)) == 3
        with pytest.raises(ToldTooLate):
            tell(cast, decision, "Parent")
    with clock.shifted(11 * DAY), pytest.raises(AnswersEnded):
        tell(cast, decision, "Parent")
    assert Notice.objects.count() == 0


def test_nobodys_notice_is_kept_where_silence_is_no_yes(cast: Cast, opened: Decision) -> None:
    with pytest.raises(NoticeNotKept):
        tell(cast, opened, "Parent")


def test_a_seat_without_a_vote_is_not_told_on_the_record(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    observer = decision.seats.get(standing="observes")
    with pytest.raises(NoVote):
        services.record_told(decision=decision, seats=[observer], how=Source.PHONE, by=cast.coordinator)


def test_a_told_seat_that_was_forged_is_found(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    tell_all(cast, decision)
    close_after(cast, decision, 11)
    entries = entries_of(decision)
    assert miscounted(entries, charters()) == ""
    entries[1]["seats"].pop()
    assert miscounted(entries, charters()) == "miscounted"
    Notice.objects.create(
        district=cast.larkmoor,
        decision_seat=decision.seats.get(standing="observes"),
        how=Source.PHONE,
        recorded_by=cast.coordinator,
        at=clock.now(),
    )
    found = verify_register(district=cast.larkmoor).problem
    assert found is not None
    assert (found.seq, found.what) == (Event.objects.latest("pk").seq, "notice")


def test_who_was_not_told_is_named_and_recorded_on_a_page(
    cast: Cast, by_silence: Group, coordinator: Client
) -> None:
    decision = ask(cast, by_silence)
    asking, told = (at(cast, name, uid=decision.uid) for name in ("ask", "told"))
    assert "5 seats were not told yet." in words(coordinator, asking)
    seats = [seat_of(decision, start).uid for start in ("Parent", "Larkmoor Police")]
    assert list(coordinator.post(told, {"how": "phone"}).context["form"].errors) == ["seats"]
    coordinator.post(told, {"seats": seats, "how": "phone"})
    page = words(coordinator, asking)
    assert "3 seats were not told yet." in page
    assert page.count("(By phone)") == 2
    tell_all(cast, decision)
    assert coordinator.get(told).status_code == 302


def test_it_is_chosen_on_the_form_only_with_silence(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    decision = services.open_decision(
        group=committee, question="This way?", kind="charter", by=cast.coordinator
    )
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    url = at(cast, "new_how", uid=committee.uid)
    wanted = filled(decision, method="no_objection", kind_sharing="majority")
    assert list(coordinator.post(url, wanted).context["form"].errors) == ["silence"]
    everywhere = wanted | {"silence": "yes", "kind_sharing": ""}
    assert list(coordinator.post(url, everywhere).context["form"].errors) == ["kind_sharing"]
    coordinator.post(url, wanted | {"silence": "yes"})
    assert committee.charters.get().rules.get(kind="").rule == SILENT


def test_a_seat_reads_that_silence_is_a_yes() -> None:
    assert who_must_answer(SILENT) == "No answer is a yes."


def test_an_objection_by_a_seats_own_link_counts(cast: Cast, by_silence: Group) -> None:
    decision = ask(cast, by_silence)
    [link, *_others] = services.send_links(decision=decision, by=cast.coordinator)
    services.answer_by_link(link=link, answer=Answer.OBJECTS, reason="It costs.", round_n=1)
    tell(cast, decision, "Parent", "Larkmoor Police")
    assert close_after(cast, decision, 2).outcome == "not_adopted"
