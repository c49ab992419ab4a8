"""Files of others are what the lock says, and nothing else of others lies beside them."""

import hashlib
import json

from tests.look.sources import ROOT

LOCK = json.loads((ROOT / "static/vendor/lock.json").read_text())
FOLDERS = ("static/vendor", "static/fonts", "tests/vendor")
OURS = {
    "static/vendor/lock.json",
    "static/fonts/OFL-PublicSans.txt",
    "static/fonts/OFL-SourceSerif4.txt",
    "tests/vendor/hsds-3.0/LICENSE",
}


def test_each_vendored_file_has_the_hash_in_the_lock() -> None:
    found = {entry["file"]: hashlib.sha256((ROOT / entry["file"]).read_bytes()).hexdigest() for entry in LOCK}
    assert found == {entry["file"]: entry["sha256"] for entry in LOCK}


def test_every_file_in_the_vendored_folders_is_in_the_lock() -> None:
    lying = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert lying - OURS == {entry["file"] for entry in LOCK}


def test_each_entry_says_name_version_and_license() -> None:
    assert [entry for entry in LOCK if not (entry["name"] and entry["version"] and entry["license"])] == []


def test_no_vendored_file_points_to_a_source_map() -> None:
    """Manifest storage would look for the map and refuse to collect."""
    texts = [entry["file"] for entry in LOCK if entry["file"].endswith((".css", ".js"))]
    assert [file for file in texts if "sourceMappingURL=" in (ROOT / file).read_text()] == []
