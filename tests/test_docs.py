"""What docs/ says of the code is so."""

import re
from pathlib import Path

from partnership_portal.tables import describe

DOCS = Path(__file__).parent.parent / "docs"


def test_the_data_model_is_as_built() -> None:
    assert (DOCS / "data-model.md").read_text() == describe(), (
        "Run: ./portal manage describe_tables > docs/data-model.md"
    )


def test_the_page_for_newcomers_names_what_is_there() -> None:
    """Every path between backticks; what a try made for a moment is the one exception."""
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", (DOCS / "where.md").read_text())
    gone = {"outreach/sources/deputy_ending.py", "./portal"}
    rooms = {"pages/", "views/", "services/"}  # of any app
    assert len(named) > 30
    assert [path for path in named if path not in gone | rooms and not (DOCS.parent / path).exists()] == []
