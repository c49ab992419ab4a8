"""Every page that a role may open, reached by links alone, at two widths and in two languages.

From the first page breadth first, one address of each route. A page answers 200, has one h1 and at most one
filled button, nothing that axe finds, nothing wider than the screen, and on a phone nothing to press that is
lower than 44 pixels. In the end no page is left that the access matrix opens to the role and no link leads
to.
"""

import functools
import itertools
from collections.abc import Callable, Set
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.access_matrix.table import answers
from tests.browser.conftest import LAPTOP, PHONE, SignIn, must_be_accessible
from tests.browser.portal import Portal
from tests.test_access_matrix import ROWS

FILES = {
    "agreements:csv",
    "agreements:file",
    "agreements:register_csv",
    "coverage:sheet",
    "decisions:agenda_pdf",
    "decisions:meeting_ics",
    "decisions:how_pdf",
    "decisions:items_csv",
    "decisions:items_ics",
    "decide:file",
    "decisions:attached",
    "decisions:evidence",
    "decisions:record_csv",
    "decisions:record_pdf",
    "decisions:register_csv",
    "decisions:register_pdf",
    "letters:batch_csv",
    "letters:batch_labels",
    "letters:batch_print",
    "letters:batch_zip",
    "letters:pdf",
    "letters:picture",
    "letters:proof",
    "outreach:care_csv",
    "partners:hsds",
    "partners:import_left_out",
    "partners:import_look",
    "partners:list_csv",
    "partners:list_workbook",
    "partners:paper_file",
    "partners:typed",
    "people:brand_css",
}
WITHOUT_A_LINK = {
    "check:code",  # from a printed letter
    "register:code",  # from a decision's page or its paper
    "register:enter",  # from all versions of a decision
    "decisions:keep",  # once a review is due
    "decisions:attendance",  # on the day of a meeting, and later
    "decisions:in_spanish",  # where a seat that is asked reads Spanish
    "decide:page",  # opened from its mail, or from a message of one of us
    "decisions:new_how",  # after a group adopted another way
    "accounts:invitation",  # opened from its mail
    "partners:bulk_done",  # after an act on many
    "partners:keep_view",  # once a list is filtered
    "partners:edit_view",  # once a view is kept
    "answer:page",  # opened from a letter's mail
    "no_more:page",  # opened from a reminder's mail
    "by_link:page",  # opened from its mail, or from a message of one of us
    "letters:batch",  # begun from a list of partners
    "letters:preview",  # the frame in a draft's page
    "letters:write",  # started by a button
    "outreach:message",  # where mail went out
    "partners:import_columns",  # once a sheet is handed over
    "partners:import_schools",  # where a sheet names schools that nobody knows
    "partners:imported",  # after an import
    "partners:decline_report",  # once a year's answers came
    "people:job",  # while it runs
}
COLUMNS = {
    "signed_out": "out",
    "viewer": "view",
    "preparer": "prep",
    "coordinator": "coor",
    "principal": "prin",
    "staff": "staf",
}
RECORDS = {
    *("agreements:page", "building:page", "decisions:group", "decisions:page"),
    *("letters:page", "letters:text", "partners:page", "partners:papers"),
}
IN_A_DISTRICT = "a[href^='/d/'], a[href^='?']"
BESIDE_THEM = "a[href^='/']:not([href^='/d/'])"
SEEN_AS = (pytest.param(LAPTOP, "en", id="1280-en"), pytest.param(PHONE, "es", id="360-es"))
SEEN = """() => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(it => it.checkVisibility());
  const pressed = "button, summary, select, textarea, .btn, "
    + "input:not([type=hidden], [type=radio], [type=checkbox])";
  return {
    titles: shown("h1").length,
    filled: shown(".btn-primary").length,
    low: shown(pressed).filter(it => it.getBoundingClientRect().height < 43.9).map(it => it.outerHTML),
  };
}"""


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
@pytest.mark.parametrize("role", ["viewer", "preparer", "coordinator", "principal", "staff"])
def test_every_page_of_a_role(role: str, size: tuple[int, int], language: str, sign_in: SignIn) -> None:
    wanted = {route for route in pages_of(role) - pages_of("signed_out") if ":" in route}
    opened = walk(sign_in(role, size, language), IN_A_DISTRICT, wanted)
    assert wanted - opened == set()


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
def test_every_page_beside_the_districts(size: tuple[int, int], language: str, sign_in: SignIn) -> None:
    page = sign_in("staff", size, language)
    page.goto(f"{page.url}me/")
    opened = walk(page, BESIDE_THEM)
    assert opened >= pages_of("signed_out") | {"account_change_password", "mfa_activate_totp", "mfa_index"}


@pytest.mark.parametrize(("size", "language"), SEEN_AS)
def test_every_page_of_a_visitor(
    size: tuple[int, int], language: str, portal: Portal, browser: Browser
) -> None:
    width, height = size
    with browser.new_context(viewport={"width": width, "height": height}, locale=f"{language}-US") as context:
        page = context.new_page()
        page.goto(f"{portal.url}/accounts/login/")
        opened = walk(page, BESIDE_THEM)
    assert opened == pages_of("signed_out") | {"account_login", "account_reset_password"}


def pages_of(role: str) -> set[str]:
    """The routes that show this role a page by the hand-written table, and that links lead to."""
    column = COLUMNS[role]
    shown = {route for route, row in ROWS.items() if " " not in route and answers(row)[column] == 200}
    return shown - FILES - WITHOUT_A_LINK


def walk(
    page: Page, followed: str, wanted: Set[str] = frozenset(), look: Callable[[Page], None] | None = None
) -> set[str]:
    """Follow such links from where one is, to each route once, and look at its page; then on to further
    RECORDS, for as long as a wanted page is missing. Out: the routes that showed a page."""
    look = look or look_at
    met, waiting, opened = {page.url}, [page.url], set[str]()
    while address := next_of(waiting, opened, wanted):
        waiting.remove(address)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        if route_of(page.url) not in opened:
            look(page)
        opened |= {route_of(address), route_of(page.url)}
        links = page.eval_on_selector_all(followed, "links => links.map(link => link.href.split(/[?#]/)[0])")
        waiting += [link for link in dict.fromkeys(links) if link not in met and route_of(link) not in FILES]
        met |= set(links)
    return opened - {"home"}


def next_of(waiting: list[str], opened: set[str], wanted: Set[str]) -> str | None:
    """The first address of a route not opened yet, or else of one more record in an app that lacks a page."""
    lacking = {route.partition(":")[0] for route in wanted - opened}
    further = {route for route in RECORDS if route.partition(":")[0] in lacking}
    new = (address for address in waiting if route_of(address) not in opened)
    more = (address for address in waiting if route_of(address) in further)
    return next(itertools.chain(new, more), None)


@functools.cache
def route_of(address: str) -> str:
    """The name of the route that an address of the portal belongs to."""
    return resolve(urlsplit(address).path).view_name


def look_at(page: Page) -> None:
    """What holds for every page."""
    seen = page.evaluate(SEEN)
    assert seen["titles"] == 1, page.url
    assert seen["filled"] <= 1, page.url
    assert page.viewport_size is not None
    assert seen["low"] == [] or page.viewport_size["width"] != PHONE[0], page.url
    must_be_accessible(page)
