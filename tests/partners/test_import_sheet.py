"""A person's own sheet comes in: columns guessed, schools asked once, looked at, applied, taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partners import services
from partners.models import (
    Contact,
    ExternalId,
    ImportRow,
    Partner,
    Partnership,
    SchoolAlias,
    Service,
    Site,
    StageChange,
)
from tests.conftest import Cast, SignIn
from tests.partners.importing import Importing, run_jobs_at_once, words
from tests.partners.made_sheet import as_csv, made_sheet
from tests.partners.test_import import checksums

SHEET = (
    b"Agency,Contact,E-mail,Phone,Zip,Schools,Sector,Remarks\r\n"
    b"Umber Youth Club,Ana Ruiz,ana@umber.example,(555) 555-0142,00501,"
    b"Quillback & Bellwether HS,Youth,=1+1\r\n"
    b"Tamarack,Bo Lee,bo@tamarack.example,,00502,QMS,Health care,\r\n"
    b",Nobody,,,,,,\r\n"
)


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    run_jobs_at_once(monkeypatch, settings, tmp_path)


@pytest.fixture
def staff(cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., Any]) -> Importing:
    return Importing(sign_in(cast.staff), django_capture_on_commit_callbacks)


def names() -> list[str]:
    return list(Partner.objects.current().order_by("name").values_list("name", flat=True))


def test_the_columns_are_guessed_and_shown_with_their_first_cells(staff: Importing) -> None:
    page = words(staff.hand_over(SHEET))
    assert "Name the columns" in page
    assert "ana@umber.example bo@tamarack.example" in page
    assert staff.batch.options["columns"] == {
        "Agency": "name",
        "Contact": "contact",
        "E-mail": "email",
        "Phone": "phone",
        "Zip": "zip",
        "Schools": "schools",
        "Sector": "sectors",
        "Remarks": "notes",
    }


def test_what_would_come_in_is_shown_and_nothing_is_written(staff: Importing) -> None:
    staff.hand_over(SHEET)
    page = words(staff.look())
    assert "Rows in the file 3 New 2 partners Rows left out 1" in page
    assert "row 4, column Agency this cell is blank, and it is needed" in page
    assert (Partner.objects.count(), Contact.objects.count(), ExternalId.objects.count()) == (0, 0, 0)


def test_a_row_that_counts_the_others_is_no_partner(staff: Importing) -> None:
    staff.hand_over(SHEET + b"Total,,,,,,,25\r\nTotal Wellness,,,,,,,\r\n")
    page = words(staff.look())
    assert "Rows in the file 5 New 3 partners Rows left out 2" in page
    assert "row 5, column Agency “Total” counts the other rows, so it is no partner" in page


def test_what_is_no_telephone_number_is_kept_aside_and_said(staff: Importing) -> None:
    staff.whole(
        b"Agency,Phone,E-mail\r\nUmber,5,call us\r\nSable,omar2@sable.example,\r\nAcorn,1-800-FLOWERS,\r\n"
    )
    kept = Partner.objects.order_by("name").values_list("name", "extra", "sites__phone", "contacts__email")
    assert list(kept) == [
        ("Acorn", {}, "+18003569377", None),
        ("Sable", {"Phone": "omar2@sable.example"}, None, None),
        ("Umber", {"E-mail": "call us", "Phone": "5"}, None, None),
    ]
    said = " ".join(str(row.problem) for row in ImportRow.objects.all())
    assert said.count("not_a_phone") == 2


def test_the_rows_come_in_with_all_that_they_say(staff: Importing, cast: Cast) -> None:
    page = words(staff.whole(SHEET))
    assert "Imported: 2 organizations, 2 places, 2 contacts. 1 left out, with its reason." in page
    umber = Partner.objects.get(name="Umber Youth Club")
    assert (umber.sectors, umber.extra) == (["youth"], {"Remarks": "=1+1"})
    assert (umber.sites.get().postal_code, umber.contacts.get().phone) == ("00501", "+15555550142")
    page = words(staff.client.get(f"/d/larkmoor/partners/{umber.uid}/"))
    assert "Also in the imported file Remarks =1+1" in page
    standing = umber.partnerships.order_by("school__name").values_list("school__name", "stage")
    assert list(standing) == [("Bellwether High School", "active"), ("Quillback Middle School", "active")]
    assert StageChange.objects.filter(by=cast.staff).count() == 3


def test_the_same_sheet_again_says_nothing_new(staff: Importing) -> None:
    staff.whole(SHEET)
    before = {table: total for table, total in checksums().items() if "import" not in table}
    staff.hand_over(SHEET)
    page = words(staff.look())
    assert "Same as before 2 partners" in page
    assert "Nothing new. 6 same as before." in words(staff.post("apply/"))
    assert {table: total for table, total in checksums().items() if "import" not in table} == before


def test_our_own_edits_stay_unless_theirs_is_ticked(staff: Importing, cast: Cast) -> None:
    staff.whole(SHEET)
    ana = Contact.objects.get(name="Ana Ruiz")
    services.edit_contact(
        contact=ana, version=1, by=cast.staff, email="ana.ruiz@umber.example", phone="5555550142"
    )
    news = SHEET.replace(b"ana@umber", b"a.ruiz@umber").replace(b"Health care", b"Faith-based")
    staff.hand_over(news)
    page = words(staff.look())
    assert "E-mail : ana.ruiz@umber.example → a.ruiz@umber.example (ours stays)" in page
    staff.post("apply/")
    ana.refresh_from_db()
    assert (ana.email, Partner.objects.get(name="Tamarack").sectors) == ("ana.ruiz@umber.example", ["faith"])
    staff.whole(news.replace(b"a.ruiz", b"ruiz"), theirs="all")
    ana.refresh_from_db()
    assert ana.email == "ruiz@umber.example"


def test_who_is_probably_here_already_is_asked_and_filled_in(staff: Importing, cast: Cast) -> None:
    ours = services.create_partner(by=cast.staff, name="UMBER youth club", website="https://ours.example")
    services.add_contact(partner=ours, by=cast.staff, name="Ana Ruiz", role="Director")
    staff.hand_over(SHEET)
    page = words(staff.look())
    assert "Perhaps here already 1 partner New 1 partner" in page
    assert "UMBER youth club the same name" in page
    staff.post("apply/", shown="umber youth club", same="umber youth club")
    ours.refresh_from_db()
    assert (names(), ours.sectors, ours.website) == (
        ["Tamarack", "UMBER youth club"],
        ["youth"],
        "https://ours.example",
    )
    assert list(ours.contacts.values_list("role", "email")) == [("Director", "ana@umber.example")]


def test_one_of_almost_the_same_name_is_asked_about_and_comes_in_as_new_unless_ticked(
    staff: Importing, cast: Cast
) -> None:
    services.create_partner(by=cast.staff, name="The Umber Yuoth Club, Inc.")
    staff.hand_over(SHEET)
    page = words(staff.look())
    assert "Perhaps here already 1 partner New 1 partner" in page
    assert "The Umber Yuoth Club, Inc. almost the same name" in page
    staff.post("apply/", shown="umber youth club")
    assert names() == ["Tamarack", "The Umber Yuoth Club, Inc.", "Umber Youth Club"]


def test_one_that_is_said_to_be_another_comes_in_as_new(staff: Importing, cast: Cast) -> None:
    services.create_partner(by=cast.staff, name="Umber Youth Club")
    staff.whole(SHEET, shown="umber youth club")
    assert names() == ["Tamarack", "Umber Youth Club", "Umber Youth Club"]


def test_schools_that_nobody_knows_are_asked_once_and_remembered(staff: Importing, cast: Cast) -> None:
    sheet = SHEET.replace(b"QMS", b"The Quill; Moon Base")
    staff.hand_over(sheet)
    page = words(staff.look())
    assert "Which schools are meant?" in page
    assert "“Moon Base” means (optional) In 1 row." in page
    page = words(staff.post("schools/", **{"school-0": "", "school-1": str(cast.quillback.pk)}))
    assert "Rows in the file 3 New 2 partners" in page
    assert list(SchoolAlias.objects.values_list("alias", "school__code")) == [("the quill", "QMS")]
    staff.post("apply/")
    assert Partnership.objects.filter(partner__name="Tamarack").get().school == cast.quillback
    staff.hand_over(sheet)
    assert "Rows in the file 3 Same as before 2 partners" in words(staff.look())


def test_columns_are_remembered_for_sheets_with_the_same_names(staff: Importing) -> None:
    staff.hand_over(SHEET)
    staff.look(Remarks="tags")
    staff.hand_over(SHEET)
    assert staff.batch.options["columns"]["Remarks"] == "tags"


def test_without_a_name_no_row_can_be_taken_and_the_page_says_so(staff: Importing) -> None:
    staff.hand_over(SHEET)
    response = staff.client.post(
        f"/d/larkmoor/partners/import/{staff.batch.uid}/columns/", {"stage": "active", "school": ""}
    )
    assert "Say which column is the name of the organization." in words(response)


def test_a_coordinator_begins_at_their_own_school_alone(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    walk = Importing(sign_in(cast.coordinator), django_capture_on_commit_callbacks)
    page = words(walk.whole(SHEET))
    assert set(Partnership.objects.values_list("school__code", flat=True)) == {"QMS"}
    assert "not all of these are your schools" in page


def test_left_out_rows_go_back_in_the_sheets_own_format_and_come_in_when_mended(staff: Importing) -> None:
    staff.whole(as_csv([["Agency", "Notas"], ["Umber", "Niño"], ["", "Peña"]]))
    file = staff.client.get(f"/d/larkmoor/partners/import/{staff.batch.uid}/left-out/").content
    assert file == (
        "Agency;Notas;Why this row was left out\r\n;Peña;Agency: this cell is blank, and it is needed\r\n"
    ).encode("cp1252")
    staff.whole(file.replace(b"\r\n;", b"\r\nWexley;"))
    assert (names(), Partner.objects.get(name="Wexley").extra) == (["Umber", "Wexley"], {"Notas": "Peña"})


def test_an_import_that_is_undone_leaves_what_was_there_before(staff: Importing, cast: Cast) -> None:
    ours = services.create_partner(by=cast.staff, name="Umber Youth Club")
    staff.whole(SHEET, shown="umber youth club", same="umber youth club")
    page = words(staff.post("undo/"))
    assert "What it brought is gone" in page
    ours.refresh_from_db()
    assert (names(), ours.sectors, ours.extra) == (["Umber Youth Club"], [], {})
    assert (Contact.objects.count(), Site.objects.count(), ExternalId.objects.count()) == (0, 0, 0)
    assert set(Partnership.objects.values_list("stage", flat=True)) == {"ended"}


def test_what_somebody_changed_since_stays_and_is_named(staff: Importing, cast: Cast) -> None:
    staff.whole(SHEET)
    umber = Partner.objects.get(name="Umber Youth Club")
    services.log_interaction(partner=umber, by=cast.staff, note="They called.", on=cast.staff.since)
    page = words(staff.post("undo/"))
    assert "What stayed, since somebody changed it Umber Youth Club" in page
    assert (names(), Contact.objects.get().name) == (["Umber Youth Club"], "Ana Ruiz")


def test_an_import_is_undone_once_and_can_come_in_again(staff: Importing) -> None:
    staff.whole(SHEET)
    staff.post("undo/")
    staff.post("undo/")
    staff.whole(SHEET)
    assert names() == ["Tamarack", "Umber Youth Club"]
    assert Partnership.objects.filter(stage="active").count() == 3


def test_an_import_is_taken_in_once(staff: Importing) -> None:
    staff.whole(SHEET)
    staff.post("apply/")
    assert (
        ImportRow.objects.filter(entity="organization", state="new").count(),
        Partner.objects.count(),
    ) == (2, 2)


def test_what_is_no_sheet_is_refused_at_once(staff: Importing) -> None:
    assert "the file is empty" in words(staff.hand_over(b"Agency,Phone\r\n"))
    assert "workbook of the old kind" in words(staff.hand_over(b"\xd0\xcf\x11\xe0" * 9, "partners.xls"))


def test_nine_hundred_rows_come_in(staff: Importing) -> None:
    content = as_csv(
        made_sheet(["Quillback", "BHS", "Quillback MS / Bellwether", "District"], broken=(7, 300))
    )
    page = words(staff.whole(content))
    assert staff.batch.figures["invalid"] == 2
    assert "2 left out, each with its reason." in page
    assert (Partner.objects.count(), Service.objects.count() > 800, Contact.objects.count()) == (
        853,
        True,
        898,
    )
