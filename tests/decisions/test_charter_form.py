"""How a group decides is written down: each choice with an example, and a rule a kind."""

from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision, Group
from decisions.rule import Authority, Method, Quorum, Rule, Share
from decisions.rule_examples import example
from decisions.services import close_decision, open_decision
from tests.conftest import Cast
from tests.decisions.conftest import answer, decided
from tests.decisions.test_pages import at, words


def filled(decision: Decision, **changes: Any) -> dict[str, Any]:
    """The form as it stands when it is opened, with the group's own words and these changes."""
    usual = {
        "decision": decision.pk,
        "method": "majority",
        "quorum": "half",
        "sectors": 2,
        "base": "cast",
        "abstention": "quorum_only",
        "tie": "fails",
        "share": "3/4",
        "serious": 0,
        "fingers": 3,
        "dots": 3,
        "top": 5,
    }
    return usual | changes


def test_how_we_decide_is_written_down_once_adopted(cast: Cast, committee: Group, coordinator: Client):
    form_page = at(cast, "new_how", uid=committee.uid)
    assert "Nothing adopted yet" in words(coordinator, form_page)
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    assert "More than half of the seats (as with our 5 seats: 3)" in words(coordinator, form_page)
    coordinator.post(form_page, filled(decision, quorum="two_thirds", tie="defers", kind_money="two_thirds"))
    charter = committee.charters.get()
    assert (charter.n, [(row.kind, row.method) for row in charter.rules.all()]) == (
        1,
        [("", "majority"), ("money", "two_thirds")],
    )
    page = words(coordinator, at(cast, "how", uid=committee.uid))
    assert "At least 2 of every 3 seats, and 2 sectors" in page
    assert "Back at the next meeting" in page


def test_a_rule_that_could_never_be_met_is_refused(cast: Cast, committee: Group, coordinator: Client):
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    page = coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, sectors=6))
    assert "are of 5 sectors and can never reach this: it needs 6." in page.content.decode()
    assert committee.charters.count() == 0


def test_the_form_proposes_what_is_usual_for_single_kinds(cast: Cast, committee: Group, coordinator: Client):
    decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    form = coordinator.get(at(cast, "new_how", uid=committee.uid)).context["form"]
    proposed = {name: form[name].initial for name in form.fields if name.startswith(("kind_", "last_"))}
    assert {name: value for name, value in proposed.items() if value} == {
        "kind_members": "majority",
        "kind_money": "two_thirds",
        "last_money": "superintendent",
        "kind_sharing": "consensus_then_two_thirds",
        "last_sharing": "superintendent",
    }


def test_each_term_is_kept_with_the_rule(cast: Cast, committee: Group, coordinator: Client):
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    changes = {
        "method": "consensus_then_two_thirds",
        "share": "4/5",
        "asides": 1,
        "abstentions": 2,
        "serious": 1,
        "fingers": 2,
        "kind_program": "gradients",
        "last_program": "board",
        "last_sharing": "principal",
    }
    coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, **changes))
    kept = {row.kind: row.rule for row in committee.charters.get().rules.all()}
    terms = {"share": Share(4, 5), "asides": 1, "abstentions": 2, "serious": 1, "fingers": 2}
    quorum = Quorum(sectors=2)
    consensus = Rule(Method.CONSENSUS, quorum, fallback=Method.TWO_THIRDS, **terms)
    assert kept == {
        "": consensus,
        "program": Rule(Method.GRADIENTS, quorum, authority=Authority.BOARD, **terms),
        "sharing": Rule(
            Method.CONSENSUS, quorum, fallback=Method.TWO_THIRDS, authority=Authority.PRINCIPAL, **terms
        ),
    }


def test_a_number_out_of_range_is_said_at_its_field(cast: Cast, committee: Group, coordinator: Client):
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    page = coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, fingers=6))
    assert page.context["form"].errors == {"fingers": ["Write 5 or less."]}
    assert committee.charters.count() == 0


def in_force(cast: Cast, committee: Group, coordinator: Client, **changes: Any) -> None:
    decision = decided(committee, *["yes"] * 5, by=cast.coordinator, kind="charter")
    coordinator.post(at(cast, "new_how", uid=committee.uid), filled(decision, **changes))
    assert committee.charters.count() == 1


