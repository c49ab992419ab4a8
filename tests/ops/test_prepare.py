import shutil
from pathlib import Path

import pytest

from ops import prepare
from ops.shell import failure
from ops.words import Problem


def test_a_full_disk_is_met_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10**12, 10**12, 10 * 2**20)
    )
    with pytest.raises(Problem) as told:
        prepare.room()
    assert told.value.what == f"the disk of {prepare.ROOT} has 10 MB left, and the portal needs 300."
    assert told.value.do == "Free some space there, then run this again."


def test_a_disk_that_fills_during_a_step_is_named_as_such() -> None:
    problem = failure("making .venv", "...\nOSError: [Errno 28] No space left on device\n")
    assert problem.what.endswith(" is full.")


def test_a_step_that_fails_shows_its_last_lines_and_what_to_do() -> None:
    problem = failure("migrating the database", "\n".join(f"line {n}" for n in range(20)))
    assert problem.what == "migrating the database failed:\n" + "\n".join(
        f"    line {n}" for n in range(8, 20)
    )
    assert problem.do == "Mend what these lines name, then run this again."


def test_room_is_measured_at_the_nearest_folder_that_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    room = shutil._ntuple_diskusage(3, 2, 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: asked.append(place) or room)
    assert prepare.free(tmp_path / "not" / "yet") == 1
    assert asked == [tmp_path]


def test_a_step_is_done_again_only_when_its_sources_changed(tmp_path: Path) -> None:
    source = tmp_path / "a.po"
    source.write_text("one")
    assert prepare._changed("step", [source])
    prepare._remember("step", [source])
    assert not prepare._changed("step", [source])
    source.write_text("two")
    assert prepare._changed("step", [source])
