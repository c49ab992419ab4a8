"""A directory is handed over on a page, taken in by a worker, and the page says what came of it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Job, StoredFile
from partners import tasks
from partners.interchange import jobs
from partners.models import ImportBatch, Partner, Service
from tests.conftest import Cast, SignIn
from tests.partners.test_import import checksums

SAMPLE = Path(__file__).parent / "data" / "hsds-sample"


def sample(**changes: tuple[str, str]) -> list[SimpleUploadedFile]:
    files = []
    for path in sorted(SAMPLE.glob("*.csv")):
        text = path.read_text("utf-8")
        if path.stem in changes:
            old, new = changes[path.stem]
            assert text.count(old) == 1
            text = text.replace(old, new)
        files.append(SimpleUploadedFile(path.name, text.encode()))
    return files


def zipped(files: list[SimpleUploadedFile]) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files:
            archive.writestr(f"export/{file.name}", file.read())
    return SimpleUploadedFile("export.zip", packed.getvalue())


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Jobs run where they are sent, files lie in a folder of the test."""
    monkeypatch.setattr(tasks.take_in, "delay", tasks.take_in)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


Committing = Callable[..., Any]


def hand_over(client: Client, commit: Committing, files: Any) -> str:
    """The words of the page to which the upload leads, once the worker is done."""
    with commit(execute=True):
        response = client.post("/d/larkmoor/partners/import/", {"upload": files, "source": "Valley 211"})
    return words(client.get(response.headers["Location"])) if response.status_code == 302 else words(response)


def words(response: Any) -> str:
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


def test_a_zip_comes_in(client: Client, django_capture_on_commit_callbacks: Committing) -> None:
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "15 rows imported." in page
    assert "Organizations in the file 3 Places 4 Services 4 Contacts 4 New 15" in page
    assert (Partner.objects.count(), ImportBatch.objects.get().source) == (3, "Valley 211")


def test_a_file_with_a_very_long_name_comes_in(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    file = zipped(sample())
    file.name = "x" * 240 + ".zip"
    assert "15 rows imported." in hand_over(client, django_capture_on_commit_callbacks, file)


def test_several_csv_files_come_in_together(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    assert "15 rows imported." in hand_over(client, django_capture_on_commit_callbacks, sample())


def test_the_same_file_again_changes_nothing(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "0 rows imported. 15 same as before." in page


def test_rows_left_out_are_listed_each_with_its_reason(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    files = sample(contacts=("3,,2,,", "3,,99,,"))
    page = hand_over(client, django_capture_on_commit_callbacks, files)
    assert "14 rows imported. 1 left out, with its reason." in page
    assert (
        "contacts.csv, row 4, column organization_id organizations.csv has no usable row with the id 99"
        in page
    )


def test_a_broken_row_changes_nothing_and_the_rest_can_be_taken(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    before = {table: total for table, total in checksums().items() if "import" not in table}
    files = sample(services=("Calm Hour", ""))
    page = hand_over(client, django_capture_on_commit_callbacks, files)
    assert "Nothing was imported" in page
    assert "services.csv, row 3, column name this cell is blank, and it is needed" in page
    assert {table: total for table, total in checksums().items() if "import" not in table} == before
    batch = ImportBatch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/d/larkmoor/partners/import/{batch.uid}/rest/")
    page = words(client.get(f"/d/larkmoor/partners/import/{batch.uid}/"))
    assert "14 rows imported. 1 left out, with its reason." in page
    assert sorted(Service.objects.values_list("name", flat=True)) == [
        "Counselor at school",
        "Story time",
        "Weekend backpack",
    ]


def test_the_rest_is_not_taken_twice(client: Client, django_capture_on_commit_callbacks: Committing) -> None:
    hand_over(client, django_capture_on_commit_callbacks, sample(services=("Calm Hour", "")))
    batch = ImportBatch.objects.get()
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/d/larkmoor/partners/import/{batch.uid}/rest/")
    assert Job.objects.count() == 2


def test_a_file_that_cannot_be_read_says_why_and_offers_no_rest(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    files = sample(services=('"One hour', '"One" hour'))
    page = hand_over(client, django_capture_on_commit_callbacks, files)
    assert "services.csv, row 2 a quotation mark opens here and doesn't close as it must" in page.replace(
        "&#x27;", "'"
    )
    assert "Import the other rows" not in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            SimpleUploadedFile("report.pdf", b"%PDF-1.7"),
            "report.pdf: this is neither a zip file nor a CSV file",
        ),
        (SimpleUploadedFile("empty.csv", b""), "The submitted file is empty."),
    ],
)
def test_what_is_no_directory_is_refused_at_once(
    client: Client, django_capture_on_commit_callbacks: Committing, file: SimpleUploadedFile, said: str
) -> None:
    assert said in hand_over(client, django_capture_on_commit_callbacks, file)
    assert (StoredFile.objects.count(), Job.objects.count()) == (0, 0)


def test_no_file_at_all_is_asked_for(client: Client) -> None:
    assert "Fill this in." in words(client.post("/d/larkmoor/partners/import/", {"source": "Valley 211"}))


def test_a_fault_of_ours_is_said_and_leaves_nothing_behind(
    client: Client, django_capture_on_commit_callbacks: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "take_in", lambda **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_over(client, django_capture_on_commit_callbacks, sample())
    page = words(client.get(f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"))
    assert "Something broke on our side. Nothing was imported." in page
    assert Partner.objects.count() == 0


def test_a_job_under_way_can_be_looked_at_again(client: Client, cast: Cast) -> None:
    client.post("/d/larkmoor/partners/import/", {"upload": sample(), "source": "Valley 211"})
    page = words(client.get(f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"))
    assert "Importing" in page
    assert "Waiting to start. You can leave this page. Look again" in page


def test_a_job_runs_once(client: Client, django_capture_on_commit_callbacks: Committing) -> None:
    hand_over(client, django_capture_on_commit_callbacks, sample())
    tasks.take_in(Job.objects.get().pk)
    assert ImportBatch.objects.get().figures["new"] == 15
