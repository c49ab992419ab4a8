import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    """Letters to many partners, signed in one act."""

    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("letters", "0010_approval"),
        ("partners", "0010_strike_from_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new_partner", "To a new partner"),
                            ("new_here", "To a partner of another school"),
                            ("follow_up", "Follow-up"),
                            ("thanks", "Thanks after a first meeting"),
                            ("meeting", "Invitation to a decision meeting"),
                            ("existing_partner", "To an existing partner"),
                            ("renewal", "Renewal notice"),
                            ("pause", "Polite pause"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("own", "Each person's own language"), ("en", "English"), ("es", "Spanish")],
                        default="own",
                        max_length=5,
                    ),
                ),
                ("by_mail", models.BooleanField(default=True)),
                (
                    "reason",
                    models.CharField(blank=True, max_length=255, verbose_name="Why this letter goes out now"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="What should change")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Being prepared"),
                            ("to_sign", "Waiting for signature"),
                            ("signing", "Being signed"),
                            ("done", "Signed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("handed_in_at", models.DateTimeField(blank=True, null=True)),
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
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.job",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.school"
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "Left out by hand"),
                            ("gone", "No longer in the directory"),
                            ("under_way", "A letter to it is under way already"),
                            ("nobody", "No contact: a letter needs a named person"),
                            ("all_left", "Everybody we know there has left"),
                            ("stage", "At this stage a letter needs a reason"),
                            ("kind", "This letter is not the one for its stage: that needs a reason"),
                            (
                                "approval",
                                "The district approves a letter to it first: write to it alone",
                            ),
                            ("recent", "A letter went to it in the last 30 days"),
                            ("missing", "A value is missing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("write_despite", models.BooleanField(default=False)),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="A result since then")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="letters.batch"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.contact",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_row",
                        to="letters.letter",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
            options={
                "ordering": ["n", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("preparing", "cancelled")),
                    models.Q(("handed_in_at__isnull", False), ("signer__isnull", False)),
                    _connector="OR",
                ),
                name="batch_has_a_signer_once_handed_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("signing", "done")), _negated=True),
                    ("job__isnull", False),
                    _connector="OR",
                ),
                name="batch_is_signed_by_a_job",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("batch", "partner"), name="batch_row_once"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("batch", "n"), name="batch_row_place_once"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("letter__isnull", True),
                    models.Q(("left_out", ""), ("n__isnull", False)),
                    _connector="OR",
                ),
                name="batch_row_written_or_left_out",
            ),
        ),
        TenantWall(),
    ]
