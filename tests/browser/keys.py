"""A page by the keyboard alone: where Tab leads, and whether one sees where one is."""

from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Page

AT = (Path(__file__).parent / "stop.js").read_text()


class Stop(TypedDict):
    """Where Tab led: its number on the page, its name, its field's, whether one sees it, and its place."""

    number: int
    name: str
    field: str
    what: str
    seen: bool
    free: bool
    x: float
    y: float
    order: int


def here(page: Page) -> Stop | None:
    """Where the focus is; None outside of the page."""
    found: Stop | None = page.evaluate(AT)
    return found


def tab_to(page: Page, name: str) -> Stop:
    """Press Tab until one is at what is called so, or at that field. Fails where Tab does not lead there."""
    for _press in range(150):
        page.keyboard.press("Tab")
        stop = here(page)
        if stop and (name in stop["name"] or name == stop["field"]):
            return stop
    raise AssertionError(f"Tab does not lead to {name!r} on {page.url}")


def enter(page: Page) -> None:
    """Press Enter where that opens a page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def stops_of(page: Page) -> list[Stop]:
    """Every stop from the top of the page until Tab leaves it, or comes round."""
    return _walked(page, "Tab", here(page))


def stops_back(page: Page, last: Stop) -> list[Stop]:
    """Every stop back up with Shift+Tab from the last one."""
    page.locator(f"[data-stop='{last['number']}']").focus()
    return _walked(page, "Shift+Tab", here(page))


def _walked(page: Page, key: str, start: Stop | None) -> list[Stop]:
    stops = [start] if start else []
    for _press in range(400):
        page.keyboard.press(key)
        stop = here(page)
        if stop and stops and stop["number"] == stops[-1]["number"]:
            continue  # a date has three places to type in
        if stop is None or stop["number"] in {met["number"] for met in stops}:
            return stops
        stops.append(stop)
    raise AssertionError(f"{key} finds no end on {page.url}")
