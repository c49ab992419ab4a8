"""The default templates: one page, plain words, about them first, and nothing wrong in print."""

import dataclasses
import datetime
import io
import re
from collections.abc import Callable

import page
import pikepdf
import pytest
import textstat

from accounts.models import School
from letters.blocks import MOST_WORDS, default_blocks
from letters.composing import compose
from letters.enums import Block, Kind, Language
from letters.models import Letter
from letters.placeholders import TOKEN, Placeholder, named, names_in
from letters.queries import whole
from letters.sheet import Sheet, document
from partners.enums import Stage
from partners.models import Partnership
from press import client
from press.documents import Pdf
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership
from tests.letters.records import a_contact_on, a_paper, an_agreement, report_a_result
from tests.pdf import text_of
from tests.press.running import RunningPress

ALL = [(kind, language) for kind in Kind for language in Language]
UNWANTED = re.compile(
    r"stakeholder|synerg|partnership opportunit|leverage|partes interesadas|sinergia|\bt[uú]\b|\bvos\b",
    re.I,
)


STAGE_OF = {
    Kind.NEW_PARTNER: Stage.IDENTIFIED,
    Kind.NEW_HERE: Stage.IDENTIFIED,
    Kind.FOLLOW_UP: Stage.CONTACTED,
    Kind.THANKS: Stage.EXPLORING,
    Kind.MEETING: Stage.ACTIVE,
    Kind.EXISTING_PARTNER: Stage.ACTIVE,
    Kind.RENEWAL: Stage.RENEWAL_DUE,
    Kind.PAUSE: Stage.PAUSED,
}


def written(cast: Cast, kind: Kind, language: str) -> Sheet:
    """A signed letter of a kind out of full records, with nothing typed."""
    letter = draft_of(cast, kind, language)
    sheet = compose(whole(Letter.objects.filter(pk=letter.pk)).get())
    return dataclasses.replace(sheet, reference="QMS-2627-014", code="7KQM4TXR92ABCDEFGH14")


def draft_of(cast: Cast, kind: Kind, language: str, also: str = "") -> Letter:
    """A draft of a kind out of full records."""
    make_partnership(cast.quillback, "Open Cupboard Pantry", Stage.ACTIVE)
    partnership = make_partnership(cast.quillback, stage=STAGE_OF[kind])
    if kind == Kind.NEW_HERE:
        works_at(cast.bellwether, partnership)
    if kind == Kind.FOLLOW_UP:
        wrote_before(cast, partnership)
    report_a_result(cast, partnership)
    an_agreement(partnership)
    a_paper(cast, partnership, "insurance", "2026-12-03")
    a_contact_on(cast, partnership, "2026-11-03", "meeting")
    return make_letter(cast, partnership, kind=kind, language=language, also=also)


def works_at(school: School, partnership: Partnership) -> None:
    Partnership.objects.create(
        district=school.district,
        partner=partnership.partner,
        school=school,
        stage=Stage.ACTIVE,
        stage_since=datetime.date(2022, 9, 1),
        active_since=datetime.date(2022, 9, 1),
    )


def wrote_before(cast: Cast, partnership: Partnership) -> None:
    letter = make_letter(cast, partnership, kind=Kind.NEW_PARTNER)
    Letter.objects.filter(pk=letter.pk).update(
        state="signed", signed_at=letter.created_at, reference="QMS-2627-003", signer=cast.principal
    )


def printed(sheet: Sheet) -> Pdf:
    [made] = client.render([document(sheet)])
    assert isinstance(made, Pdf), made
    return made


def plain(text: str, sheet: Sheet) -> str:
    """A text as a reader reads it."""
    filled = TOKEN.sub(lambda token: sheet.values[token[1]], text)
    return " ".join(filled.replace("*", "").split())


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_template_has_a_block_for_each_thing_that_a_letter_must_say(kind: Kind, language: str):
    names = [block["name"] for block in default_blocks(kind, language)]
    assert names == Block.values


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_template_uses_placeholders_of_the_list_alone(kind: Kind, language: str):
    used = {name for block in default_blocks(kind, language) for name in names_in(block["text"])}
    assert used - set(Placeholder.values) == set()


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_template_avoids_the_words_that_nobody_says(kind: Kind, language: str):
    text = " ".join(block["text"] for block in default_blocks(kind, language))
    assert UNWANTED.findall(text) == []


