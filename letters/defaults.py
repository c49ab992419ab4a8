"""The letter templates with which a new district starts, in every language, and what an older one lacks."""

from collections.abc import Mapping
from itertools import product
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
    templates = {row.kind: row for row in Template.objects.filter(district=district, school=None)}
    new = [Template(district=district, kind=kind) for kind in Kind if kind not in templates]
    templates |= {row.kind: row for row in Template.objects.bulk_create(new)}
    versions = TemplateVersion.objects.filter(template__in=templates.values())
    latest = versions.order_by("template", "language", "-n").distinct("template", "language")
    kept = {(row.template_id, row.language): row for row in latest}
    TemplateVersion.objects.bulk_create(
        version
        for kind, language in product(Kind, Language)
        for version in _delivered(kind, language, templates[kind], kept)
    )


def _delivered(
    kind: Kind, language: Language, template: Template, kept: Mapping[tuple[int, str], TemplateVersion]
) -> list[TemplateVersion]:
    """Our text as a new version, unless the district has it already or has a text of its own."""
    last, blocks = kept.get((template.pk, language)), default_blocks(kind, language)
    if last is not None and (last.by_id is not None or last.blocks == blocks):
        return []
    return [
        TemplateVersion(
            district_id=template.district_id,
            template=template,
            n=last.n + 1 if last else 1,
            language=language,
            blocks=blocks,
            created_at=clock.now(),
        )
    ]


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
