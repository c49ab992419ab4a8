"""The reads of the schools' pages, and what a school still lacks for its letters."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import Membership, School

from .models import SchoolFigure

LACKS_DETAILS = Q(place="") | Q(address="") | Q(phone="") | Q(pupils=None) | Q(pupils=0)
HAS_FIGURES = Exists(SchoolFigure._base_manager.filter(school=OuterRef("pk")).exclude(need=None))


def missing_details(school: School) -> list[str]:
    """What letters say of a school and its record lacks, in words."""
    details = (
        (school.place, _("place")),
        (school.address, _("address")),
        (school.phone, _("phone")),
        (school.pupils, _("number of students")),
    )
    return [words for value, words in details if not value]


@dataclass(frozen=True)
class SchoolRow:
    """A school in the list, with how many figures it has and what its letters lack."""

    school: School
    figures: int

    @property
    def missing(self) -> list[str]:
        """What is missing, in words."""
        return missing_details(self.school) + ([] if self.figures else [_("figures")])


def school_list(membership: Membership) -> list[SchoolRow]:
    """The district's open schools by name: two queries."""
    figures = Counter(SchoolFigure.objects.for_member(membership).values_list("school", flat=True))
    return [SchoolRow(school, figures[school.pk]) for school in School.objects.for_member(membership).open()]


def figures_of(school: School) -> list[SchoolFigure]:
    """A school's figures with their needs, in the order in which letters take them: one query."""
    return list(SchoolFigure.objects.filter(school=school).select_related("need"))
