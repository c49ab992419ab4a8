"""How often the two of a partnership hear from each other, as they agreed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_strike_from_history"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="partnership",
            name="added_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="partnership",
            name="changed_update",
        ),
        migrations.AddField(
            model_name="partnership",
            name="cadence",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "Every month"),
                    (4, "At the beginning, in the middle and at the end of the school year"),
                    (6, "In each half of the school year"),
                    (12, "Every school year"),
                ],
                default=4,
            ),
        ),
        migrations.AddField(
            model_name="partnershipevent",
            name="cadence",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "Every month"),
                    (4, "At the beginning, in the middle and at the end of the school year"),
                    (6, "In each half of the school year"),
                    (12, "Every school year"),
                ],
                default=4,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnershipevent" ("approved_by_id", "approved_on", "approved_until", "cadence", "district_id", "level", "owner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "school_id") SELECT new_values."approved_by_id", new_values."approved_on", new_values."approved_until", new_values."cadence", new_values."district_id", new_values."level", new_values."owner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."profile_id", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b4f0827a12c2223e38b1f654be1f7e9ba18c6580",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_0e5af",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_partnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnershipevent" ("approved_by_id", "approved_on", "approved_until", "cadence", "district_id", "level", "owner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "school_id") SELECT new_values."approved_by_id", new_values."approved_on", new_values."approved_until", new_values."cadence", new_values."district_id", new_values."level", new_values."owner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."profile_id", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."approved_on" IS DISTINCT FROM (new_values."approved_on") OR old_values."approved_until" IS DISTINCT FROM (new_values."approved_until") OR old_values."cadence" IS DISTINCT FROM (new_values."cadence") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."profile_id" IS DISTINCT FROM (new_values."profile_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b6d03b9618e36e76d694fa33034ef41ecdc98676",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_6d43b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_partnership",
                    when="AFTER",
                ),
            ),
        ),
        TenantWall(),
    ]
