"""The data model as built, in words: what docs/data-model.md holds, and a test compares."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from accounts.operations import InsertOnly
from accounts.tenancy import PublicId, Versioned, is_tenant

FLOORS = ("accounts", "partners", "letters", "decisions", "outreach", "partnership_portal")
INTRODUCTION = """\
# The data model, as built

Written by `./portal manage describe_tables > docs/data-model.md`; a test fails when it is out of date. What
each field means stands beside it in the code.

**T**: a row of a district, with a composite foreign key on (district_id, id) behind every key to another such
row. **u**: a URL can name it, by a random uid. **v**: a version for edits by compare-and-set. **I**: insert
only, by trigger for all and by grant for the application's role. `name?` may be empty; `name > Table` is a
key. Every table has a bigint key `id`; keys to the district are left out below.
"""


def describe() -> str:
    """The whole page, as Markdown."""
    return "\n".join([INTRODUCTION, *(line for label in FLOORS for line in _app(label))])


def _app(label: str) -> Iterator[str]:
    insert_only = _insert_only(label)
    yield f"## {label}\n"
    for model in apps.get_app_config(label).get_models():
        marks = [
            mark
            for mark, holds in (
                ("T", is_tenant(model)),
                ("u", issubclass(model, PublicId)),
                ("v", issubclass(model, Versioned)),
                ("I", model.__name__.lower() in insert_only),
            )
            if holds
        ]
        summary = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        yield f"**{model.__name__}** {' '.join(marks)}  \n{summary}  \n`{', '.join(_fields(model))}`\n"


def _fields(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.get_fields():
        if field.auto_created or field.name in ("id", "district", "uid", "version"):
            continue
        name = field.name + ("?" if getattr(field, "null", False) or getattr(field, "blank", False) else "")
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            name += f" > {field.related_model.__name__}"
        yield name


def _insert_only(label: str) -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {
        operation.model_name.lower()
        for (app, _name), migration in loader.disk_migrations.items()
        if app == label
        for operation in migration.operations
        if isinstance(operation, InsertOnly)
    }
