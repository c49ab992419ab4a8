import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    """A letter in two languages."""

    dependencies = [
        ("letters", "0011_batch"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="also",
            field=models.CharField(
                blank=True,
                choices=[("en", "English"), ("es", "Spanish")],
                default="",
                max_length=5,
                verbose_name="Second language",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="also_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="letters.templateversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("also", ""), ("also_version__isnull", True))
                | ~models.Q(("also", ""))
                & ~models.Q(("also", models.F("language")))
                & models.Q(("also_version__isnull", False)),
                name="letter_second_language_is_another_one",
            ),
        ),
        TenantWall(),
    ]
