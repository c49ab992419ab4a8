"""Number and code first, then print, then freeze."""

import datetime
import hashlib
import io

import pypdf
import pytest
from django.db import connection, transaction
from django.db.utils import Error

from accounts import clock
from accounts.models import Task
from accounts.versions import ChangedMeanwhile
from letters import queries, services
from letters.composing import compose
from letters.enums import EventKind, State
from letters.models import Letter, LetterNumber, SignedLetter
from letters.numbers import shown
from letters.sheet import document
from letters.tasks import sweep_signatures
from partners.enums import Stage
from partners.models import Partnership, StageChange
from press import client
from press.documents import Document, Pdf, PressUnavailable, Reason, Refusal
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership
from tests.press.running import RunningPress

YEAR = datetime.timedelta(days=365)


def sign(letter: Letter, cast: Cast) -> SignedLetter:
    return services.sign_letter(letter=letter, version=letter.version, by=cast.principal)


def take(letter: Letter, cast: Cast) -> LetterNumber:
    """A number whose PDF is still being printed."""
    letter.refresh_from_db()
    return services.taking.take(
        letter, version=letter.version, send=False, principal=cast.principal, by=cast.principal
    )


def kinds(letter: Letter) -> list[str]:
    return [event.kind for event in letter.events.all()]


def test_a_signed_letter_is_kept_with_its_bytes_and_their_hash(signed: Letter):
    kept = signed.signed
    assert kept.reference == signed.reference == LetterNumber.objects.get().reference
    assert kept.sha256 == hashlib.sha256(bytes(kept.pdf)).hexdigest()
    assert kept.signer == {"name": "Dr. Rosalind Oyelaran", "title": "Principal"}
    assert kept.recipient["lines"] == [
        "Odile Brandt",
        "Executive Director",
        "Tamarack Youth Counseling",
        "18 Quarry Lane",
        "Larkmoor TX 00000",
    ]
    assert kinds(signed) == [EventKind.HANDED_IN, EventKind.SIGNED]


def test_the_pdf_says_what_was_signed(signed: Letter):
    text = pypdf.PdfReader(io.BytesIO(bytes(signed.signed.pdf))).pages[0].extract_text()
    assert f"Our reference: {signed.reference}" in text
    assert shown(signed.signed.code) in text
    assert "Dear Ms. Brandt:" in text
    assert "Families here know Tamarack Youth Counseling for" in text
    assert "{{" not in text


def test_references_count_up_by_school_and_school_year(cast: Cast, signed: Letter, new_partner: Partnership):
    year = clock.today(cast.quillback).year - (clock.today(cast.quillback).month < 8)
    prefix = f"QMS-{year % 100}{year % 100 + 1}"
    second = sign(make_letter(cast, new_partner), cast)
    assert [signed.reference, second.reference] == [f"{prefix}-001", f"{prefix}-002"]


def test_a_signature_gives_the_caller_the_promised_call_and_leaves_the_stage(cast: Cast, signed: Letter):
    assert signed.partnership.stage == Stage.IDENTIFIED
    assert list(StageChange.objects.all()) == []
    task = Task.objects.get()
    assert (task.kind, task.owner, task.due_on) == ("promised_call", cast.coordinator, signed.call_on)
    assert task.title == f"Call Odile Brandt at Tamarack Youth Counseling about letter {signed.reference}"


def test_its_mail_is_wanted_where_the_contact_has_an_address(signed: Letter):
    assert signed.mail_wanted_at == signed.signed_at


def test_nobody_but_a_principal_of_the_school_signs(cast: Cast, waiting: Letter):
    for member in (cast.coordinator, cast.preparer, cast.staff, cast.viewer, cast.bellwether_principal):
        with pytest.raises(services.NotTheSigner):
            services.sign_letter(letter=waiting, version=waiting.version, by=member)
    assert LetterNumber.objects.count() == 0


