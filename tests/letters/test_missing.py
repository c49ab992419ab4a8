"""A letter needs no typing: what it lacks is named, supplied for it alone, or left out with its sentence."""

import datetime
from typing import Any

import pytest

from accounts import clock
from letters import queries, services
from letters.composing import compose
from letters.enums import State
from letters.missing import left_out_of, missing_of
from letters.models import Letter
from letters.placeholders import Placeholder
from partners.models import Partnership
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.test_pages import at, count_queries, form_of, messages_of
from tests.press.running import RunningPress


@pytest.fixture
def lacking(cast: Cast, draft: Letter) -> Letter:
    """A draft to a partner of whom nobody knows what they offer."""
    draft.partnership.partner.services.all().delete()
    return draft


def text_of(letter: Letter, name: str) -> str:
    letter.refresh_from_db()
    return next(block["text"] for block in letter.blocks if block["name"] == name)


def whole(letter: Letter) -> Letter:
    return queries.whole(Letter.objects.filter(pk=letter.pk)).get()


def value_in(letter: Letter, name: str) -> str:
    return compose(whole(letter)).values[name]


def test_a_missing_value_is_named_with_its_place_its_sentence_and_its_ways_out(cast: Cast, lacking: Letter):
    letter = whole(lacking)
    [row] = missing_of(letter, compose(letter), cast.coordinator)
    assert (row.label, row.may_be_supplied) == ("What they offer", True)
    assert row.remedy.words == "Add what this partner does"
    [place] = row.places
    assert (place.block, place.label) == ("opening", "Opening")
    assert place.sentence == "Families here know Tamarack Youth Counseling for [What they offer]."


def test_a_value_supplied_for_one_letter_stands_in_it_alone_and_can_be_taken_back(
    cast: Cast, lacking: Letter, new_partner: Partnership, sign_in: SignIn
):
    other, client = make_letter(cast, new_partner), sign_in(cast.preparer)
    name = Placeholder.PARTNER_SERVICES
    page = client.get(at(lacking, "edit")).content.decode()
    assert 'name="supplied-partner.services"' in page
    typed = form_of(lacking, **{f"supplied-{name}": " a reading circle "}, at=name)
    told = client.post(at(lacking, "supply"), typed, follow=True)
    assert messages_of(told) == ["What they offer: “a reading circle”, in this letter alone."]
    assert [value_in(letter, name) for letter in (lacking, other)] == ["a reading circle", ""]
    assert "Only in this letter" in told.content.decode()
    lacking.refresh_from_db()
    told = client.post(at(lacking, "supply"), form_of(lacking, take_back=name), follow=True)
    assert messages_of(told) == ["The letter has what the records say again."]
    assert value_in(lacking, name) == ""


def test_what_is_supplied_stands_before_what_the_records_say_later(cast: Cast, draft: Letter):
    services.edit_draft(
        letter=draft, version=draft.version, by=cast.coordinator, supplied={"school.place": "Old Larkmoor"}
    )
    assert value_in(draft, "school.place") == "Old Larkmoor"


def test_a_supplied_value_is_signed_and_kept(cast: Cast, lacking: Letter, press: RunningPress):
    supplied = {"partner.services": "a reading circle"}
    services.edit_draft(letter=lacking, version=lacking.version, by=cast.coordinator, supplied=supplied)
    services.hand_in(letter=lacking, version=lacking.version, by=cast.coordinator)
    signed = services.sign_letter(letter=lacking, version=lacking.version, by=cast.principal)
    assert signed.values["partner.services"] == "a reading circle"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Type the words that stand here in this letter."),
        ("a {{school.name}}", "Write the words themselves, without “{{” and “}}”."),
        ("one\ntwo", "Write it in one line."),
        ("x" * 201, "Keep it to 200 characters: now it has 201."),
    ],
)
def test_what_cannot_stand_in_a_sentence_is_told_at_its_field_and_the_rest_is_saved(
    text: str, error: str, cast: Cast, lacking: Letter, sign_in: SignIn
):
    field = "supplied-partner.services"
    typed = form_of(lacking, **{field: text}, at="partner.services", block_ask="Shall we talk?")
    page = sign_in(cast.coordinator).post(at(lacking, "supply"), typed)
    assert page.context["form"].errors[field] == [error]
    assert text_of(lacking, "ask") == "Shall we talk?"
    assert lacking.supplied == {}


