"""A page as a screen reader gets it: roles, names, states, and what live regions say."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LINE = re.compile(
    r"""^\s*- ['"]?(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?"""
    r"""(?P<states>(?: \[[^\]]+\])*)(?:: (?P<text>.+))?"""
)
CONTROLS = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton"}
NAMED = {"navigation", "search", "region", "complementary", "form", "table"}
ONCE = {"banner": 1, "main": 1, "contentinfo": 1}

LISTEN = (Path(__file__).parent / "listen.js").read_text().partition("\n")[2]


def lines_of(page: Page) -> list[tuple[str, str, str]]:
    """Role, name (of a status: its words) and states of all that a page holds, in reading order."""
    found = (LINE.match(line) for line in page.locator("body").aria_snapshot().splitlines())
    return [
        (
            line["role"],
            line["name"] or (line["role"] == "status" and line["text"]) or "",
            line["states"].strip(),
        )
        for line in found
        if line
    ]


def must_hold(page: Page, expected: str) -> None:
    """The page holds these lines, in this order: role, name in quotes, states; … stands for anything."""
    held = iter([f'{role} "{name}" {states}'.strip() for role, name, states in lines_of(page)])
    missing = []
    for line in filter(None, map(str.strip, expected.splitlines())):
        wanted = re.compile(re.escape(line).replace("…", ".*") + ("" if '"' in line else r"( .*)?"))
        if not any(wanted.fullmatch(one) for one in held):
            missing.append(line)
            break
    assert missing == [], page.locator("body").aria_snapshot()


def must_be_told(page: Page) -> None:
    """One h1; banner, main and contentinfo once; what there is several of, each with a name of its own; every
    control with a name."""
    lines = lines_of(page)
    assert [name for role, name, states in lines if role == "heading" and "[level=1]" in states] == [
        " ".join(page.locator("h1").inner_text().split())
    ]
    count = Counter(role for role, _name, _states in lines)
    assert {role: count[role] for role in ONCE} == ONCE, page.url
    parts = [(role, name) for role, name, _states in lines if role in NAMED]
    assert [part for part in parts if not part[1] or parts.count(part) > 1] == [], page.url
    assert [(role, name) for role, name, _states in lines if role in CONTROLS and not name] == [], page.url


def node(page: Page, role: str, name: str) -> dict[str, Any]:
    """States and description that Chromium tells of the one thing with this role and a name that fits."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    [found] = [
        one
        for one in nodes
        if not one["ignored"]
        and one["role"]["value"] == role
        and re.fullmatch(name, one.get("name", {}).get("value", ""))
    ]
    states = {state["name"]: state["value"].get("value") for state in found.get("properties", [])}
    return {**states, "description": found.get("description", {}).get("value", "")}


def listen(page: Page) -> None:
    """From now on keep what live regions say on this page; each change is said once."""
    page.evaluate(LISTEN)


def listen_from_the_start(page: Page) -> None:
    """Keep it on every page that opens from now on, from when it stands there."""
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', {LISTEN})")


def told(page: Page) -> list[str]:
    """What was said since one listens, in order."""
    said: list[str] = page.evaluate("() => window.told")
    return said


def reads(page: Page, lines: str) -> None:
    """The page is told as each page must be, and holds these lines, in this order."""
    must_be_told(page)
    must_hold(page, lines)


def invite(page: Page, address: str) -> None:
    """Invite a viewer of Quillback."""
    page.goto("/d/larkmoor/people/invite/")
    page.get_by_label("Their e-mail").fill(address)
    page.get_by_label("Role").select_option("viewer")
    page.get_by_label("Quillback Middle School").check()
    page.get_by_role("button", name="Invite this person").click()
