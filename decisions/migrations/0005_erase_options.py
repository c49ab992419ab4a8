"""A round's options can be erased, as its text can: each is blanked, and their number stays."""

from django.conf import settings
from django.db import migrations

TEXT_ONLY = (
    "CREATE OR REPLACE FUNCTION portal_erase_text_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'UPDATE' AND OLD.text <> '' AND NEW.text = ''"
    " AND to_jsonb(OLD) - 'text' = to_jsonb(NEW) - 'text' THEN RETURN NEW; END IF;"
    " RAISE EXCEPTION 'rows of % are kept as written, or their text is erased', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation';"
    " END $$"
)
TEXT_OR_OPTIONS = (
    "CREATE OR REPLACE FUNCTION portal_erase_text_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'UPDATE' AND OLD.text <> '' AND NEW.text = ''"
    " AND to_jsonb(OLD) - 'text' = to_jsonb(NEW) - 'text' THEN RETURN NEW; END IF;"
    " IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'options' = to_jsonb(NEW) - 'options'"
    " AND jsonb_array_length(OLD.options) > 0 AND NEW.options ="
    " (SELECT jsonb_agg('…'::text) FROM jsonb_array_elements(OLD.options)) THEN RETURN NEW; END IF;"
    " RAISE EXCEPTION 'rows of % are kept as written, or their text is erased', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation';"
    " END $$"
)


def let_options_be_erased(apps, schema_editor):
    """By trigger for all, by grant for the application's role: UPDATE blanks the options, and nothing else."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (TEXT_OR_OPTIONS, f"GRANT UPDATE (options) ON decisions_round TO {role}"):
        schema_editor.execute(statement, None)


def keep_them_as_written(apps, schema_editor):
    """As before."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (f"REVOKE UPDATE (options) ON decisions_round FROM {role}", TEXT_ONLY):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_more_methods")]

    operations = [migrations.RunPython(let_options_be_erased, keep_them_as_written)]
