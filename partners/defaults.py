"""What a new district's directory starts with."""

from typing import Any

from django.utils.translation import override

from accounts.models import District

from .agreed_enums import DEFAULT_PROFILES
from .enums import DEFAULT_NEEDS
from .models import Need, RequirementProfile


def add_needs(district: District) -> None:
    """The default list of needs, in English and Spanish, for the district to edit."""
    for order, (code, label) in enumerate(DEFAULT_NEEDS):
        english, spanish = _in_both(label)
        Need.objects.get_or_create(
            district=district,
            code=code,
            defaults={"label": english, "label_es": spanish, "order": order},
        )


def add_profiles(district: District) -> None:
    """The ways of working in a school, each with the agreement and papers that it needs, likewise."""
    for order, (code, label, agreement_kinds, paper_kinds) in enumerate(DEFAULT_PROFILES):
        english, spanish = _in_both(label)
        RequirementProfile.objects.get_or_create(
            district=district,
            code=code,
            defaults={
                "name": english,
                "name_es": spanish,
                "needs_agreement": bool(agreement_kinds),
                "agreement_kinds": list(agreement_kinds),
                "paper_kinds": list(paper_kinds),
                "order": order,
            },
        )


def _in_both(label: Any) -> tuple[str, str]:
    with override("en"):
        english = str(label)
    with override("es"):
        return english, str(label)
