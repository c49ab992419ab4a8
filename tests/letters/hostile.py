"""A thousand hostile letters: each text that attacks, at each place of a letter where people put text; and
fourteen kinds of bomb, in five of its blocks."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from letters.models import Letter
from partners.models import SchoolFigure
from tests.press import hostile

CHARACTERS = 120  # what every field of a record takes

PLACEHOLDERS = [
    "{{partner.name}}",
    "{{ {{partner.name}} }}",
    "{{partner.{{school.name}}}}",
    "{{{{partner.name}}}}",
    "{{partner.name|safe}}",
    "{{signer.name.__class__}}",
    "{% load i18n %}{% debug %}",
    "{% csrf_token %}{% url 'admin:index' %}",
    "{# {{ settings.SECRET_KEY }} #}{% comment %}",
]
MARKDOWN = [
    f"![x]({hostile.PASSWD})",
    f"[x]({hostile.PASSWD})",
    "[x](javascript:fetch(1))",
    f"<{hostile.NEARBY}>",
]
OTHERS = [
    hostile.EPS.decode(),
    "<table><tr><td>" * 6 + "x" + "</td></tr></table>",
    "&lt;script&gt;fetch(1)&lt;/script&gt;&#60;script>",
    f'</p></main></body><body><img src="{hostile.PASSWD}">',
    "\u202e\u2066evil\u2069\u202c",
]
TEXTS = [
    *(PLACEHOLDERS + MARKDOWN + OTHERS),
    *(hostile.TEMPLATES + hostile.ADDRESSES + hostile.ELEMENTS + hostile.ATTRIBUTES),
    *map(hostile.css, hostile.STYLES),
    *map(hostile.drawing, hostile.DRAWINGS),
    *(hostile.LINKS + hostile.HEADS + hostile.ONLY_TEXT),
]
BOMBS = {
    "asterisks": "*" * 20_000,
    "bold in bold": "**a *b " * 5_000,
    "lists in lists": "\n".join(f"{'  ' * depth}- x" for depth in range(200)),
    "a list of ten thousand": "- x\n" * 10_000,
    "paragraphs": "x\n\n" * 10_000,
    "lines": "x\n" * 20_000,
    "a word without end": "x" * 300_000,
    "words without end": "word " * 200_000,
    "a letter under its accents": "a" + "\u0301" * 200_000,
    "invisible signs": "\u200b" * 500_000,
    "braces": "{{" * 50_000,
    "one placeholder, again and again": "{{partner.name}} " * 20_000,
    "backslashes": "\\" * 100_000,
    "tags in tags": "<div>" * 20_000,
}


@dataclass(frozen=True)
class Hostile:
    """A text, and the place of a letter at which it stands."""

    name: str
    place: str
    text: str
    bomb: bool = False


def set_block(letter: Letter, name: str, text: str) -> None:
    letter.blocks = [block | ({"text": text} if block["name"] == name else {}) for block in letter.blocks]


def set_field(thing: Any, field: str, text: str) -> None:
    setattr(thing, field, text)
    thing.save(update_fields=[field])


RECORDS: dict[str, Callable[[Letter, str], None]] = {
    "partner": lambda letter, text: set_field(letter.partnership.partner, "name", text),
    "contact": lambda letter, text: set_field(letter.contact, "name", text),
    "salutation": lambda letter, text: set_field(letter.contact, "salutation", text),
    "service": lambda letter, text: set_field(letter.partnership.partner.services.first(), "name", text),
    "figure": lambda letter, text: set_field(SchoolFigure.objects.first(), "sentence", text),
    "who told of them": lambda letter, text: setattr(letter, "suggested_by", text),
    "school": lambda letter, text: set_field(letter.school, "name", text),
}
BLOCKS = ("subject", "opening", "close")
BOMBED = ("subject", "opening", "why_you", "ask", "close")


def put(letter: Letter, hostile: Hostile) -> None:
    """Have the text stand at its place, in the letter or in the records that it speaks of."""
    if hostile.place in RECORDS:
        RECORDS[hostile.place](letter, hostile.text)
    else:
        set_block(letter, hostile.place, hostile.text)
    letter.save()


HOSTILE = [
    *(
        Hostile(f"{text} in {place}", place, text[:CHARACTERS] if place in RECORDS else text)
        for text, place in product(TEXTS, (*BLOCKS, *RECORDS))
    ),
    *(
        Hostile(f"{name} in {place}", place, text, bomb=True)
        for (name, text), place in product(BOMBS.items(), BOMBED)
    ),
]
