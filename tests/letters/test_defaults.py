"""A district gets the letters that came with a newer portal, and keeps what it has written itself."""

from django.core.management.sql import emit_post_migrate_signal
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import District
from letters.blocks import default_blocks
from letters.enums import Kind, Language
from letters.models import Template, TemplateVersion
from tests.conftest import Cast

OLDER = [{"name": "opening", "text": "As we used to say."}]


def upgrade() -> None:
    """What comes after every migration."""
    with scopes_disabled():
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def versions(**of: object) -> list[tuple[str, str, int]]:
    rows = TemplateVersion.objects.filter(**of).order_by("template__kind", "language", "n")
    return list(rows.values_list("template__kind", "language", "n"))


def a_text(cast: Cast, n: int, **fields: object) -> None:
    template = Template.objects.get(kind=Kind.NEW_PARTNER, school=None)
    TemplateVersion.objects.create(
        **{
            "district": cast.larkmoor,
            "template": template,
            "n": n,
            "language": "en",
            "blocks": OLDER,
            "created_at": clock.now(),
            **fields,
        }
    )


def test_a_district_without_letters_gets_all_of_them_once(cast: Cast):
    older = District.objects.create(name="Older Schools", slug="older", zone="America/Denver")
    for _ in range(2):
        upgrade()
        with scope(district=older):
            assert versions() == [(kind, language, 1) for kind in sorted(Kind) for language in Language]


def test_a_text_that_the_district_wrote_stays_and_one_that_nobody_edited_becomes_the_newer_one(cast: Cast):
    a_text(cast, 2, by=cast.staff)
    upgrade()
    first = {"template__kind": Kind.NEW_PARTNER, "language": "en"}
    assert versions(**first) == [("new_partner", "en", 1), ("new_partner", "en", 2)]
    a_text(cast, 3)
    upgrade()
    newest = TemplateVersion.objects.filter(**first).first()
    assert (newest.n, newest.blocks) == (4, default_blocks(Kind.NEW_PARTNER, "en"))
