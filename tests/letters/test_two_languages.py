"""One letter in two languages: written, checked, printed, signed and mailed as one, each part in its own."""

import datetime
import io

import pikepdf
import pytest

from accounts import clock
from accounts.urls_in import url_in
from letters import services
from letters.approval import Need, needed
from letters.composing import compose
from letters.draft_rows import draft_rows
from letters.enums import Kind, State
from letters.forms import DraftForm
from letters.missing import missing_of
from letters.models import Letter, SignedLetter
from letters.sheet import preview
from outreach.registry import Window
from outreach.sources import signed_letters
from partners.models import Partner, Partnership, SchoolFigure
from press.documents import Pdf
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.printed import printed, sheet_of, text_of, words
from tests.letters.test_missing import whole
from tests.letters.test_pages import at, form_of, messages_of
from tests.letters.test_texts import draft_of
from tests.press.running import RunningPress
from tests.press.test_page import failed_rules, languages

DAY = datetime.timedelta(days=1)


@pytest.fixture
def both(cast: Cast, new_partner: Partnership) -> Letter:
    """A draft in English and Spanish."""
    return make_letter(cast, new_partner, also="es")


@pytest.fixture
def signed_both(cast: Cast, both: Letter, press: RunningPress) -> SignedLetter:
    services.hand_in(letter=both, version=both.version, by=cast.coordinator)
    services.sign_letter(letter=both, version=both.version, by=cast.principal)
    return SignedLetter.objects.get()


def test_the_office_writes_in_both_languages_the_persons_own_first(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
) -> None:
    contact = new_partner.partner.contacts.get()
    choice = {"contact": contact.pk, "kind": "new_partner", "language": "es en", "then": "write"}
    page = url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    told = sign_in(cast.preparer).post(page, choice, follow=True)
    letter = Letter.objects.get()
    assert (letter.language, letter.also, letter.in_words) == ("es", "en", "Spanish and English")
    assert [version.language for version in letter.versions] == ["es", "en"]
    shown = told.content.decode()
    assert "To a new partner, Spanish and English, text version 1." in shown
    assert shown.index('name="block_opening"') < shown.index('name="block_en.opening"')
    assert shown.index('name="block_en.opening"') < shown.index('name="block_why"')


@pytest.mark.parametrize(("first", "other"), [("en", "es"), ("es", "en")])
@pytest.mark.parametrize("kind", Kind)
def test_each_language_has_a_page_of_its_own_and_its_tag(
    quillback: object, cast: Cast, press: RunningPress, kind: Kind, first: str, other: str
) -> None:
    letter = draft_of(cast, kind, first, also=other)
    pdf = printed(sheet_of(letter))
    assert failed_rules(pdf) == []
    greetings = {"en": "Dear", "es": "Apreciable"}
    places = {word.text: word.page for word in words(pdf) if word.text in greetings.values()}
    assert (pdf.pages, places) == (2, {greetings[first]: 1, greetings[other]: 2})
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert opened.Root.Lang == first
        assert list(languages(opened.Root.StructTreeRoot.K)) == [("/P", other), ("/Sect", other)]


def test_the_values_stand_in_each_language_as_it_writes_them(both: Letter) -> None:
    sheet = sheet_of(both)
    reply_by = both.reply_by
    assert reply_by is not None
    assert sheet.values["letter.reply_by"] == f"{reply_by:%A, %B} {reply_by.day}"
    assert sheet.values["es.letter.reply_by"].split()[1:3] == [str(reply_by.day), "de"]
    assert sheet.values["school.figure"].startswith("Last spring 2 in 10")
    assert sheet.values["es.school.figure"].startswith("La primavera pasada, 2 de cada 10")
    assert sheet.problems == []


def test_a_value_that_one_language_lacks_is_named_with_it_and_supplied_there_alone(
    cast: Cast, both: Letter, sign_in: SignIn
) -> None:
    SchoolFigure.objects.update(sentence_es="")
    letter = whole(both)
    [row] = missing_of(letter, compose(letter), cast.coordinator)
    assert (row.name, row.label) == ("es.school.figure", "A figure of the school, Spanish")
    [place] = row.places
    assert (place.block, place.name, place.label) == ("es.why", "school.figure", "Why we write, Spanish")
    client, words_of_it = sign_in(cast.preparer), "Dos de cada diez faltaron"
    typed = form_of(both, **{"supplied-es.school.figure": words_of_it}, at="es.school.figure")
    told = client.post(at(both, "supply"), typed, follow=True)
    assert messages_of(told) == [f"A figure of the school, Spanish: “{words_of_it}”, in this letter alone."]
    sheet = sheet_of(both)
    assert sheet.values["es.school.figure"] == words_of_it
    assert sheet.values["school.figure"].startswith("Last spring 2 in 10")
    assert sheet.problems == []


