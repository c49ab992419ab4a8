"""Files of a question: added while it is open, opened by whoever may, and vouched for by the register."""

import hashlib
import io
import json
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import StoredFile
from decisions import paper, services
from decisions.enums import AskedBy
from decisions.ledger import Problem
from decisions.models import AnswerLink, Attachment, Decision, Event, Group
from decisions.pages.erasing import erasable
from decisions.register import verify_register
from partners.uploads import MOST_BYTES
from tests.access.asking import refuse_writes
from tests.conftest import Cast, SignIn
from tests.decisions.asked import address, asked_by_mail, seat_people
from tests.decisions.conftest import a_pdf, answer
from tests.pdf import text_of
from tests.press.running import RunningPress

PLAN = b"%PDF-1.7 the plan"


@pytest.fixture
def plan(cast: Cast, opened: Decision) -> Attachment:
    """The plan, added to the open question."""
    return services.attach_file(decision=opened, upload=a_pdf("plan", PLAN), by=cast.coordinator)


@pytest.fixture
def link(cast: Cast, opened: Decision) -> AnswerLink:
    """The pantry's link to the question."""
    seat_people(cast, opened.group)
    return asked_by_mail(cast, opened)


def at(decision: Decision, name: str, **more: object) -> str:
    return reverse(f"decisions:{name}", kwargs={"district": "larkmoor", "uid": decision.uid, **more})


def sent(name: str, content: bytes = PLAN) -> dict[str, object]:
    return {"upload": SimpleUploadedFile(name, content)}


def the_file(link: AnswerLink, plan: Attachment) -> str:
    return reverse("decide:file", kwargs={"token": link.token, "uid": plan.uid})


def close(cast: Cast, decision: Decision) -> None:
    answer(decision, *["yes"] * 5, by=cast.coordinator)
    services.close_decision(decision=decision, version=decision.version, by=cast.coordinator)


def test_a_file_is_added_on_a_page_of_its_own_and_stands_on_the_decisions_page(
    opened: Decision, coordinator: Client
) -> None:
    page = coordinator.post(at(opened, "attach"), sent("plan.pdf"), follow=True).content.decode()
    assert "plan.pdf is added. Those who are asked can open it." in page
    [row] = Attachment.objects.select_related("file")
    assert at(opened, "attached", file=row.uid) in page
    assert (row.file.name, row.file.sha256) == ("plan.pdf", hashlib.sha256(PLAN).hexdigest())


def test_a_file_comes_byte_for_byte_to_whoever_sees_the_decision(
    cast: Cast, opened: Decision, plan: Attachment, sign_in: SignIn
) -> None:
    url = at(opened, "attached", file=plan.uid)
    answered = sign_in(cast.viewer).get(url)
    assert answered.content == PLAN
    assert answered["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answered["Cache-Control"] == "private, no-store"
    assert sign_in(cast.bellwether_principal).get(url).status_code == 404


def test_the_register_holds_the_files_code_and_seals_its_name(plan: Attachment) -> None:
    event = Event.objects.latest("seq")
    entry = json.loads(event.body)
    assert (entry["kind"], entry["file"], entry["sha256"]) == (
        "attached",
        str(plan.uid),
        hashlib.sha256(PLAN).hexdigest(),
    )
    assert "plan.pdf" not in event.body
    assert plan.sealed.person == {"file": "plan.pdf"}


def test_a_decision_with_files_is_whole_in_the_register(
    cast: Cast, opened: Decision, plan: Attachment
) -> None:
    services.attach_file(decision=opened, upload=a_pdf("map"), by=cast.coordinator)
    close(cast, opened)
    assert verify_register(district=cast.larkmoor).problem is None


@pytest.fixture
def swapped(plan: Attachment) -> Iterator[None]:
    """Other bytes lie where the plan lay."""
    path = plan.file.path
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"%PDF-1.7 another plan"))
    return


def test_a_file_that_was_swapped_in_the_store_is_found(cast: Cast, plan: Attachment, swapped: None) -> None:
    assert verify_register(district=cast.larkmoor).problem == Problem(plan.sealed.event.seq, "swapped")
    with pytest.raises(CommandError, match="is not the one that was kept"):
        call_command("verify_register", district="larkmoor", full=True, stdout=io.StringIO())


def test_a_file_that_was_swapped_with_its_code_in_the_tables_is_found(
    cast: Cast, plan: Attachment, swapped: None
) -> None:
    code = hashlib.sha256(b"%PDF-1.7 another plan").hexdigest()
    StoredFile.objects.filter(pk=plan.file_id).update(sha256=code)
    assert verify_register(district=cast.larkmoor).problem == Problem(plan.sealed.event.seq, "file")


def test_a_file_that_is_gone_from_the_store_is_found(cast: Cast, plan: Attachment) -> None:
    default_storage.delete(plan.file.path)
    assert verify_register(district=cast.larkmoor).problem == Problem(plan.sealed.event.seq, "swapped")


@pytest.mark.parametrize("path", ["../../etc/hostname", ""])
def test_a_file_whose_path_leads_elsewhere_is_found(cast: Cast, plan: Attachment, path: str) -> None:
    StoredFile.objects.filter(pk=plan.file_id).update(path=path)
    assert verify_register(district=cast.larkmoor).problem == Problem(plan.sealed.event.seq, "swapped")


def test_after_the_close_no_file_is_added(cast: Cast, opened: Decision, coordinator: Client) -> None:
    close(cast, opened)
    with pytest.raises(services.AlreadyClosed):
        services.attach_file(decision=opened, upload=a_pdf("late"), by=cast.coordinator)
    page = coordinator.post(at(opened, "attach"), sent("late.pdf"), follow=True).content.decode()
    assert "What was decided changes only by a new decision." in page
    assert (Attachment.objects.count(), at(opened, "attach") in page) == (0, False)


