"""A round's text and options can be written in Spanish, too: once, and erased with them. And a round keeps how
many days after its question it began."""

from django.conf import settings
from django.db import migrations, models

from accounts.operations import TenantWall

BEFORE = (
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
WITH_SPANISH = (
    "CREATE OR REPLACE FUNCTION portal_erase_text_only() RETURNS trigger LANGUAGE plpgsql AS $$"
    " DECLARE texts text[] := ARRAY['text', 'text_es', 'options', 'options_es'];"
    " BEGIN"
    " IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW"
    " AND to_jsonb(OLD) - texts = to_jsonb(NEW) - texts"
    " AND NEW.text IN (OLD.text, '')"
    " AND (OLD.text_es = '' OR NEW.text_es IN (OLD.text_es, ''))"
    " AND (NEW.options = OLD.options OR NEW.options ="
    " (SELECT jsonb_agg('…'::text) FROM jsonb_array_elements(OLD.options)))"
    " AND (NEW.options_es = OLD.options_es OR NEW.options_es ="
    " (SELECT jsonb_agg('…'::text) FROM jsonb_array_elements(OLD.options_es))"
    " OR OLD.options_es = '[]' AND jsonb_array_length(NEW.options_es) = jsonb_array_length(OLD.options))"
    " THEN RETURN NEW; END IF;"
    " RAISE EXCEPTION 'rows of % are kept as written, or their text is erased', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation';"
    " END $$"
)


def let_spanish_be_written_and_erased(apps, schema_editor):
    """By trigger for all, by grant for the application's role: UPDATE writes Spanish where there is none, and
    erases, and nothing else."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (WITH_SPANISH, f"GRANT UPDATE (text_es, options_es) ON decisions_round TO {role}"):
        schema_editor.execute(statement, None)


def keep_rounds_as_before(apps, schema_editor):
    """As before; the grant goes with its columns."""
    schema_editor.execute(BEFORE, None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0011_files_and_terms")]

    operations = [
        migrations.AddField("round", "text_es", models.TextField(blank=True)),
        migrations.AddField("round", "options_es", models.JSONField(blank=True, default=list)),
        migrations.AddField("round", "days", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(let_spanish_be_written_and_erased, keep_rounds_as_before),
        TenantWall(),
    ]