def test_a_letter_changed_meanwhile_is_not_signed_and_takes_no_number(cast: Cast, waiting: Letter):
    with pytest.raises(ChangedMeanwhile):
        services.sign_letter(letter=waiting, version=waiting.version - 1, by=cast.principal)
    assert LetterNumber.objects.count() == 0


def test_a_letter_is_signed_once(cast: Cast, signed: Letter):
    with pytest.raises(services.NotThisState):
        sign(signed, cast)
    assert LetterNumber.objects.count() == 1


def test_the_signer_s_own_draft_needs_no_handing_in(cast: Cast, draft: Letter, press: RunningPress):
    assert sign(draft, cast).letter.state == State.SIGNED


def test_an_incomplete_letter_takes_no_number(cast: Cast, draft: Letter):
    services.edit_draft(letter=draft, version=draft.version, by=cast.coordinator, call_on=None)
    with pytest.raises(services.LetterIncomplete) as told:
        sign(draft, cast)
    assert str(told.value) == "We call on, in “What happens next”: no date, or one that is over."
    assert LetterNumber.objects.count() == 0


def test_a_silent_press_leaves_the_signature_waiting_and_the_sweep_finishes_it(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as away:
        away.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
        with pytest.raises(services.SignatureWaits) as told:
            sign(waiting, cast)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.signed_at) == (State.SIGNING, None)
    LetterNumber.objects.update(taken_at=clock.now() - services.signing.GRACE * 2)
    assert sweep_signatures() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reference) == (State.SIGNED, str(told.value))
    assert sweep_signatures() == 0


