"""A draft saves itself while one types: what is right of it, by compare-and-set."""

import datetime

from accounts import clock
from letters.models import Letter
from tests.conftest import Cast, SignIn
from tests.letters.test_missing import text_of
from tests.letters.test_pages import at, form_of


def test_what_was_typed_is_saved_and_the_page_is_told_when(cast: Cast, draft: Letter, sign_in: SignIn):
    answer = sign_in(cast.coordinator).post(at(draft, "keep"), form_of(draft, block_ask="Shall we talk?"))
    assert text_of(draft, "ask") == "Shall we talk?"
    assert (answer.status_code, answer.json()["version"]) == (200, draft.version)
    assert answer.json()["words"].startswith("Saved at ")


def test_the_same_again_makes_no_version(cast: Cast, draft: Letter, sign_in: SignIn):
    answer = sign_in(cast.coordinator).post(at(draft, "keep"), form_of(draft))
    assert answer.json()["version"] == draft.version == Letter.objects.get().version


def test_what_is_not_right_stays_in_the_browser_and_the_rest_is_saved(
    cast: Cast, draft: Letter, sign_in: SignIn
):
    yesterday, kept = clock.today(draft.school) - datetime.timedelta(days=1), draft.reply_by
    typed = form_of(draft, reply_by=yesterday.isoformat(), block_subject="", block_ask="Shall we talk?")
    subject = text_of(draft, "subject")
    answer = sign_in(cast.coordinator).post(at(draft, "keep"), typed)
    assert answer.status_code == 200
    assert (text_of(draft, "ask"), text_of(draft, "subject"), draft.reply_by) == (
        "Shall we talk?",
        subject,
        kept,
    )


def test_a_value_for_this_letter_alone_is_saved_too(cast: Cast, draft: Letter, sign_in: SignIn):
    typed = form_of(draft, **{"supplied-school.place": "Old Larkmoor"})
    sign_in(cast.coordinator).post(at(draft, "keep"), typed)
    assert Letter.objects.get().supplied == {"school.place": "Old Larkmoor"}


def test_what_somebody_else_saved_meanwhile_is_not_written_over(cast: Cast, draft: Letter, sign_in: SignIn):
    stale = form_of(draft, block_ask="Mine?")
    sign_in(cast.preparer).post(at(draft, "edit"), form_of(draft, block_ask="Theirs?"))
    for typed in (stale, form_of(draft), {}):
        answer = sign_in(cast.coordinator).post(at(draft, "keep"), typed)
        assert answer.status_code == 409
        assert answer.json() == {
            "words": "Somebody changed this letter meanwhile. Save to see both texts and compare."
        }
    assert text_of(draft, "ask") == "Theirs?"


def test_a_letter_that_was_handed_in_stays_as_it_is(cast: Cast, waiting: Letter, sign_in: SignIn):
    answer = sign_in(cast.coordinator).post(at(waiting, "keep"), form_of(waiting, block_ask="Mine?"))
    assert (answer.status_code, answer.json()) == (
        409,
        {"words": "This letter is not a draft any more: your text is not saved."},
    )
    assert Letter.objects.get().version == waiting.version


def test_signed_out_nothing_is_saved_and_the_answer_leads_to_sign_in(
    cast: Cast, draft: Letter, sign_in: SignIn
):
    client = sign_in(cast.coordinator)
    client.logout()
    answer = client.post(at(draft, "keep"), form_of(draft, block_ask="Mine?"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")
    assert Letter.objects.get().version == draft.version
