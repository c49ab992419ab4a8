"""Values for one letter alone, and the sentences that were left out of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_kinds")]

    operations = [
        migrations.AddField(
            model_name="letter", name="supplied", field=models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            model_name="letter", name="left_out", field=models.JSONField(blank=True, default=list)
        ),
    ]
