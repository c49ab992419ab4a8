"""A principal names a deputy until a date; the right ends then, by hand, or with either membership."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts import clock, deputies
from accounts.models import Deputy, Membership
from accounts.models.people import MembershipSchool
from accounts.queries import signers_of
from accounts.roles import Role
from tests.conftest import Cast, SignIn, make_member

DAY = datetime.timedelta(days=1)


def name(cast: Cast, deputy: Membership | None = None, days: int = 10, **values: Any) -> Deputy:
    today = clock.today(cast.larkmoor)
    return deputies.name_deputy(
        **{
            "principal": cast.principal,
            "deputy": deputy or cast.coordinator,
            "since": today,
            "until": today + days * DAY,
            "by": cast.principal,
            **values,
        }
    )


def signs(member: Membership, school_id: int) -> str:
    """For whom a person signs at a school, asked afresh; empty for nobody."""
    principal = deputies.signs_for(Membership.objects.get(pk=member.pk), school_id)
    return principal.user.name if principal else ""


def test_a_deputy_signs_for_the_principal_at_their_school_alone(cast: Cast) -> None:
    assert signs(cast.coordinator, cast.quillback.pk) == ""
    name(cast)
    assert signs(cast.coordinator, cast.quillback.pk) == "Dr. Rosalind Oyelaran"
    assert signs(cast.coordinator, cast.bellwether.pk) == ""
    assert signs(cast.preparer, cast.quillback.pk) == ""


def test_a_principal_signs_in_their_own_name(cast: Cast) -> None:
    name(cast)
    assert signs(cast.principal, cast.quillback.pk) == "Dr. Rosalind Oyelaran"
    assert signers_of(cast.quillback.pk, cast.larkmoor) == [cast.principal]


def test_somebody_of_two_schools_signs_where_the_principal_works(cast: Cast) -> None:
    both = make_member(cast.larkmoor, "Wilma Ortega", Role.COORDINATOR)
    name(cast, both)
    assert signs(both, cast.quillback.pk) == "Dr. Rosalind Oyelaran"
    assert signs(both, cast.bellwether.pk) == ""
    assert deputies.signing_school_ids(both) == {cast.quillback.pk}


@pytest.mark.parametrize("whole_district", [True, False])
def test_a_deputy_signs_only_where_they_work_themselves(cast: Cast, whole_district: bool) -> None:
    of_both = make_member(cast.larkmoor if whole_district else cast.quillback, "Ines Abara", Role.PRINCIPAL)
    if not whole_district:
        at_bellwether = {"membership": of_both, "school": cast.bellwether}
        MembershipSchool.objects.create(district=cast.larkmoor, **at_bellwether)
        of_both = Membership.objects.get(pk=of_both.pk)
    name(cast, principal=of_both, by=of_both)
    assert signs(cast.coordinator, cast.quillback.pk) == "Ines Abara"
    assert signs(cast.coordinator, cast.bellwether.pk) == ""
    assert deputies.signing_school_ids(Membership.objects.get(pk=cast.coordinator.pk)) == {cast.quillback.pk}


def test_who_stands_in_for_two_signs_for_the_one_whom_the_letter_names(cast: Cast) -> None:
    second = make_member(cast.quillback, "Ines Abara", Role.PRINCIPAL)
    name(cast)
    name(cast, principal=second, by=second)
    for principal in (cast.principal, second):
        assert deputies.signs_for(cast.coordinator, cast.quillback.pk, principal.pk) == principal


def test_the_right_begins_and_ends_at_midnight_of_the_district(cast: Cast) -> None:
    first = clock.today(cast.larkmoor) + DAY
    named = name(cast, since=first, until=first + DAY)
    midnight = clock.at_local(first, 0, cast.larkmoor.tz)
    second = datetime.timedelta(seconds=1)
    seen = []
    for moment in (midnight - second, midnight, midnight + 2 * DAY - second, midnight + 2 * DAY):
        with clock.shifted(moment - clock.now()):
            seen.append(signs(cast.coordinator, cast.quillback.pk))
    assert seen == ["", named.principal.user.name, named.principal.user.name, ""]


@pytest.mark.parametrize("who", ["principal", "coordinator"])
def test_the_right_ends_with_either_membership(cast: Cast, who: str) -> None:
    name(cast)
    yesterday = clock.today(cast.larkmoor) - DAY
    Membership.objects.filter(pk=getattr(cast, who).pk).update(until=yesterday)
    assert signs(cast.coordinator, cast.quillback.pk) == ""


@pytest.mark.parametrize(("who", "role"), [("principal", Role.COORDINATOR), ("coordinator", Role.VIEWER)])
def test_the_right_ends_with_either_role(cast: Cast, who: str, role: Role) -> None:
    name(cast)
    Membership.objects.filter(pk=getattr(cast, who).pk).update(role=role)
    assert signs(cast.coordinator, cast.quillback.pk) == ""


def test_the_right_ends_at_once_by_hand(cast: Cast) -> None:
    named = name(cast)
    assert deputies.end_deputy(deputy=named, by=cast.principal) is True
    assert deputies.end_deputy(deputy=named, by=cast.principal) is False
    assert signs(cast.coordinator, cast.quillback.pk) == ""
    assert name(cast).pk != named.pk


@pytest.mark.parametrize("who", ["coordinator", "bellwether_principal", "viewer"])
def test_nobody_else_names_a_deputy(cast: Cast, who: str) -> None:
    name(cast)  # the coordinator is a deputy, and still names nobody
    with pytest.raises(ValueError, match="their own deputies"):
        name(cast, cast.preparer, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["viewer", "staff", "bellwether_coordinator", "ended", "principal"])
def test_who_does_not_prepare_letters_at_the_school_cannot_stand_in(cast: Cast, who: str) -> None:
    with pytest.raises(deputies.CannotStandIn):
        name(cast, getattr(cast, who))


@pytest.mark.parametrize(("since", "until"), [(0, -1), (2, 1), (-3, -1), (0, 367)])
def test_the_days_lie_ahead_in_order_and_within_a_year(cast: Cast, since: int, until: int) -> None:
    today = clock.today(cast.larkmoor)
    with pytest.raises(deputies.DeputyDays):
        name(cast, since=today + since * DAY, until=today + until * DAY)


def test_nobody_is_named_twice_for_the_same_days(cast: Cast) -> None:
    name(cast)
    with pytest.raises(deputies.AlreadyDeputy):
        name(cast, days=3)


def test_staff_name_one_with_a_reason_and_the_principal_is_told(cast: Cast) -> None:
    with pytest.raises(deputies.DeputyReason):
        name(cast, by=cast.staff)
    named = name(cast, by=cast.staff, reason="In hospital since Monday.")
    assert (named.mail_wanted_at is not None, name(cast, cast.preparer).mail_wanted_at) == (True, None)


def test_the_database_keeps_a_reason_where_staff_named_somebody(cast: Cast) -> None:
    named = name(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.filter(pk=named.pk).update(named_by=cast.staff)


def test_a_principal_names_one_on_the_page_and_ends_it_there(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.principal)
    page = f"/d/larkmoor/people/{cast.principal.uid}/deputies/"
    assert page in client.get("/d/larkmoor/me/").content.decode()
    today = clock.today(cast.larkmoor)
    typed = {"deputy": cast.coordinator.pk, "since": today.isoformat(), "until": today.isoformat()}
    words = client.post(page, typed, follow=True).content.decode()
    assert "Imogen Tasker signs for Dr. Rosalind Oyelaran until" in words
    words = client.post(page, typed).content.decode()
    assert "They sign on some of these days already." in words
    client.post(f"/d/larkmoor/deputies/{Deputy.objects.get().uid}/end/")
    assert Deputy.objects.get().ended_by == cast.principal
    assert "by Dr. Rosalind Oyelaran" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": -1}, "The last day is before the first one."),
        ({"since": -1}, "This day is over. Choose a later one."),
        ({"until": 400}, "This is more than a year. Choose an earlier day."),
    ],
)
def test_the_form_says_what_is_wrong_with_the_days(
    cast: Cast, sign_in: SignIn, changes: dict[str, int], words: str
) -> None:
    today = clock.today(cast.larkmoor)
    days = {"since": 0, "until": 5, **changes}
    typed = {name: (today + n * DAY).isoformat() for name, n in days.items()}
    page = f"/d/larkmoor/people/{cast.principal.uid}/deputies/"
    answer = sign_in(cast.principal).post(page, {"deputy": cast.coordinator.pk, **typed})
    assert words in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_deputies_asks_the_same_for_any_number(
    cast: Cast, sign_in: SignIn, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        name(cast, make_member(cast.quillback, f"Extra Person{number}", Role.PREPARER))
    client = sign_in(cast.principal)
    with django_assert_num_queries(16):
        client.get(f"/d/larkmoor/people/{cast.principal.uid}/deputies/")


def test_people_says_who_signs_for_whom(cast: Cast, sign_in: SignIn) -> None:
    name(cast)
    words = sign_in(cast.staff).get("/d/larkmoor/people/").content.decode()
    assert words.count("Signs for Dr. Rosalind Oyelaran until") == 1
