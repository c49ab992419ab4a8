"""What was purged, kept as written."""

from django.db import migrations, models

from accounts.operations import InsertOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PurgeRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("what", models.TextField()),
            ],
            options={"ordering": ["pk"]},
        ),
        InsertOnly("PurgeRecord"),
    ]
