from typing import Any

from django.db import migrations

from accounts import ciphers

SECRETS = ("secret", "seed")


def encrypt(apps: Any, schema_editor: Any) -> None:
    """Keys and seeds of before lie open; codes that were taken over from elsewhere there are none."""
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"])
    for row in rows.select_for_update():
        row.data |= {name: ciphers.encrypt(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])


def decrypt(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"])
    for row in rows.select_for_update():
        row.data |= {name: ciphers.decrypt(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    """The keys of authenticator apps and the seeds of recovery codes are encrypted where they lie."""

    dependencies = [
        ("accounts", "0006_job_attempts"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(encrypt, decrypt)]
