"""What a new district's directory starts with."""

from django.utils.translation import override

from accounts.models import District

from .enums import DEFAULT_NEEDS
from .models import Need


def add_needs(district: District) -> None:
    """The default list of needs, in English and Spanish, for the district to edit."""
    for order, (code, label) in enumerate(DEFAULT_NEEDS):
        with override("en"):
            english = str(label)
        with override("es"):
            spanish = str(label)
        Need.objects.get_or_create(
            district=district,
            code=code,
            defaults={"label": english, "label_es": spanish, "order": order},
        )
