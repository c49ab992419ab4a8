"""A backup of a filled portal, restored into an empty database: every table, every file, every right."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import errors, sql

from tests.browser import portal as processes
from tests.press.running import running_press

ROOT = Path(__file__).parents[2]
SET_UP = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from ops import backup, cli, database, prepare
prepare.programs = lambda **_: None  # the tests run in a checkout that is set up
"""
CASTS = re.compile(r"::character varying|::text|\[\]|[()]")
LEFT_OUT = "accounts_session"
CATALOG = {
    "columns": "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default,"
    " identity_generation FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
    "owners": "SELECT relname, relowner::regrole::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "grants": "SELECT relname, x.grantee::regrole::text, x.privilege_type FROM pg_class,"
    " aclexplode(relacl) x WHERE relnamespace = 'public'::regnamespace",
    "schema's grants": "SELECT x.grantee::regrole::text, x.privilege_type FROM pg_namespace,"
    " aclexplode(nspacl) x WHERE nspname = 'public'",
    "grants to come": "SELECT defaclrole::regrole::text, defaclobjtype, x.grantee::regrole::text,"
    " x.privilege_type FROM pg_default_acl, aclexplode(defaclacl) x",
}


@dataclass
class Place:
    """A portal's database and its var/."""

    env: dict[str, str]
    var: Path

    def portal(self, *words: str, before: str = "") -> tuple[int, str]:
        """The status of a command of the script, and what it said."""
        done = subprocess.run(
            [sys.executable, "-P", "-c", f"{SET_UP}{before}\ncli.main()", ROOT, *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stderr

    def manage(self, *words: str, **env: str) -> None:
        command = [sys.executable, ROOT / "manage.py", *words]
        subprocess.run(command, env=self.env | env, check=True, capture_output=True)

    def connect(self, name: str = "DATABASE_OWNER_URL") -> Any:
        config = processes.Env.db_url_config(self.env[name])
        return psycopg2.connect(
            user=config["USER"],
            password=config["PASSWORD"] or None,
            host=config["HOST"] or None,
            port=config["PORT"] or None,
            dbname=config["NAME"],
        )

    def ask(self, statement: Any) -> list[tuple[Any, ...]]:
        with self.connect() as line, line.cursor() as cursor:
            cursor.execute(statement)
            return sorted(cursor.fetchall(), key=repr)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, as text."""
        tables = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: self.ask(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            for (name,) in tables
        }

    def catalog(self) -> dict[str, list[str]]:
        """Without casts and brackets, which PostgreSQL sets otherwise when it reads its own words again."""
        return {
            subject: sorted(CASTS.sub("", repr(row)) for row in self.ask(statement))
            for subject, statement in CATALOG.items()
        }

    def files(self) -> dict[str, bytes]:
        folder = self.var / "files"
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


def a_place(folder: Path, name: str) -> Place:
    """An empty database of that name, and a var/ below `folder`."""
    var = folder / name
    var.mkdir()
    env = processes.environment(var, 8000, name) | {"PYTHONDONTWRITEBYTECODE": "1"}
    processes.make_database(env["DATABASE_OWNER_URL"])
    return Place(env, var)


Places = tuple[Place, Place, Path]


@pytest.fixture
def places() -> Iterator[Places]:
    """A portal with the demo's people, partners, letters and decisions; an empty one; and a folder."""
    worker = os.environ.get("PORTAL_TEST_DB", "main") + os.environ.get("PYTEST_XDIST_WORKER", "")
    with tempfile.TemporaryDirectory(prefix="pp-") as name, running_press() as press:
        folder = Path(name)
        filled = a_place(folder, f"portal_kept_{worker}")
        filled.manage("migrate", "-v0")
        filled.manage("load_demo", PRESS_SOCKET=press.path)
        upload = filled.var / "files" / "7" / "an-upload"
        upload.parent.mkdir(parents=True)
        upload.write_bytes(os.urandom(100_000))
        with filled.connect() as line, line.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_session (session_key, session_data, expire_date, seen_at)"
                " VALUES ('key-of-a-session', 'data', now(), now())"
            )
        yield filled, a_place(folder, f"portal_back_{worker}"), folder


def test_all_of_a_portal_comes_back_and_what_fails_changes_nothing(places: Places) -> None:
    every_table_file_and_right_comes_back(places)
    kept_rows_are_still_refused_to_change(places)
    a_damaged_file_is_refused(places)
    what_fails_in_the_database_leaves_all_as_it_was(places)
    a_backup_of_a_newer_portal_is_refused(places)
    a_backup_never_takes_the_place_of_a_file(places)


def every_table_file_and_right_comes_back(places: Places) -> None:
    filled, empty, folder = places
    file = folder / "kept"
    status, said = filled.portal("backup", str(file))
    assert (status, said.splitlines()[0].split(",")[0]) == (0, f"portal: the backup is {file}")
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"key-of-a-session" not in file.read_bytes()
    before, files, catalog = filled.rows(), filled.files(), filled.catalog()
    assert len(before) > 50
    assert sum(map(len, before.values())) > 500
    assert len(before[LEFT_OUT]) == 1

    status, said = empty.portal("restore", str(file))
    assert (status, said.split(" on ")[0].splitlines()[-1]) == (0, "portal: restored what the portal was")
    assert empty.rows() == before | {LEFT_OUT: []}
    assert empty.files() == files
    assert len(files) >= 1
    assert empty.catalog() == catalog

    assert empty.portal("restore", str(file))[1] == (
        "portal: there are people or districts in this portal, or uploads.\n"
        f"portal: To put the backup in the place of all of them: ./portal restore {file} --replace\n"
    )
    with empty.connect() as line, line.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = 'Somebody else'; CREATE TABLE later (n int)")
    (empty.var / "files" / "7" / "later").write_bytes(b"x")
    assert empty.portal("restore", str(file), "--replace")[0] == 0
    assert empty.rows() == before | {LEFT_OUT: []}
    assert empty.files() == files
    assert empty.catalog() == catalog


def kept_rows_are_still_refused_to_change(places: Places) -> None:
    _, restored, _ = places
    guarded = restored.ask(
        "SELECT relname, attname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " JOIN pg_attribute ON attrelid = tgrelid AND attnum = 1"
        " WHERE tgname IN ('insert_only_rows', 'strike_only_rows')"
    )
    names = {name for name, _key in guarded}
    assert {"letters_signedletter", "decisions_event", "partners_partnerevent"} <= names
    for name, key in guarded:
        for statement in ("DELETE FROM {}", f"UPDATE {{}} SET {key} = {key}", "TRUNCATE {} CASCADE"):
            with pytest.raises(errors.InsufficientPrivilege):
                run(restored, "DATABASE_URL", statement, name)
    for statement in ("DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(errors.RestrictViolation):
            run(restored, "DATABASE_OWNER_URL", statement, "letters_signedletter")


def run(place: Place, role: str, statement: str, table: str) -> None:
    line = place.connect(role)
    try:
        with line, line.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(table)))
    finally:
        line.close()


