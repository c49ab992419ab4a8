"""A school with its people and letters, and its preview request, for ``./portal bench letters``."""

import statistics
import time
from dataclasses import dataclass

from django.test import Client
from django_scopes import scope

from accounts.models import District, Membership, School
from accounts.roles import Role
from accounts.services import create_district
from accounts.urls_in import url_in
from letters import services
from letters.enums import Kind
from tests.conftest import make_member, make_school
from tests.letters.conftest import fill_school, make_partnership


@dataclass(frozen=True)
class People:
    """Who writes, and who signs."""

    coordinator: Membership
    principal: Membership


def school_with_people() -> tuple[School, People]:
    """A school that has its numbers, a coordinator and a principal."""
    district: District = create_district(name="Larkmoor School District", slug="larkmoor", state="TX")
    with scope(district=district):
        school = make_school(district, "Quillback Middle School", "quillback", "QMS")
        fill_school(school)
        coordinator = make_member(school, "Imogen Tasker", Role.COORDINATOR, "Coordinator")
        principal = make_member(school, "Dr. Rosalind Oyelaran", Role.PRINCIPAL, "Principal")
    return school, People(coordinator, principal)


def preview_p95(school: School, people: People, requests: int) -> float:
    """Milliseconds: p95 of the preview of a draft; the first ones are made before, for what is made once."""
    with scope(district=school.district):
        partnership = make_partnership(school)
        letter = services.prepare_letter(
            partnership=partnership,
            contact=partnership.partner.contacts.get(),
            kind=Kind.NEW_PARTNER,
            language="en",
            by=people.coordinator,
        )
    client = Client()
    client.force_login(people.coordinator.user, backend="django.contrib.auth.backends.ModelBackend")
    page = url_in(school.district, "letters:preview", uid=letter.uid)
    taken = []
    for _ in range(requests + 5):
        begun = time.perf_counter()
        answer = client.get(page)
        taken.append(time.perf_counter() - begun)
        assert answer.status_code == 200, answer
    return statistics.quantiles(taken[5:], n=20)[-1] * 1000
