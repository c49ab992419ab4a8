"""`./portal backup` and `./portal restore`: database and uploads in one file, and back, whole or not at all.

Uploads never change once they are written, and are written before the row that names them: the database is
copied first, so that no row of the copy misses its file. SECRET_KEY and LINK_KEY are not in a backup.
"""

import contextlib
import datetime
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ops import archive, prepare, servers, state
from ops.archive import DUMP, FILES, Manifest
from ops.database import Database
from ops.paths import ROOT, VAR
from ops.words import Problem, say


def backup(target: Path) -> None:
    """Write a backup; the portal may run meanwhile. Never leaves half a file under that name."""
    target = target.resolve()
    if target.exists():
        raise Problem(f"{target} is there already.", "Name a new file.")
    if not target.parent.is_dir():
        raise Problem(f"there is no folder {target.parent}.", "Make it, or name another.")
    with servers.running(), _work(target.parent) as work:
        env = servers.environment()
        database = Database(env["DATABASE_OWNER_URL"])
        database.dump(work / DUMP)
        members = [(DUMP, work / DUMP), *((f"{FILES}/{name}", path) for name, path in uploads().items())]
        archive.write(work / "archive", members, _about(database, env))
        (work / "archive").rename(target)
    say(
        f"the backup is {target}, {target.stat().st_size / 2**20:.1f} MB. On a server of your own keep"
        " SECRET_KEY and LINK_KEY, too: they are in its settings, not in the backup (docs/own-servers.md)."
    )


def restore(source: Path, *, replace: bool) -> None:
    """Bring a backup back: every sum is checked first, then all is as it was, or nothing has changed."""
    source = source.resolve()
    if not source.is_file():
        raise Problem(f"there is no file {source}.", "Name a file that ./portal backup wrote.")
    prepare.programs()
    with state.held(), servers.running(), _work(VAR) as work:
        env = servers.environment()
        database = Database(env["DATABASE_OWNER_URL"])
        manifest = archive.unpack(source, work)
        _must_fit(manifest, database, env)
        if not replace and not (database.is_empty() and not uploads()):
            raise Problem(
                "there are people or districts in this portal, or uploads.",
                f"To put the backup in the place of all of them: ./portal restore {source} --replace",
            )
        _put_back(work, database)
        prepare.migrate(env)
    say(f"restored what the portal was on {manifest['made_at']}. People sign in anew.")


def uploads() -> dict[str, Path]:
    """The files that people handed over or that were made for them, by their path below var/files."""
    return _files(VAR / FILES)


def _files(folder: Path) -> dict[str, Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _about(database: Database, env: dict[str, str]) -> Manifest:
    """What a backup says of itself."""
    return {
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "version": tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
        "roles": _roles(env),
        "postgresql": database.ask("SHOW server_version")[0],
        "migrations": database.ask("SELECT app, name FROM django_migrations ORDER BY app, name"),
    }


def _roles(env: dict[str, str]) -> dict[str, str]:
    return {
        "owner": Database(env["DATABASE_OWNER_URL"]).role,
        "application": Database(env["DATABASE_URL"]).role,
    }


def _must_fit(manifest: Manifest, database: Database, env: dict[str, str]) -> None:
    """Raise Problem where a newer portal made the backup, or one whose database has other roles."""
    ours = {path.parent.parent.name for path in ROOT.glob("*/migrations/0*.py")}
    known = {f"{path.parent.parent.name}.{path.stem}" for path in ROOT.glob("*/migrations/0*.py")}
    newer = [name for name in manifest["migrations"] if name.split(".")[0] in ours and name not in known]
    if newer:
        raise Problem(
            f"a newer version of the portal made this backup ({manifest['version']}, {newer[-1]}).",
            "Update the portal first; nothing was changed.",
        )
    if manifest["roles"] != _roles(env):
        wanted = " and ".join(manifest["roles"].values())
        raise Problem(
            f"the backup's database has the roles {wanted}, this one {' and '.join(_roles(env).values())}.",
            "Give them the same names (docs/own-servers.md); nothing was changed.",
        )


def _put_back(work: Path, database: Database) -> None:
    """Files first, which harm nobody before a row names them; then the database; then what is left over."""
    wanted, before = set(_files(work / FILES)), uploads()
    _must_be_the_same(work, before, wanted)
    placed = [_place(work / FILES / name, VAR / FILES / name) for name in sorted(wanted - set(before))]
    try:
        database.fill(work / DUMP)
    except BaseException:
        for path in placed:
            path.unlink()
        raise
    for name in set(before) - wanted:
        before[name].unlink()


def _place(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    return target


def _must_be_the_same(work: Path, before: dict[str, Path], wanted: set[str]) -> None:
    """Raise Problem where an upload of the same name says something else: such names are never used twice."""
    for name in wanted & set(before):
        if before[name].read_bytes() != (work / FILES / name).read_bytes():
            raise Problem(
                f"{before[name]} is not the file of that name in the backup.",
                "Move it elsewhere, then run this again; nothing was changed.",
            )


@contextlib.contextmanager
def _work(beside: Path) -> Iterator[Path]:
    """A folder for ourselves alone, on the disk of `beside`, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".portal-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
