"""What happened stays on the page until one leaves it: no message goes, or is undone, by itself."""

import re
from pathlib import Path

import pytest

from tests.look.sources import COMMENTS, OWN_CSS, ROOT, templates

LEAVING = {
    "a toast": re.compile(r"\btoasts?\b", re.I),
    "a time after which it hides": re.compile(r"data-bs-(?:autohide|delay|dismiss)", re.I),
    "a swap that takes away": re.compile(r"hx-swap=\"(?:delete|none)"),
    "something that moves": re.compile(r"@keyframes|\banimation(?:-name)?:"),
}
BY_SCRIPT = re.compile(r"\.(?:remove|replaceChildren|hidePopover)\(|\.hidden\b|display\b")
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))


@pytest.mark.parametrize("path", [*templates(), *OWN_CSS, *SCRIPTS], ids=lambda path: path.name)
def test_nothing_leaves_by_itself(path: Path) -> None:
    source = COMMENTS.sub("", path.read_text())
    assert [what for what, pattern in LEAVING.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_takes_away_what_stands(path: Path) -> None:
    assert BY_SCRIPT.findall(path.read_text()) == []
