"""The history of what people edit: tables of events, which triggers fill."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from accounts.operations import InsertOnly, TenantWall

TRACKED = ("Partner", "Contact", "Site", "Service", "Partnership", "Agreement", "Paper")


def begin_with_what_is_there(apps, schema_editor):
    """Each record as it stands: the first change of it can then say what it was before."""
    for name in TRACKED:
        event, record = apps.get_model("partners", f"{name}Event"), apps.get_model("partners", name)
        copied = {field.column for field in event._meta.fields} & {
            field.column for field in record._meta.fields
        }
        columns = ", ".join(f'"{column}"' for column in sorted(copied))
        schema_editor.execute(
            f'INSERT INTO "{event._meta.db_table}" ({columns}, pgh_obj_id, pgh_label, pgh_created_at)'
            f" SELECT {columns}, id, 'begun', now() FROM \"{record._meta.db_table}\" ORDER BY id"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("partners", "0003_directory_in_full"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
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
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.agreement",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.agreement",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="agreement_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        default="en",
                        max_length=5,
                        verbose_name="Language",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="Left the organization on")),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.contact",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="contact_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
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
                ("declined_because", models.CharField(blank=True, max_length=255)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
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
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.storedfile",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.paper",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.school",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.paper",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="paper_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="PartnerEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("name", models.CharField(max_length=255, verbose_name="Name")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=255), blank=True, default=list, size=None
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nonprofit", "Nonprofit"),
                            ("public", "Public agency"),
                            ("business", "Business"),
                            ("group", "Informal group"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("youth", "Youth"),
                                ("parents", "Parents and families"),
                                ("business", "Business"),
                                ("media", "Media"),
                                ("schools", "Schools"),
                                ("youth_serving", "Youth-serving organization"),
                                ("law_enforcement", "Law enforcement"),
                                ("faith", "Faith-based"),
                                ("civic", "Civic and volunteer"),
                                ("health_care", "Health care"),
                                ("government", "State, local and tribal government"),
                                ("substance_use", "Substance-use services"),
                                ("mental_health", "Mental health"),
                                ("juvenile_justice", "Juvenile justice and courts"),
                                ("social_services", "Social services and child welfare"),
                                ("early_childhood", "Early childhood"),
                                ("higher_education", "Higher education"),
                                ("basic_needs", "Basic needs (housing, food)"),
                                ("philanthropy", "Philanthropy"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="What they do")),
                ("website", models.CharField(blank=True, max_length=300, verbose_name="Website")),
                ("ein", models.CharField(blank=True, max_length=10, verbose_name="EIN")),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("assured_on", models.DateField(blank=True, null=True)),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["pgh_obj", "pgh_id"], name="partner_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="PartnershipEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "None yet"),
                            (1, "Networking"),
                            (2, "Cooperation"),
                            (3, "Coordination"),
                            (4, "Coalition"),
                            (5, "Collaboration"),
                        ],
                        default=0,
                    ),
                ),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("approved_until", models.DateField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.partnership",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.requirementprofile",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="partnership_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="ServiceEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("name", models.CharField(max_length=255, verbose_name="Name")),
                ("description", models.TextField(blank=True, verbose_name="What it is")),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("grades", models.CharField(blank=True, max_length=60, verbose_name="Grades")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="Room for")),
                ("since", models.DateField(blank=True, null=True, verbose_name="From")),
                ("until", models.DateField(blank=True, null=True, verbose_name="Until")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.service",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="service_event_of_partner")],
            },
        ),
        migrations.CreateModel(
            name="SiteEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="Name")),
                ("street", models.CharField(blank=True, max_length=255, verbose_name="Street")),
                ("street2", models.CharField(blank=True, max_length=255, verbose_name="Suite or floor")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="City")),
                ("state", models.CharField(blank=True, max_length=40, verbose_name="State")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="ZIP code")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="Phone")),
                ("is_mailing", models.BooleanField(default=False, verbose_name="Letters go here")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.district"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partners.site",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["partner", "pgh_id"], name="site_event_of_partner")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_agreementevent" ("authorized_as", "district_authorized_as", "district_id", "district_signed_by_name", "district_signed_by_title", "district_signed_on", "ended_on", "ends", "kind", "lead_partner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "signed_by_name", "signed_by_title", "signed_on", "starts", "status", "title") SELECT new_values."authorized_as", new_values."district_authorized_as", new_values."district_id", new_values."district_signed_by_name", new_values."district_signed_by_title", new_values."district_signed_on", new_values."ended_on", new_values."ends", new_values."kind", new_values."lead_partner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."renews_id", new_values."signed_by_name", new_values."signed_by_title", new_values."signed_on", new_values."starts", new_values."status", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f7485df37355ae1ddbd09a8be01855011d0e5d86",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_22832",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_agreementevent" ("authorized_as", "district_authorized_as", "district_id", "district_signed_by_name", "district_signed_by_title", "district_signed_on", "ended_on", "ends", "kind", "lead_partner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "signed_by_name", "signed_by_title", "signed_on", "starts", "status", "title") SELECT new_values."authorized_as", new_values."district_authorized_as", new_values."district_id", new_values."district_signed_by_name", new_values."district_signed_by_title", new_values."district_signed_on", new_values."ended_on", new_values."ends", new_values."kind", new_values."lead_partner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."renews_id", new_values."signed_by_name", new_values."signed_by_title", new_values."signed_on", new_values."starts", new_values."status", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."authorized_as" IS DISTINCT FROM (new_values."authorized_as") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."district_authorized_as" IS DISTINCT FROM (new_values."district_authorized_as") OR old_values."district_signed_by_name" IS DISTINCT FROM (new_values."district_signed_by_name") OR old_values."district_signed_by_title" IS DISTINCT FROM (new_values."district_signed_by_title") OR old_values."district_signed_on" IS DISTINCT FROM (new_values."district_signed_on") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."ends" IS DISTINCT FROM (new_values."ends") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lead_partner_id" IS DISTINCT FROM (new_values."lead_partner_id") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."renews_id" IS DISTINCT FROM (new_values."renews_id") OR old_values."signed_by_name" IS DISTINCT FROM (new_values."signed_by_name") OR old_values."signed_by_title" IS DISTINCT FROM (new_values."signed_by_title") OR old_values."signed_on" IS DISTINCT FROM (new_values."signed_on") OR old_values."starts" IS DISTINCT FROM (new_values."starts") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."title" IS DISTINCT FROM (new_values."title")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2889fdbbc3fb6d802823d772dc79ed5272a15338",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_a1d9b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5be1352bda3a744904be4744c056d43ae5cf7c6f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_80add",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."erased_at" IS DISTINCT FROM (new_values."erased_at") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."left_on" IS DISTINCT FROM (new_values."left_on") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6432fb5ac6d8d484e37f7bfe65f27d814e0240eb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_854b5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="name_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'name\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0ef33ce2423855fe1431db839b8538b4c4f2d524",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_name_update_6fbca",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="salutation_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'salutation\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."salutation" IS DISTINCT FROM (new_values."salutation")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e891666bd326607026c7ccc51b71b037fc4cd725",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_salutation_update_d3521",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="role_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'role\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."role" IS DISTINCT FROM (new_values."role")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="26bdbba4f4f3e0c58244a7112a1542f581ea9690",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_role_update_e7967",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="email_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'email\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad06e1004d4beff691061ff7e9ab4b6ab2ccf389",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_email_update_ca264",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="phone_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_contactevent" ("district_id", "erased_at", "language", "left_on", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."district_id", new_values."erased_at", new_values."language", new_values."left_on", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'phone\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."phone" IS DISTINCT FROM (new_values."phone")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f26d9c774964e80be71f43f8cac236a47e64b66a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_phone_update_ce1e4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_paperevent" ("decided_by_id", "declined_because", "district_id", "file_id", "kind", "note", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "state", "superseded_by_id", "valid_from", "valid_until") SELECT new_values."decided_by_id", new_values."declined_because", new_values."district_id", new_values."file_id", new_values."kind", new_values."note", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."school_id", new_values."state", new_values."superseded_by_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5a551b55e6e431f0c16fd9559c014bc53e4e30f4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_d24aa",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_paperevent" ("decided_by_id", "declined_because", "district_id", "file_id", "kind", "note", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "state", "superseded_by_id", "valid_from", "valid_until") SELECT new_values."decided_by_id", new_values."declined_because", new_values."district_id", new_values."file_id", new_values."kind", new_values."note", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."school_id", new_values."state", new_values."superseded_by_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."declined_because" IS DISTINCT FROM (new_values."declined_because") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."file_id" IS DISTINCT FROM (new_values."file_id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."superseded_by_id" IS DISTINCT FROM (new_values."superseded_by_id") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fdba1d45e62f126cf1081df69a3c8444a1c084fa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_c6030",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnerevent" ("aliases", "archived_at", "assured_on", "description", "district_id", "ein", "kind", "merged_into_id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "tags", "website") SELECT new_values."aliases", new_values."archived_at", new_values."assured_on", new_values."description", new_values."district_id", new_values."ein", new_values."kind", new_values."merged_into_id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."sectors", new_values."tags", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="99222efe4ff0ad85bbdbbd4a2bfce52c24e75cea",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_67497",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnerevent" ("aliases", "archived_at", "assured_on", "description", "district_id", "ein", "kind", "merged_into_id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sectors", "tags", "website") SELECT new_values."aliases", new_values."archived_at", new_values."assured_on", new_values."description", new_values."district_id", new_values."ein", new_values."kind", new_values."merged_into_id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."sectors", new_values."tags", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aliases" IS DISTINCT FROM (new_values."aliases") OR old_values."archived_at" IS DISTINCT FROM (new_values."archived_at") OR old_values."assured_on" IS DISTINCT FROM (new_values."assured_on") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."ein" IS DISTINCT FROM (new_values."ein") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."sectors" IS DISTINCT FROM (new_values."sectors") OR old_values."tags" IS DISTINCT FROM (new_values."tags") OR old_values."website" IS DISTINCT FROM (new_values."website")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1020f126952b12c9d07260bdf66634d246a63ca2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_c2d64",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnershipevent" ("approved_by_id", "approved_on", "approved_until", "district_id", "level", "owner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "school_id") SELECT new_values."approved_by_id", new_values."approved_on", new_values."approved_until", new_values."district_id", new_values."level", new_values."owner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."profile_id", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="442e34ed0b82f687fda82abe29dd82db4feb1cdb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_0e5af",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_partnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_partnershipevent" ("approved_by_id", "approved_on", "approved_until", "district_id", "level", "owner_id", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "school_id") SELECT new_values."approved_by_id", new_values."approved_on", new_values."approved_until", new_values."district_id", new_values."level", new_values."owner_id", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."profile_id", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."approved_on" IS DISTINCT FROM (new_values."approved_on") OR old_values."approved_until" IS DISTINCT FROM (new_values."approved_until") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."profile_id" IS DISTINCT FROM (new_values."profile_id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b9652b53bdfff4a73686ffd89eb184a5fb773a61",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_6d43b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_partnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_serviceevent" ("capacity", "description", "district_id", "grades", "languages", "name", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "tiers", "until") SELECT new_values."capacity", new_values."description", new_values."district_id", new_values."grades", new_values."languages", new_values."name", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."since", new_values."tiers", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="05c9abf17659a08120908f33a2cf67721d956b0d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_ee423",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_serviceevent" ("capacity", "description", "district_id", "grades", "languages", "name", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "tiers", "until") SELECT new_values."capacity", new_values."description", new_values."district_id", new_values."grades", new_values."languages", new_values."name", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."since", new_values."tiers", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."capacity" IS DISTINCT FROM (new_values."capacity") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."grades" IS DISTINCT FROM (new_values."grades") OR old_values."languages" IS DISTINCT FROM (new_values."languages") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."since" IS DISTINCT FROM (new_values."since") OR old_values."tiers" IS DISTINCT FROM (new_values."tiers") OR old_values."until" IS DISTINCT FROM (new_values."until")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4818c904e315ce8157b441e1ed29505fb957b148",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_3a0c7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="added_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_siteevent" ("city", "district_id", "is_mailing", "name", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "state", "street", "street2") SELECT new_values."city", new_values."district_id", new_values."is_mailing", new_values."name", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'added\', new_values."id", new_values."phone", new_values."postal_code", new_values."state", new_values."street", new_values."street2" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d305f366c63fb426183de874b522ec8daa2cd309",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_insert_f2cdf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="partners_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "partners_siteevent" ("city", "district_id", "is_mailing", "name", "partner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "state", "street", "street2") SELECT new_values."city", new_values."district_id", new_values."is_mailing", new_values."name", new_values."partner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'portal.now\', TRUE), \'\')::timestamptz, NOW()), \'changed\', new_values."id", new_values."phone", new_values."postal_code", new_values."state", new_values."street", new_values."street2" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."district_id" IS DISTINCT FROM (new_values."district_id") OR old_values."is_mailing" IS DISTINCT FROM (new_values."is_mailing") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."partner_id" IS DISTINCT FROM (new_values."partner_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."postal_code" IS DISTINCT FROM (new_values."postal_code") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."street2" IS DISTINCT FROM (new_values."street2")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="187538c3117a7343e28a4a6c93e9551efb7b6599",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_2ac40",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="partners_site",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(
            code=begin_with_what_is_there,
            reverse_code=migrations.RunPython.noop,
        ),
        InsertOnly(
            model_name="PartnerEvent",
        ),
        InsertOnly(
            model_name="ContactEvent",
        ),
        InsertOnly(
            model_name="SiteEvent",
        ),
        InsertOnly(
            model_name="ServiceEvent",
        ),
        InsertOnly(
            model_name="PartnershipEvent",
        ),
        InsertOnly(
            model_name="AgreementEvent",
        ),
        InsertOnly(
            model_name="PaperEvent",
        ),
        TenantWall(),
    ]
