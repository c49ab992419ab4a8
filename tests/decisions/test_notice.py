"""Notice and proxies as a group agreed on them: how long a question stands, and who answers for whom."""

import datetime

import pytest
from django.test import Client

from accounts import clock
from decisions import services
from decisions.enums import Source
from decisions.models import Decision, Group
from decisions.register import verify_register
from decisions.rule import Answer, Method, Quorum, Rule
from decisions.rule_words import rule_lines
from decisions.services import NoProxies, NoticeRuns
from tests.conftest import Cast
from tests.decisions.conftest import adopt, answer, voting
from tests.decisions.test_charter_form import in_force
from tests.decisions.test_pages import at, words

NOTICE = Rule(Method.MAJORITY, Quorum(sectors=2), notice_days=5)
DAY = datetime.timedelta(days=1)


def asked_today(cast: Cast, group: Group, kind: str = "everyday") -> Decision:
    decision = services.open_decision(group=group, question="Shall we?", kind=kind, by=cast.coordinator)
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    return decision


def close_after(cast: Cast, decision: Decision, days: int) -> str:
    with clock.shifted(days * DAY):
        closed = services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    return str(closed.outcome)


def test_a_question_is_not_closed_before_its_notice_has_passed(cast: Cast, committee: Group) -> None:
    adopt(committee, by=cast.coordinator, other=NOTICE)
    decision = asked_today(cast, committee)
    with pytest.raises(NoticeRuns, match="5 days lie between asking and closing: not before"):
        close_after(cast, decision, 4)
    assert Decision.objects.get(pk=decision.pk).is_open
    assert close_after(cast, decision, 5) == "adopted"
    assert verify_register(district=cast.larkmoor).problem is None


def test_the_page_says_from_when_on_it_can_be_closed(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    adopt(committee, by=cast.coordinator, other=NOTICE)
    decision = asked_today(cast, committee)
    url = at(cast, "close", uid=decision.uid)
    page = words(coordinator, url)
    assert "It cannot be closed yet." in page
    assert "What goes with it" not in page
    decision.refresh_from_db()
    refused = coordinator.post(url, {"version": decision.version})
    assert "5 days lie between asking and closing" in str(refused.context["form"].errors)


def test_answers_do_not_end_before_the_notice_has_passed(
    cast: Cast, committee: Group, coordinator: Client
) -> None:
    adopt(committee, by=cast.coordinator, other=NOTICE)
    form = {"group": committee.uid, "question": "Shall we?", "kind": "everyday"}
    day = clock.today(cast.larkmoor) + 4 * DAY
    page = coordinator.post(at(cast, "new"), form | {"last_day": day.isoformat()})
    assert list(page.context["form"].errors) == ["last_day"]
    coordinator.post(at(cast, "new"), form | {"last_day": (day + DAY).isoformat()})
    assert Decision.objects.filter(question="Shall we?").count() == 1


def test_urgent_matters_need_no_notice(cast: Cast, committee: Group, coordinator: Client) -> None:
    in_force(cast, committee, coordinator, notice_days=5)
    kept = {row.kind: row.rule.notice_days for row in committee.charters.get().rules.all()}
    assert kept == {"": 5, "urgent": 0}
    assert close_after(cast, asked_today(cast, committee, kind="urgent"), 0) == "adopted"


def test_no_seat_answers_for_another_unless_the_group_agreed_on_it(
    cast: Cast, by_majority: Group, coordinator: Client
) -> None:
    decision = services.open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    by_proxy = {"answer": Answer.YES, "source": Source.PROXY, "by": cast.coordinator}
    with pytest.raises(NoProxies):
        services.record_answer(decision=decision, seat=voting(decision)[0], **by_proxy)
    page = at(cast, "answers", uid=decision.uid)
    assert "By proxy" not in words(coordinator, page)
    adopt(by_majority, by=cast.coordinator, other=Rule(Method.MAJORITY, proxies=True))
    decision = services.open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    assert "By proxy" in words(coordinator, at(cast, "answers", uid=decision.uid))
    services.record_answer(decision=decision, seat=voting(decision)[0], **by_proxy)


def test_a_rule_says_what_is_not_as_usual() -> None:
    usual = [label for label, _words in rule_lines(Rule(Method.CONSENSUS))]
    own = Rule(Method.CONSENSUS, notice_days=1, silence=True, proxies=True, hidden_tally=True)
    assert usual == ["Method", "Quorum", "Standing aside", "Silence"]
    assert rule_lines(own)[3:] == [
        ("Silence", "Is not a yes, unless a question goes by “no objection by a deadline”"),
        ("Notice", "At least 1 day from asking to closing"),
        ("Proxies", "A seat may give its voice to another"),
        ("Answers", "Are shown once the question is closed"),
    ]


def test_a_rule_that_was_written_before_is_read_as_usual() -> None:
    params = Rule(Method.MAJORITY).params()
    for name in ("notice_days", "silence", "proxies", "hidden_tally"):
        del params[name]
    assert Rule.from_params("majority", params) == Rule(Method.MAJORITY)
