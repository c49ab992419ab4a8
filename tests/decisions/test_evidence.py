"""What shows that answers were given which somebody recorded on behalf of seats."""

import hashlib
import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import StoredFile
from decisions import services
from decisions.enums import AskedBy, Source
from decisions.ledger import Problem
from decisions.models import Decision, Event, Evidence, Position
from decisions.pages.erasing import erasable
from decisions.register import verify_register
from decisions.rule import Answer
from decisions.services import Given, Shown, record_answers
from tests.conftest import Cast, SignIn
from tests.decisions.conftest import a_pdf, answer, voting
from tests.decisions.tampering import run

REPLY = "From: noor@pantry.example\nYes, we agree. Noor"
PHOTO = b"\x89PNG\r\n\x1a\n a photo"


def at(decision: Decision, name: str, **more: object) -> str:
    return reverse(f"decisions:{name}", kwargs={"district": "larkmoor", "uid": decision.uid, **more})


def typed(decision: Decision, *answers: str, **more: object) -> dict[str, object]:
    """The form of answers as it is sent."""
    seats = voting(decision)
    chosen = {f"answer-{seat.uid}": word for seat, word in zip(seats, answers, strict=False)}
    return {"source": "email", **chosen, **more}


def a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("note.png", PHOTO)


def recorded(cast: Cast, decision: Decision, shown: Shown | None, answers: int = 2) -> list[Position]:
    given = [Given(seat, Answer.YES, source=Source.EMAIL) for seat in voting(decision)[:answers]]
    return record_answers(decision=decision, given=given, shown=shown, by=cast.coordinator)


def history(client: Client, decision: Decision) -> str:
    return client.get(at(decision, "history")).content.decode()


def test_it_is_folded_on_the_form_and_nobody_must_give_it(opened: Decision, coordinator: Client) -> None:
    page = coordinator.get(at(opened, "answers")).content.decode()
    assert '<details class="pp-more"><summary>Add what shows it</summary>' in page
    coordinator.post(at(opened, "answers"), typed(opened, "yes"))
    assert (Position.objects.filter(source=Source.EMAIL).count(), Evidence.objects.count()) == (1, 0)


def test_a_pasted_reply_and_a_file_are_kept_with_the_answers_just_recorded(
    opened: Decision, coordinator: Client
) -> None:
    sent = typed(opened, "yes", "no", evidence=REPLY, evidence_file=a_photo())
    assert coordinator.post(at(opened, "answers"), sent).status_code == 302
    [kept] = Evidence.objects.select_related("file", "sealed__event")
    assert (kept.text.split(), kept.file.name) == (REPLY.split(), "note.png")
    of_them = Position.objects.filter(sealed__event=kept.sealed.event)
    assert [position.answer for position in of_them] == ["yes", "no"]


def test_those_who_record_read_it_and_others_see_that_there_is_some(
    cast: Cast, opened: Decision, coordinator: Client, sign_in: SignIn
) -> None:
    recorded(cast, opened, Shown("They agreed on the phone.", a_pdf("reply")))
    kept = Evidence.objects.get()
    page = history(coordinator, opened)
    assert "They agreed on the phone." in page
    assert at(opened, "evidence", file=kept.uid) in page
    other = history(sign_in(cast.viewer), opened)
    assert ("With evidence" in other, "They agreed" in other, "reply.pdf" in other) == (True, False, False)


def test_its_file_comes_to_those_who_record_alone(
    cast: Cast, opened: Decision, coordinator: Client, sign_in: SignIn
) -> None:
    recorded(cast, opened, Shown(upload=a_pdf("reply")))
    url = at(opened, "evidence", file=Evidence.objects.get().uid)
    assert coordinator.get(url).content == b"%PDF-1.7 reply"
    assert sign_in(cast.viewer).get(url).status_code == 403
    assert sign_in(cast.bellwether_principal).get(url).status_code == 404


def test_evidence_without_a_file_has_none_to_open(cast: Cast, opened: Decision, coordinator: Client) -> None:
    recorded(cast, opened, Shown("They agreed."))
    assert coordinator.get(at(opened, "evidence", file=Evidence.objects.get().uid)).status_code == 404


def test_an_answer_without_evidence_has_no_mark(cast: Cast, opened: Decision, coordinator: Client) -> None:
    answer(opened, "yes", by=cast.coordinator)
    assert "With evidence" not in history(coordinator, opened)


def test_evidence_is_of_its_own_recording_alone(cast: Cast, opened: Decision, coordinator: Client) -> None:
    recorded(cast, opened, Shown("They agreed."), answers=1)
    recorded(cast, opened, None, answers=3)
    page = coordinator.get(at(opened, "history")).context["page"]
    assert [said.shown is not None for said in page.rounds[0].answers] == [True, False, False, False]


