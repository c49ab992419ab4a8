"""Records that are kept as written: a table that a migration names is guarded twice, in the database.

The tables are read from the migrations, from PostgreSQL's catalog, and by trying as the application's role.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg2.errors import InsufficientPrivilege

from accounts.operations import InsertOnly

ERASABLE = [
    "decisions_round",
    "decisions_sealed",
    "partners_approval",
    "partners_paperevent",
    "partners_partnerevent",
    "partners_serviceevent",
    "partners_siteevent",
    "partners_stagechange",
]
"""Kept as written but for erasing, by triggers of their own (decisions and partners: test_erasing.py)."""
BEFORE_UPDATE_OR_DELETE_OF_ROWS, BEFORE_TRUNCATE = 1 + 2 + 8 + 16, 2 + 32  # pg_trigger.tgtype


def declared() -> list[str]:
    """The tables that the migrations keep as written."""
    named = {
        apps.get_model(app, operation.model_name)._meta.db_table
        for (app, _name), migration in MigrationLoader(connection).disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, InsertOnly)
    }
    return sorted(named)


def tables() -> Iterator[tuple[str, str]]:
    """Every table with the column of its key; a library's view of several tables is none."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, model._meta.pk.column


def guarded_by(kind: int) -> list[str]:
    """The tables with an enabled trigger of that kind that refuses."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE proname = 'portal_insert_only' AND tgenabled = 'O' AND tgtype = %s",
            [kind],
        )
        return sorted(name for (name,) in cursor.fetchall())


def refused(cursor: Any, statement: str) -> list[str]:
    """The tables on which the role of `cursor` may not run a statement."""
    found = []
    for table, key in tables():
        try:
            cursor.execute(statement.format(table=table, key=key))
        except InsufficientPrivilege:
            found.append(table)
    return sorted(found)


def test_there_are_such_tables_in_every_app_that_keeps_records(db: None) -> None:
    assert {table.partition("_")[0] for table in declared()} == {
        "accounts",
        "partners",
        "letters",
        "decisions",
        "outreach",
        "partnership",
    }


@pytest.mark.parametrize("statement", ['UPDATE "{table}" SET "{key}" = "{key}"', 'DELETE FROM "{table}"'])
def test_the_application_is_refused_on_those_and_on_no_other(as_application: Any, statement: str) -> None:
    as_application.execute("SELECT current_user")
    assert as_application.fetchone() == (settings.PORTAL_APP_ROLE,) == ("portal_app",)
    assert refused(as_application, statement + " WHERE false") == sorted({*declared(), *ERASABLE})


def test_the_application_empties_no_table_at_all(as_application: Any) -> None:
    assert refused(as_application, 'TRUNCATE "{table}"') == sorted(table for table, _key in tables())


def test_triggers_stand_before_each_change(db: None) -> None:
    assert guarded_by(BEFORE_UPDATE_OR_DELETE_OF_ROWS) == sorted(set(declared()) - set(ERASABLE))
    assert guarded_by(BEFORE_TRUNCATE) == sorted({*declared(), *ERASABLE})


def test_the_owner_is_refused_too(db: None) -> None:
    kept = []
    for table in declared():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'TRUNCATE "{table}" CASCADE')
        except IntegrityError:
            kept.append(table)
    assert kept == declared()
