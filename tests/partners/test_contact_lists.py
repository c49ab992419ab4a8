"""Lists of contacts as cities publish them come in without a column being named by hand."""

from pathlib import Path

from partners.interchange.sheet_fields import guess
from partners.interchange.sheet_records import records_of
from partners.interchange.sheets import read_sheet
from partners.interchange.vocabulary import vocabulary
from tests.conftest import Cast
from tests.trial import TRIAL, trial

OURS = Path(__file__).parent / "data" / "contact-list" / "programs.csv"
PUBLIC = TRIAL / "contact-lists" / "nyc_dycd_after_school_programs.csv"
COLUMNS = {
    "PROGRAM TYPE": "",
    "PROGRAM": "service",
    "SITE NAME": "place",
    "BOROUGH / COMMUNITY": "city",
    "AGENCY": "name",
    "Contact Number": "phone",
    "Grade Level / Age Group": "grades",
    "Location 1": "address",
}


def test_a_list_with_the_quirks_of_a_public_one_is_understood(cast: Cast) -> None:
    table = read_sheet("programs.csv", OURS.read_bytes())
    assert guess(table) == COLUMNS
    directory = records_of(table, guess(table), vocabulary(cast.larkmoor, cast.staff))
    assert directory.counts == {"organization": 2, "location": 3, "service": 2, "contact": 0}
    places = [record.fields for record in directory.records if record.entity == "location"]
    assert places == [
        {
            "street": "12 Ogden Avenue",
            "city": "Larkmoor",
            "postal_code": "00452",
            "name": "Quillback Hall",
            "phone": "+15555550101",
        },
        {
            "street": "345 Brook",
            "street2": "Avenue",
            "city": "Larkmoor",
            "postal_code": "00454",
            "name": "Niño Center",
            "phone": "+15555550102;ext=23",
        },
        {"city": "Ferrywatch", "name": "Ferry House", "phone": "+15555550103"},
    ]


def test_the_public_list_comes_in_whole(cast: Cast) -> None:
    table = read_sheet("programs.csv", trial(PUBLIC).read_bytes())
    assert guess(table) == COLUMNS
    directory = records_of(table, guess(table), vocabulary(cast.larkmoor, cast.staff))
    assert (len(table.rows), directory.unusable) == (1599, [])
    assert directory.counts == {"organization": 603, "location": 1289, "service": 812, "contact": 0}
