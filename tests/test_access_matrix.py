"""Every route, opened by everybody, answers as the hand-written table says."""

import pytest

from accounts.access import LIBRARY_ROUTES, routes
from tests.access.asking import ROWS, Stage
from tests.access.doors import guarded_views
from tests.access_matrix.exempt import EXEMPT

pytestmark = pytest.mark.django_db

WITH_A_THING = {name for name, view in guarded_views().items() if view.of is not None}
OF_A_THING = [row for row in sorted(ROWS) if row.removesuffix(" POST") in WITH_A_THING]


def test_the_table_has_a_row_for_every_route() -> None:
    names = {name for name, _ in routes()} - LIBRARY_ROUTES
    assert {route.removesuffix(" POST") for route in ROWS} == names


@pytest.mark.parametrize("route", sorted(ROWS))
def test_a_route_answers_everybody_as_the_table_says(route: str, stage: Stage) -> None:
    assert list(stage.differences(route)) == []


@pytest.mark.parametrize("route", OF_A_THING)
def test_a_thing_of_another_district_is_not_found_under_ones_own_address(route: str, stage: Stage) -> None:
    assert list(stage.found_from_another_district(route)) == []


def test_what_takes_no_csrf_token_is_listed_and_says_what_signs_it() -> None:
    assert {name for name, entry in routes() if getattr(entry.callback, "csrf_exempt", False)} == set(EXEMPT)


@pytest.mark.parametrize("route", [row for row in sorted(ROWS) if row.removesuffix(" POST") not in EXEMPT])
def test_a_post_without_a_token_is_refused(route: str, stage: Stage) -> None:
    [staff] = [person for person in stage.people if person.column == "staf"]
    client = stage.client(staff, enforce_csrf_checks=True)
    assert client.post(stage.address(route)).status_code == 403
