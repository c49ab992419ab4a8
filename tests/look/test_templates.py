"""Every template compiles, and every partial says what it takes."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.look.sources import ROOT, TEMPLATES, name_of, templates

PARTIALS = sorted((TEMPLATES / "partials").rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_compiles(path: Path) -> None:
    assert get_template(name_of(path)).origin.name == str(path)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_short_comment_ends_on_its_line(path: Path) -> None:
    """Django prints a {# comment #} that runs over two lines."""
    open_comments = [line for line in path.read_text().splitlines() if line.count("{#") != line.count("#}")]
    assert open_comments == []


@pytest.mark.parametrize("path", PARTIALS, ids=name_of)
def test_a_partial_says_what_it_takes(path: Path) -> None:
    source = path.read_text()
    assert (source.startswith(("{# ", "{% comment %} ")), "in: " in source[:700]) == (True, True)


def test_the_page_on_the_look_lists_every_partial() -> None:
    listed = (ROOT / "docs/look.md").read_text()
    alone = [path for path in PARTIALS if path.parent == TEMPLATES / "partials"]
    assert [name_of(path) for path in alone if f"`{name_of(path)}`" not in listed] == []


def test_the_page_on_the_look_tells_the_colors_of_the_tokens() -> None:
    told = set(re.findall(r"#[0-9a-f]{6}\b", (ROOT / "docs/look.md").read_text()))
    css = (ROOT / "static/css/portal.css").read_text()
    assert told - set(re.findall(r"--pp-[a-z0-9-]+: (#[0-9a-f]{6});", css)) == set()
