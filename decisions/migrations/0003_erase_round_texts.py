"""A round's text can be erased, as other texts can: its row is kept as written but for that."""

from django.conf import settings
from django.db import migrations


def let_a_text_be_erased(apps, schema_editor):
    """By trigger for all, by grant for the application's role: UPDATE empties the text, and nothing else."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (
        "CREATE OR REPLACE FUNCTION portal_erase_text_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF TG_OP = 'UPDATE' AND OLD.text <> '' AND NEW.text = ''"
        " AND to_jsonb(OLD) - 'text' = to_jsonb(NEW) - 'text' THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'rows of % are kept as written, or their text is erased', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation';"
        " END $$",
        "DROP TRIGGER insert_only_rows ON decisions_round",
        "CREATE TRIGGER erase_only_rows BEFORE UPDATE OR DELETE ON decisions_round"
        " FOR EACH ROW EXECUTE FUNCTION portal_erase_text_only()",
        f"GRANT UPDATE (text) ON decisions_round TO {role}",
    ):
        schema_editor.execute(statement, None)


def keep_it_as_written(apps, schema_editor):
    """As before."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (
        f"REVOKE UPDATE (text) ON decisions_round FROM {role}",
        "DROP TRIGGER erase_only_rows ON decisions_round",
        "CREATE TRIGGER insert_only_rows BEFORE UPDATE OR DELETE ON decisions_round"
        " FOR EACH ROW EXECUTE FUNCTION portal_insert_only()",
    ):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_seal_reasons")]

    operations = [migrations.RunPython(let_a_text_be_erased, keep_it_as_written)]
