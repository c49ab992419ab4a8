"""Schools come in from a public list by their ids, all or none, and again without undoing what people did."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.models import School
from accounts.naming import free_code, free_slug
from accounts.services import edit_school
from partners.interchange.outcome import earlier_imports
from partners.interchange.school_files import school_name
from partners.models import ExternalId, ImportBatch
from tests.conftest import Cast
from tests.trial import TRIAL, trial

DATA = Path(__file__).parent / "data" / "schools"
CCD, ASKTED = DATA / "ccd.csv", DATA / "askted.csv"
OURS = ("--lea", "0100001")


def bring_in(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_schools", str(file), "--district=larkmoor", *options, stdout=out)
    return out.getvalue().strip()


def changed(tmp_path: Path, old: str, new: str, file: Path = CCD) -> Path:
    text = file.read_text()
    assert old in text
    other = tmp_path / "list.csv"
    other.write_text(text.replace(old, new))
    return other


def the(nces_id: str) -> School:
    school: School = School.objects.get(nces_id=nces_id)
    return school


def test_a_list_makes_the_schools_that_run(cast: Cast) -> None:
    assert bring_in(CCD, *OURS) == "3 new, 0 changed, 0 same as before, 2 closed or not open yet."
    names = ("nces_id", "name", "slug", "code", "place", "address", "phone", "pupils")
    made = School.objects.exclude(nces_id="").order_by("nces_id").values_list(*names)
    assert list(made) == [
        (
            "010000100001",
            "Otterbrook High School",
            "otterbrook-high-school",
            "OHS",
            "Larkmoor",
            "12 McAdam Rd, Larkmoor, AL 01234-0042",
            "+16507807525",
            None,
        ),
        (
            "010000100002",
            "Otterbrook Elementary School",
            "otterbrook-elementary-school",
            "OES",
            "Larkmoor",
            "3 O'Hara Ave, Larkmoor, AL 01234",
            "",
            None,
        ),
        (
            "010000100003",
            "Otterbrook Elementary School",
            "otterbrook-elementary-school-2",
            "OES2",
            "Larkmoor",
            "4 O'Hara Ave, Larkmoor, AL 01234",
            "+16507807526",
            None,
        ),
    ]


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    bring_in(CCD, *OURS)
    before = list(School.objects.values()), ImportBatch.objects.count()
    assert bring_in(CCD, *OURS) == "0 new, 0 changed, 3 same as before, 2 closed or not open yet."
    assert (list(School.objects.values()), ImportBatch.objects.count()) == before


def test_the_list_of_texas_adds_pupils_and_fills_only_what_is_empty(cast: Cast) -> None:
    bring_in(CCD, *OURS)
    assert bring_in(ASKTED) == "1 new, 1 changed, 0 same as before, 1 closed or not open yet."
    high = the("010000100001")
    assert (high.pupils, high.phone) == (1329, "+16507807525")
    new = School.objects.get(name="Sedge Park Intermediate School")
    assert (new.nces_id, new.pupils) == ("", None)
    assert bring_in(ASKTED) == "0 new, 0 changed, 2 same as before, 1 closed or not open yet."


def test_what_people_changed_stays_and_what_they_left_alone_follows_the_list(
    cast: Cast, tmp_path: Path
) -> None:
    bring_in(CCD, *OURS)
    school = the("010000100001")
    edit_school(school=school, version=1, by=cast.staff, name="Otterbrook High", phone=school.phone)
    later = changed(tmp_path, "OTTERBROOK H S,6507807525", "OTTERBROOK SENIOR H S,6507807599")
    assert bring_in(later, *OURS) == "0 new, 1 changed, 2 same as before, 2 closed or not open yet."
    school.refresh_from_db()
    assert (school.name, school.phone, school.slug) == (
        "Otterbrook High",
        "+16507807599",
        "otterbrook-high-school",
    )


def test_what_people_changed_goes_when_it_is_to_be_overwritten(cast: Cast) -> None:
    bring_in(CCD, *OURS)
    edit_school(school=the("010000100001"), version=1, by=cast.staff, name="Otterbrook High", phone="")
    assert bring_in(CCD, *OURS) == "0 new, 0 changed, 3 same as before, 2 closed or not open yet."
    assert bring_in(CCD, *OURS, "--overwrite").startswith("0 new, 1 changed,")
    school = the("010000100001")
    assert (school.name, school.phone) == ("Otterbrook High School", "+16507807525")


def test_a_school_that_people_made_is_taken_for_the_one_of_its_name(cast: Cast, tmp_path: Path) -> None:
    named = changed(tmp_path, "OTTERBROOK H S", "QUILLBACK")
    assert bring_in(named, *OURS).startswith("2 new, 1 changed, 0 same")
    cast.quillback.refresh_from_db()
    assert (cast.quillback.nces_id, cast.quillback.name, cast.quillback.code) == (
        "010000100001",
        "Quillback Middle School",
        "QMS",
    )


def test_two_schools_of_one_name_are_two(cast: Cast, tmp_path: Path) -> None:
    alike = changed(tmp_path, "SEDGE PARK INT", "OTTERBROOK H S", ASKTED)
    assert bring_in(alike).startswith("2 new, 0 changed")


def test_a_school_with_another_id_is_another_school(cast: Cast) -> None:
    School.objects.filter(pk=cast.quillback.pk).update(slug="otterbrook-high-school", nces_id="019999999999")
    assert bring_in(CCD, *OURS).startswith("3 new, 0 changed")
    assert the("010000100001").slug == "otterbrook-high-school-2"


def test_a_school_that_was_closed_since_is_closed_once(cast: Cast, tmp_path: Path) -> None:
    bring_in(CCD, *OURS)
    closed = changed(tmp_path, "AL,01234,0042,1,1", "AL,01234,0042,1,2")
    assert bring_in(closed, *OURS) == "0 new, 0 changed, 2 same as before, 3 closed or not open yet."
    assert the("010000100001").closed_on == clock.today(cast.larkmoor)
    School.objects.update(closed_on=None)
    assert bring_in(closed, *OURS) == "0 new, 0 changed, 3 same as before, 2 closed or not open yet."


def test_zeros_that_a_spreadsheet_took_come_back(cast: Cast, tmp_path: Path) -> None:
    spoiled = changed(tmp_path, "2013,0100001", "2013,100001")
    bring_in(spoiled, "--lea", "100001")
    assert the("010000100001").name == "Otterbrook High School"


def test_a_list_of_several_districts_names_the_first_few(cast: Cast) -> None:
    with pytest.raises(CommandError) as refused:
        bring_in(CCD)
    assert str(refused.value) == (
        "Nothing was imported. ccd.csv holds 2 districts. Choose one with --lea: 0100001 LARKMOOR ISD; "
        "0100002 BRIGHTMERE ISD."
    )


def test_a_district_that_is_not_in_the_list(cast: Cast) -> None:
    with pytest.raises(CommandError, match=r"ccd\.csv has no district 0100009\. Choose one with --lea"):
        bring_in(CCD, "--lea", "0100009")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("NCESSCH", "NUMBER", "is no list of schools that we know"),
        ("010000100002", "1.00001E+11", "row 3: NCESSCH has 12 digits, but here it is “1.00001E.11”"),
        ("010000100002", "010000100001", "more than one row for 010000100001"),
        ("9 TANNERY ROW,LARKMOOR,AL,01234,,4,6", "9 TANNERY ROW", "row 6"),
        ("OTTERBROOK EL,M", f"{'OTTER ' * 40},M", "at most 200 characters"),
    ],
)
def test_a_wrong_list_is_refused_whole(cast: Cast, tmp_path: Path, old: str, new: str, why: str) -> None:
    before = list(School.objects.values())
    with pytest.raises(CommandError, match=f"Nothing was imported.*{why}"):
        bring_in(changed(tmp_path, old, new), *OURS)
    assert (list(School.objects.values()), ExternalId.objects.count()) == (before, 0)


def test_a_file_that_is_no_table_or_is_not_there(cast: Cast, tmp_path: Path) -> None:
    picture = tmp_path / "list.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x81\x8d")
    with pytest.raises(CommandError, match=r"Nothing was imported\. list\.csv"):
        bring_in(picture)
    with pytest.raises(CommandError, match="can't be read: No such file"):
        bring_in(tmp_path / "absent.csv")


def test_it_is_no_import_of_a_directory(cast: Cast) -> None:
    bring_in(CCD, *OURS)
    assert earlier_imports(cast.staff) == []


@pytest.mark.parametrize(
    ("listed", "ours"),
    [
        ("EL PASO H S", "El Paso High School"),
        ("CESAR E CHAVEZ EL", "Cesar E Chavez Elementary School"),
        ("HURST J H", "Hurst Junior High School"),
        ("LARKMOOR DAEP", "Larkmoor DAEP"),
        ("A+ ACADEMY", "A+ Academy"),
        ("SCHOOL FOR THE ARTS", "School for the Arts"),
        ("Mixed Case El", "Mixed Case El"),
    ],
)
def test_a_name_is_spelled_out(listed: str, ours: str) -> None:
    assert school_name(listed) == ours


def test_slugs_and_codes_stay_short_and_apart() -> None:
    assert free_slug("x" * 60, {"x" * 50}) == "x" * 48 + "-2"
    assert free_code("A B C D E F", {"ABCDE", "ABCD2"}) == "ABCD3"
    assert (free_slug("...", ()), free_code("...", ())) == ("school", "S")


@pytest.mark.parametrize(
    ("file", "lea", "figures"),
    [
        ("tx-campuses-ccd.csv", "4808940", "128 new, 0 changed, 0 same as before, 5 closed or not open yet."),
        (
            "tx-askted-region13.csv",
            "227901",
            "131 new, 0 changed, 0 same as before, 1 closed or not open yet.",
        ),
    ],
)
def test_real_lists(cast: Cast, file: str, lea: str, figures: str) -> None:
    listed = trial(TRIAL / "schools" / file)
    assert bring_in(listed, "--lea", lea) == figures
    new = figures.split()[0]
    assert bring_in(listed, "--lea", lea) == figures.replace(f"{new} new", "0 new").replace(
        "0 same", f"{new} same"
    )
