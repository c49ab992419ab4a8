"""A directory comes in whole or not at all, and again without undoing what people changed."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partners import services
from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import read
from partners.interchange.source import from_folder
from partners.models import Contact, ExternalId, ImportBatch, ImportRow, Partner, Service, Site
from partners.search import query
from tests.conftest import Cast
from tests.trial import OHANA, trial

SAMPLE = Path(__file__).parent / "data" / "hsds-sample"
FIRST = {"organizations": 3, "locations": 4, "services": 4, "contacts": 4, "new": 15, "changed": 0, "same": 0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "directory"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / f"{name}.csv"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def bring_in(folder: Path, *options: str) -> dict[str, int]:
    out = StringIO()
    call_command(
        "import_hsds", str(folder), "--district=larkmoor", "--json", *options, stdout=out, stderr=StringIO()
    )
    [line] = out.getvalue().splitlines()
    figures: dict[str, int] = json.loads(line)
    return figures


def test_the_line_of_json_has_its_eight_fields_and_no_more(cast: Cast, folder: Path) -> None:
    assert list(bring_in(folder)) == [
        "organizations",
        "locations",
        "services",
        "contacts",
        "new",
        "changed",
        "same",
        "invalid",
    ]


def refusal(folder: Path, *options: str) -> list[str]:
    with pytest.raises(CommandError) as caught:
        call_command("import_hsds", str(folder), "--district=larkmoor", *options, stdout=StringIO())
    return str(caught.value).splitlines()


def checksums() -> dict[str, str]:
    """One checksum a table of the whole app."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'partners_%'")
        sums = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')
            sums[table] = cursor.fetchone()[0]
    return sums


def directory_tables() -> dict[str, str]:
    """All but the log of imports."""
    return {table: total for table, total in checksums().items() if "import" not in table}


def test_the_sample_goes_in_whole(cast: Cast, folder: Path) -> None:
    assert bring_in(folder) == {**FIRST, "invalid": 0}
    assert [model.objects.count() for model in (Partner, Site, Service, Contact)] == [3, 4, 4, 4]


def test_the_public_sample_goes_in_whole_and_a_second_import_changes_nothing(cast: Cast) -> None:
    sample = trial(OHANA)
    in_file = {"organizations": 8, "locations": 22, "services": 23, "contacts": 31}
    assert bring_in(sample) == {**in_file, "new": 84, "changed": 0, "same": 0, "invalid": 0}
    before = directory_tables()
    assert bring_in(sample) == {**in_file, "new": 0, "changed": 0, "same": 84, "invalid": 0}
    assert directory_tables() == before


