"""NTEE codes and the sectors that they stand for, checked by hand against the list of core codes."""

import csv
import string

import pytest

from partners.enums import Sector
from partners.ntee import SECTORS, sector_of
from tests.trial import TRIAL, trial

REGISTER = TRIAL / "nonprofits" / "eo_vt_2026-02.csv"


@pytest.mark.parametrize(
    ("code", "of_what", "sector"),
    [
        ("A32", "television", Sector.MEDIA),
        ("A65", "theater", Sector.OTHER),
        ("B21", "preschools", Sector.EARLY_CHILDHOOD),
        ("B24", "elementary schools", Sector.SCHOOLS),
        ("B43", "universities", Sector.HIGHER_EDUCATION),
        ("B94", "parent and teacher groups", Sector.PARENTS),
        ("C40Z", "garden clubs", Sector.CIVIC),
        ("E22", "hospitals", Sector.HEALTH_CARE),
        ("F21", "substance use prevention", Sector.SUBSTANCE_USE),
        ("F30", "mental health treatment", Sector.MENTAL_HEALTH),
        ("I21", "youth violence prevention", Sector.JUVENILE_JUSTICE),
        ("I60", "law enforcement", Sector.LAW_ENFORCEMENT),
        ("I72", "child abuse prevention", Sector.SOCIAL_SERVICES),
        ("K31", "food banks", Sector.BASIC_NEEDS),
        ("K28", "farm bureaus", Sector.OTHER),
        ("L41", "homeless shelters", Sector.BASIC_NEEDS),
        ("N63", "baseball and softball", Sector.YOUTH_SERVING),
        ("O23", "boys and girls clubs", Sector.YOUTH_SERVING),
        ("P20", "human service organizations", Sector.SOCIAL_SERVICES),
        ("P33", "child day care", Sector.EARLY_CHILDHOOD),
        ("S41", "chambers of commerce", Sector.BUSINESS),
        ("S82", "service clubs", Sector.CIVIC),
        ("T31", "community foundations", Sector.PHILANTHROPY),
        ("X21", "Protestant", Sector.FAITH),
        (" p27 ", "YMCA, badly typed", Sector.YOUTH_SERVING),
        ("", "no code", Sector.OTHER),
        ("7", "no code at all", Sector.OTHER),
    ],
)
def test_a_code_has_one_sector(code: str, of_what: str, sector: Sector) -> None:
    assert sector_of(code) == sector, of_what


def test_every_major_group_has_its_sector() -> None:
    assert sorted(code for code in SECTORS if len(code) == 1) == list(string.ascii_uppercase)


def test_a_real_register_reaches_most_sectors() -> None:
    with trial(REGISTER).open(newline="") as file:
        found = {sector_of(row["NTEE_CD"]) for row in csv.DictReader(file)}
    assert set(Sector) - found == {Sector.YOUTH, Sector.GOVERNMENT}
