"""A question can be withdrawn, and a decision says how it changes an earlier one."""

from django.db import migrations, models

from accounts.operations import TenantWall

REPLACED_UNTIL_NOW = "UPDATE decisions_decision SET changes = 'replaces' WHERE supersedes_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("decisions", "0008_meetings"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="changes",
            field=models.CharField(
                blank=True,
                choices=[
                    ("replaces", "It takes its place"),
                    ("amends", "It changes a part of it"),
                    ("ends", "It ends it"),
                ],
                max_length=8,
                verbose_name="What it does to it",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("adopted", "Adopted"),
                    ("recommended", "Recommended"),
                    ("not_adopted", "Not adopted"),
                    ("no_quorum", "No quorum"),
                    ("deferred", "Deferred"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunSQL(REPLACED_UNTIL_NOW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changes", ""), ("supersedes__isnull", True)),
                    models.Q(("supersedes__isnull", False), models.Q(("changes", ""), _negated=True)),
                    _connector="OR",
                ),
                name="decision_changes_an_earlier_one",
            ),
        ),
        TenantWall(),
    ]
