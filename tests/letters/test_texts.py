"""The default templates: one page, plain words, about them first, and nothing wrong in print."""

import datetime
import re

import page
import pytest

from accounts.models import School
from letters.blocks import MOST_WORDS, default_blocks
from letters.composing import compose
from letters.enums import Block, Kind, Language
from letters.models import Letter
from letters.placeholders import Placeholder, names_in
from letters.queries import whole
from letters.sheet import document
from partners.enums import Stage
from partners.models import Partnership
from press import client
from press.documents import Pdf
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership, report_a_result
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


def written(cast: Cast, kind: Kind, language: str) -> Letter:
    """A letter of a kind out of full records, with nothing typed."""
    make_partnership(cast.quillback, "Open Cupboard Pantry", Stage.ACTIVE)
    partnership = make_partnership(cast.quillback, stage=STAGE_OF[kind])
    if kind == Kind.NEW_HERE:
        Partnership.objects.create(
            district=cast.larkmoor,
            partner=partnership.partner,
            school=cast.bellwether,
            stage=Stage.ACTIVE,
            stage_since=datetime.date(2022, 9, 1),
            active_since=datetime.date(2022, 9, 1),
        )
    report_a_result(cast, partnership)
    letter = make_letter(cast, partnership, kind=kind, language=language)
    return whole(Letter.objects.filter(pk=letter.pk)).get()


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
    kind: Kind,
    language: str,
    cast: Cast,
    quillback: School,
    press: RunningPress,
):
    sheet = compose(written(cast, kind, language))
    [made] = client.render([document(sheet)])
    assert sheet.problems == []
    assert isinstance(made, Pdf), made
    report = page.validate_pdf_bytes(made.content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert made.pages == 1
    assert sheet.words <= MOST_WORDS


FIRST_WORDS = {
    (Kind.NEW_PARTNER, "en"): "Families here know Tamarack Youth Counseling for ",
    (Kind.NEW_PARTNER, "es"): "Las familias de aquí conocen a Tamarack Youth Counseling por ",
    (Kind.NEW_HERE, "en"): "You have worked with ",
    (Kind.NEW_HERE, "es"): "Su organización trabaja con ",
    (Kind.FOLLOW_UP, "en"): "You have heard from our school before",
    (Kind.FOLLOW_UP, "es"): "Usted ya sabe de nuestra escuela",
    (Kind.THANKS, "en"): "You took the time to talk with us",
    (Kind.THANKS, "es"): "Usted se tomó el tiempo de hablar con nosotros",
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
    sheet = compose(written(cast, kind, language))
    first = FIRST_WORDS[kind, language]
    assert sheet.filled(for_reading=False)["body"].removeprefix("<p>")[: len(first)] == first