def a_damaged_file_is_refused(places: Places) -> None:
    _, restored, folder = places
    damaged = folder / "damaged"
    damaged.write_bytes((folder / "kept").read_bytes()[:-11_000])
    before, files = restored.rows(), restored.files()
    assert restored.portal("restore", str(damaged), "--replace") == (
        1,
        f"portal: {damaged} can't be restored: it is cut short, or no backup at all.\n"
        "portal: Take another backup; nothing was changed.\n",
    )
    assert (restored.rows(), restored.files()) == (before, files)


def what_fails_in_the_database_leaves_all_as_it_was(places: Places) -> None:
    filled, _, folder = places
    kept = folder / "kept"
    before, files = filled.rows(), filled.files()
    (filled.var / "files").rename(filled.var / "aside")
    status, said = filled.portal(
        "restore", str(kept), "--replace", before="database.EMPTY_SCHEMA = 'DROP TABLE accounts_session;'"
    )
    assert filled.files() == {}
    shutil.rmtree(filled.var / "files", ignore_errors=True)
    (filled.var / "aside").rename(filled.var / "files")
    assert status == 1
    assert "already exists" in said
    assert filled.rows() == before
    assert filled.files() == files
    assert [path.name for path in filled.var.iterdir() if path.name.startswith(".portal-")] == []


def a_backup_of_a_newer_portal_is_refused(places: Places) -> None:
    filled, restored, folder = places
    newer = folder / "newer"
    with filled.connect() as line, line.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('letters', '0999_x', now())"
        )
    try:
        filled.portal("backup", str(newer))
    finally:
        with filled.connect() as line, line.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_x'")
    assert restored.portal("restore", str(newer), "--replace") == (
        1,
        "portal: a newer version of the portal made this backup (0.1.0, letters.0999_x).\n"
        "portal: Update the portal first; nothing was changed.\n",
    )


def a_backup_never_takes_the_place_of_a_file(places: Places) -> None:
    filled, _, folder = places
    there = folder / "there"
    there.write_text("mine")
    assert filled.portal("backup", str(there)) == (
        1,
        f"portal: {there} is there already.\nportal: Name a new file.\n",
    )
    assert there.read_text() == "mine"
