"""The file of a backup: what is written comes out, and anything else is refused."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ops import archive
from ops.words import Problem

BYTES = bytes(range(256)) * 400


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    dump, upload = tmp_path / "dump", tmp_path / "upload"
    dump.write_bytes(BYTES)
    upload.write_bytes(b"an upload")
    target = tmp_path / "kept"
    archive.write(target, [("database.dump", dump), ("files/7/a", upload)], {"version": "0.1.0"})
    return target


def test_what_was_written_comes_out(kept: Path, tmp_path: Path) -> None:
    manifest = archive.unpack(kept, tmp_path / "out")
    assert (tmp_path / "out" / "database.dump").read_bytes() == BYTES
    assert (tmp_path / "out" / "files" / "7" / "a").read_bytes() == b"an upload"
    assert manifest["version"] == "0.1.0"
    assert {name: part["bytes"] for name, part in manifest["parts"].items()} == {
        "database.dump": len(BYTES),
        "files/7/a": 9,
    }
    assert kept.stat().st_mode & 0o777 == 0o600


CUT = "it is cut short, or no backup at all"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda kept: b"", CUT),
        (lambda kept: b"PGDMP" + bytes(5000), CUT),
        (lambda kept: kept[:50_000], CUT),
        (lambda kept: kept[:-11_000], CUT),
        (lambda kept: kept[:5000] + b"?" + kept[5001:], "database.dump is not what was written"),
        (lambda kept: kept.replace(b"an upload", b"AN upload"), "files/7/a is not what was written"),
        (lambda kept: kept.replace(b'"format"', b'"fOrmat"'), CUT),
    ],
)
def test_a_damaged_file_is_refused(
    kept: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], why: str
) -> None:
    kept.write_bytes(spoil(kept.read_bytes()))
    with pytest.raises(Problem) as refused:
        archive.unpack(kept, tmp_path / "out")
    assert refused.value.what == f"{kept} can't be restored: {why}."


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "files/../../outside"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    hostile = tmp_path / "hostile"
    with tarfile.open(hostile, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Problem):
        archive.unpack(hostile, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile", "out"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    with tarfile.open(hostile, "w") as tar:
        entry = tarfile.TarInfo("files/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(Problem):
        archive.unpack(hostile, tmp_path / "out")


def test_a_part_that_the_manifest_misses_and_one_that_is_too_many_are_refused(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.write_bytes(b"x")
    archive.write(tmp_path / "kept", [("database.dump", dump), ("files/b", dump)], {})
    with tarfile.open(tmp_path / "kept") as old, tarfile.open(tmp_path / "other", "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "files/b":
                continue
            new.addfile(member, io.BytesIO(content))
    with pytest.raises(Problem) as refused:
        archive.unpack(tmp_path / "other", tmp_path / "out")
    assert refused.value.what == f"{tmp_path / 'other'} can't be restored: files/b is not what was written."


def test_another_format_is_named(kept: Path, tmp_path: Path) -> None:
    written = kept.read_bytes()
    assert json.dumps({"format": archive.FORMAT})[1:-1].encode() in written
    kept.write_bytes(written.replace(b'"format": 1', b'"format": 9'))
    with pytest.raises(Problem) as refused:
        archive.unpack(kept, tmp_path / "out")
    assert refused.value.what == f"{kept} is a backup of another format."
