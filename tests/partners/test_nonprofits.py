"""The register of nonprofits: brought in whole, looked through by place, name and sector, picked from."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import School
from partners.models import Nonprofit, Partner
from partners.nonprofit_queries import nonprofits_near
from partners.ntee import codes_of, sector_of
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_nonprofit, a_partner
from tests.partners.importing import words
from tests.trial import TRIAL, trial

PAGE = "/d/larkmoor/partners/possible/"
HEAD = "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,SUBSECTION,RULING,INCOME_AMT,REVENUE_AMT,NTEE_CD"
ROW = "010180687,WINDMILL YOUTH CORPS,% JANE DOE,PO BOX 455,LARKMOOR,TX,05089-0455,03,200211,433360,-12,O50"


def bring_in(path: Path, *more: str) -> str:
    out = StringIO()
    call_command("import_nonprofits", str(path), *more, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "eo_tx.csv"
    path.write_text(f"{HEAD}\n{ROW}\n12,SHORT,,,,,,,,,,\n")
    return path


def test_a_row_keeps_its_zeros_and_names_nobody(db: None, file: Path) -> None:
    assert bring_in(file, "--as-of=2026-04-13") == (
        "eo_tx.csv: 1 new, 0 changed, 0 same as before, 1 left out."
    )
    [row] = Nonprofit.objects.values()
    assert (row["ein"], row["postal_code"], row["revenue"]) == ("010180687", "05089-0455", -12)
    assert (row["name"], row["street"], row["city"]) == ("Windmill Youth Corps", "PO Box 455", "Larkmoor")
    assert "Jane" not in str(row)


def test_the_same_file_again_changes_nothing_and_a_newer_one_what_is_new(db: None, file: Path) -> None:
    bring_in(file)
    assert bring_in(file) == "eo_tx.csv: 0 new, 0 changed, 1 same as before, 1 left out."
    file.write_text(file.read_text().replace("O50", "F20"))
    assert bring_in(file) == "eo_tx.csv: 0 new, 1 changed, 0 same as before, 1 left out."
    assert (Nonprofit.objects.get().ntee, Nonprofit.objects.count()) == ("F20", 1)


def test_another_file_is_refused_and_says_which_column_it_lacks(db: None, file: Path) -> None:
    file.write_text("Name,City\nUmber,Larkmoor\n")
    with pytest.raises(CommandError) as caught:
        bring_in(file)
    assert "eo_tx.csv, column EIN: this column is missing" in str(caught.value)


def test_two_months_of_the_public_register_come_in(db: None) -> None:
    first = trial(TRIAL / "nonprofits" / "eo_vt_2026-02.csv")
    assert bring_in(first) == "eo_vt_2026-02.csv: 6517 new, 0 changed, 0 same as before, 0 left out."
    said = bring_in(first.with_name("eo_vt_2026-04.csv"))
    assert said == "eo_vt_2026-04.csv: 70 new, 622 changed, 5843 same as before, 0 left out."
    assert Nonprofit.objects.filter(postal_code__startswith="05").count() > 6000


def test_the_codes_of_a_sector_are_those_that_mean_it() -> None:
    for code in ("F30", "F20", "B94", "P33", "P27", "Z99", "I20", "I60"):
        sector = sector_of(code)
        fits = any(
            code.startswith(begins) and not any(code.startswith(other) for other in others)
            for begins, others in codes_of(sector)
        )
        assert fits


def test_the_nearest_come_first_and_those_of_another_sector_not_at_all(cast: Cast) -> None:
    School.objects.filter(pk=cast.quillback.pk).update(address="40 Tanner Street, Larkmoor, TX 00512")
    cast.quillback.refresh_from_db()
    a_nonprofit("000000001", "Far", postal_code="00599-1234", ntee="O50")
    a_nonprofit("000000002", "Nearer", postal_code="00519", ntee="O50")
    a_nonprofit("000000003", "Here", postal_code="00512-0001", ntee="O50")
    a_nonprofit("000000004", "Elsewhere", postal_code="99999", ntee="O50")
    a_nonprofit("000000005", "Of another sector", postal_code="00512", ntee="F20")
    found = nonprofits_near(cast.quillback, "youth_serving")
    assert [one.nonprofit.name for one in found] == ["Here", "Nearer", "Far"]
    assert [one.nonprofit.name for one in nonprofits_near(cast.quillback, limit=2)] == [
        "Here",
        "Of another sector",
    ]
    assert [one.nonprofit.name for one in nonprofits_near("larkmoor", name="near")] == ["Nearer"]


@pytest.mark.parametrize("typed", ["place=%00", "place=1%002", "q=%00", "sector=%00", "school=%00"])
def test_what_is_no_text_finds_as_if_it_were_not_typed(cast: Cast, sign_in: SignIn, typed: str) -> None:
    assert sign_in(cast.staff).get(f"{PAGE}?{typed}").status_code == 200


@pytest.mark.parametrize(
    "ein", ["%00", "12", "0101806870", "%D9%A0%D9%A1%D9%A0%D9%A1%D9%A8%D9%A0%D9%A6%D9%A8%D9%A7"]
)
def test_what_is_no_tax_number_is_not_found(cast: Cast, sign_in: SignIn, ein: str) -> None:
    assert sign_in(cast.staff).post(f"{PAGE}{ein}/").status_code == 404


def test_one_is_picked_and_stands_as_possible(cast: Cast, sign_in: SignIn) -> None:
    a_nonprofit(ntee="O50")
    client = sign_in(cast.coordinator)
    assert "Windmill Youth Corps EIN 01-0180687 7 Mill St Larkmoor, TX 00000" in words(client.get(PAGE))
    page = words(client.post(f"{PAGE}010180687/", follow=True))
    assert "Added as a possible partner." in page
    partner = Partner.objects.get()
    assert (partner.name, partner.ein, partner.sectors) == (
        "Windmill Youth Corps",
        "01-0180687",
        ["youth_serving"],
    )
    standing = partner.partnerships.get()
    assert (standing.school, standing.stage) == (cast.quillback, "identified")
    assert partner.sites.get().street == "7 Mill St"


def test_one_that_is_a_partner_is_shown_as_such_and_not_made_twice(cast: Cast, sign_in: SignIn) -> None:
    a_nonprofit()
    a_partner(cast.staff, "Windmill", ein="01-0180687")
    client = sign_in(cast.staff)
    assert "A partner already: Windmill" in words(client.get(PAGE))
    assert "This one is a partner already." in words(client.post(f"{PAGE}010180687/", follow=True))
    assert Partner.objects.count() == 1


def test_an_empty_register_says_how_it_comes(cast: Cast, sign_in: SignIn) -> None:
    page = words(sign_in(cast.staff).get(PAGE))
    said = "Ask the person who runs this portal for your district to bring in the nonprofits of your state."
    assert (said in page, "portal manage" in page) == (True, False)


@pytest.mark.parametrize(
    "typed", ["place=00000", "place=Larkmoor", "q=mill", "sector=youth_serving", "school=quillback"]
)
def test_it_is_found_by_place_name_sector_and_school(cast: Cast, sign_in: SignIn, typed: str) -> None:
    a_nonprofit(ntee="O50")
    assert "Windmill Youth Corps" in words(sign_in(cast.staff).get(f"{PAGE}?{typed}"))


def test_the_page_costs_the_same_at_one_and_at_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client: Client = sign_in(cast.coordinator)
    for number in (1, 2, 3):
        a_nonprofit(f"00000000{number}")
        if number != 2:
            with django_assert_num_queries(11):
                client.get(PAGE)