def test_a_second_import_changes_nothing(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    before = directory_tables()
    assert bring_in(folder) == {**FIRST, "new": 0, "same": 15, "invalid": 0}
    assert directory_tables() == before


def test_what_came_in_is_found(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    pantry = Partner.objects.get(name="Open Cupboard Pantry")
    for typed in ("open cup", "larkmoor", "weekend backpack", "therese oneill"):
        assert pantry in Partner.objects.matching(query(cast.larkmoor.pk, typed)), typed


def test_what_is_not_used_is_kept_verbatim(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    pantry = Partner.objects.get(name="Open Cupboard Pantry")
    assert (pantry.extra["licenses"], pantry.extra["date_incorporated"]) == (
        "Health permit",
        "January 01, 1998",
    )
    assert [row["taxonomy_id"] for row in ImportBatch.objects.get().kept["taxonomy.csv"]] == ["101", "101-01"]


def test_a_change_at_the_source_comes_in(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    change(folder, "organizations", "Open Cupboard Pantry", "Open Cupboard")
    assert bring_in(folder) == {**FIRST, "new": 0, "changed": 1, "same": 14, "invalid": 0}
    pantry = Partner.objects.get(name="Open Cupboard")
    assert (pantry.version, pantry.sort_name) == (2, "open cupboard")


def test_our_own_edits_are_not_changed_back(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    ours = Contact.objects.get(name="Odile Brandt")
    services.edit_contact(contact=ours, version=1, by=cast.coordinator, role="Director", phone="512 555 0199")
    assert bring_in(folder) == {**FIRST, "new": 0, "same": 15, "invalid": 0}
    assert Contact.objects.get(name="Odile Brandt").role == "Director"


def test_where_both_changed_ours_stays_and_the_row_says_so(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    ours = Contact.objects.get(name="Odile Brandt")
    services.edit_contact(
        contact=ours, version=1, by=cast.coordinator, role="Director", phone=ours.phone, email=ours.email
    )
    change(
        folder, "contacts", "Odile Brandt,Executive director,odile@", "Odile Brandt,Chief executive,brandt@"
    )
    assert bring_in(folder) == {**FIRST, "new": 0, "changed": 1, "same": 14, "invalid": 0}
    ours.refresh_from_db()
    assert (ours.role, ours.email) == ("Director", "brandt@tamarack.example")
    row = ImportRow.objects.filter(batch=ImportBatch.objects.latest("pk")).exclude(problem={}).first()
    assert row is not None
    assert (row.state, row.problem["values"]) == ("changed", {"fields": "role"})


def test_a_contact_that_moves_to_another_organization_moves(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    change(folder, "contacts", "3,,2,,", "3,,3,,")
    bring_in(folder)
    assert Contact.objects.get(name="Thérèse O'Neill").partner.name == "Niño's Reading Room"
    assert not Partner.objects.matching(query(cast.larkmoor.pk, "therese")).filter(
        name="Open Cupboard Pantry"
    )


def test_a_new_row_joins_a_partner_that_was_there(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    with (folder / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("9,,2,,Ravi Menon,Driver,,\n")
    assert bring_in(folder) == {**FIRST, "contacts": 5, "new": 1, "same": 15, "invalid": 0}
    assert [p.name for p in Partner.objects.matching(query(cast.larkmoor.pk, "menon"))] == [
        "Open Cupboard Pantry"
    ]


def test_two_sources_keep_their_ids_apart(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    assert bring_in(folder, "--source=Valley 211") == {**FIRST, "invalid": 0}
    assert Partner.objects.count() == 6


def test_a_zip_comes_in_as_its_folder_does(cast: Cast, folder: Path) -> None:
    assert bring_in(Path(shutil.make_archive(str(folder), "zip", folder))) == {**FIRST, "invalid": 0}


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (
            "services",
            "Calm Hour",
            "",
            "services.csv, row 3, column name: this cell is blank, and it is needed",
        ),
        ("services", '"One hour', '"One" hour', "services.csv, row 2: a quotation mark opens here"),
        ("contacts", "id,location_id", "key,location_id", "contacts.csv, column id: this column is missing"),
        ("contacts", "Brandt,Exec", "Brandt,,Exec", "contacts.csv, row 2: cells: 9 here, 8 in the first row"),
        (
            "organizations",
            "3,",
            "2,",
            "organizations.csv, row 4, line 5, column id: row 3 has the same id, 2",
        ),
    ],
)
def test_a_broken_file_changes_nothing_and_names_row_and_reason(
    cast: Cast, folder: Path, name: str, old: str, new: str, reason: str
) -> None:
    bring_in(folder)
    before = checksums()
    file = folder / f"{name}.csv"
    file.write_text(
        file.read_text("utf-8").replace(old, new, 1) if old != "3," else _third_as_second(file), "utf-8"
    )
    first, *reasons = refusal(folder)
    assert first == "Nothing was imported."
    assert [line.strip().startswith(reason) for line in reasons] == [True]
    assert checksums() == before


def _third_as_second(file: Path) -> str:
    return file.read_text("utf-8").replace("\n3,", "\n2,")


def test_a_fault_in_the_middle_of_writing_leaves_nothing_behind(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checksums()
    monkeypatch.setattr("partners.interchange.apply._write_rows", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take_in(directory=read(from_folder(folder)), batch=new_batch(district=cast.larkmoor))
    assert checksums() == before


def test_the_rest_comes_in_where_that_is_wished(cast: Cast, folder: Path) -> None:
    change(folder, "services", "Calm Hour", "")
    assert bring_in(folder, "--leave-out") == {**FIRST, "new": 14, "invalid": 1}
    row = ImportRow.objects.get(state="invalid")
    assert (row.file_name, row.row, row.entity, row.raw["description"]) == (
        "services.csv",
        3,
        "service",
        "A quiet group after lunch.",
    )


def test_a_row_that_points_nowhere_is_left_out_and_named(cast: Cast, folder: Path) -> None:
    change(folder, "contacts", "3,,2,,", "3,,99,,")
    assert bring_in(folder) == {**FIRST, "new": 14, "invalid": 1}
    assert sorted(ImportRow.objects.filter(state="invalid").values_list("file_name", "row")) == [
        ("contacts.csv", 4),
        ("phones.csv", 5),
    ]


def test_another_district_keeps_its_own(cast: Cast, folder: Path) -> None:
    bring_in(folder)
    call_command("import_hsds", str(folder), "--district=brightmere", stdout=StringIO(), stderr=StringIO())
    assert (Partner.objects.count(), ExternalId.objects.count()) == (3, 15)


def test_a_district_or_a_folder_that_is_not_there_is_named(cast: Cast, folder: Path) -> None:
    with pytest.raises(CommandError, match="no open district with the slug nowhere"):
        call_command("import_hsds", str(folder), "--district=nowhere")
    assert refusal(folder / "nowhere") == [f"There is no folder or file at {folder / 'nowhere'}."]


def test_another_directory_under_the_same_name_is_refused_and_changes_nothing(
    cast: Cast, folder: Path
) -> None:
    bring_in(folder)
    before = checksums()
    change(folder, "organizations", "Tamarack Youth Counseling", "Peninsula Family Service")
    change(folder, "organizations", "Open Cupboard Pantry", "Harbor House")
    assert refusal(folder)[1].strip() == (
        "this looks like another directory than “Community directory”: 2 of 3 organizations with the same"
        " ids have other names (Tamarack Youth Counseling is now Peninsula Family Service). Give this"
        " directory a name of its own"
    )
    assert checksums() == before
    assert bring_in(folder, "--source", "Peninsula")["new"] == 15
