"""`./portal manage refresh_search`: write anew what the search reads of every partner."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django_scopes import scope

from accounts.models import District
from partners.models import Partner
from partners.services import refresh_search

BATCH = 500


class Command(BaseCommand):
    """After an update that says so, or a change of how words are spelled out (partners/search.py)."""

    help = "Write anew what the search reads of every partner; the portal may run meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each district in batches, each of them in a transaction of its own."""
        for district in District.objects.filter(closed_at=None):
            with scope(district=district):
                self._refresh(district)

    def _refresh(self, district: District) -> None:
        keys = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            with transaction.atomic():
                refresh_search(keys[start : start + BATCH], district_id=district.pk)
        self.stdout.write(f"{district.slug}: {len(keys)} partners")
