"""The pictures of README.md: `PORTAL_PICTURES=docs/pictures ./portal test tests/browser/test_pictures.py`."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, SignIn

SHORT = (1280, 860)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("PORTAL_PICTURES", tmp_path)).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def take(page: Page, path: Path) -> None:
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=path)
    assert path.stat().st_size > 10_000


def test_pictures_of_today_a_letter_and_a_decision(sign_in: SignIn, album: Path) -> None:
    page = sign_in("coordinator", SHORT)
    take(page, album / "today.png")
    page.goto("/d/larkmoor/decisions/")
    page.get_by_role("link", name="Shall all partners use one referral form?").click()
    take(page, album / "decision.png")


def test_pictures_of_a_letter_before_the_principal(sign_in: SignIn, album: Path) -> None:
    page = sign_in("principal", SHORT)
    page.goto("/d/larkmoor/letters/to-sign/")
    page.get_by_role("link", name="Tamarack Youth Counseling").first.click()
    take(page, album / "letter.png")


def test_a_picture_of_the_principals_phone(sign_in: SignIn, album: Path) -> None:
    take(sign_in("principal", PHONE), album / "today-phone.png")


def test_pictures_of_the_directory(sign_in: SignIn, album: Path) -> None:
    page = sign_in("staff", SHORT)
    for name, path in (
        ("partners", "partners/"),
        ("who-serves-what", "coverage/"),
        ("need-by-school", "coverage/grid/"),
        ("at-the-table", "coverage/table/"),
        ("agreements-and-papers", "agreements/"),
        ("likely-duplicates", "partners/duplicates/"),
        ("import", "partners/import/"),
    ):
        page.goto(f"/d/larkmoor/{path}")
        take(page, album / f"{name}.png")


def test_a_picture_of_the_front_desk(sign_in: SignIn, album: Path) -> None:
    page = sign_in("viewer", SHORT)
    page.goto("/d/larkmoor/building/")
    take(page, album / "in-our-building.png")