def test_the_register_seals_the_text_and_holds_the_files_code(cast: Cast, opened: Decision) -> None:
    recorded(cast, opened, Shown(REPLY, a_pdf("reply")))
    event, kept = Event.objects.latest("seq"), Evidence.objects.get()
    entry = json.loads(event.body)
    assert (entry["kind"], entry["evidence"], entry["sha256"], entry["shown"]) == (
        "answered",
        str(kept.uid),
        hashlib.sha256(b"%PDF-1.7 reply").hexdigest(),
        kept.sealed.digest,
    )
    assert ("noor" in event.body, "reply.pdf" in event.body) == (False, False)
    assert kept.sealed.person == {"evidence": REPLY, "file": "reply.pdf"}
    assert verify_register(district=cast.larkmoor).problem is None


def test_a_swapped_file_is_found(cast: Cast, opened: Decision) -> None:
    recorded(cast, opened, Shown(REPLY, a_pdf("reply")))
    kept = Evidence.objects.select_related("file", "sealed__event").get()
    with default_storage.open(kept.file.path, "wb") as file:
        file.write(b"%PDF-1.7 no")
    assert verify_register(district=cast.larkmoor).problem == Problem(kept.sealed.event.seq, "swapped")


def test_evidence_that_no_entry_recorded_is_found(cast: Cast, opened: Decision) -> None:
    recorded(cast, opened, Shown(REPLY))
    recorded(cast, opened, None)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE decisions_evidence DISABLE TRIGGER USER")
    run("DELETE FROM decisions_evidence")
    assert verify_register(district=cast.larkmoor).problem == Problem(
        Event.objects.latest("seq").seq, "evidence"
    )


def test_erased_it_is_gone_with_its_file_and_pages_say_so(
    cast: Cast, opened: Decision, coordinator: Client, django_capture_on_commit_callbacks
) -> None:
    recorded(cast, opened, Shown(REPLY, a_pdf("reply")))
    kept = Evidence.objects.select_related("file", "sealed").get()
    path = kept.file.path
    assert [one.words for one in erasable(opened) if "What shows answers" in one.words] == [
        f"What shows answers: {REPLY}. A file: reply.pdf"
    ]
    with django_capture_on_commit_callbacks(execute=True):
        services.erase(text=kept.sealed, asked_by=AskedBy.SEAT, because="Wish.", by=cast.staff)
    assert (default_storage.exists(path), StoredFile.objects.get().name) == (False, "…")
    assert verify_register(district=cast.larkmoor).problem is None
    page = history(coordinator, opened)
    assert ("noor@pantry" in page, "at the request of the seat that had said it." in page) == (False, True)
    assert coordinator.get(at(opened, "evidence", file=kept.uid)).status_code == 404


def test_evidence_without_an_answer_is_not_lost_in_silence(opened: Decision, coordinator: Client) -> None:
    page = coordinator.post(at(opened, "answers"), typed(opened, evidence=REPLY)).content.decode()
    assert "Choose or change the answers that this shows." in page
    assert "Yes, we agree." in page
    assert Position.objects.filter(source=Source.EMAIL).count() == 0


def test_what_is_wrong_with_it_is_said_and_nothing_is_recorded(opened: Decision, coordinator: Client) -> None:
    sent = typed(opened, "yes", evidence="x" * 4001, evidence_file=SimpleUploadedFile("a.exe", b"MZ"))
    page = coordinator.post(at(opened, "answers"), sent)
    text = page.content.decode()
    assert "This is no PDF, PNG, JPEG or Word file (DOCX)." in text
    assert "Choose the file once more: it was not kept." in text
    assert '<details class="pp-more" open><summary>Add what shows it</summary>' in text
    assert list(page.context["shows"].errors) == ["evidence", "evidence_file"]
    assert Position.objects.filter(source=Source.EMAIL).count() == 0


def test_what_looks_like_a_students_record_is_warned_of_once(opened: Decision, coordinator: Client) -> None:
    sent = typed(opened, "yes", evidence="Student ID 1234567 came along.")
    page = coordinator.post(at(opened, "answers"), sent)
    assert ("This looks like a student" in page.content.decode(), "Save anyway" in page.content.decode()) == (
        True,
        True,
    )
    sent["warned"] = page.context["shows"]["warned"].value()
    assert coordinator.post(at(opened, "answers"), sent).status_code == 302
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("n", [1, 3])
def test_all_versions_ask_as_often_with_one_as_with_three(
    cast: Cast, opened: Decision, coordinator: Client, django_assert_num_queries, n: int
) -> None:
    for number in range(n):
        recorded(cast, opened, Shown("They agreed.", a_pdf(f"reply {number}")), answers=n)
    with django_assert_num_queries(14):
        history(coordinator, opened)
