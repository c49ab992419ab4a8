"""Reasons move from the answers, which are kept as written, to the texts sealed beside the register.

The texts stand there already under their digests: each is given the answer that it was said with, and the
second copy goes. No event is touched. From here on a sealed text can be erased, and not changed otherwise.
"""

import json
from collections import defaultdict

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.operations import TenantWall


def give_texts_their_answers(apps, schema_editor):
    """The n-th answer of a seat in a round, by the chain, is its n-th row: one decision is answered under
    one lock."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Position = apps.get_model("decisions", "Position")
    Recusal = apps.get_model("decisions", "Recusal")
    Sealed = apps.get_model("decisions", "Sealed")
    positions = defaultdict(list)
    rows = Position.objects.order_by("pk").values_list("decision_seat__uid", "round__n", "pk")
    for seat, round_n, pk in rows.iterator():
        positions[str(seat), round_n].append(pk)
    stepped_out = {
        str(seat): pk for seat, pk in Recusal.objects.values_list("decision_seat__uid", "pk").iterator()
    }
    for event in apps.get_model("decisions", "Event").objects.order_by("district_id", "seq").iterator():
        entry = json.loads(event.body)
        texts = Sealed.objects.filter(event=event)
        for one in entry.get("answers", ()):
            position = positions[one["seat"], entry["round"]].pop(0)
            texts.filter(digest=one["sealed"]).update(position=position)
        if entry["kind"] == "stepped_out":
            texts.filter(digest=entry["sealed"]).update(recusal=stepped_out[entry["seat"]])


def refuse_all_but_erasing(apps, schema_editor):
    """By trigger for all, by grant for the application's role: UPDATE erases, once, and nothing is deleted.
    That an erased row keeps neither text nor salt is a constraint of the table."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    for statement in (
        "CREATE OR REPLACE FUNCTION portal_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF TG_OP = 'UPDATE' AND OLD.erasure_id IS NULL AND NEW.erasure_id IS NOT NULL"
        " AND (OLD.id, OLD.district_id, OLD.event_id, OLD.digest, OLD.position_id, OLD.recusal_id)"
        " IS NOT DISTINCT FROM"
        " (NEW.id, NEW.district_id, NEW.event_id, NEW.digest, NEW.position_id, NEW.recusal_id)"
        " THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'rows of % are erased or kept as written', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation';"
        " END $$",
        "CREATE TRIGGER erase_only_rows BEFORE UPDATE OR DELETE ON decisions_sealed"
        " FOR EACH ROW EXECUTE FUNCTION portal_erase_only()",
        "CREATE TRIGGER insert_only_table BEFORE TRUNCATE ON decisions_sealed"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_insert_only()",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON decisions_sealed FROM {role}",
        f"GRANT UPDATE (salt, person, erasure_id) ON decisions_sealed TO {role}",
    ):
        schema_editor.execute(statement, None)


def let_all_be_changed(apps, schema_editor):
    """As before."""
    role = schema_editor.quote_name(settings.PORTAL_APP_ROLE)
    schema_editor.execute("DROP TRIGGER insert_only_table ON decisions_sealed")
    schema_editor.execute("DROP TRIGGER erase_only_rows ON decisions_sealed")
    schema_editor.execute(f"GRANT UPDATE, DELETE ON decisions_sealed TO {role}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("decisions", "0001_initial")]

    operations = [
        migrations.AddField(
            "sealed",
            "position",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sealed",
                to="decisions.position",
            ),
        ),
        migrations.AddField(
            "sealed",
            "recusal",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sealed",
                to="decisions.recusal",
            ),
        ),
        migrations.AddField(
            "sealed",
            "erasure",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="erased",
                to="decisions.event",
            ),
        ),
        migrations.AlterField("sealed", "person", models.JSONField(blank=True, null=True)),
        migrations.AlterField("sealed", "salt", models.CharField(blank=True, max_length=32)),
        migrations.RunPython(give_texts_their_answers, migrations.RunPython.noop),
        migrations.AddConstraint(
            "sealed",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erasure__isnull", True),
                        ("person__isnull", False),
                        models.Q(("salt", ""), _negated=True),
                    ),
                    models.Q(("erasure__isnull", False), ("person__isnull", True), ("salt", "")),
                    _connector="OR",
                ),
                name="sealed_kept_or_erased",
            ),
        ),
        migrations.AddConstraint(
            "sealed",
            models.CheckConstraint(
                condition=models.Q(("position__isnull", True), ("recusal__isnull", True), _connector="OR"),
                name="sealed_with_one_thing",
            ),
        ),
        migrations.RemoveField("position", "reason"),
        migrations.RemoveField("position", "told"),
        migrations.RemoveField("recusal", "reason"),
        migrations.RunPython(refuse_all_but_erasing, let_all_be_changed),
        TenantWall(),
    ]