def test_adding_a_file_does_not_stand_in_the_way_of_a_close(
    cast: Cast, opened: Decision, coordinator: Client
) -> None:
    answer(opened, *["yes"] * 5, by=cast.coordinator)
    before = Decision.objects.get(pk=opened.pk).version
    coordinator.post(at(opened, "attach"), sent("plan.pdf"))
    assert Decision.objects.get(pk=opened.pk).version == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.exe", b"MZ\x90", "This is no PDF, PNG, JPEG or Word file (DOCX)."),
        ("plan.pdf", PLAN + b"x" * MOST_BYTES, "This file is larger than 10 MB."),
        ("student id 1234567.pdf", PLAN, "This looks like a student"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_what_to_do(
    opened: Decision, coordinator: Client, name: str, content: bytes, told: str
) -> None:
    page = coordinator.post(at(opened, "attach"), sent(name, content)).content.decode()
    assert told in page
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_eleventh_file_is_refused(cast: Cast, opened: Decision, coordinator: Client) -> None:
    for n in range(10):
        services.attach_file(decision=opened, upload=a_pdf(f"plan {n}"), by=cast.coordinator)
    page = coordinator.post(at(opened, "attach"), sent("plan.pdf")).content.decode()
    assert "This question has ten files already." in page
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (10, 10)


def test_a_seat_reads_the_files_by_its_link_alone(
    cast: Cast, opened: Decision, plan: Attachment, link: AnswerLink, client: Client
) -> None:
    page = client.get(address(link)).content.decode()
    before, _more, behind = page.rpartition("<summary>More</summary>")
    assert (the_file(link, plan) in before, the_file(link, plan) in behind) == (False, True)
    with connection.execute_wrapper(refuse_writes):
        answered = client.get(the_file(link, plan))
    assert (answered.status_code, answered.content) == (200, PLAN)
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["Referrer-Policy"] == "same-origin"


def test_a_file_is_read_by_link_only_while_the_link_opens(
    cast: Cast, plan: Attachment, link: AnswerLink, client: Client
) -> None:
    services.take_link_back(link=link, by=cast.coordinator)
    answered = client.get(the_file(link, plan))
    assert (answered.status_code, b"This link has ended" in answered.content) == (410, True)
    wrong = reverse("decide:file", kwargs={"token": "nobody", "uid": plan.uid})
    assert client.get(wrong).status_code == 410


def test_a_link_opens_no_file_of_another_question(
    cast: Cast, by_majority: Group, link: AnswerLink, client: Client
) -> None:
    other = services.open_decision(group=by_majority, question="Shall we?", by=cast.coordinator)
    secret = services.attach_file(decision=other, upload=a_pdf("other"), by=cast.coordinator)
    assert client.get(the_file(link, secret)).status_code == 404
    assert client.post(the_file(link, secret)).status_code == 405


def test_the_record_names_each_file_with_its_code(
    opened: Decision, plan: Attachment, press: RunningPress, coordinator: Client
) -> None:
    text = "".join(text_of(paper.record_pdf(opened)).split())
    assert "plan.pdf" in text
    assert hashlib.sha256(PLAN).hexdigest() in text
    table = coordinator.get(at(opened, "record_csv")).getvalue().decode()
    assert "plan.pdf" in table


def test_an_erased_file_is_gone_everywhere_and_the_register_is_whole(
    cast: Cast,
    opened: Decision,
    plan: Attachment,
    link: AnswerLink,
    coordinator: Client,
    client: Client,
    django_capture_on_commit_callbacks,
) -> None:
    path = plan.file.path
    [text] = [one for one in erasable(opened) if "plan.pdf" in one.words]
    with django_capture_on_commit_callbacks(execute=True):
        services.erase(text=text.sealed, asked_by=AskedBy.PERSON, because="It names them.", by=cast.staff)
    assert not default_storage.exists(path)
    assert StoredFile.objects.get(pk=plan.file_id).name == "…"
    assert verify_register(district=cast.larkmoor).problem is None
    page = coordinator.get(at(opened, "page")).content.decode()
    assert "at the request of the person whom it was about." in page
    for address_of_it in (at(opened, "attached", file=plan.uid), the_file(link, plan)):
        assert coordinator.get(address_of_it).status_code == 404
    assert the_file(link, plan) not in client.get(address(link)).content.decode()


def test_a_path_that_comes_back_after_the_erasing_is_found(
    cast: Cast, plan: Attachment, django_capture_on_commit_callbacks
) -> None:
    path, whole = plan.file.path, Event.objects.latest("seq").seq + 1
    services.erase(text=plan.sealed, asked_by=AskedBy.PERSON, because="It names them.", by=cast.staff)
    StoredFile.objects.filter(pk=plan.file_id).update(path=path)
    assert verify_register(district=cast.larkmoor).problem == Problem(whole, "file")


@pytest.mark.parametrize("files", [1, 3])
def test_pages_ask_as_often_with_one_file_as_with_three(
    cast: Cast,
    opened: Decision,
    coordinator: Client,
    link: AnswerLink,
    client: Client,
    django_assert_num_queries,
    files: int,
) -> None:
    for n in range(files):
        services.attach_file(decision=opened, upload=a_pdf(f"plan {n}"), by=cast.coordinator)
    with django_assert_num_queries(15):
        coordinator.get(at(opened, "page"))
    with django_assert_num_queries(7):
        Client().get(address(link))
