"""Odd text in a letter is named or printed as it stands; it never stops a page, a signature or the sweep."""

import pytest

from letters import services
from letters.models import Letter
from tests.conftest import Cast, SignIn
from tests.press.running import RunningPress

from .test_pages import at

ODD = {
    r"Hello {\{shoe_size}} and so on": "shoe_size",
    "Hello {{size & color}} and so on": "size & color",
    "Hello {{size*s*}} and so on": "sizes",
    "Hello {{<b>size}} and so on": "<b>size",
    "Hello {{\nsize\nand}} so on": "size and",
}


def with_opening(letter: Letter, text: str) -> Letter:
    blocks = [block | ({"text": text} if block["name"] == "opening" else {}) for block in letter.blocks]
    Letter.objects.filter(pk=letter.pk).update(blocks=blocks)
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.parametrize(("text", "name"), ODD.items())
def test_a_name_that_is_none_of_ours_is_named_whatever_stands_in_it(
    cast: Cast, draft: Letter, press: RunningPress, sign_in: SignIn, text: str, name: str
) -> None:
    letter = with_opening(draft, text)
    with pytest.raises(services.LetterIncomplete) as refused:
        services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
    assert [(problem.label, problem.block) for problem in refused.value.problems] == [(name, "opening")]
    assert Letter.objects.get(pk=letter.pk).state == "draft"
    client = sign_in(cast.coordinator)
    assert client.get(at(letter, "preview")).status_code == 200
    assert client.get(at(letter, "proof")).headers["Content-Type"] == "application/pdf"


def test_braces_that_are_no_placeholder_stay_as_they_are(
    cast: Cast, draft: Letter, press: RunningPress
) -> None:
    letter = with_opening(draft, "We meet {every} week} or {{two.")
    signed = services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
    assert bytes(signed.pdf).startswith(b"%PDF-")
