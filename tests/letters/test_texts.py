"""The default templates: one page, plain words, about them first, and nothing wrong in print."""

import re

import page
import pytest

from letters.blocks import MOST_WORDS, default_blocks
from letters.composing import compose
from letters.enums import Block, Kind, Language
from letters.models import Letter
from letters.placeholders import Placeholder, names_in
from letters.queries import whole
from letters.sheet import document
from partners.models import Partnership
from press import client
from press.documents import Pdf
from tests.conftest import Cast
from tests.letters.conftest import make_letter
from tests.press.running import RunningPress

ALL = [(kind, language) for kind in Kind for language in Language]
UNWANTED = re.compile(
    r"stakeholder|synerg|partnership opportunit|leverage|partes interesadas|sinergia|\bt[uú]\b|\bvos\b",
    re.I,
)


def written(cast: Cast, kind: Kind, language: str, new: Partnership, existing: Partnership) -> Letter:
    partnership = new if kind == Kind.NEW_PARTNER else existing
    changes = {} if kind == Kind.NEW_PARTNER else {"result": "24 students had a counselor within two weeks."}
    letter = make_letter(cast, partnership, kind=kind, language=language, **changes)
    return whole(Letter.objects.filter(pk=letter.pk)).get()


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_template_has_a_block_for_each_thing_that_a_letter_must_say(kind: Kind, language: str):
    names = [block["name"] for block in default_blocks(kind, language)]
    assert [name for name in names if name != "opening_elsewhere"] == Block.values


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
    new_partner: Partnership,
    existing_partner: Partnership,
    press: RunningPress,
):
    sheet = compose(written(cast, kind, language, new_partner, existing_partner))
    [made] = client.render([document(sheet)])
    assert sheet.problems == []
    assert isinstance(made, Pdf), made
    report = page.validate_pdf_bytes(made.content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert made.pages == 1
    assert sheet.words <= MOST_WORDS


@pytest.mark.parametrize(
    ("kind", "language", "first"),
    [
        ("new_partner", "en", "Families here know Tamarack Youth Counseling for "),
        ("new_partner", "es", "Las familias de aquí conocen a Tamarack Youth Counseling por "),
        ("existing_partner", "en", "You have brought "),
        ("existing_partner", "es", "Su organización brinda "),
    ],
)
def test_the_first_sentence_is_about_them(
    kind: str,
    language: str,
    first: str,
    cast: Cast,
    new_partner: Partnership,
    existing_partner: Partnership,
):
    sheet = compose(written(cast, Kind(kind), language, new_partner, existing_partner))
    assert sheet.filled(for_reading=False)["body"].removeprefix("<p>").startswith(first)
