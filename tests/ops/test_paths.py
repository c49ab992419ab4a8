from pathlib import Path

import pytest

from ops import paths
from ops.words import Problem


def test_a_socket_of_107_bytes_is_allowed() -> None:
    paths.check_length(Path("/" + "s" * 106))


def test_a_longer_one_is_named_with_its_length_and_what_to_do() -> None:
    path = Path("/" + "s" * 107)
    with pytest.raises(Problem) as told:
        paths.check_length(path)
    assert told.value.what == f"the socket {path} has a path of 108 bytes, and the system allows 107."
    assert told.value.do == "Name a shorter one: TMPDIR=/tmp ./portal demo, or another PRESS_SOCKET."


def test_letters_outside_ascii_count_by_their_bytes() -> None:
    with pytest.raises(Problem):
        paths.check_length(Path("/" + "ñ" * 54))


def test_a_folder_is_ours_only_while_nobody_else_may_enter_it(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    assert not paths.is_ours(folder)
    folder.mkdir(mode=0o700)
    assert paths.is_ours(folder)
    folder.chmod(0o755)
    assert not paths.is_ours(folder)


def test_a_link_to_a_folder_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert not paths.is_ours(tmp_path / "link")


def test_a_folder_for_sockets_is_made_once_and_a_path_too_long_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "AS_ROOT", False)
    monkeypatch.setattr(paths, "RUN", tmp_path / "run")
    monkeypatch.setattr(paths.os, "access", lambda *_: False)
    monkeypatch.setattr(paths.tempfile, "tempdir", "/tmp/" + "t" * 100)
    with pytest.raises(Problem):
        paths.sockets()
    monkeypatch.setattr(paths.tempfile, "tempdir", None)
    folder = paths.sockets()
    assert paths.is_ours(folder)
    assert paths.sockets() == folder
    folder.rmdir()
