from django.db import migrations, models

STATES = [
    ("queued", "Waiting to start"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Stopped by an error"),
    ("cancelled", "Cancelled"),
    ("stopped", "Stopped: the worker ended"),
]


class Migration(migrations.Migration):
    """Jobs that can be stopped, resumed and begun again. Those of before were handed over once, when made."""

    dependencies = [
        ("accounts", "0005_sessions"),
    ]

    operations = [
        migrations.AddField("job", "args", models.JSONField(blank=True, default=dict)),
        migrations.AddField("job", "attempts", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("job", "begun_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "job",
            "queued_at",
            models.DateTimeField(null=True, help_text="Last handed to the queue by a person."),
        ),
        migrations.RunSQL("UPDATE accounts_job SET queued_at = created_at", migrations.RunSQL.noop),
        migrations.AlterField(
            "job",
            "queued_at",
            models.DateTimeField(help_text="Last handed to the queue by a person."),
        ),
        migrations.AlterField(
            "job", "state", models.CharField(choices=STATES, default="queued", max_length=10)
        ),
    ]
