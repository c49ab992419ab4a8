"""The fields of a draft in the order of its page: a block of a letter in two languages stands beside the same
one in the other, with a warning where only one of them was changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from .enums import language_word
from .forms import BLOCK_PREFIX, DraftForm
from .models import Letter
from .second import address, changed_alone, split
from .text_queries import texts_of_letter


@dataclass(frozen=True)
class DraftRow:
    """One field, or a block's two; and what is to be said of them."""

    fields: list[BoundField]
    warning: str = ""


def draft_rows(form: DraftForm, letter: Letter) -> list[DraftRow]:
    """The rows of a draft's form; `letter` has the texts that it was begun with at hand (queries.whole)."""
    alone = changed_alone(letter.blocks, texts_of_letter(letter), letter.also) if letter.also else {}
    rows = []
    for field in form.own:
        language, name = split(field.name.removeprefix(BLOCK_PREFIX))
        if language:
            continue  # it stands beside the first one
        if letter.also and field.name.startswith(BLOCK_PREFIX):
            other = form[BLOCK_PREFIX + address(letter.also, name)]
            rows.append(DraftRow([field, other], _warning(letter, alone[name]) if name in alone else ""))
        else:
            rows.append(DraftRow([field]))
    return rows


def _warning(letter: Letter, changed: str) -> str:
    languages = [letter.language, letter.also]
    if changed:
        languages.reverse()
    first, other = map(language_word, languages)
    words = _("Changed in %(language)s alone. Does the part in %(other)s still say the same?")
    return words % {"language": first, "other": other}