@pytest.mark.parametrize(
    "name", ["contact.name", "letter.reply_by", "signer.name", "letter.result", "no.such"]
)
def test_who_gets_it_who_signs_and_dates_are_not_supplied(
    name: str, cast: Cast, draft: Letter, sign_in: SignIn
):
    typed = form_of(draft, **{f"supplied-{name}": "Somebody"}, at=name)
    sign_in(cast.coordinator).post(at(draft, "supply"), typed)
    draft.refresh_from_db()
    assert draft.supplied == {}


def test_a_sentence_is_left_out_with_one_click_with_what_was_typed_and_comes_back(
    cast: Cast, lacking: Letter, sign_in: SignIn
):
    client, before = sign_in(cast.coordinator), text_of(lacking, "opening")
    typed = form_of(lacking, at="opening:partner.services", block_ask="Shall we talk?")
    told = client.post(at(lacking, "leave_out"), typed, follow=True)
    assert messages_of(told) == [
        "Left out of “Opening”: “Families here know Tamarack Youth Counseling for [What they offer].”"
    ]
    assert text_of(lacking, "opening").startswith("{{letter.heard_of_you}} I am principal of")
    assert text_of(lacking, "ask") == "Shall we talk?"
    assert compose(whole(lacking)).problems == []
    told = client.post(at(lacking, "put_back"), form_of(lacking, at="0"), follow=True)
    assert messages_of(told) == [
        "Back in the letter: “Families here know Tamarack Youth Counseling for [What they offer].”"
    ]
    assert text_of(lacking, "opening") == before
    assert lacking.left_out == []


def test_a_letter_whose_gap_was_left_out_is_handed_in_without_typing(
    cast: Cast, lacking: Letter, sign_in: SignIn, press: RunningPress
):
    client = sign_in(cast.coordinator)
    client.post(at(lacking, "leave_out"), form_of(lacking, at="opening:partner.services"))
    lacking.refresh_from_db()
    client.post(at(lacking, "edit"), form_of(lacking, then="hand_in"))
    assert Letter.objects.get().state == State.TO_SIGN


def test_a_sentence_goes_out_of_the_text_as_it_was_typed_not_as_it_was_saved(
    cast: Cast, lacking: Letter, sign_in: SignIn
):
    typed = form_of(
        lacking, at="opening:partner.services", block_opening="Hello. We like {{partner.services}}."
    )
    sign_in(cast.coordinator).post(at(lacking, "leave_out"), typed)
    assert text_of(lacking, "opening") == "Hello."


