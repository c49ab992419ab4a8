"""Every route, opened by everybody, answers as the hand-written table says."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.access import LIBRARY_ROUTES, routes
from tests import access_matrix
from tests.access_matrix.table import VISITORS, answers
from tests.conftest import Cast, SignIn

APPS = {
    module.name: importlib.import_module(f"tests.access_matrix.{module.name}")
    for module in pkgutil.iter_modules(access_matrix.__path__)
    if module.name != "table"
}
ROWS = {route: row for app in APPS.values() for route, row in app.ROWS.items()}
OUTSIDE_DISTRICTS = {name for name, route in routes() if "district" not in route.pattern.converters}


def address(route: str, cast: Cast) -> str:
    name = route.removesuffix(" POST")
    named: dict[str, dict[str, Any]] = {}
    for app in APPS.values():
        if any(row.removesuffix(" POST") == name for row in app.ROWS):
            named = app.kwargs(cast)
    own = named.get(name, {})
    try:
        return reverse(name, kwargs=own)
    except Exception:
        return reverse(name, kwargs={"district": "larkmoor", **own})


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    verb = sql.lstrip(" (").split(" ", 1)[0].upper()
    if verb in {"INSERT", "UPDATE", "DELETE", "TRUNCATE"} and "accounts_session" not in sql:
        raise AssertionError(f"A GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)


def test_the_table_has_a_row_for_every_route() -> None:
    names = {name for name, _ in routes()} - LIBRARY_ROUTES
    assert {route.removesuffix(" POST") for route in ROWS} == names


@pytest.mark.parametrize("route", sorted(ROWS))
def test_a_route_answers_everybody_as_the_table_says(route: str, cast: Cast, sign_in: SignIn) -> None:
    url = address(route, cast)
    answered = {}
    for visitor in VISITORS:
        client = Client() if visitor == "signed_out" else sign_in(getattr(cast, visitor))
        if route.endswith(" POST"):
            sid = connection.savepoint() if hasattr(connection, "savepoint") else None
            answered[visitor] = client.post(url).status_code
            if sid:
                connection.savepoint_rollback(sid)
        else:
            with connection.execute_wrapper(refuse_writes):
                answered[visitor] = client.get(url).status_code
    assert answered == answers(ROWS[route])


@pytest.mark.parametrize("route", sorted(ROWS))
def test_a_post_without_a_token_is_refused(route: str, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.staff.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address(route, cast)).status_code == 403