@pytest.mark.parametrize("kind", Kind)
def test_both_languages_ask_for_the_same_values(kind: Kind):
    english, spanish = (
        {block["name"]: sorted(names_in(block["text"])) for block in default_blocks(kind, language)}
        for language in ("en", "es")
    )
    assert english == spanish


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_letter_from_full_records_needs_no_typing_and_prints_on_one_accessible_page(
    kind: Kind, language: str, cast: Cast, quillback: School, press: RunningPress
):
    sheet = written(cast, kind, language)
    assert sheet.problems == []
    made = printed(sheet)
    report = page.validate_pdf_bytes(made.content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert made.pages == 1


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_paper_holds_every_block_and_value_in_its_order_and_says_what_its_picture_is(
    kind: Kind, language: str, cast: Cast, quillback: School, press: RunningPress
):
    sheet = written(cast, kind, language)
    made = printed(sheet)
    read = " ".join(text_of(made.content).split())
    expected = [plain(block["text"], sheet).replace("..", ".") for block in sheet.blocks]  # "3:30 p.m."
    places = [read.find(text) for text in expected]
    assert [text for text, place in zip(expected, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    assert [name for name in named(sheet.blocks) if sheet.values[name] not in read] == []
    pdf = pikepdf.open(io.BytesIO(made.content))
    figures = [
        node for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"
    ]
    assert [str(figure.Alt) for figure in figures] == [sheet.phrases.qr]


@pytest.mark.parametrize("language", Language)
def test_every_placeholder_of_the_list_comes_out_on_paper(
    language: str, cast: Cast, quillback: School, press: RunningPress
):
    sheet = written(cast, Kind.FOLLOW_UP, language)
    values = {name: f"Value {number} of the list" for number, name in enumerate(Placeholder.values, 10)}
    blocks = [{"name": Block.OPENING, "text": " ".join(f"{{{{{name}}}}}" for name in Placeholder.values)}]
    made = printed(dataclasses.replace(sheet, blocks=blocks, values=values))
    read = " ".join(text_of(made.content).split())
    assert [name for name, value in values.items() if value not in read] == []


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_letter_is_short_and_easy_to_read(
    kind: Kind,
    language: str,
    cast: Cast,
    quillback: School,
    record_property: Callable[[str, object], None],
):
    """English by the grade of Flesch and Kincaid. Spanish by Szigriszt's scale, on which 65 and more is
    "fairly easy" (INFLESZ: Barrio-Cantalejo et al., An. Sist. Sanit. Navar. 31, 2008)."""
    sheet = written(cast, kind, language)
    text = "\n".join(plain(b["text"], sheet) for b in sheet.blocks if b["name"] != Block.SUBJECT)
    textstat.set_lang(language)
    grade, ease = textstat.flesch_kincaid_grade(text), textstat.szigriszt_pazos(text)
    told = f"grade {grade:.1f}" if language == "en" else f"Szigriszt {ease:.1f}"
    record_property("reading", f"{kind} {language}: {sheet.words} words, {told}")
    print(f"{kind} {language}: {sheet.words} words, {told}")  # noqa: T201
    assert sheet.words <= MOST_WORDS
    assert grade <= 9 if language == "en" else ease >= 65


FIRST_WORDS = {
    (Kind.NEW_PARTNER, "en"): "Families here know Tamarack Youth Counseling for ",
    (Kind.NEW_PARTNER, "es"): "Las familias de aquí conocen a Tamarack Youth Counseling por ",
    (Kind.NEW_HERE, "en"): "You have worked with ",
    (Kind.NEW_HERE, "es"): "Su organización trabaja con ",
    (Kind.FOLLOW_UP, "en"): "You have our letter of ",
    (Kind.FOLLOW_UP, "es"): "Usted tiene nuestra carta del ",
    (Kind.THANKS, "en"): "You met with us on November 3, 2026",
    (Kind.THANKS, "es"): "Usted se reunió con nosotros el 3 de noviembre de 2026",
    (Kind.MEETING, "en"): "Your voice counts ",
    (Kind.MEETING, "es"): "Su voz cuenta ",
    (Kind.EXISTING_PARTNER, "en"): "You have brought ",
    (Kind.EXISTING_PARTNER, "es"): "Su organización brinda ",
    (Kind.RENEWAL, "en"): "You have brought ",
    (Kind.RENEWAL, "es"): "Su organización brinda ",
    (Kind.PAUSE, "en"): "You have brought ",
    (Kind.PAUSE, "es"): "Su organización ha brindado ",
}


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_the_first_sentence_is_about_them(kind: Kind, language: str, cast: Cast, quillback: School):
    sheet = written(cast, kind, language)
    first = FIRST_WORDS[kind, language]
    assert sheet.filled(for_reading=False)["body"].removeprefix("<p>")[: len(first)] == first
