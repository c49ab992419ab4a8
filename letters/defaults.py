"""The letter templates with which a new district starts, in every language."""

from accounts import clock
from accounts.models import District

from .blocks import default_blocks
from .enums import Kind, Language
from .models import Template, TemplateVersion


def add_templates(district: District) -> None:
    """The default text of every letter, as version 1, for the district to edit."""
    for kind in Kind:
        template, created = Template.objects.get_or_create(district=district, kind=kind, school=None)
        if not created:
            continue
        TemplateVersion.objects.bulk_create(
            TemplateVersion(
                district=district,
                template=template,
                n=1,
                language=language,
                blocks=default_blocks(kind, language),
                created_at=clock.now(),
            )
            for language in Language
        )