def test_the_sweep_leaves_alone_what_is_under_way_and_what_the_press_cannot_take_yet(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
    with pytest.raises(services.SignatureWaits):
        sign(waiting, cast)
    assert sweep_signatures() == 0
    LetterNumber.objects.update(taken_at=clock.now() - services.signing.GRACE * 2)
    assert sweep_signatures() == 0
    assert LetterNumber.objects.get().voided_at is None


def test_a_press_that_stopped_over_a_letter_is_waited_for(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as stopped:
        stopped.setattr(client, "render", lambda documents: [client.STOPPED])
        with pytest.raises(services.SignatureWaits):
            sign(waiting, cast)
        LetterNumber.objects.update(taken_at=clock.now() - services.signing.GRACE * 2)
        assert sweep_signatures() == 0
    waiting.refresh_from_db()
    number = LetterNumber.objects.get()
    assert (waiting.state, number.voided_at, number.tries) == (State.SIGNING, None, 2)
    assert sweep_signatures() == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reference) == (State.SIGNED, number.reference)


def test_a_letter_that_stops_the_press_every_time_gives_its_number_up(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "render", lambda documents: [client.STOPPED])
    number = take(waiting, cast)
    LetterNumber.objects.update(taken_at=clock.now() - services.signing.GRACE * 2)
    assert [sweep_signatures() for _ in range(5)] == [0, 0, 0, 0, 1]
    waiting.refresh_from_db()
    number.refresh_from_db()
    assert (waiting.state, number.void_reason) == (State.TO_SIGN, "stopped")


def test_a_letter_over_which_the_press_stops_holds_the_others_up_once(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    fatal = take(make_letter(cast, make_partnership(cast.quillback, "Second Partner")), cast)
    other = take(waiting, cast)
    LetterNumber.objects.update(taken_at=clock.now() - services.signing.GRACE * 2)
    real = client.render

    def stops(documents: list[Document]) -> list[Pdf | Refusal]:
        return [client.STOPPED] if fatal.reference in documents[0].html else real(documents)

    monkeypatch.setattr(client, "render", stops)
    assert [sweep_signatures() for _ in range(2)] == [0, 1]
    assert SignedLetter.objects.get().number == other


def test_what_is_kept_is_kept_seven_years_by_the_school_s_own_day(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    late_evening = clock.at_local(datetime.date(2027, 3, 9), 22, waiting.school.tz)
    Letter.objects.update(meeting_1=late_evening + YEAR, meeting_2=late_evening + YEAR)
    Letter.objects.update(reply_by=(late_evening + YEAR).date(), call_on=(late_evening + YEAR).date())
    monkeypatch.setattr(clock, "now", lambda: late_evening)
    assert late_evening.astimezone(datetime.UTC).date() == datetime.date(2027, 3, 10)
    assert sign(waiting, cast).retain_until == datetime.date(2034, 3, 9)


def test_a_letter_that_the_press_refuses_gives_its_number_up_with_the_reason(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    refusal = Refusal(Reason.DEADLINE, "The document took too long.")
    with monkeypatch.context() as slow:
        slow.setattr(client, "render", lambda documents: [refusal])
        with pytest.raises(services.CannotPrint, match="deadline"):
            sign(waiting, cast)
    waiting.refresh_from_db()
    voided = LetterNumber.objects.get()
    assert (waiting.state, voided.void_reason) == (State.TO_SIGN, "deadline")
    assert kinds(waiting) == [EventKind.HANDED_IN, EventKind.VOIDED]
    assert sign(waiting, cast).reference.endswith("-002")


def test_finishing_twice_freezes_once(signed: Letter):
    number = LetterNumber.objects.get()
    assert services.finish_number(number=number) == signed.signed
    assert SignedLetter.objects.count() == 1


def test_a_press_that_answers_late_does_not_end_the_next_number(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    real = client.render
    [pdf] = real([document(compose(queries.whole(Letter.objects.all()).get()))])
    for late in (pdf, Refusal(Reason.DEADLINE, "The document took too long.")):
        slow = take(waiting, cast)
        services.freezing.void(slow, "Nobody waited any longer.")
        next_one = take(waiting, cast)
        monkeypatch.setattr(client, "render", lambda documents, late=late: [late])
        with pytest.raises(services.CannotPrint, match="Nobody waited any longer"):
            services.finish_number(number=slow)
        assert list(LetterNumber.objects.unfinished()) == [next_one]
        waiting.refresh_from_db()
        assert waiting.state == State.SIGNING
        services.freezing.void(next_one, "Try once more.")
    monkeypatch.setattr(client, "render", real)
    waiting.refresh_from_db()
    assert sign(waiting, cast).reference.endswith("-005")


def test_a_refusal_that_comes_late_shows_what_was_signed(signed: Letter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "render", lambda documents: [Refusal(Reason.DEADLINE, "Too long.")])
    assert services.finish_number(number=LetterNumber.objects.get()) == signed.signed


def test_one_number_that_breaks_does_not_hold_the_others_up(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    broken = make_letter(cast, make_partnership(cast.quillback, "Second Partner"))
    numbers = [take(letter, cast) for letter in (broken, waiting)]
    before = clock.now() - services.signing.GRACE * 2
    LetterNumber.objects.filter(pk=numbers[0].pk).update(fixed={"sheet": {}, "send": False}, taken_at=before)
    LetterNumber.objects.filter(pk=numbers[1].pk).update(taken_at=before)
    assert sweep_signatures() == 1
    assert list(LetterNumber.objects.unfinished()) == [numbers[0]]


@pytest.mark.parametrize("table", ["signedletter", "letterevent", "templateversion"])
def test_what_was_signed_cannot_be_changed_or_deleted(signed: Letter, table: str):
    for statement in (f"UPDATE letters_{table} SET id = id", f"DELETE FROM letters_{table}"):
        with pytest.raises(Error, match="kept as written"), transaction.atomic():
            connection.cursor().execute(statement)


def test_an_unavailable_press_is_named_when_a_letter_is_handed_in(
    cast: Cast, draft: Letter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
    with pytest.raises(PressUnavailable):
        services.hand_in(letter=draft, version=draft.version, by=cast.coordinator)
