"""A directory is handed over on a page, taken in by a worker, and the page says what came of it."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime

from accounts import attempts, clock
from accounts.models import Job, StoredFile
from partners import services, tasks
from partners.interchange import apply, jobs
from partners.interchange.source import from_zip
from partners.models import Contact, ExternalId, ImportBatch, ImportRow, Partner, Service
from tests.conftest import Cast, SignIn
from tests.partners.importing import run_jobs_at_once
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
    run_jobs_at_once(monkeypatch, settings, tmp_path)


Committing = Callable[..., Any]


def hand_over(client: Client, commit: Committing, files: Any) -> str:
    """The words of the page to which the upload leads, once a worker has looked at it."""
    with commit(execute=True):
        response = client.post("/d/larkmoor/partners/import/", {"upload": files, "source": "Valley 211"})
    return words(client.get(response.headers["Location"])) if response.status_code == 302 else words(response)


def bring_in(client: Client, commit: Committing, files: Any, **choices: Any) -> str:
    """The words of the page once it was looked at and taken in."""
    hand_over(client, commit, files)
    return press(client, commit, "apply/", **choices)


def press(client: Client, commit: Committing, step: str, **choices: Any) -> str:
    """Press a button of the latest import; the words of the page that follows."""
    path = f"/d/larkmoor/partners/import/{ImportBatch.objects.latest('pk').uid}/"
    with commit(execute=True):
        client.post(f"{path}{step}", {"look": str(Job.objects.latest("pk").uid)} | choices)
    return words(client.get(path))


def words(response: Any) -> str:
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


def test_a_zip_comes_in(client: Client, django_capture_on_commit_callbacks: Committing) -> None:
    page = bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "Imported: 3 organizations, 4 places, 4 services, 4 contacts." in page
    assert "Organizations in the file 3 Places 4 Services 4 Contacts 4 New 15" in page
    assert (Partner.objects.count(), ImportBatch.objects.get().source) == (3, "Valley 211")


def test_a_file_with_a_very_long_name_comes_in(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    file = zipped(sample())
    file.name = "x" * 240 + ".zip"
    assert "Imported: 3 organizations" in bring_in(client, django_capture_on_commit_callbacks, file)


def test_several_csv_files_come_in_together(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    assert "Imported: 3 organizations" in bring_in(client, django_capture_on_commit_callbacks, sample())


def test_the_same_file_again_changes_nothing(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    page = bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "Nothing new. 15 same as before." in page


def test_rows_left_out_are_listed_each_with_its_reason(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    files = sample(contacts=("3,,2,,", "3,,99,,"))
    page = bring_in(client, django_capture_on_commit_callbacks, files)
    assert "4 services, 3 contacts. 1 left out, with its reason." in page
    assert (
        "contacts.csv, row 4, column organization_id organizations.csv has no usable row with the id 99"
        in page
    )


def without_log(tables: dict[str, str]) -> dict[str, str]:
    """All but what imports write of themselves."""
    return {table: total for table, total in tables.items() if "importbatch" not in table}


def test_what_would_come_in_is_shown_and_nothing_is_written(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "Not imported yet: look at it first" in page
    assert "Rows in the file 15 New 3 partners Rows left out 0" in page
    assert "2 organizations.csv Tamarack Youth Counseling Organization" in page
    assert "Change the columns" not in page
    assert [model.objects.count() for model in (Partner, Service, ExternalId)] == [0, 0, 0]


def test_a_row_that_cannot_be_used_is_named_before_the_others_come_in(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    page = hand_over(client, django_capture_on_commit_callbacks, sample(services=("Calm Hour", "")))
    assert "Rows in the file 15 New 3 partners Rows left out 1" in page
    assert "services.csv, row 3, column name this cell is blank, and it is needed" in page
    page = press(client, django_capture_on_commit_callbacks, "apply/")
    assert "3 services, 4 contacts. 1 left out, with its reason." in page
    assert sorted(Service.objects.values_list("name", flat=True)) == [
        "Counselor at school",
        "Story time",
        "Weekend backpack",
    ]


def test_left_out_rows_go_back_in_a_zip_of_the_files_that_they_were_in(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    files = sample(services=("Calm Hour", ""), contacts=("3,,2,,", "3,,99,,"))
    bring_in(client, django_capture_on_commit_callbacks, files)
    packed = client.get(f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/left-out/").content
    back = from_zip("left-out.zip", io.BytesIO(packed))
    assert sorted(back) == ["contacts.csv", "phones.csv", "services.csv"]
    assert back["contacts.csv"].decode().splitlines() == [
        "id,location_id,organization_id,service_id,name,title,email,department,Why this row was left out",
        "3,,99,,Thérèse O'Neill,,therese@cupboard.example,,"
        "organization_id: organizations.csv has no usable row with the id 99",
    ]


def test_our_own_edits_stay_unless_theirs_is_ticked(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Committing
) -> None:
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    odile = Contact.objects.get(name="Odile Brandt")
    services.edit_contact(contact=odile, version=1, by=cast.coordinator, role="Director", email=odile.email)
    news = {"contacts": ("Executive director", "Chief executive")}
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(sample(**news)))
    assert "Contact: Odile Brandt Role : Director → Chief executive (ours stays)" in page
    press(client, django_capture_on_commit_callbacks, "apply/")
    odile.refresh_from_db()
    assert odile.role == "Director"
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()), theirs="contact 1")
    odile.refresh_from_db()
    assert odile.role == "Executive director"


def test_who_is_probably_here_already_is_asked_and_filled_in(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Committing
) -> None:
    ours = services.create_partner(by=cast.coordinator, name="TAMARACK youth counseling", aliases=["TYC"])
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "Perhaps here already 1 partner New 2 partners" in page
    assert "TAMARACK youth counseling the same name" in page
    assert "TYC" not in page  # of which the file says nothing
    press(client, django_capture_on_commit_callbacks, "apply/", shown="1", same="1")
    assert (Partner.objects.count(), ours.contacts.count()) == (3, 2)


def test_a_directory_that_is_undone_leaves_what_was_there_before(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    before = without_log(checksums())
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert "What it brought is gone" in press(client, django_capture_on_commit_callbacks, "undo/")
    kept = {table for table, total in without_log(checksums()).items() if total != before[table]}
    assert {table for table in kept if "event" not in table} == {"partners_importrow", "partners_searchword"}


def test_another_directory_of_the_same_name_is_refused_and_not_looked_at_again(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    other = [SimpleUploadedFile("organizations.csv", b"id,name\n1,Harbor House\n2,Peninsula\n")]
    before = without_log(checksums())
    page = hand_over(client, django_capture_on_commit_callbacks, zipped(other))
    assert "this looks like another directory than “Valley 211”" in page
    assert "Look at the rows again" not in page
    press(client, django_capture_on_commit_callbacks, "apply/")
    changed = {table for table, total in without_log(checksums()).items() if total != before[table]}
    assert changed == {"partners_importrow"}


def test_a_file_that_cannot_be_read_says_why_and_offers_no_rest(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    files = sample(services=('"One hour', '"One" hour'))
    page = hand_over(client, django_capture_on_commit_callbacks, files)
    assert "services.csv, row 2 a quotation mark opens here and doesn't close as it must" in page.replace(
        "&#x27;", "'"
    )
    assert ("Import these rows" in page, "Look at the rows again" in page) == (False, False)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            SimpleUploadedFile("report.pdf", b"%PDF-1.7"),
            "report.pdf: this is neither a zip file nor a CSV file",
        ),
        (SimpleUploadedFile("empty.csv", b""), "This file is empty. Choose another one."),
    ],
)
def test_what_is_no_directory_is_refused_at_once(
    client: Client, django_capture_on_commit_callbacks: Committing, file: SimpleUploadedFile, said: str
) -> None:
    assert said in hand_over(client, django_capture_on_commit_callbacks, file)
    assert (StoredFile.objects.count(), Job.objects.count()) == (0, 0)


def test_no_file_at_all_is_asked_for(client: Client) -> None:
    assert "Choose a file." in words(client.post("/d/larkmoor/partners/import/", {"source": "Valley 211"}))


def test_a_fault_of_ours_is_said_and_leaves_nothing_behind(
    client: Client, django_capture_on_commit_callbacks: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "take_in", lambda **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring_in(client, django_capture_on_commit_callbacks, sample())
    page = words(client.get(f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"))
    assert "Something broke on our side. Nothing was imported." in page
    assert Partner.objects.count() == 0


def test_a_job_whose_file_was_purged_says_so(client: Client, waiting: str) -> None:
    ImportBatch.objects.update(file=None)
    Job.objects.update(file=None)
    jobs.run_import(job=Job.objects.get())
    assert "the file is no longer kept; hand it over again" in words(client.get(waiting))


def test_an_import_that_is_cancelled_at_its_very_end_leaves_nothing(
    client: Client, django_capture_on_commit_callbacks: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply, "keep_problems", lambda *args: Job.objects.update(cancel_wanted=True))
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    assert (Partner.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_an_import_is_left_where_its_worker_hears_of_a_cancel(
    client: Client, django_capture_on_commit_callbacks: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(client, django_capture_on_commit_callbacks, zipped(sample()))
    told: list[tuple[int, int]] = []

    def tell(attempt: attempts.Attempt, done: int, total: int) -> None:
        told.append((done, total))
        raise attempts.Left

    monkeypatch.setattr(attempts.Attempt, "tell", tell)
    press(client, django_capture_on_commit_callbacks, "apply/")
    assert (told, Partner.objects.count()) == ([(3, 45)], 0)


def test_a_cancelled_import_can_be_looked_at_again_and_taken_in(
    client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    hand_over(client, django_capture_on_commit_callbacks, sample(services=("Calm Hour", "")))
    path = f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"
    client.post(f"{path}apply/", {"look": str(Job.objects.get().uid)})
    client.post(f"/d/larkmoor/jobs/{ImportBatch.objects.get().job.uid}/cancel/")
    assert "Look at the rows again" in words(client.get(path))
    press(client, django_capture_on_commit_callbacks, "apply/")
    assert Partner.objects.count() == 0
    assert "look at it first" in press(client, django_capture_on_commit_callbacks, "look/")
    assert "Imported: 3 organizations" in press(client, django_capture_on_commit_callbacks, "apply/")


def test_a_job_under_way_can_be_looked_at_again(client: Client, cast: Cast) -> None:
    client.post("/d/larkmoor/partners/import/", {"upload": sample(), "source": "Valley 211"})
    page = words(client.get(f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"))
    assert "Reading the file" in page
    began = time_format(localtime(Job.objects.get().created_at, cast.larkmoor.tz), "TIME_FORMAT")
    assert f"Waiting to start (since {began}). You can leave this page. Look again" in page


@pytest.fixture
def waiting(client: Client) -> str:
    """The address of an import that no worker has begun."""
    client.post("/d/larkmoor/partners/import/", {"upload": sample(), "source": "Valley 211"})
    return f"/d/larkmoor/partners/import/{ImportBatch.objects.get().uid}/"


def asked_by_the_page(client: Client, path: str, html: str) -> Any:
    """The answer to what an open page asks by itself."""
    query = re.search(r'hx-get="[^"?]*(\?seen=[^"]*)"', html)
    assert query is not None
    return client.get(path + query[1], headers={"HX-Request": "true"})


def test_a_page_of_a_job_under_way_asks_by_itself_and_shows_only_news(client: Client, waiting: str) -> None:
    html = client.get(waiting).content.decode()
    assert asked_by_the_page(client, waiting, html).status_code == 204
    Job.objects.update(state="running", begun_at=clock.now())
    news = asked_by_the_page(client, waiting, html)
    assert (news.status_code, "Running (since" in words(news)) == (200, True)
    Job.objects.update(state="failed")
    over = asked_by_the_page(client, waiting, html)
    assert (over.headers["HX-Refresh"], over.content) == ("true", b"")
    assert "hx-get" not in client.get(waiting).content.decode()


def test_without_script_the_page_loads_itself_again_until_one_stops_that(
    client: Client, waiting: str
) -> None:
    again = '<noscript><meta http-equiv="refresh" content="10"></noscript>'
    assert again in client.get(waiting).content.decode()
    still = client.get(f"{waiting}?still").content.decode()
    assert ('http-equiv="refresh"' in still, "Look again" in still) == (False, True)
    Job.objects.update(state="failed")
    assert 'http-equiv="refresh"' not in client.get(waiting).content.decode()


def test_a_job_that_nobody_begins_is_not_waited_for_in_silence(client: Client, waiting: str) -> None:
    said = "This takes longer than it should."
    assert said not in words(client.get(waiting))
    html = client.get(waiting).content.decode()
    clock.move(datetime.timedelta(minutes=3))
    assert said in words(client.get(waiting))
    assert asked_by_the_page(client, waiting, html).status_code == 200


def test_earlier_imports_are_listed_with_who_when_and_what_came_of_each(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Committing
) -> None:
    bring_in(client, django_capture_on_commit_callbacks, zipped(sample()))
    hand_over(client, django_capture_on_commit_callbacks, zipped(sample(services=("Calm Hour", ""))))
    call_command(
        "import_hsds", str(SAMPLE), "--district", "larkmoor", "--source", "Valley 211", stdout=StringIO()
    )
    html = client.get("/d/larkmoor/partners/import/").content.decode()
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr role=\"row\">.*?</tr>", html, re.DOTALL)[1:]
    ]
    whole = "Imported: 3 organizations, 4 places, 4 services, 4 contacts."
    batches = ImportBatch.objects.order_by("-pk")
    began = [date_format(localtime(batch.at, cast.larkmoor.tz), "M j, Y, P") for batch in batches]
    assert rows == [
        f"{began[0]} A folder Valley 211 The command line Nothing new. 15 same as before.",
        f"{began[1]} export.zip Valley 211 Imogen Tasker Not imported yet: look at it first",
        f"{began[2]} export.zip Valley 211 Imogen Tasker {whole}",
    ]
    assert all(f"/partners/import/{batch.uid}/" in html for batch in batches)


def test_the_list_of_imports_costs_the_same_at_one_and_at_three(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    for wanted in (1, 3):
        while ImportBatch.objects.count() < wanted:
            client.post("/d/larkmoor/partners/import/", {"upload": sample(), "source": "Valley 211"})
        with django_assert_num_queries(8):
            client.get("/d/larkmoor/partners/import/")


def test_a_job_runs_once(client: Client, django_capture_on_commit_callbacks: Committing) -> None:
    bring_in(client, django_capture_on_commit_callbacks, sample())
    for job in Job.objects.all():
        tasks.take_in(job.pk)
    assert ImportBatch.objects.get().figures["new"] == 15
