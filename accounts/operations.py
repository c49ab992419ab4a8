"""Migration operations for what Django cannot say: grants, composite keys, insert-only tables.

All run as the owner and can be repeated: a later migration of an app simply ends with `TenantWall()` again.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from .tenancy import is_tenant


class SqlOperation(Operation):
    """An operation on the database alone: the models' state stays as it is."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not change."""

    def database_backwards(self, *args: Any) -> None:
        """The tables go with their models, and constraints and triggers with them."""


class GrantApplication(SqlOperation):
    """Let the application's role read and write every table of the owner, now and later."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: ProjectState
    ) -> None:
        """Grant on what exists and, by default privileges, on what later migrations create."""
        role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
        rights = "SELECT, INSERT, UPDATE, DELETE"
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {role}",
            f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {role}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON TABLES TO {role}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        ):
            schema_editor.execute(statement)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Let the application's role read and write"


class InsertOnly(SqlOperation):
    """Refuse UPDATE, DELETE and TRUNCATE on a table: by trigger for all, by grant for the application."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: ProjectState
    ) -> None:
        """Make the trigger's function where it is missing, then the triggers, then take the rights away."""
        table = states[-1].apps.get_model(app_label, self.model_name)._meta.db_table
        role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION portal_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'rows of % are kept as written', TG_TABLE_NAME"
            " USING ERRCODE = 'restrict_violation';"
            " END $$",
            None,
        )
        for name, event, level in (
            ("insert_only_rows", "UPDATE OR DELETE", "ROW"),
            ("insert_only_table", "TRUNCATE", "STATEMENT"),
        ):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}"'
                f" FOR EACH {level} EXECUTE FUNCTION portal_insert_only()"
            )
        schema_editor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Keep rows of {self.model_name} as written"


class TenantWall(SqlOperation):
    """Back every key between two rows of a district by one on (district_id, id)."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: ProjectState
    ) -> None:
        """Add what is missing for the app's models as of this migration."""
        app_models = list(states[-1].apps.get_app_config(app_label).get_models())
        # Keys reach back to tables that this migration made: their checks must have run before ALTER TABLE.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in app_models:
            if can_be_keyed(model):
                table = model._meta.db_table
                self._add(schema_editor, table, f"{table}_wall", "UNIQUE (district_id, id)")
        for model in app_models:
            for name, column, target in composite_keys(model):
                self._add(
                    schema_editor,
                    model._meta.db_table,
                    name,
                    f'FOREIGN KEY (district_id, "{column}") REFERENCES "{target}" (district_id, id)'
                    " DEFERRABLE INITIALLY DEFERRED",
                )

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Keep keys inside their district"

    @staticmethod
    def _add(schema_editor: BaseDatabaseSchemaEditor, table: str, name: str, definition: str) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
                [name, f'"{table}"'],
            )
            if cursor.fetchone() is None:
                cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def can_be_keyed(model: type[models.Model]) -> bool:
    """Whether other rows of its district may have a key to it: not to events, whose own key is `pgh_id`."""
    return is_tenant(model) and model._meta.pk.column == "id"


def composite_keys(model: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    """Constraint name, column and target table of each key from one tenant row to another.

    A key that the database is not to check has none: the history copies rows that have theirs.
    """
    if not is_tenant(model):
        return
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.name == "district":
            continue
        if not field.db_constraint:  # type: ignore[attr-defined]
            continue
        target: type[models.Model] = field.related_model
        if not is_tenant(target):
            continue
        name = f"{model._meta.db_table}_{field.column}_wall"
        yield name[-63:], field.column, target._meta.db_table
