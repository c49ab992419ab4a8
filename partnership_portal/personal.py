"""The one list of personal fields: what each app says of its own tables, and those of the libraries."""

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

APPS = ("accounts", "partners", "letters", "decisions", "outreach")
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
    SearchVectorField,
)
"""The kinds of fields that can hold text (addresses and slugs are CharFields)."""
PERSONAL = {
    "account.EmailAddress": "email",
    "mfa.Authenticator": "data",
    "account.EmailConfirmation": "key",
}
NOT_PERSONAL = {
    "auth.Permission": "name codename",
    "auth.Group": "name",
    "contenttypes.ContentType": "app_label model",
    "pghistory.Context": "metadata",
    "partnership_portal.PurgeRecord": "what",
}

Field = str
"""A field by its full name, such as accounts.User.email."""


def personal() -> set[Field]:
    """The fields that can hold what is personal."""
    return set(_declared("PERSONAL"))


def not_personal() -> set[Field]:
    """Those that can't."""
    return set(_declared("NOT_PERSONAL"))


def text_fields() -> set[Field]:
    """All fields that can hold text, but for those with choices, which hold codes."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def _declared(name: str) -> Iterator[Field]:
    lists = {f"{app}.{model}": words for app in APPS for model, words in _of(app, name).items()}
    for model, words in (lists | globals()[name]).items():
        yield from (f"{model}.{field}" for field in words.split())


def _of(app: str, name: str) -> dict[str, str]:
    declared: dict[str, str] = getattr(import_module(f"{app}.personal"), name)
    return declared
