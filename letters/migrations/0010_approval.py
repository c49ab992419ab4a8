import uuid

import django.db.models.deletion
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall


def _key(to: str, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to)


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Texts get pages of their own, schools can go back to the district's, and the district may approve."""

    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("letters", "0009_looked_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="template",
            name="uid",
            field=models.UUIDField(db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="template",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="template",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="template",
            name="retired_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="waits_for_approval",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits_for_approval", False), ("state", "to_sign"), _connector="OR"),
                name="letter_waits_for_approval_before_its_signature",
            ),
        ),
        migrations.CreateModel(
            name="TextRule",
            fields=[
                ("id", _id()),
                ("needs_approval", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by", _key("accounts.membership")),
                ("district", _key("accounts.district")),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="TextReview",
            fields=[
                ("id", _id()),
                ("approved", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("by", _key("accounts.membership")),
                ("district", _key("accounts.district")),
                ("version", _key("letters.templateversion", "reviews")),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="LetterApproval",
            fields=[
                ("id", _id()),
                ("text", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("by", _key("accounts.membership")),
                ("district", _key("accounts.district")),
                ("letter", _key("letters.letter", "approvals")),
            ],
            options={"ordering": ["-pk"]},
        ),
        InsertOnly("TextRule"),
        InsertOnly("TextReview"),
        InsertOnly("LetterApproval"),
        TenantWall(),
    ]
