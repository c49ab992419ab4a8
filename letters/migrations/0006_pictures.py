import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from accounts.operations import InsertOnly, TenantWall

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    """Logos and signatures, and how many pages a letter takes."""

    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("letters", "0005_supplied"),
    ]

    operations = [
        migrations.AddField("letter", "pages", models.PositiveSmallIntegerField(null=True, blank=True)),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("logo", "Logo"), ("signature", "Signature")], max_length=10),
                ),
                ("jpeg", models.BinaryField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("alt", models.CharField(blank=True, max_length=120, verbose_name="What the logo shows")),
                ("created_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.membership")),
                ("district", models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.district")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="accounts.school"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "kind", "school", "owner", "-id"], name="picture_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind="logo", owner__isnull=True)
                        | Q(kind="signature", owner__isnull=False, school__isnull=True),
                        name="picture_logo_or_signature",
                    ),
                    models.CheckConstraint(
                        condition=Q(jpeg=b"", sha256="", width=0)
                        | ~Q(jpeg=b"") & ~Q(sha256="") & Q(width__gt=0),
                        name="picture_whole_or_taken_away",
                    ),
                ],
            },
        ),
        InsertOnly("Picture"),
        TenantWall(),
    ]
