"""How a command finds the district that it is told."""

from django.core.management.base import CommandError

from accounts.models import District


def open_district(slug: str) -> District:
    """The open district with this slug. Raises CommandError where there is none."""
    district: District | None = District.objects.filter(slug=slug, closed_at=None).first()
    if district is None:
        raise CommandError(f"There is no open district with the slug {slug}.")
    return district
