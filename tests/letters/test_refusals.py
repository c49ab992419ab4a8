"""What the press says in English comes out on pages in the reader's language."""

import pytest
from django.utils.translation import override

from letters import refusals, services
from letters.models import Letter, LetterEvent
from press import client
from press.documents import Reason, Refusal
from tests.conftest import Cast, SignIn

TOO_LONG = Refusal(Reason.DEADLINE, "The document took too long and was stopped.")
CHINESE = Refusal(Reason.UNKNOWN_CHARACTER, "The fonts cannot print 谢 (U+8C22).", about="谢 (U+8C22)")


def said(refusal: Refusal, language: str) -> str:
    with override(language):
        return refusals.sentence(refusals.kept(refusal))


@pytest.mark.parametrize("reason", Reason)
def test_each_kind_of_refusal_has_a_sentence_of_its_own_in_both_languages(reason: Reason):
    refusal = Refusal(reason, "The press's own words.")
    english, spanish = said(refusal, "en"), said(refusal, "es")
    assert len({english, spanish, refusal.words, reason.value}) == 4
    assert (english[-1], spanish[-1]) == (".", ".")


def test_no_two_kinds_say_the_same():
    assert len(set(map(str, refusals.SENTENCES.values()))) == len(Reason)


def test_the_characters_that_cannot_be_printed_are_named():
    assert said(CHINESE, "en") == "谢 (U+8C22) cannot be printed. Write it in another way."
    assert said(CHINESE, "es") == "No se puede imprimir 谢 (U+8C22). Escríbalo de otra manera."


def test_words_that_were_kept_before_there_were_kinds_come_out_as_they_are():
    assert refusals.sentence("The document took too long.") == "The document took too long."


def test_the_pages_of_a_letter_that_was_refused_say_why_in_the_reader_s_language(
    cast: Cast, waiting: Letter, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "render", lambda documents: [TOO_LONG])
    with pytest.raises(services.CannotPrint):
        services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal)
    event = LetterEvent.objects.get(kind="voided")
    reference = event.reason.split(":")[0]
    cast.principal.user.language = "es"
    cast.principal.user.save()
    page = sign_in(cast.principal).get(f"/d/larkmoor/letters/{waiting.uid}/").content.decode()
    why = f"{reference}: Tardó demasiado en imprimirse. Acorte una parte e inténtelo de nuevo."
    assert (event.reason, page.count(why)) == (f"{reference}: deadline", 2)
    assert "took too long" not in page


@pytest.mark.parametrize("act", ["sign", "proof"])
def test_the_message_after_signing_and_the_proof_say_why_in_the_reader_s_language(
    cast: Cast, waiting: Letter, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, act: str
):
    cast.principal.user.language = "es"
    cast.principal.user.save()
    monkeypatch.setattr(client, "render", lambda documents: [CHINESE])
    browser, page = sign_in(cast.principal), f"/d/larkmoor/letters/{waiting.uid}/"
    if act == "sign":
        answer = browser.post(f"{page}sign/", {"version": waiting.version}, follow=True)
    else:
        answer = browser.get(f"{page}proof.pdf", follow=True)
    [message] = answer.context["messages"]
    assert str(message).endswith("No se puede imprimir 谢 (U+8C22). Escríbalo de otra manera.")
