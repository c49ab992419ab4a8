import django.db.models.deletion
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    """For which principal a deputy signed a letter."""

    dependencies = [
        ("accounts", "0003_deputies"),
        ("letters", "0002_letternumber_tries"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="signed_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_for__isnull", True))
                | models.Q(("state__in", ("signing", "signed", "withdrawn"))),
                name="letter_signed_for_only_when_signed",
            ),
        ),
        TenantWall(),
    ]
