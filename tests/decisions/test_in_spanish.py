"""Options and a further round in Spanish: written once, shown, sealed, erased with the English."""

import json
import re

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from decisions.enums import AskedBy
from decisions.models import AnswerLink, Decision, Event, Group, Round, Sealed
from decisions.pages.answering import asked_in
from decisions.pages.erasing import erasable
from decisions.register import verify_register
from decisions.rule import Method, Quorum, Rule, Tie
from decisions.services import (
    Given,
    InSpanishAlready,
    OptionsApart,
    RoundBegan,
    add_spanish,
    close_decision,
    copy_link,
    erase,
    next_round,
    open_decision,
    record_answers,
)
from tests.conftest import Cast
from tests.decisions.asked import address, seat_of, seat_people
from tests.decisions.conftest import adopt, answer, make_committee, voting, working_as
from tests.decisions.tampering import run
from tests.decisions.test_erasing import places_of
from tests.decisions.test_pages import at, words

DAYS = ("On Mondays", "Where Noor Castellane lives")
DIAS = ["Los lunes", "Donde vive Noor Castellane"]
TEXT, TEXTO = "Shall we, for a year?", "¿Lo hacemos por un año?"


@pytest.fixture
def by_votes(cast: Cast, committee: Group) -> Group:
    """The committee, in which most votes decide and a tie is put off; its parent reads Spanish."""
    adopt(committee, by=cast.coordinator, other=Rule(Method.PLURALITY, Quorum(sectors=2), tie=Tie.DEFERS))
    seat_people(cast, committee)
    return committee


@pytest.fixture
def days(cast: Cast, by_votes: Group) -> Decision:
    """A question with two options, in English only."""
    return open_decision(group=by_votes, question="When do we meet?", options=DAYS, by=cast.coordinator)


def tie(cast: Cast, decision: Decision) -> None:
    """Two seats for each of two options."""
    given = [Given(seat, ballot) for seat, ballot in zip(voting(decision), (0, 0, 1, 1), strict=False)]
    record_answers(decision=decision, given=given, by=cast.coordinator)


def put_off(cast: Cast, group: Group) -> Decision:
    """A question that one seat blocked."""
    decision = open_decision(group=group, question="Shall we?", by=cast.coordinator)
    answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    return decision


def parents_link(cast: Cast, decision: Decision) -> AnswerLink:
    return copy_link(seat=seat_of(decision, "Parent"), by=cast.coordinator)


def shown_to(client: Client, link: AnswerLink) -> str:
    html = client.get(address(link)).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def problem(cast: Cast) -> object:
    return verify_register(district=cast.larkmoor).problem


FORM = {"question": "When do we meet?", "kind": "everyday", "options": "On Mondays\nNever"}


def test_options_are_put_in_both_languages_and_sealed(cast: Cast, by_votes: Group, coordinator: Client):
    form = FORM | {"group": by_votes.uid, "question_es": "¿Cuándo?", "options_es": " Los lunes\r\n\nNunca "}
    coordinator.post(at(cast, "new"), form)
    asked = Round.objects.get(decision__question="When do we meet?")
    assert (asked.options, asked.options_es) == (["On Mondays", "Never"], ["Los lunes", "Nunca"])
    event = Event.objects.filter(body__contains='"in_spanish"').get()
    entry = json.loads(event.body)
    assert (entry["round"], entry["choices"], "Nunca" in event.body) == (1, 2, False)
    sealed = Sealed.objects.get(event=event, digest=entry["options_es"])
    assert sealed.person == {"options_es": ["Los lunes", "Nunca"]}
    assert problem(cast) is None


APART = "Write as many options in Spanish as in English: one a line, in the same order, each once."


@pytest.mark.parametrize("options_es", ["Los lunes", "Los lunes\nNunca\nSiempre", "Nunca\nnunca"])
def test_spanish_options_that_do_not_match_are_refused_at_their_field(
    cast: Cast, by_votes: Group, coordinator: Client, options_es: str
):
    answered = coordinator.post(at(cast, "new"), FORM | {"group": by_votes.uid, "options_es": options_es})
    assert answered.context["form"].errors == {"options_es": [APART]}
    assert answered.context["form"]["options_es"].value() == options_es
    assert '<details class="pp-more" open>' in answered.content.decode()
    assert not Decision.objects.filter(question="When do we meet?").exists()


