import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall


class Migration(migrations.Migration):
    """Which letters somebody read before they sign them, and that a letter was addressed to somebody else."""

    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("letters", "0007_reply_link"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letterevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("handed_in", "Handed in for signature"),
                    ("addressed", "Addressed to another person"),
                    ("sent_back", "Sent back"),
                    ("signed", "Signed"),
                    ("voided", "Number voided"),
                    ("printed", "Printed and posted"),
                    ("mailed", "Mailed"),
                    ("withdrawn", "Withdrawn"),
                    ("replaced", "Replaced"),
                    ("undone", "Posting taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("sheet", models.CharField(max_length=64)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.district",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["letter", "by", "version"], name="look_by_letter")],
            },
        ),
        InsertOnly("Look"),
        TenantWall(),
    ]
