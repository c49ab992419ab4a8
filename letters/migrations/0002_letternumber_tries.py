"""How often the press stopped over a number, so that it waits for the press instead of being given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="letternumber",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
