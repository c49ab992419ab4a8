import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    """Days without school, of a district or of one of its schools."""

    dependencies = [
        ("accounts", "0003_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("name", models.CharField(max_length=120)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.school",
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "last_day", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="holiday_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("district", "school", "first_day", "last_day", "name"),
                        name="holiday_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        TenantWall(),
    ]