def test_a_sentence_is_left_out_of_one_language_and_put_back(
    cast: Cast, both: Letter, sign_in: SignIn
) -> None:
    SchoolFigure.objects.update(sentence_es="")
    client, before = sign_in(cast.preparer), both.blocks
    told = client.post(at(both, "leave_out"), form_of(both, at="es.why:school.figure"), follow=True)
    [message] = messages_of(told)
    assert message.startswith("Left out of “Why we write, Spanish”: “[A figure of the school]")
    both.refresh_from_db()
    changed = [new["name"] for new, old in zip(both.blocks, before, strict=True) if new != old]
    assert changed == ["es.why"]
    [row] = [row for row in draft_rows(DraftForm(letter=both), whole(both)) if row.warning]
    assert [field.name for field in row.fields] == ["block_why", "block_es.why"]
    assert row.warning == "Changed in Spanish alone. Does the part in English still say the same?"
    assert row.warning in told.content.decode()
    client.post(at(both, "put_back"), form_of(both, at=0))
    both.refresh_from_db()
    assert both.blocks == before


def test_a_date_that_both_lack_is_asked_for_once(cast: Cast, both: Letter) -> None:
    services.edit_draft(letter=both, version=both.version, by=cast.coordinator, call_on=None)
    letter = whole(both)
    [row] = missing_of(letter, compose(letter), cast.coordinator)
    assert (row.name, [place.block for place in row.places]) == ("letter.call_on", ["close", "es.close"])


def test_what_is_typed_in_one_language_stands_there(
    cast: Cast, both: Letter, press: RunningPress, sign_in: SignIn
) -> None:
    typed = form_of(both, **{"block_es.opening": "Buenas tardes.", "then": "save"})
    sign_in(cast.preparer).post(at(both, "edit"), typed)
    texts = {block["name"]: block["text"] for block in Letter.objects.get().blocks}
    assert texts["es.opening"] == "Buenas tardes."
    assert texts["opening"] != "Buenas tardes."
    shown = preview(sheet_of(both))
    assert (
        shown.index('lang="en"')
        < shown.index('lang="es"><em>Esta carta sigue')
        < shown.index("Buenas tardes.")
    )


def test_two_pages_are_its_rule_and_a_third_is_too_many(
    cast: Cast, both: Letter, press: RunningPress
) -> None:
    services.hand_in(letter=both, version=both.version, by=cast.coordinator)
    both.refresh_from_db()
    assert (both.pages, both.is_long, both.state) == (2, False, State.TO_SIGN)
    services.send_back(letter=both, version=both.version, by=cast.principal, note="Longer")
    long = [*both.blocks[:-1], {"name": "es.close", "text": "Una línea más.\n\n" * 40}]
    services.edit_draft(letter=both, version=both.version, by=cast.coordinator, blocks=long)
    with pytest.raises(services.LetterTooLong) as told:
        services.hand_in(letter=both, version=both.version, by=cast.coordinator)
    assert told.value.pages == 3


def test_a_principal_signs_one_from_nothing(cast: Cast, both: Letter, press: RunningPress) -> None:
    services.sign_letter(letter=both, version=both.version, by=cast.principal)
    both.refresh_from_db()
    assert both.state == State.SIGNED


def test_the_signature_fixes_both_parts_under_one_number(signed_both: SignedLetter) -> None:
    text = text_of(Pdf(bytes(signed_both.pdf), 2))
    assert text.count(f"Our reference: {signed_both.reference}") == 1
    assert text.count(f"Nuestra referencia: {signed_both.reference}") == 2  # in the text, and over the page
    assert (text.count("Sincerely,"), text.count("Atentamente,")) == (1, 1)
    assert signed_both.values["es.school.figure"].startswith("La primavera pasada")


def test_its_mail_has_both_parts_each_in_its_language(cast: Cast, signed_both: SignedLetter) -> None:
    now = clock.now()
    [mail] = signed_letters.drafts(cast.larkmoor, Window(now, since=now - DAY, until=now + DAY))
    assert mail.body.index("Esta carta sigue en español.") < mail.body.index("Dear Ms. Brandt:")
    assert mail.body.index("Sincerely,") < mail.body.index("Apreciable Ms. Brandt:")


def test_a_new_letter_in_its_place_is_in_both_too(cast: Cast, signed_both: SignedLetter) -> None:
    new = services.write_anew(letter=signed_both.letter, reason="A new date", by=cast.coordinator)
    assert (new.language, new.also, new.also_version.language) == ("en", "es", "es")
    assert new.blocks == signed_both.letter.blocks


def test_other_words_in_either_language_need_the_districts_approval(
    cast: Cast, new_partner: Partnership
) -> None:
    Partner.objects.filter(pk=new_partner.partner_id).update(sectors=["faith"])
    new_partner.partner.refresh_from_db()
    letter = make_letter(cast, new_partner, also="es")
    assert needed(whole(letter)) is None
    blocks = [
        {**block, "text": "Somos vecinos."} if block["name"] == "es.opening" else block
        for block in letter.blocks
    ]
    services.edit_draft(letter=letter, version=letter.version, by=cast.coordinator, blocks=blocks)
    assert needed(whole(letter)) == Need.ADDRESSEE
