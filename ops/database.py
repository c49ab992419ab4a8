"""PostgreSQL's own programs on the portal's database, as its owner: dump it, ask it, fill it anew."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from ops.postgres import PROGRAMS, clean_environment
from ops.shell import run
from ops.words import Problem

EMPTY_SCHEMA = """\
SET lock_timeout = '15s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
COMMENT ON SCHEMA public IS 'standard public schema';
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


@dataclass(frozen=True)
class Database:
    """A database by its URL; see docs/own-servers.md for how a URL names a socket."""

    url: str

    @property
    def role(self) -> str:
        """The role that the URL signs in as."""
        return unquote(urlsplit(self.url).username or "")

    def dump(self, target: Path) -> None:
        """Write all of it, in PostgreSQL's custom format, as it is at one moment.

        People's sessions are left out: whoever gets hold of a backup must not be signed in by it.
        """
        words = [self._program("pg_dump"), "--format=custom", "--no-owner", "--no-publications"]
        words += ["--no-subscriptions", "--no-tablespaces", "--exclude-table-data=accounts_session"]
        self._run([*words, "--file", str(target), "--dbname", self._address()], "copying the database")

    def fill(self, dump: Path) -> None:
        """Put a dump in the place of all that is there, in one transaction: all of it, or nothing.

        Statistics are gathered at once: before, the check of a long register takes many times as long.
        """
        with tempfile.TemporaryDirectory(prefix="portal-") as folder:
            first, then = Path(folder, "first.sql"), Path(folder, "then.sql")
            first.write_text(EMPTY_SCHEMA)
            self._run(
                [self._program("pg_restore"), "--no-owner", "--file", str(then), str(dump)],
                "reading the backup",
            )
            words = ["--single-transaction", "--variable=ON_ERROR_STOP=1", "--file", str(first)]
            self._psql([*words, "--file", str(then)], "restoring the database")
            self._psql(["-c", "ANALYZE"], "gathering the database's statistics")

    def ask(self, sql: str) -> list[str]:
        """The lines that a statement answers, its columns with a dot between."""
        return self._psql(["-A", "-t", "-F", ".", "-c", sql], "asking the database").split()

    def is_empty(self) -> bool:
        """Whether nothing would be lost: no tables, or ours without any district or person."""
        tables = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        if "accounts_district" not in tables:
            return not tables
        found = "EXISTS (SELECT FROM accounts_district) OR EXISTS (SELECT FROM accounts_user)"
        return self.ask(f"SELECT {found}") == ["f"]

    def _psql(self, words: Sequence[str], what: str) -> str:
        psql = _newest("psql")
        return self._run([str(psql), "-X", "-q", "--dbname", self._address(), *words], what)

    def _program(self, name: str) -> str:
        """The program of the server's own version, where it is here: another may write what it can't read."""
        major = int(self.ask("SHOW server_version_num")[0]) // 10_000
        own = PROGRAMS / str(major) / "bin" / name
        return str(own if own.exists() else _newest(name))

    def _run(self, words: Sequence[str], what: str) -> str:
        return run(words, what=what, env=self._environment())

    def _environment(self) -> Mapping[str, str]:
        password = unquote(urlsplit(self.url).password or "")
        return clean_environment() | ({"PGPASSWORD": password} if password else {})

    def _address(self) -> str:
        """The URL as libpq reads it, without the password, which others could see in a list of processes."""
        parts = urlsplit(self.url)
        folder, _, name = unquote(parts.path).removeprefix("/").rpartition("/")
        words = {
            "user": self.role,
            "host": unquote(parts.hostname or "") or folder,
            "port": str(parts.port or ""),
            "dbname": name,
            **dict(parse_qsl(parts.query)),
        }
        return " ".join(f"{key}={_quoted(value)}" for key, value in words.items() if value)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _newest(name: str) -> Path:
    """A program of PostgreSQL's: the newest that is installed. Raises Problem where there is none."""
    found = [path for path in PROGRAMS.glob(f"*/bin/{name}") if os.access(path, os.X_OK)]
    if found:
        return max(found, key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which(name)
    if elsewhere is None:
        raise Problem(f"{name} is not installed.", "Run ./portal setup, or install postgresql-client.")
    return Path(elsewhere)
