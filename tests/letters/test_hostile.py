"""A thousand hostile letters, from their records to paper: none opens a file or a socket, each ends within
ten seconds, its text stands as text or is refused in a sentence, and the portal serves on.

A tenth of them in the plain run, each text at another place; all where PORTAL_FULL is set. Two watchers see
what the press opens, who cannot see each other: an audit hook inside its child, and strace outside.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags

from accounts.urls_in import url_in
from letters import refusals, services
from letters.blocks import to_html
from letters.models import Letter
from letters.sheet import document, proof
from press.documents import Pdf, Refusal
from tests.conftest import SignIn, _cast
from tests.full import FULL
from tests.letters.conftest import fill_school, make_letter, make_partnership
from tests.letters.hostile import HOSTILE, RECORDS, Hostile, put
from tests.letters.printed import sheet_of, text_of
from tests.press.running import RunningPress
from tests.press.watching import Seen, need_tracing, watch

A_TENTH = [each for place, each in enumerate(HOSTILE) if place % 10 == place // 10 % 10]
TRIED = HOSTILE if FULL else A_TENTH
SECONDS = 10
IN_THE_WINDOW = 40  # signs, of the smallest type

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Outcome:
    """What became of a letter: named gaps, what the press made of it and in which time, the portal's page."""

    problems: list[str]
    seen: Seen
    status: int
    page: str


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The fixed cast, made once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield from _cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def letter(cast: Any) -> Letter:
    fill_school(cast.quillback)
    return make_letter(cast, make_partnership(cast.quillback))


@pytest.fixture(scope="module")
def outcomes(cast: Any, letter: Letter) -> dict[str, Outcome]:
    """Each letter composed out of records that hold its text, shown by the portal, and printed under watch;
    an ordinary one comes last."""
    need_tracing()
    client = Client()
    client.force_login(cast.coordinator.user, backend="django.contrib.auth.backends.ModelBackend")
    pages, documents = [], []
    for hostile in TRIED:
        with transaction.atomic():
            put(Letter.objects.get(pk=letter.pk), hostile)
            answer = client.get(url_in(cast.larkmoor, "letters:preview", uid=letter.uid))
            sheet = sheet_of(letter)
            problems = [problem.words for problem in sheet.problems]
            documents.append(proof(sheet) if problems else document(sheet))
            pages.append((problems, answer.status_code, answer.content.decode()))
            transaction.set_rollback(True)
    *seen, last = watch([*documents, document(sheet_of(letter))])
    assert isinstance(last.answer, Pdf)
    return {
        hostile.name: Outcome(problems, one, status, page)
        for hostile, one, (problems, status, page) in zip(TRIED, seen, pages, strict=True)
    }


def squeezed(text: str) -> str:
    """Without space, and without hyphens: `pdftotext` takes one at the end of a line for a divided word's."""
    return "".join(text.split()).replace("-", "")


def as_text(hostile: Hostile) -> str:
    """What a reader sees of the text: in a block, ours is filled in, and stars and backslashes are marks; the
    window of the envelope shows the beginning of what is too long for it."""
    if hostile.place in RECORDS:
        return squeezed(hostile.text[:IN_THE_WINDOW])
    text = hostile.text if hostile.place == "subject" else html.unescape(strip_tags(to_html(hostile.text)))
    for name, value in (("partner", "Tamarack Youth Counseling"), ("school", "Quillback Middle School")):
        text = text.replace(f"{{{{{name}.name}}}}", value)
    return squeezed(text)


def test_there_are_a_thousand_different_ones_and_fourteen_kinds_of_bomb() -> None:
    assert len({(each.place, each.text) for each in HOSTILE}) == len(HOSTILE) == 1000
    assert len({each.name.rpartition(" in ")[0] for each in HOSTILE if each.bomb}) == 14


@pytest.mark.parametrize("hostile", TRIED, ids=lambda hostile: hostile.name[:60])
def test_a_hostile_letter_opens_nothing_and_ends_as_text_or_as_a_sentence(
    hostile: Hostile, outcomes: dict[str, Outcome]
) -> None:
    outcome = outcomes[hostile.name]
    assert (outcome.seen.audited, outcome.seen.traced, outcome.status) == ([], [], 200)
    assert outcome.seen.seconds < SECONDS  # ended by the clocks of the press, a second or two before
    assert [tag for tag in ("<script", "<img", "<iframe", "<object", "<svg") if tag in outcome.page] == []
    answer = outcome.seen.answer
    if isinstance(answer, Refusal):
        assert refusals.sentence(refusals.kept(answer)) not in ("", answer.reason)
    elif not outcome.problems and not hostile.bomb:
        assert answer.pages <= 2
        assert as_text(hostile) in squeezed(text_of(answer))
    assert all(words.endswith(".") for words in outcome.problems)


def test_behind_a_bomb_the_portal_signs_the_next_letter(
    cast: Any, letter: Letter, press: RunningPress, sign_in: SignIn
) -> None:
    bomb = next(each for each in TRIED if each.bomb)
    with transaction.atomic():
        put(Letter.objects.get(pk=letter.pk), bomb)
        with pytest.raises((services.CannotPrint, services.LetterTooLong)) as refused:
            services.hand_in(letter=letter, version=letter.version, by=cast.coordinator)
        transaction.set_rollback(True)
    assert refused.type in (services.CannotPrint, services.LetterTooLong)
    fresh = Letter.objects.get(pk=letter.pk)
    services.sign_letter(letter=fresh, version=fresh.version, by=cast.principal)
    page = sign_in(cast.principal).get(url_in(cast.larkmoor, "letters:page", uid=letter.uid))
    assert (page.status_code, Letter.objects.get(pk=letter.pk).state) == (200, "signed")
