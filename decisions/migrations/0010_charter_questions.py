"""The two questions that come before how a group decides, and who was told where silence is a yes.

A group that has been asked between its meetings before, by a personal link or with a last day for answers, goes
on: its open questions would otherwise stop in the middle. Its page says that district staff have not answered
yet. Every other group decides only in its meetings until they do.
"""

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall

ASKED_BETWEEN = (
    "UPDATE decisions_group SET between_meetings = true WHERE id IN (SELECT group_id FROM decisions_decision"
    " WHERE closes_at IS NOT NULL OR id IN (SELECT decision_id FROM decisions_decisionseat"
    " JOIN decisions_answerlink ON decision_seat_id = decisions_decisionseat.id))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("decisions", "0009_closing"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="open_meetings",
            field=models.CharField(
                blank=True,
                choices=[("yes", "Yes"), ("no", "No")],
                max_length=3,
                verbose_name="Are its meetings open to the public by law?",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="between_meetings",
            field=models.BooleanField(default=False, verbose_name="May it decide between meetings?"),
        ),
        migrations.AddField(
            model_name="group",
            name="first_answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="first_answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first_answered_at__isnull", True),
                        ("first_answered_by__isnull", True),
                        ("open_meetings", ""),
                    ),
                    models.Q(
                        models.Q(("open_meetings", ""), _negated=True),
                        ("first_answered_at__isnull", False),
                        ("first_answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="group_first_answered_by_somebody",
            ),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("link", "Own link"),
                            ("in_person", "In person"),
                            ("phone", "By phone"),
                            ("email", "By e-mail"),
                            ("letter", "By letter"),
                            ("proxy", "By proxy"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "decision_seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice",
                        to="decisions.decisionseat",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(ASKED_BETWEEN, migrations.RunSQL.noop),
        InsertOnly("Notice"),
        TenantWall(),
    ]
