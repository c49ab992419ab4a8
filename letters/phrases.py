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
    follows: str
    qr: str
    logo: str
    signature: str
    told_by: str
    found: str
    day: str
    month: str
    short_day: str
    meeting: str
    and_word: str
    agreement_until: str
    agreement_open: str
    agreement_over: str
    agreement_none: str
    papers_due: str
    paper_until: str
    paper_over: str
    papers_none: str
    met_on: str
    met: str
    wrote_on: str
    wrote: str
    reported: str


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
    follows="This letter follows in English.",
    qr="QR code that opens the page on which this letter can be checked",
    logo="Logo of {name}",
    signature="Signature of {name}",
    told_by="{name} told me of your work.",
    found="I found you in our community directory.",
    day="F j, Y",
    month="F Y",
    short_day="l, F j",
    meeting=r"l, F j, \a\t g:i a",
    and_word="and",
    agreement_until="Our agreement runs until {day}",
    agreement_open="Our agreement has no end date",
    agreement_over="Our agreement ended on {day}",
    agreement_none="We have no agreement in writing yet",
    papers_due="Papers due: {papers}",
    paper_until="{paper} (by {day})",
    paper_over="{paper} (ended {day})",
    papers_none="No papers are due now",
    met_on="You met with us on {day}",
    met="You took the time to talk with us",
    wrote_on="You have our letter of {day} ({reference})",
    wrote="You have heard from our school before",
    reported="{result} (your own report for {year})",
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
    follows="Esta carta sigue en español.",
    qr="Código QR que abre la página donde se puede comprobar esta carta",
    logo="Logotipo de {name}",
    signature="Firma de {name}",
    told_by="{name} me habló de su trabajo.",
    found="Encontré su organización en nuestro directorio comunitario.",
    day=r"j \d\e F \d\e Y",
    month=r"F \d\e Y",
    short_day=r"l j \d\e F",
    meeting=r"l j \d\e F \a \l\a\s g:i a",
    and_word="y",
    agreement_until="Nuestro acuerdo vence el {day}",
    agreement_open="Nuestro acuerdo no tiene fecha de vencimiento",
    agreement_over="Nuestro acuerdo venció el {day}",
    agreement_none="Todavía no tenemos un acuerdo por escrito",
    papers_due="Documentos por renovar: {papers}",
    paper_until="{paper} (vence el {day})",
    paper_over="{paper} (venció el {day})",
    papers_none="No hay documentos pendientes",
    met_on="Usted se reunió con nosotros el {day}",
    met="Usted se tomó el tiempo de hablar con nosotros",
    wrote_on="Usted tiene nuestra carta del {day} ({reference})",
    wrote="Usted ya sabe de nuestra escuela",
    reported="{result} (según su informe de {year})",
)
PHRASES = {"en": ENGLISH, "es": SPANISH}


def join(items: Sequence[str], language: str) -> str:
    """A list in words: "a", "a and b", "a, b and c"."""
    word = PHRASES[language].and_word
    if language == "es" and items and items[-1].lower().startswith(("i", "hi")):
        word = "e"
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
