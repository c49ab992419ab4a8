"""The clock, links, grants, versions, the door and the front page."""

import datetime
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from psycopg2.errors import InsufficientPrivilege

from accounts import clock
from accounts.access import every_view_declares_access
from accounts.links import make_token, read_token
from accounts.models import ClockOffset, Membership
from accounts.roles import Role
from accounts.versions import ChangedMeanwhile, compare_and_set
from partnership_portal.redis_urls import broker_url, cache_url
from tests.conftest import Cast, SignIn, make_member


def undeclared(request: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("bare/", undeclared, name="bare")]


def test_the_check_names_a_view_that_does_not_say_who_may_see_it() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert [error.id for error in every_view_declares_access()] == ["accounts.E001"]
    assert every_view_declares_access() == []


def test_a_token_is_read_back_and_only_as_its_own_kind() -> None:
    uid = uuid.uuid4()
    token = make_token("invitation", uid)
    assert len(token) == 43
    assert read_token("invitation", token) == uid
    assert read_token("reply", token) is None


def test_the_clock_moves_for_everybody(db: None) -> None:
    before = clock.now()
    clock.move(datetime.timedelta(days=3))
    assert (clock.now() - before).days == 3
    assert ClockOffset.objects.get().seconds == 3 * 86_400


def test_the_clock_stands_still_where_mail_leaves(db: None) -> None:
    with override_settings(MOVABLE_CLOCK=False), pytest.raises(RuntimeError):
        clock.move(datetime.timedelta(days=3))


def test_today_is_the_schools_own_day(cast: Cast) -> None:
    late = datetime.datetime(2026, 11, 25, 5, 30, tzinfo=datetime.UTC)
    with clock.shifted(late - clock.now()):
        assert clock.today(cast.larkmoor) == datetime.date(2026, 11, 24)
        cast.quillback.zone = "America/New_York"
        assert clock.today(cast.quillback) == datetime.date(2026, 11, 25)


def test_the_second_of_two_edits_is_told(cast: Cast) -> None:
    compare_and_set(cast.preparer, expected=1, title="Secretary")
    with pytest.raises(ChangedMeanwhile):
        compare_and_set(cast.preparer, expected=1, title="Clerk")
    cast.preparer.refresh_from_db()
    assert (cast.preparer.title, cast.preparer.version) == ("Secretary", 2)


def test_the_application_may_write_tables_but_not_rewrite_records(as_application: Any) -> None:
    as_application.execute("UPDATE accounts_task SET title = title")
    for statement in ("DELETE FROM", "TRUNCATE"):
        with pytest.raises(InsufficientPrivilege):
            as_application.execute(f"{statement} partners_stagechange")


def test_home_opens_the_only_district(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.coordinator).get("/").url == "/d/larkmoor/"
    assert sign_in(cast.viewer).get("/").url == "/d/larkmoor/building/"


def test_home_offers_a_choice_of_several(cast: Cast, sign_in: SignIn) -> None:
    Membership.objects.create(
        district=cast.brightmere,
        user=cast.coordinator.user,
        role="viewer",
        whole_district=True,
        since=datetime.date(2024, 8, 1),
    )
    words = sign_in(cast.coordinator).get("/").content.decode()
    assert "Larkmoor School District" in words
    assert "Brightmere Schools" in words


def test_signed_out_one_is_asked_to_sign_in_whether_or_not_there_is_such_a_district(cast: Cast) -> None:
    for slug in ("larkmoor", "nowhere"):
        answer = Client().get(f"/d/{slug}/me/")
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next=/d/{slug}/me/")


def test_nobody_signs_up_alone(db: None) -> None:
    answer = Client().get("/accounts/signup/")
    assert "invitation" in answer.content.decode()


def test_pages_speak_the_persons_language(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator)
    page.post("/d/larkmoor/me/", {"name": "Imogen Tasker", "language": "es"})
    assert '<html lang="es">' in page.get("/d/larkmoor/me/").content.decode()


def test_a_socket_is_spelled_as_each_client_wants_it() -> None:
    assert broker_url("unix:///run/portal/redis.sock?db=0") == (
        "redis+socket:///run/portal/redis.sock?virtual_host=1"
    )
    assert cache_url("unix:///run/portal/redis.sock") == "unix:///run/portal/redis.sock?db=3"
    assert broker_url("redis://localhost:6379/") == "redis://localhost:6379/1"
    assert cache_url("redis://localhost:6379") == "redis://localhost:6379/3"


@pytest.mark.parametrize("extra", [1, 3])
def test_the_page_of_people_asks_the_same_for_any_number(
    cast: Cast, sign_in: SignIn, extra: int, django_assert_num_queries: Any
) -> None:
    for number in range(extra):
        make_member(cast.quillback, f"Extra Person{number}", Role.VIEWER)
    page = sign_in(cast.staff)
    with django_assert_num_queries(11):
        page.get("/d/larkmoor/people/")


def test_the_command_moves_a_demo_into_a_working_morning(cast: Cast) -> None:
    friday = datetime.datetime(2026, 11, 27, 23, 30, tzinfo=datetime.UTC)
    clock.move(friday - clock.now())
    said = StringIO()
    call_command("move_clock", "1", stdout=said)
    assert said.getvalue().endswith("Reminders go on weekdays, so it moved on to Monday morning.\n")
    assert clock.now().astimezone(cast.larkmoor.tz).strftime("%A %H:%M") == "Monday 10:00"
    call_command("move_clock", "0.25")
    assert clock.now().astimezone(cast.larkmoor.tz).strftime("%A %H:%M") == "Monday 16:00"
