"""A person who asks is struck from the history, too: its rows are kept as written but for that."""

from django.conf import settings
from django.db import migrations

STRUCK = {
    "partners_approval": ["because"],
    "partners_paperevent": ["note", "declined_because"],
    "partners_partnerevent": ["tags", "description"],
    "partners_serviceevent": ["name", "description"],
    "partners_siteevent": ["name", "street", "street2"],
    "partners_stagechange": ["because"],
}


def let_a_person_be_struck(apps, schema_editor):
    """By trigger for all, by grant for the application's role: of these texts, parts give way to a mark.

    What stands around a mark stands as it was: the old text is like the new one with anything at its marks.
    """
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION portal_strike_only() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE was jsonb := to_jsonb(OLD); now jsonb; BEGIN"
        " IF TG_OP = 'UPDATE' THEN now := to_jsonb(NEW);"
        " IF was - TG_ARGV = now - TG_ARGV AND was <> now AND NOT EXISTS ("
        "SELECT FROM unnest(TG_ARGV) AS name WHERE NOT (was ->> name) LIKE"
        r" replace(regexp_replace(now ->> name, '([\\%_])', '\\\1', 'g'), '…', '%')"
        ") THEN RETURN NEW; END IF; END IF;"
        " RAISE EXCEPTION 'rows of % are kept as written, but for a person who is struck', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation';"
        " END $$",
        None,
    )
    for table, names in STRUCK.items():
        named = ", ".join(f"'{name}'" for name in names)
        for statement in (
            f"DROP TRIGGER insert_only_rows ON {table}",
            f"CREATE TRIGGER strike_only_rows BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION portal_strike_only({named})",
            f"GRANT UPDATE ({', '.join(names)}) ON {table} TO {role}",
        ):
            schema_editor.execute(statement, None)


def keep_it_as_written(apps, schema_editor):
    """As before."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for table, names in STRUCK.items():
        for statement in (
            f"REVOKE UPDATE ({', '.join(names)}) ON {table} FROM {role}",
            f"DROP TRIGGER strike_only_rows ON {table}",
            f"CREATE TRIGGER insert_only_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION portal_insert_only()",
        ):
            schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("partners", "0009_papers_asked")]

    operations = [migrations.RunPython(let_a_person_be_struck, keep_it_as_written)]
