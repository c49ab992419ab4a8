"""What docs/ says of the code is so."""

from pathlib import Path

from partnership_portal.tables import describe

DOCS = Path(__file__).parent.parent / "docs"


def test_the_data_model_is_as_built() -> None:
    assert (DOCS / "data-model.md").read_text() == describe(), (
        "Run: ./portal manage describe_tables > docs/data-model.md"
    )
