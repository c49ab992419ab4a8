"""The directory in full: agreements, papers, clearance, links, reports, pairs, coverage, imports that undo."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall


def say_when_they_were_applied(apps, schema_editor):
    """Until now there were no previews: a batch that says what it took was applied when it was made."""
    batches = apps.get_model("partners", "ImportBatch").objects.filter(figures__has_key="taken")
    batches.update(applied_at=models.F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("partners", "0002_figure_uid_version"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Agreement",
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
                            ("mou", "Memorandum of understanding (MOU)"),
                            ("moa", "Memorandum of agreement (MOA)"),
                            ("services", "Services contract"),
                            ("facility_use", "Facility use"),
                            ("data_sharing", "Data-sharing agreement"),
                            ("commitment", "Letter of commitment"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("out_for_signature", "Out for signature"),
                            ("in_force", "In force"),
                            ("terminated", "Ended early"),
                            ("expiring", "Ends soon"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="Status",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="From")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended early on")),
                (
                    "signed_by_name",
                    models.CharField(blank=True, max_length=120, verbose_name="Signed for the partner by"),
                ),
                ("signed_by_title", models.CharField(blank=True, max_length=120, verbose_name="Title")),
                (
                    "authorized_as",
                    models.CharField(blank=True, max_length=200, verbose_name="May sign because"),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="Signed on")),
                (
                    "district_signed_by_name",
                    models.CharField(blank=True, max_length=120, verbose_name="Signed for the district by"),
                ),
                (
                    "district_signed_by_title",
                    models.CharField(blank=True, max_length=120, verbose_name="Title"),
                ),
                (
                    "district_authorized_as",
                    models.CharField(blank=True, max_length=200, verbose_name="May sign because"),
                ),
                ("district_signed_on", models.DateField(blank=True, null=True, verbose_name="Signed on")),
                ("created_at", models.DateTimeField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "lead_partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="partners.partner",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts", "-pk"],
                "indexes": [models.Index(fields=["district", "ends", "id"], name="agreement_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ("draft", "in_review", "out_for_signature", "in_force", "terminated"),
                            )
                        ),
                        name="agreement_status_is_set_by_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_force"), _negated=True),
                            ("starts__isnull", False),
                            _connector="OR",
                        ),
                        name="agreement_in_force_has_a_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="agreement_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("status", "terminated")),
                            models.Q(
                                models.Q(("status", "terminated"), _negated=True), ("ended_on__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="agreement_ended_early_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_on__isnull", True),
                                models.Q(("signed_by_name", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("district_signed_on__isnull", True),
                                models.Q(("district_signed_by_name", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="agreement_signed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lead_partner__isnull", True),
                            models.Q(("lead_partner", models.F("partner")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_lead_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("renews__isnull", True),
                            models.Q(("renews", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_renews_another",
                    ),
                    models.UniqueConstraint(fields=("renews",), name="agreement_renewed_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("scope", "Scope"),
                            ("activities", "Activities"),
                            ("measures", "Success measures"),
                            ("contacts", "Contacts"),
                            ("cost", "Cost"),
                            ("staff", "Staff and materials"),
                            ("contingencies", "Contingencies"),
                            ("communication", "Communication"),
                            ("student_information", "Student information and confidentiality"),
                            ("parent_permission", "Parent permission"),
                            ("disputes", "Dispute resolution"),
                            ("transport", "Transport"),
                            ("liability", "Liability"),
                            ("space", "Space"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not yet addressed"),
                            ("discussed", "Under discussion"),
                            ("final", "Final"),
                            ("not_applicable", "Does not apply"),
                        ],
                        default="open",
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="partners.agreement",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "code"), name="agreement_clause_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="partners.agreement",
                    ),
                ),
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
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementSchool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.agreement"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "school"), name="agreement_school_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="schools",
            field=models.ManyToManyField(
                related_name="+", through="partners.AgreementSchool", to="accounts.school"
            ),
        ),
        migrations.CreateModel(
            name="DataSharing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("data", models.TextField(verbose_name="What data")),
                ("purpose", models.TextField(verbose_name="What for")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="By which right")),
                ("receivers", models.CharField(max_length=300, verbose_name="Who receives it")),
                ("protection", models.TextField(verbose_name="How it is protected")),
                ("destroyed_when", models.CharField(max_length=300, verbose_name="When it is destroyed")),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="Reviewed on")),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_sharing",
                        to="partners.agreement",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "reviewed_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_by__isnull", True), ("reviewed_on__isnull", True)),
                            models.Q(("reviewed_by__isnull", False), ("reviewed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="data_sharing_reviewed_on_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("header_hash", models.CharField(max_length=64)),
                ("mapping", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "header_hash"), name="import_mapping_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("fields", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("kept", models.JSONField(blank=True, default=list)),
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
                    "loser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "winner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("winner", models.F("loser")), _negated=True), name="merge_of_two"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("loser",),
                        name="merge_into_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="merge_undone_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("on", models.DateField()),
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
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.need"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "indexes": [models.Index(fields=["school", "need", "-on", "-id"], name="need_rating_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rating__range", (1, 3))), name="need_rating_1_to_3"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="need_rating_has_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nonprofit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ein", models.CharField(max_length=9, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("sort_name", models.CharField(db_collation="C", max_length=255)),
                ("street", models.CharField(blank=True, max_length=255)),
                ("city", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(blank=True, max_length=2)),
                ("postal_code", models.CharField(blank=True, max_length=10)),
                ("ntee", models.CharField(blank=True, max_length=4)),
                ("subsection", models.CharField(blank=True, max_length=2)),
                ("ruling", models.CharField(blank=True, max_length=6)),
                ("income", models.BigIntegerField(blank=True, null=True)),
                ("revenue", models.BigIntegerField(blank=True, null=True)),
                ("as_of", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "postal_code", "ein"], name="nonprofit_by_place"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("sort_name", name="gin_trgm_ops"),
                        name="nonprofit_name_trigrams",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ein__regex", "^[0-9]{9}$")), name="nonprofit_ein_is_nine_digits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NotSame",
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
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.partner"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.partner"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="not_same_in_order"
                    ),
                    models.UniqueConstraint(fields=("one", "other"), name="not_same_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlapSettlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "For all"), (2, "For some"), (3, "For a few")]
                    ),
                ),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("source_uid", models.UUIDField()),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.need"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.school"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "need", "tier", "source_uid"), name="overlap_settled_once_by_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerLink",
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
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("listing", "Check the listing"),
                            ("papers", "Renew papers"),
                            ("year", "Tell about the year"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "paper_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("insurance", "Certificate of insurance"),
                            ("additional_insured", "Additional-insured endorsement"),
                            ("clearance_letter", "Clearance letter"),
                            ("w9", "W-9"),
                            ("nonprofit_letter", "Nonprofit letter"),
                            ("other", "Other paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("school_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("mail_wanted_at", models.DateTimeField(blank=True, null=True)),
                ("copied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.contact"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
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
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("right", "year"), ("school_year__isnull", False)),
                            models.Q(
                                models.Q(("right", "year"), _negated=True), ("school_year__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="partner_link_year_has_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right", "papers"), ("paper_kind", ""), _connector="OR"),
                        name="partner_link_paper_for_papers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                            ("insurance", "Certificate of insurance"),
                            ("additional_insured", "Additional-insured endorsement"),
                            ("clearance_letter", "Clearance letter"),
                            ("w9", "W-9"),
                            ("nonprofit_letter", "Nonprofit letter"),
                            ("other", "Other paper"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="From")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="Note")),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for us"),
                            ("accepted", "Accepted"),
                            ("declined", "Sent back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("declined_because", models.CharField(blank=True, max_length=255)),
                (
                    "decided_by",
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.storedfile",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="partners.partner",
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
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.paper",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.partnerlink",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "-valid_until", "-pk"],
                "indexes": [
                    models.Index(fields=["district", "valid_until", "id"], name="paper_by_end"),
                    models.Index(
                        condition=models.Q(("state", "offered")),
                        fields=["district", "created_at"],
                        name="paper_offered",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="paper_until_after_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "offered"),
                            ),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="paper_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"), models.Q(("declined_because", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True), ("declined_because", "")
                            ),
                            _connector="OR",
                        ),
                        name="paper_declined_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_by__isnull", True),
                            models.Q(
                                ("state", "accepted"),
                                models.Q(("superseded_by", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="paper_superseded_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("partner", "Partner"),
                            ("site", "Place"),
                            ("service", "Service"),
                            ("contact", "Contact person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target_uid", models.UUIDField(blank=True, null=True)),
                ("batch", models.UUIDField()),
                ("field", models.CharField(max_length=40)),
                ("was", models.JSONField(blank=True, null=True)),
                ("now", models.JSONField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for us"),
                            ("accepted", "Accepted"),
                            ("declined", "Not taken over"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.contact",
                    ),
                ),
                (
                    "decided_by",
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
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.partnerlink",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["district", "at"],
                        name="proposal_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequirementProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.SlugField()),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("name_es", models.CharField(blank=True, max_length=120, verbose_name="Name in Spanish")),
                ("needs_agreement", models.BooleanField(default=False, verbose_name="Needs an agreement")),
                (
                    "agreement_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mou", "Memorandum of understanding (MOU)"),
                                ("moa", "Memorandum of agreement (MOA)"),
                                ("services", "Services contract"),
                                ("facility_use", "Facility use"),
                                ("data_sharing", "Data-sharing agreement"),
                                ("commitment", "Letter of commitment"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "paper_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("insurance", "Certificate of insurance"),
                                ("additional_insured", "Additional-insured endorsement"),
                                ("clearance_letter", "Clearance letter"),
                                ("w9", "W-9"),
                                ("nonprofit_letter", "Nonprofit letter"),
                                ("other", "Other paper"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "code"), name="requirement_profile_code_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_agreement", True), ("agreement_kinds", []), _connector="OR"
                        ),
                        name="requirement_profile_kinds_of_a_needed_agreement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("school_year", models.PositiveSmallIntegerField()),
                (
                    "answer",
                    models.CharField(choices=[("still_here", "Still here"), ("gone", "Gone")], max_length=10),
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roster_answers",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["partnership", "school_year"], name="roster_answer_of_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("query", models.CharField(max_length=1000)),
                (
                    "shared",
                    models.BooleanField(default=False, verbose_name="Everybody in the district sees it"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("membership", "name"), name="saved_view_name_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alias", models.CharField(max_length=255)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.school"
                    ),
                ),
            ],
            options={
                "ordering": ["alias"],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "alias"), name="school_alias_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_collation="C", max_length=80)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                        name="search_word_trigrams",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "word"), name="search_word_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "waives",
                    models.CharField(
                        choices=[
                            ("agreement", "Agreement"),
                            ("insurance", "Certificate of insurance"),
                            ("additional_insured", "Additional-insured endorsement"),
                            ("clearance_letter", "Clearance letter"),
                            ("w9", "W-9"),
                            ("nonprofit_letter", "Nonprofit letter"),
                            ("other", "Other paper"),
                        ],
                        max_length=20,
                        verbose_name="Without",
                    ),
                ),
                ("because", models.CharField(max_length=255, verbose_name="Reason")),
                ("since", models.DateField(verbose_name="From")),
                ("until", models.DateField(verbose_name="Until")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="partners.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="waiver_until_after_since"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="waiver_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="waiver_ended_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("school_year", models.PositiveSmallIntegerField()),
                ("students", models.PositiveIntegerField(blank=True, null=True, verbose_name="Students")),
                ("hours", models.PositiveIntegerField(blank=True, null=True, verbose_name="Hours")),
                (
                    "in_kind_cents",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="Value in kind"),
                ),
                (
                    "in_kind_method",
                    models.CharField(blank=True, max_length=200, verbose_name="How the value was found"),
                ),
                (
                    "result",
                    models.CharField(blank=True, max_length=300, verbose_name="One result, in a sentence"),
                ),
                (
                    "going_on",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure yet")],
                        max_length=10,
                        verbose_name="Going on next year",
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("source", models.CharField(max_length=120)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.partnerlink",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_reports",
                        to="partners.partner",
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
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-school_year", "pk"],
                "indexes": [models.Index(fields=["district", "school_year"], name="year_report_by_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "school", "service", "school_year"),
                        name="year_report_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_kind_cents__isnull", True),
                            models.Q(("in_kind_method", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="year_report_value_with_method",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="year_report_accepted_at_and_by",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="erased_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="applied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="options",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="before",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="importrow",
            name="changes",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="partner",
            name="domain",
            field=models.CharField(blank=True, editable=False, max_length=253),
        ),
        migrations.AddField(
            model_name="partner",
            name="ends_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="partner",
            name="next_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="partnership",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="approved_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="partnership",
            name="approved_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("changed", "Changed"),
                    ("same", "Same as before"),
                    ("alike", "Perhaps here already"),
                    ("invalid", "Left out"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["batch", "state"], name="import_row_by_state"),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="partner_tags"),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(fields=["district", "next_on", "id"], name="partner_by_next_step"),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(fields=["district", "ends_on", "id"], name="partner_by_end"),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(fields=["district", "domain"], name="partner_by_domain"),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(fields=["district", "ein"], name="partner_by_ein"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", True), models.Q(("name", ""), _negated=True)),
                    models.Q(
                        ("erased_at__isnull", False),
                        ("extra", {}),
                        ("left_on__isnull", False),
                        ("email", ""),
                        ("name", ""),
                        ("phone", ""),
                        ("role", ""),
                        ("salutation", ""),
                    ),
                    _connector="OR",
                ),
                name="contact_erased_or_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(
                        ("applied_at__isnull", False),
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="import_batch_undone_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="partner_merged_into_another",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="profile",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.requirementprofile",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", True),
                        ("approved_on__isnull", True),
                        ("approved_until__isnull", True),
                    ),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                        ("school__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="partnership_approved_on_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_until__isnull", True),
                    ("approved_until__gte", models.F("approved_on")),
                    _connector="OR",
                ),
                name="partnership_approved_until_after_on",
            ),
        ),
        migrations.RunPython(
            code=say_when_they_were_applied,
            reverse_code=migrations.RunPython.noop,
        ),
        InsertOnly(
            model_name="RosterAnswer",
        ),
        InsertOnly(
            model_name="NeedRating",
        ),
        TenantWall(),
    ]