def test_a_question_without_options_has_none_in_spanish(cast: Cast, committee: Group):
    with pytest.raises(OptionsApart):
        open_decision(group=committee, question="Shall we?", options_es=DIAS, by=cast.coordinator)
    assert Decision.objects.count() == 0


def test_the_page_of_a_link_names_the_options_in_its_persons_language(
    cast: Cast, days: Decision, client: Client
):
    add_spanish(decision=days, question_es="¿Cuándo?", options_es=DIAS, by=cast.coordinator)
    record_answers(decision=days, given=[Given(seat_of(days, "Open"), 1)], by=cast.coordinator)
    link = parents_link(cast, days)
    text = shown_to(client, link)
    assert ("¿Cuándo?" in text, "1. Los lunes" in text, "On Mondays" in text) == (True, True, False)
    assert text.count("2. Donde vive Noor Castellane") == 2
    form = {"act": "answer", "round": 1, f"answer-{link.decision_seat.uid}": "0"}
    assert client.post(address(link), form).status_code == 302
    assert "“1. Los lunes”" in shown_to(client, link)
    record_answers(decision=days, given=[Given(seat_of(days, "Parent"), 1)], by=cast.coordinator)
    english = shown_to(client, copy_link(seat=seat_of(days, "Open"), by=cast.coordinator))
    assert ("2. Where Noor Castellane lives" in english, "Donde" in english) == (True, False)


def test_options_in_spanish_go_along_to_the_next_round(cast: Cast, days: Decision):
    add_spanish(decision=days, options_es=DIAS, by=cast.coordinator)
    tie(cast, days)
    again = next_round(decision=days, by=cast.coordinator)
    assert (again.options, again.options_es) == ([*DAYS], DIAS)
    assert days.version == Decision.objects.get(pk=days.pk).version
    assert problem(cast) is None


def test_a_further_round_is_asked_in_spanish_too(
    cast: Cast, committee: Group, coordinator: Client, client: Client
):
    seat_people(cast, committee)
    decision = put_off(cast, committee)
    coordinator.post(at(cast, "next_round", uid=decision.uid), {"text": TEXT, "text_es": TEXTO})
    assert (decision.rounds.latest("n").text, decision.rounds.latest("n").text_es) == (TEXT, TEXTO)
    bodies = " ".join(Event.objects.values_list("body", flat=True))
    assert ("year" in bodies, "año" in bodies) == (False, False)
    text = shown_to(client, parents_link(cast, decision))
    assert (TEXTO in text, TEXT in text) == (True, False)
    assert "is in English only" not in words(coordinator, at(cast, "ask", uid=decision.uid))
    assert problem(cast) is None


def test_a_round_that_is_left_empty_asks_what_was_asked_last(cast: Cast, committee: Group):
    adopt(
        committee, by=cast.coordinator, other=Rule(Method.CONSENSUS, fallback=Method.SHARE, fallback_round=9)
    )
    decision = put_off(cast, committee)
    next_round(decision=decision, text=TEXT, text_es=TEXTO, by=cast.coordinator)
    answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    third = next_round(decision=decision, by=cast.coordinator)
    assert (third.text, third.text_es) == (TEXT, TEXTO)
    assert [asked_in(decision, third, language) for language in ("en", "es")] == [TEXT, TEXTO]
    assert problem(cast) is None


def test_what_is_worded_anew_is_not_in_the_spanish_of_before(cast: Cast, committee: Group):
    adopt(
        committee, by=cast.coordinator, other=Rule(Method.CONSENSUS, fallback=Method.SHARE, fallback_round=9)
    )
    decision = put_off(cast, committee)
    next_round(decision=decision, text=TEXT, text_es=TEXTO, by=cast.coordinator)
    answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    third = next_round(decision=decision, text="Shall we, for a month?", by=cast.coordinator)
    assert (third.text, third.text_es) == ("Shall we, for a month?", "")