def test_a_date_that_is_over_does_not_keep_its_own_sentence_in_the_letter(
    cast: Cast, draft: Letter, sign_in: SignIn
):
    yesterday = (clock.now() - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    typed = form_of(draft, at="ask:letter.meeting_1", meeting_1=yesterday, block_gain="You would gain.")
    page = sign_in(cast.coordinator).post(at(draft, "leave_out"), typed)
    assert (text_of(draft, "ask"), text_of(draft, "gain")) == ("", "You would gain.")
    form = page.context["form"]
    assert form.errors == {"meeting_1": ["This moment is over. Choose a later one."]}
    assert (form["block_ask"].value(), form["version"].value()) == ("", str(draft.version))


@pytest.mark.parametrize(
    "place",
    [
        "reply:letter.reply_by",
        "subject:school.name",
        "opening:no.such",
        "nowhere:school.name",
        "",
        "gain:school.name",
    ],
)
def test_what_is_indispensable_or_not_there_is_not_left_out_and_nothing_typed_is_lost(
    place: str, cast: Cast, draft: Letter, sign_in: SignIn
):
    page = sign_in(cast.coordinator).post(
        at(draft, "leave_out"), form_of(draft, at=place, block_ask="Shall we talk?")
    )
    assert messages_of(page) == ["This sentence is not there any more. Nothing was changed."]
    assert page.context["form"]["block_ask"].value() == "Shall we talk?"
    assert Letter.objects.get().version == draft.version


@pytest.mark.parametrize("n", ["1", "-1", "x", ""])
def test_only_what_was_left_out_comes_back(n: str, cast: Cast, draft: Letter, sign_in: SignIn):
    page = sign_in(cast.coordinator).post(at(draft, "put_back"), form_of(draft, at=n))
    assert messages_of(page) == ["This sentence is not there any more. Nothing was changed."]


def test_the_second_of_two_who_leave_something_out_is_told_and_keeps_their_text(
    cast: Cast, lacking: Letter, sign_in: SignIn
):
    stale = form_of(lacking, at="opening:partner.services", block_ask="My own question?")
    sign_in(cast.preparer).post(at(lacking, "edit"), form_of(lacking, suggested_by="Mr. Lee"))
    page = sign_in(cast.coordinator).post(at(lacking, "leave_out"), stale)
    assert page.context["form"].non_field_errors() == [
        "Somebody changed this letter meanwhile. Your text is below; compare and save again."
    ]
    assert page.context["form"]["block_ask"].value() == "My own question?"


@pytest.mark.parametrize("act", ["supply", "leave_out", "put_back"])
def test_a_letter_handed_in_meanwhile_stays_as_it_is(act: str, cast: Cast, waiting: Letter, sign_in: SignIn):
    told = sign_in(cast.coordinator).post(
        at(waiting, act), form_of(waiting, at="ask:letter.meeting_1"), follow=True
    )
    assert len(messages_of(told)) == 1
    assert Letter.objects.get().version == waiting.version


def test_a_block_may_be_empty_the_subject_may_not(cast: Cast, draft: Letter, sign_in: SignIn):
    client = sign_in(cast.coordinator)
    client.post(at(draft, "edit"), form_of(draft, block_gain=""))
    assert text_of(draft, "gain") == ""
    page = client.post(at(draft, "edit"), form_of(draft, block_subject=""))
    assert list(page.context["form"].errors) == ["block_subject"]


def test_what_was_left_out_is_listed_the_latest_first(cast: Cast, draft: Letter):
    for block, name in (("opening", "partner.services"), ("why", "school.figure")):
        services.leave_out(letter=draft, version=draft.version, block=block, name=name, by=cast.coordinator)
    letter = whole(draft)
    assert [(row.n, row.label) for row in left_out_of(letter, compose(letter))] == [
        (1, "Why we write"),
        (0, "Opening"),
    ]


def test_the_page_asks_no_more_of_the_database_for_what_was_left_out(
    cast: Cast, draft: Letter, sign_in: SignIn
):
    client = sign_in(cast.coordinator)
    few = count_queries(client, at(draft, "edit"))
    for block, name in (("opening", "partner.services"), ("why", "school.figure"), ("how", "liaison.name")):
        services.leave_out(letter=draft, version=draft.version, block=block, name=name, by=cast.coordinator)
    assert count_queries(client, at(draft, "edit")) == few


def test_enter_in_a_field_saves_and_neither_hands_in_nor_signs(cast: Cast, draft: Letter, sign_in: SignIn):
    page = sign_in(cast.principal).get(at(draft, "edit")).content.decode()
    first = page.index('form="letter"')
    assert page[:first].endswith("<button hidden ")
    answer: Any = sign_in(cast.principal).post(at(draft, "edit"), form_of(draft, then=""))
    assert (answer.url, Letter.objects.get().state) == (at(draft, "edit"), State.DRAFT)
