"""A backup as one file: a tar with the database's dump, the uploads, and at its end a manifest of all sums.

The manifest comes last, so that a file that was cut short has none and is never taken for a backup.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ops.words import Problem

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
FORMAT = 1
CHUNK = 2**20

Manifest = dict[str, Any]


class _Summed:
    """A file that is read once, with the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        part = self.source.read(size)
        self.sum.update(part)
        return part


def write(target: Path, members: Iterable[tuple[str, Path]], about: Mapping[str, Any]) -> None:
    """Write the archive, readable by its owner alone: each member under its name, then the manifest."""
    parts: dict[str, dict[str, Any]] = {}
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        for name, path in members:
            with path.open("rb") as source:
                entry = tarfile.TarInfo(name)
                entry.size = os.fstat(source.fileno()).st_size
                read = _Summed(source)
                tar.addfile(entry, read)
                parts[name] = {"bytes": entry.size, "sha256": read.sum.hexdigest()}
        text = json.dumps({"format": FORMAT, **about, "parts": parts}, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        out.flush()
        os.fsync(out.fileno())


def unpack(source: Path, folder: Path) -> Manifest:
    """Lay all parts out in `folder` and return the manifest. Raises Problem unless every sum is right."""
    try:
        with tarfile.open(source, "r:") as tar:
            found = {member.name: _lay_out(tar, member, folder) for member in tar}
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(source, "it is cut short, or no backup at all") from error
    manifest = _manifest(source, folder / MANIFEST)
    del found[MANIFEST]
    expected = {name: part["sha256"] for name, part in manifest["parts"].items()}
    wrong = sorted(name for name in expected | found if expected.get(name) != found.get(name))
    if wrong or DUMP not in expected:
        raise _damaged(source, f"{', '.join(wrong[:3]) or DUMP} is not what was written")
    return manifest


def _manifest(source: Path, path: Path) -> Manifest:
    try:
        manifest: Manifest = json.loads(path.read_text())
        if manifest["format"] == FORMAT and isinstance(manifest["parts"], dict):
            return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(source, "it is cut short, or no backup at all") from error
    raise Problem(f"{source} is a backup of another format.", "Restore it with the version that made it.")


def _lay_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write one member below `folder` and return the SHA-256 of what was written."""
    name = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts or "\0" in member.name:
        raise ValueError(member.name)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    read = _Summed(content)
    with target.open("xb") as out:
        while part := read.read(CHUNK):
            out.write(part)
    if target.stat().st_size != member.size:
        raise EOFError(member.name)
    return read.sum.hexdigest()


def _damaged(source: Path, why: str) -> Problem:
    return Problem(f"{source} can't be restored: {why}.", "Take another backup; nothing was changed.")
