"""Templates and stylesheets ask for nothing that our content security policy refuses."""

import re
from pathlib import Path

import pytest

from tests.look.sources import COMMENTS, OWN_CSS, ROOT, name_of, templates

REFUSED = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a data: address": re.compile(r"[\"'(\s=]data:[a-z]", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "a file of another host": re.compile(
        r"<(?:link|script|img|iframe)\b[^>]*(?:href|src)=\"(?:https?:)?//", re.I
    ),
}


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=name_of)
def test_a_template_asks_for_nothing_refused(path: Path) -> None:
    source = COMMENTS.sub("", path.read_text())
    assert [what for what, pattern in REFUSED.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_a_stylesheet_asks_for_nothing_refused(path: Path) -> None:
    css = path.read_text()
    assert ("data:" in css, "@import" in css, "://" in css) == (False, False, False)


@pytest.mark.parametrize("path", OWN_CSS, ids=lambda path: path.name)
def test_each_file_that_a_stylesheet_names_is_there(path: Path) -> None:
    named = re.findall(r"url\(\"([^\"]+)\"\)", path.read_text())
    assert [name for name in named if not (path.parent / name).resolve().is_file()] == []


def test_our_scripts_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "static/js").glob("*.js")}
    assert {name: size for name, size in sizes.items() if size >= 5_000} == {}