def test_a_text_that_went_along_is_erased_from_each_round_that_asked_it(cast: Cast, committee: Group):
    adopt(
        committee, by=cast.coordinator, other=Rule(Method.CONSENSUS, fallback=Method.SHARE, fallback_round=9)
    )
    decision = put_off(cast, committee)
    for text, text_es in ((TEXT, ""), ("", ""), ("Shall we sing?", "")):
        next_round(decision=decision, text=text, text_es=text_es, by=cast.coordinator)
        if text == TEXT:
            add_spanish(decision=decision, text_es=TEXTO, by=cast.coordinator)
        answer(decision, *["yes"] * 4, "block", by=cast.coordinator)
    [text] = [one for one in erasable(decision) if TEXTO in one.words and TEXT not in one.words]
    erase(text=text.sealed, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert (places_of(TEXT), places_of(TEXTO)) == ([], [])
    assert [one.text for one in decision.rounds.all()] == ["", "", "", "Shall we sing?"]
    assert problem(cast) is None


def test_a_further_round_does_not_say_that_somebody_wrote_spanish(cast: Cast, days: Decision):
    add_spanish(decision=days, options_es=DIAS, by=cast.coordinator)
    tie(cast, days)
    next_round(decision=days, by=cast.principal)
    kinds = [json.loads(event.body)["kind"] for event in Event.objects.filter(decision_uid=days.uid)]
    assert kinds == ["opened", "in_spanish", "answered", "round"]


def test_spanish_of_a_round_that_is_over_is_not_kept_and_not_lost(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put_off(cast, committee)
    page = at(cast, "in_spanish", uid=decision.uid)
    shown = coordinator.get(page).context["form"]["round_n"].value()
    next_round(decision=decision, text=TEXT, by=cast.coordinator)
    typed = {"round_n": shown, "question_es": "¿Lo hacemos?", "meaning_es": "Sí."}
    form = coordinator.post(page, typed).context["form"]
    assert form.non_field_errors() == [str(RoundBegan.words)]
    again = {name: form[name].value() for name in form.fields if name != "warned"}
    assert again == {"question_es": "¿Lo hacemos?", "meaning_es": "Sí.", "text_es": None, "round_n": "2"}
    coordinator.post(page, again | {"text_es": TEXTO})
    decision.refresh_from_db()
    assert (decision.question_es, decision.rounds.latest("n").text_es) == ("¿Lo hacemos?", TEXTO)
    assert problem(cast) is None


def test_spanish_that_meets_a_further_round_on_its_way_is_refused(cast: Cast, committee: Group):
    decision = put_off(cast, committee)
    next_round(decision=decision, text=TEXT, by=cast.coordinator)
    with pytest.raises(RoundBegan):
        add_spanish(decision=decision, text_es="¿Otra cosa?", round_n=1, by=cast.coordinator)
    assert decision.rounds.latest("n").text_es == ""


def test_spanish_without_english_is_said_at_its_field_and_not_lost(
    cast: Cast, committee: Group, coordinator: Client
):
    decision = put_off(cast, committee)
    answered = coordinator.post(at(cast, "next_round", uid=decision.uid), {"text_es": TEXTO})
    form = answered.context["round_form"]
    assert form.errors == {"text": ["Write the question in English, too, or leave both empty."]}
    assert (form["text_es"].value(), decision.rounds.count()) == (TEXTO, 1)


def test_who_asks_is_told_that_options_are_in_english_only_and_writes_them(
    cast: Cast, days: Decision, coordinator: Client
):
    add_spanish(decision=days, question_es="¿Cuándo?", by=cast.coordinator)
    ask, page = at(cast, "ask", uid=days.uid), at(cast, "in_spanish", uid=days.uid)
    assert "1 of them reads Spanish, and the options are in English only." in words(coordinator, ask)
    form = coordinator.get(page).context["form"]
    assert [field.name for field in form.visible_fields()] == ["options_es"]
    assert "<li>On Mondays</li>" in words(coordinator, page)
    apart = coordinator.post(page, {"options_es": "Los lunes"})
    assert apart.context["form"].errors == {"options_es": [APART]}
    coordinator.post(page, {"options_es": "\n".join(DIAS)})
    assert Round.objects.get(decision=days).options_es == DIAS
    assert "in English only" not in words(coordinator, ask)
    assert problem(cast) is None


def test_who_asks_is_told_that_a_further_round_is_in_english_only_and_writes_it(
    cast: Cast, committee: Group, coordinator: Client
):
    seat_people(cast, committee)
    decision = put_off(cast, committee)
    add_spanish(decision=decision, question_es="¿Lo hacemos?", by=cast.coordinator)
    next_round(decision=decision, text=TEXT, by=cast.coordinator)
    ask, page = at(cast, "ask", uid=decision.uid), at(cast, "in_spanish", uid=decision.uid)
    assert "1 of them reads Spanish, and the question is in English only." in words(coordinator, ask)
    form = coordinator.get(page).context["form"]
    assert [field.name for field in form.visible_fields()] == ["text_es"]
    coordinator.post(page, {"text_es": TEXTO})
    assert decision.rounds.latest("n").text_es == TEXTO
    assert "in English only" not in words(coordinator, ask)
    done = coordinator.get(page, follow=True).content.decode()
    assert "This question is written in Spanish already." in done


def test_it_is_written_once(cast: Cast, days: Decision):
    add_spanish(decision=days, options_es=DIAS, by=cast.coordinator)
    with pytest.raises(InSpanishAlready):
        add_spanish(decision=days, options_es=["Otra", "Cosa"], by=cast.coordinator)
    assert Round.objects.get(decision=days).options_es == DIAS


def test_options_are_erased_in_both_languages_from_every_round(cast: Cast, days: Decision):
    add_spanish(decision=days, options_es=DIAS, by=cast.coordinator)
    tie(cast, days)
    next_round(decision=days, by=cast.coordinator)
    [text] = [one for one in erasable(days) if DIAS[1] in one.words]
    assert text.words == "The options in Spanish: Los lunes; Donde vive Noor Castellane"
    erase(text=text.sealed, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert [(one.options, one.options_es) for one in days.rounds.all()] == [(["…"] * 2, ["…"] * 2)] * 2
    assert places_of("Noor Castellane") == []
    assert problem(cast) is None
    days.refresh_from_db()
    given = [Given(seat, 1) for seat in voting(days)]
    record_answers(decision=days, given=given, by=cast.coordinator)
    close_decision(decision=days, version=days.version, by=cast.coordinator)
    assert problem(cast) is None


def test_a_rounds_text_is_erased_in_both_languages_and_no_other_rounds(cast: Cast, committee: Group):
    decision = put_off(cast, committee)
    next_round(decision=decision, text=TEXT, text_es=TEXTO, by=cast.coordinator)
    [text] = [one for one in erasable(decision) if TEXT in one.words]
    erase(text=text.sealed, asked_by=AskedBy.PERSON, because="Wish.", by=cast.staff)
    assert (places_of(TEXT), places_of(TEXTO), decision.rounds.latest("n").text_es) == ([], [], "")
    assert [one.words for one in erasable(decision)] == ["Question: Shall we?"]
    assert problem(cast) is None


@pytest.mark.parametrize("change", ["text_es = 'Otra cosa.'", 'options_es = \'["Uno", "Dos"]\''])
def test_what_was_changed_in_the_table_is_found(cast: Cast, days: Decision, change: str):
    add_spanish(decision=days, options_es=DIAS, by=cast.coordinator)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE decisions_round DISABLE TRIGGER USER")
    run(f"UPDATE decisions_round SET {change} WHERE decision_id = %s", days.pk)
    assert problem(cast).what == "round"


CHANGES = [
    "UPDATE decisions_round SET options_es = '[\"Uno\", \"Dos\"]' WHERE options_es <> '[]'",
    "UPDATE decisions_round SET options_es = '[]' WHERE options_es <> '[]'",
    "UPDATE decisions_round SET options_es = '[\"Uno\"]' WHERE options <> '[]' AND options_es = '[]'",
    "UPDATE decisions_round SET text_es = 'Otra' WHERE text_es <> ''",
    "UPDATE decisions_round SET text_es = 'Otra', n = n + 7 WHERE text_es = ''",
]


@pytest.fixture
def rounds(cast: Cast, days: Decision) -> None:
    """A round with Spanish options, one without, and one with a Spanish text."""
    by = cast.coordinator
    open_decision(group=days.group, question="And when else?", options=DAYS, by=by)
    add_spanish(decision=days, options_es=DIAS, by=by)
    tie(cast, days)
    next_round(decision=days, text=TEXT, text_es=TEXTO, by=by)


@pytest.mark.parametrize("sql", CHANGES)
def test_spanish_is_written_once_erased_or_kept_as_written(rounds: None, sql: str):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)


def test_all_of_it_works_as_the_application(committed_cast: Cast):
    by = committed_cast.coordinator
    with working_as(settings.PORTAL_APP_ROLE):
        group = make_committee(committed_cast, committed_cast.quillback, by)
        decision = put_off(committed_cast, group)
        next_round(decision=decision, text=TEXT, text_es=TEXTO, by=by)
        [text] = [one for one in erasable(decision) if TEXTO in one.words]
        erase(text=text.sealed, asked_by=AskedBy.PERSON, because="Wish.", by=committed_cast.staff)
        assert places_of(TEXTO) == []
        assert problem(committed_cast) is None
