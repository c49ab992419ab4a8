"""Makes the demo's district, schools and people, and finds them again by name."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts import clock
from accounts.models import District, Membership, School, User
from accounts.services import add_member, create_district
from partners.models import Need, SchoolFigure

from .people import DISTRICT, DISTRICT_ADDRESS, DISTRICT_PHONE, FIGURES, PEOPLE, SCHOOLS


@dataclass(frozen=True)
class Cast:
    """The district with its schools by slug and its people by name."""

    district: District
    schools: dict[str, School]
    people: dict[str, Membership]

    def principal_of(self, school: str) -> Membership:
        """The principal of a school."""
        return next(
            member
            for member in self.people.values()
            if member.role == "principal" and member.covers(self.schools[school].pk)
        )


def make_district() -> District:
    """The sample district with its default content."""
    district = create_district(**DISTRICT, is_sample=True)
    district.address, district.phone = DISTRICT_ADDRESS, DISTRICT_PHONE
    district.save(update_fields=["address", "phone"])
    return district


def make_cast(district: District) -> Cast:
    """Schools with their figures, and people with their roles. Call it in the district's scope."""
    schools = {
        slug: School.objects.create(
            district=district,
            slug=slug,
            name=name,
            code=code,
            place="Larkmoor",
            address=f"{street}, Larkmoor, TX 00000",
            phone=phone,
            pupils=pupils,
        )
        for slug, name, code, street, phone, pupils in SCHOOLS
    }
    _add_figures(district, schools)
    return Cast(district, schools, _make_people(district, schools))


def _make_people(district: District, schools: dict[str, School]) -> dict[str, Membership]:
    since = clock.today(district) - datetime.timedelta(days=800)
    people = {}
    for name, role, title, school, language in PEOPLE:
        user = User.objects.create_user(address_of(name), name=name, language=language)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        people[name] = add_member(
            district=district,
            user=user,
            role=role,
            title=title,
            schools=[schools[school]] if school else [],
            whole_district=not school,
            since=since,
        )
    return people


def _add_figures(district: District, schools: dict[str, School]) -> None:
    year = clock.today(district).year - 1
    needs = {need.code: need for need in Need.objects.all()}
    SchoolFigure.objects.bulk_create(
        SchoolFigure(
            district=district,
            school=schools[school],
            need=needs[need],
            sentence=english,
            sentence_es=spanish,
            source=source,
            year=year,
            order=order,
        )
        for order, (school, need, english, spanish, source) in enumerate(FIGURES)
    )


def address_of(name: str) -> str:
    """An address that no mail reaches: first and last name at larkmoor.example."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = plain.replace("dr. ", "").replace("'", "").split()
    return f"{words[0]}.{words[-1]}@larkmoor.example"
