"""What stands around the blocks of every letter, in the letter's own language, whoever looks at it.

These are words on paper, not of the pages, so they do not follow the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """The fixed words of a letter, and its formats of dates, as date_format reads them."""

    reference: str
    reference_later: str
    dear: str
    closing: str
    signs_for: str
    copy_to: str
    no_obligation: str
    check: str
    check_at: str
    check_later: str
    qr: str
    told_by: str
    found: str
    day: str
    month: str
    short_day: str
    meeting: str
    and_word: str


ENGLISH = Phrases(
    reference="Our reference: {reference}",
    reference_later="given when signed",
    dear="Dear {name}:",
    closing="Sincerely,",
    signs_for="for {name}",
    copy_to="cc: {names}",
    no_obligation="This letter creates no obligation for the district.",
    check="To check that it is ours, scan the code or enter",
    check_at="at",
    check_later="Once it is signed, a code stands here with which anybody can check it.",
    qr="QR code that opens the page on which this letter can be checked",
    told_by="{name} told me of your work.",
    found="I found you in our community directory.",
    day="F j, Y",
    month="F Y",
    short_day="l, F j",
    meeting=r"l, F j, \a\t g:i a",
    and_word="and",
)
SPANISH = Phrases(
    reference="Nuestra referencia: {reference}",
    reference_later="se asigna al firmar",
    dear="Apreciable {name}:",
    closing="Atentamente,",
    signs_for="en nombre de {name}",
    copy_to="c. c.: {names}",
    no_obligation="Esta carta no crea ninguna obligación para el distrito.",
    check="Para comprobar que es nuestra, escanee el código o escriba",
    check_at="en",
    check_later="Una vez firmada, aquí habrá un código con el que cualquier persona puede comprobarla.",
    qr="Código QR que abre la página donde se puede comprobar esta carta",
    told_by="{name} me habló de su trabajo.",
    found="Encontré su organización en nuestro directorio comunitario.",
    day=r"j \d\e F \d\e Y",
    month=r"F \d\e Y",
    short_day=r"l j \d\e F",
    meeting=r"l j \d\e F \a \l\a\s g:i a",
    and_word="y",
)
PHRASES = {"en": ENGLISH, "es": SPANISH}


def join(items: Sequence[str], language: str) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    word = PHRASES[language].and_word
    if language == "es" and items and items[-1].lower().startswith(("i", "hi")):
        word = "e"
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
