"""Every template compiles, and every partial says what it takes."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.look.sources import TEMPLATES, name_of, templates

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