def test_levels_of_agreement_from_question_to_close(cast: Cast, committee: Group, coordinator: Client):
    in_force(cast, committee, coordinator, method="gradients", share="3/5")
    decision = open_decision(group=committee, question="Shall we share a van?", by=cast.coordinator)
    page = words(coordinator, at(cast, "answers", uid=decision.uid))
    assert "2: yes, with a small point" in page
    seats = decision.seats.filter(standing="votes").order_by("label")
    levels = {f"answer-{seat.uid}": level for seat, level in zip(seats, (1, 2, 3, 4, 6), strict=True)}
    coordinator.post(at(cast, "answers", uid=decision.uid), {"source": "meeting", **levels})
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "6: does not like it, will go along" in page
    decision.refresh_from_db()
    coordinator.post(at(cast, "close", uid=decision.uid), {"version": decision.version})
    decision.refresh_from_db()
    assert decision.sentence == (
        "1 at level 1 of 8, 1 at level 2 of 8, 1 at level 3 of 8, 1 at level 4 of 8, 1 at level 6 of 8; "
        "of 4 counted, 3 must be at levels 1 to 3; at most 0 may disagree seriously; "
        "5 of 5 seats took part, from 5 sectors, and a quorum takes 3, from 2 sectors: adopted"
    )
    history = words(coordinator, at(cast, "history", uid=decision.uid))
    assert "1: gladly" in history


def test_a_level_is_corrected_and_an_unchanged_one_is_not_recorded_anew(
    cast: Cast, committee: Group, coordinator: Client
):
    in_force(cast, committee, coordinator, method="fist_to_five")
    decision = open_decision(group=committee, question="Shall we share a van?", by=cast.coordinator)
    seats = list(decision.seats.filter(standing="votes").order_by("label"))
    url = at(cast, "answers", uid=decision.uid)
    coordinator.post(url, {"source": "meeting", **{f"answer-{seat.uid}": 4 for seat in seats}})
    shown = {f"initial-answer-{seat.uid}": 4 for seat in seats}
    again = {f"answer-{seat.uid}": 4 for seat in seats} | {f"answer-{seats[0].uid}": 0}
    coordinator.post(url, {"source": "meeting", **shown, **again})
    given = [position.answer for position in decision.rounds.get().positions.order_by("pk")]
    assert given == [4, 4, 4, 4, 4, 0]


def test_an_objection_leads_to_another_round_and_one_that_stays_stops_it(
    cast: Cast, committee: Group, coordinator: Client
):
    in_force(cast, committee, coordinator, method="consent")
    decision = open_decision(group=committee, question="Shall we share a van?", by=cast.coordinator)
    answer(decision, "yes", "yes", "objects", "yes", "yes", by=cast.coordinator)
    page = words(coordinator, at(cast, "close", uid=decision.uid))
    assert "an objection round comes next" in page
    assert "All seats are asked anew. Then this decides: Consent." in page
    coordinator.post(at(cast, "next_round", uid=decision.uid), {"text": "Shall we share a van on Fridays?"})
    answer(decision, "yes", "yes", "objects", "yes", "yes", by=cast.coordinator)
    decision.refresh_from_db()
    closed = close_decision(decision=decision, version=decision.version, by=cast.coordinator)
    assert (closed.outcome, closed.sentence.rpartition(": ")[2]) == (
        "not_adopted",
        "not adopted, one objection is left",
    )


def test_what_is_reserved_is_recommended(cast: Cast, committee: Group, coordinator: Client):
    in_force(cast, committee, coordinator, last_money="superintendent")
    decision = open_decision(
        group=committee, question="Shall we buy a van?", kind="money", by=cast.coordinator
    )
    answer(decision, "yes", "yes", "yes", "no", by=cast.coordinator)
    page = words(coordinator, at(cast, "close", uid=decision.uid))
    assert "Close it: recommended" in page
    coordinator.post(at(cast, "close", uid=decision.uid), {"version": decision.version})
    page = words(coordinator, at(cast, "page", uid=decision.uid))
    assert "Recommended" in page
    assert "recommended to the superintendent" in page
    assert "This settles who does what" not in page
    assert "Recommended" in words(coordinator, at(cast, "log"))


EXAMPLES = [
    (Method.MAJORITY, "As with our 12 seats: 7 must say yes, if all vote."),
    (Method.TWO_THIRDS, "As with our 12 seats: 8 must say yes, if all vote."),
    (Method.SHARE, "As with our 12 seats: 9 must say yes, if all vote."),
    (Method.GRADIENTS, "As with our 12 seats: 9 must be at levels 1 to 3, if all answer."),
    (Method.CONSENSUS, "As with our 12 seats: one that cannot live with it stops it."),
    (Method.DELEGATED, ""),
]


@pytest.mark.parametrize(("method", "words_of_it"), EXAMPLES)
def test_the_example_beside_a_choice(method: Method, words_of_it: str):
    assert example(Rule(method), 12) == words_of_it


def test_without_seats_there_is_no_example():
    assert example(Rule(Method.MAJORITY), 0) == ""
