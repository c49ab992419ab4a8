"""What principals say of partners in their buildings."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("partners", "0004_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_yes", models.BooleanField()),
                ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("because", models.CharField(blank=True, max_length=255, verbose_name="Reason")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because", ""), ("is_yes", True)),
                            models.Q(
                                ("is_yes", False), ("until", None), models.Q(("because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="approval_taken_back_with_a_reason",
                    )
                ],
            },
        ),
        InsertOnly("Approval"),
        TenantWall(),
    ]
