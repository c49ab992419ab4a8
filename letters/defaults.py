"""The letter templates with which a new district starts, in every language, and what an older one lacks."""

from typing import Any

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django_scopes import scope

from accounts import clock
from accounts.models import District

from .blocks import default_blocks
from .enums import Kind, Language
from .models import Template, TemplateVersion


def add_templates(district: District) -> None:
    """The default text of every letter, for the district to edit; one that nobody has edited is brought up
    to date as a new version. Can be repeated."""
    for kind in Kind:
        template, _created = Template.objects.get_or_create(district=district, kind=kind, school=None)
        for language in Language:
            blocks = default_blocks(kind, language)
            last = template.versions.filter(language=language).order_by("-n").first()
            if last is not None and (last.by_id is not None or last.blocks == blocks):
                continue
            TemplateVersion.objects.create(
                district=district,
                template=template,
                n=last.n + 1 if last else 1,
                language=language,
                blocks=blocks,
                created_at=clock.now(),
            )


def complete_districts(*, using: str, **_signal: Any) -> None:
    """After a migration: give each district the letters that came with a newer portal.

    Default content is a district's own, so no migration makes it; and nothing is done while tables still lack
    what the models have.
    """
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    for district in District.objects.using(using).order_by("pk"):
        with transaction.atomic(using=using), scope(district=district):
            add_templates(district)
