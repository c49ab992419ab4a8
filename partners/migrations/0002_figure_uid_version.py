import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    """Figures of a school are edited: a name for the address, and a version; the rows there are get both."""

    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="schoolfigure",
            name="uid",
            field=models.UUIDField(db_default=RandomUUID(), default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="schoolfigure",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="schoolfigure",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
