"""Opens what a person hands over (a folder, a zip file, several CSV files) as a dict of file name to bytes.

Names that end in .csv are read, or else, where there are none, those in .json; anything else in a folder or
zip is passed over. Raises Refused for
what is too large, damaged or unsafe, before it is unpacked.
"""

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO

from .problems import Problem, Refused

MEGABYTE = 1024 * 1024
MAX_UPLOAD = 20 * MEGABYTE  # bytes handed over
MAX_UNPACKED = 100 * MEGABYTE  # bytes of all CSV files of a zip together
MAX_FILES = 200
MAX_TIMES = 300  # how many times as large a packed file may become, where it becomes large
LARGE = 10 * MEGABYTE
# What zipfile lets through of a damaged file, by its way of packing.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)

Files = dict[str, bytes]


def from_folder(folder: Path) -> Files:
    """The CSV files that lie directly in the folder."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    paths = [path for path in paths if _is_csv(path.name)] or [p for p in paths if _is_json(p.name)]
    _check_amount(folder.name, (path.stat().st_size for path in paths), MAX_UNPACKED)
    return _some(folder.name, {path.name.lower(): path.read_bytes() for path in paths})


def from_uploads(uploads: Iterable[tuple[str, IO[bytes]]]) -> Files:
    """One zip file, or one or more CSV files, each as (name, open binary file)."""
    files: Files = {}
    uploads = list(uploads)
    _check_amount("", (_size(stream) for _name, stream in uploads), MAX_UPLOAD)
    for name, stream in uploads:
        if zipfile.is_zipfile(stream) and not _is_csv(name):
            found = from_zip(name, stream)
        elif _is_csv(name) or _is_json(name):
            stream.seek(0)
            found = {PurePosixPath(name).name.lower(): stream.read()}
        else:
            raise Refused(Problem("not_csv", file=name))
        for twice in files.keys() & found.keys():
            raise Refused(Problem("same_name", file=twice))
        files |= found
    return _some("", files)


def from_zip(name: str, stream: IO[bytes]) -> Files:
    """The CSV files of a zip, in whatever folder they lie. Sizes are checked before a byte is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [one for one in archive.infolist() if one.filename and not one.is_dir()]
            _check_names(name, members)
            nested = next((one.filename for one in members if one.filename.lower().endswith(".zip")), "")
            csv = [member for member in members if _is_csv(member.filename)]
            members = csv or [member for member in members if _is_json(member.filename)]
            if nested and not members:
                raise Refused(Problem("nested_zip", file=name, values={"name": nested}))
            check_sizes(name, members)
            files: Files = {}
            for member in members:
                short = PurePosixPath(member.filename).name.lower()
                if short in files:
                    raise Refused(Problem("same_name", file=short))
                files[short] = archive.read(member)
    except DAMAGED as error:
        raise Refused(Problem("not_a_zip", file=name)) from error
    return _some(name, files)


def zipped(files: Files) -> bytes:
    """The files as one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _is_csv(name: str) -> bool:
    """Whether it is one of the files to read; a Mac's resource forks ("._name.csv", "__MACOSX/") are not."""
    path = PurePosixPath(name)
    return path.suffix.lower() == ".csv" and _is_no_fork(path)


def _is_json(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() == ".json" and _is_no_fork(path)


def _is_no_fork(path: PurePosixPath) -> bool:
    return not path.name.startswith(".") and "__MACOSX" not in path.parts


def _check_names(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        link = stat.S_ISLNK(member.external_attr >> 16)
        if link or path.is_absolute() or ".." in path.parts or ":" in str(path).partition("/")[0]:
            raise Refused(Problem("unsafe_name", file=name, values={"name": member.filename}))
        if member.flag_bits & 0x1:
            raise Refused(Problem("locked_zip", file=name))


def check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Raise Refused for too many files in a zip, or too large ones, before a byte of them is unpacked."""
    _check_amount(name, (member.file_size for member in members), MAX_UNPACKED)
    for member in members:
        times = member.file_size // max(member.compress_size, 1)
        if member.file_size > LARGE and times > MAX_TIMES:
            values: dict[str, str | int] = {"name": member.filename, "times": times}
            raise Refused(Problem("bomb", file=name, values=values))


def _check_amount(name: str, sizes: Iterable[int], limit: int) -> None:
    sizes = list(sizes)
    if len(sizes) > MAX_FILES:
        raise Refused(Problem("too_many_files", file=name, values={"limit": MAX_FILES}))
    if sum(sizes) > limit:
        raise Refused(Problem("too_big", file=name, values={"limit": limit // MEGABYTE}))


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def _some(name: str, files: Files) -> Files:
    if not files:
        raise Refused(Problem("nothing", file=name))
    return files
