"""Meetings of groups, who is there, and the meeting at which a question is taken."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("decisions", "0007_answer_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("starts_at", models.DateTimeField(verbose_name="Begins")),
                (
                    "minutes_long",
                    models.PositiveSmallIntegerField(default=60, verbose_name="How long, in minutes"),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Place")),
                ("link", models.URLField(blank=True, verbose_name="Link to join")),
                ("interpreter", models.CharField(blank=True, max_length=200, verbose_name="Interpreter")),
                ("notes", models.TextField(blank=True, verbose_name="Getting there, childcare, food")),
                ("agenda", models.TextField(blank=True, verbose_name="Agenda")),
                ("minutes", models.TextField(blank=True, verbose_name="Minutes")),
                ("planned_at", models.DateTimeField()),
                ("attended_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "called_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="decisions.group",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("here", models.BooleanField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.seat"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="decisions.meeting",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="decisions.meeting",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["group", "-starts_at"], name="meeting_by_group"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_long__gte", 5), ("minutes_long__lte", 720)),
                name="meeting_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attended_at__isnull", True), ("attended_by__isnull", True)),
                    models.Q(("attended_at__isnull", False), ("attended_by__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_attended_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                    models.Q(
                        ("attended_at__isnull", True),
                        ("called_off_at__isnull", False),
                        ("called_off_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="meeting_called_off_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_once"),
        ),
        TenantWall(),
    ]
