"""What comes first in a new district: each sees only what they may do, and it goes away by itself."""

from typing import Any

import pytest

from accounts import clock
from accounts.models import District, Membership, School
from accounts.roles import Role
from accounts.services import invite
from outreach import services
from outreach.first_steps import first_steps
from outreach.sources import letter_no_reply
from partners.models import Need
from partners.services import add_figure
from tests.conftest import Cast, SignIn
from tests.outreach.factories import set_up

DETAILS, NUMBERS = "Fill in the school's details", "Add the school's numbers"
PEOPLE = "Invite a principal and a coordinator"
PARTNERS = "Bring in your directory, or add a partner"
MAIL = "Decide which mail goes out by itself"


def steps(member: Membership) -> list[tuple[str, bool]]:
    return [(step.what, step.done) for step in first_steps(member)]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("staff", [(DETAILS, True), (NUMBERS, False), (PEOPLE, True), (PARTNERS, False), (MAIL, False)]),
        ("coordinator", [(DETAILS, True), (NUMBERS, False), (PARTNERS, False)]),
        ("preparer", [(DETAILS, True), (NUMBERS, False), (PARTNERS, False)]),
        ("principal", [(DETAILS, True), (NUMBERS, False)]),
    ],
)
def test_each_role_sees_what_it_may_do(cast: Cast, role: str, shown: list[tuple[str, bool]]):
    assert steps(getattr(cast, role)) == shown


def test_the_list_goes_away_by_itself_once_its_steps_are_done(cast: Cast):
    set_up(cast)
    assert steps(cast.principal) == steps(cast.coordinator) == []
    assert [what for what, done in steps(cast.staff) if not done] == [NUMBERS, MAIL]
    figure = {"sentence": "1 in 6 of us.", "source": "Survey", "year": 2026, "need": Need.objects.first()}
    add_figure(school=cast.bellwether, by=cast.staff, **figure)
    services.switch(kind=letter_no_reply.KIND, on=False, by=cast.staff)
    assert steps(cast.staff) == []


@pytest.mark.parametrize("lacks", [{"place": ""}, {"address": ""}, {"phone": ""}, {"pupils": None}])
def test_a_school_that_lacks_a_detail_is_its_own_people_s_step(cast: Cast, lacks: dict[str, Any]):
    School.objects.filter(pk=cast.quillback.pk).update(**lacks)
    assert (DETAILS, False) in steps(cast.coordinator)
    assert (DETAILS, True) in steps(cast.bellwether_coordinator)
    School.objects.filter(pk=cast.quillback.pk).update(closed_on=clock.today(cast.larkmoor))
    assert (DETAILS, True) in steps(cast.staff)


def test_an_invitation_that_waits_counts_as_invited(cast: Cast):
    Membership.objects.exclude(role=Role.STAFF).update(until=clock.today(cast.larkmoor).replace(year=2025))
    assert (PEOPLE, False) in steps(cast.staff)
    for role in (Role.PRINCIPAL, Role.COORDINATOR):
        invite(
            district=cast.larkmoor,
            email=f"{role}@larkmoor.example",
            role=role,
            schools=[cast.quillback],
            by=cast.staff,
        )
    assert (PEOPLE, True) in steps(cast.staff)


def test_a_sample_district_has_no_mail_to_decide_on(cast: Cast):
    District.objects.filter(pk=cast.larkmoor.pk).update(is_sample=True)
    staff = Membership.objects.select_related("district").get(pk=cast.staff.pk)
    assert MAIL not in dict(steps(staff))


def test_the_steps_cost_one_query(cast: Cast, django_assert_num_queries: Any):
    member = Membership.objects.select_related("district").get(pk=cast.coordinator.pk)
    assert member.school_ids
    with django_assert_num_queries(1):
        first_steps(member)


def test_today_says_what_comes_first_and_leads_there_and_back(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.coordinator).get("/d/larkmoor/").content.decode()
    form = f"/d/larkmoor/schools/{cast.quillback.uid}/figures/add/?next=%2Fd%2Flarkmoor%2F"
    assert "This comes first." in page
    assert "All clear" not in page
    assert f'btn-primary" href="{form}"' in page
    assert page.count("btn-primary") == 1
