"""What a new district's directory starts with."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from accounts.models import District

from .agreed_enums import DEFAULT_PROFILES
from .enums import DEFAULT_NEEDS
from .models import Need, RequirementProfile


def add_needs(district: District) -> None:
    """The default list of needs, in English and Spanish, for the district to edit; those it has stay."""
    labels = [(code, *_in_both(label)) for code, label in DEFAULT_NEEDS]
    Need.objects.bulk_create(
        (
            Need(district=district, code=code, label=english, label_es=spanish, order=order)
            for order, (code, english, spanish) in enumerate(labels)
        ),
        ignore_conflicts=True,
    )


def add_profiles(district: District) -> None:
    """The ways of working in a school, each with the agreement and papers that it needs, likewise."""
    RequirementProfile.objects.bulk_create(
        (_profile(district, order, *row) for order, row in enumerate(DEFAULT_PROFILES)), ignore_conflicts=True
    )


def _profile(
    district: District,
    order: int,
    code: str,
    label: Any,
    agreement_kinds: Iterable[str],
    paper_kinds: Iterable[str],
) -> RequirementProfile:
    english, spanish = _in_both(label)
    return RequirementProfile(
        district=district,
        code=code,
        name=english,
        name_es=spanish,
        needs_agreement=bool(agreement_kinds),
        agreement_kinds=list(agreement_kinds),
        paper_kinds=list(paper_kinds),
        order=order,
    )


def _in_both(label: Any) -> tuple[str, str]:
    with override("en"):
        english = str(label)
    with override("es"):
        return english, str(label)
