"""The link by which a letter is answered, answers taken back, how a letter goes out, and what it replaces."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall

LINKS_OF_SIGNED_LETTERS = (
    "INSERT INTO letters_replylink (uid, district_id, letter_id, created_at, expires_at)"
    " SELECT gen_random_uuid(), district_id, id, signed_at, signed_at + interval '180 days'"
    " FROM letters_letter WHERE state = 'signed'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("letters", "0006_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="goes_by",
            field=models.CharField(
                choices=[
                    ("email", "By e-mail"),
                    ("print", "Printed, by post"),
                    ("both", "By e-mail and printed"),
                ],
                default="email",
                max_length=5,
                verbose_name="How it goes out",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced_by",
                to="letters.letter",
            ),
        ),
        migrations.AlterField(
            model_name="letterevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("handed_in", "Handed in for signature"),
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
            name="ReplyLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("acted_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_link",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReplyTakenBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="letters.reply",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(LINKS_OF_SIGNED_LETTERS, migrations.RunSQL.noop),
        InsertOnly("ReplyTakenBack"),
        TenantWall(),
    ]
