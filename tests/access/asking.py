"""The stage on which the table is asked: people and things made once, each request taken back after it."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from accounts.models import Membership
from tests import access_matrix
from tests.access_matrix.people import columns
from tests.access_matrix.table import answers
from tests.conftest import Cast

APPS = [
    module
    for found in pkgutil.iter_modules(access_matrix.__path__)
    if hasattr(module := importlib.import_module(f"{access_matrix.__name__}.{found.name}"), "ROWS")
]
ROWS = {route: row for app in APPS for route, row in app.ROWS.items()}


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let a GET read, and keep its session."""
    verb = sql.lstrip(" (").split(" ", 1)[0].upper()
    if verb in {"INSERT", "UPDATE", "DELETE", "TRUNCATE"} and "accounts_session" not in sql:
        raise AssertionError(f"A GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)


@dataclass(frozen=True)
class Person:
    """Who asks: a column of the table, a name for the report, where from, and the session's cookies."""

    column: str
    name: str
    address: str
    cookies: dict[str, str]


class Stage:
    """Larkmoor and Brightmere with everybody of the table signed in, and a thing for each route."""

    def __init__(self, cast: Cast) -> None:
        """Make the people first: the things may name them."""
        everybody = columns(cast)
        self.people = [Person("out", "signed out", "10.0.0.1", {})]
        self.people += [signed_in(column, one) for column, held in everybody.items() for one in held]
        self.named = {route: kwargs for app in APPS for route, kwargs in app.kwargs(cast).items()}

    def address(self, route: str, district: str = "larkmoor") -> str:
        """The URL of a row."""
        name = route.removesuffix(" POST")
        try:
            return reverse(name, kwargs=self.named.get(name, {}))
        except NoReverseMatch:
            return reverse(name, kwargs={"district": district, **self.named.get(name, {})})

    def client(self, person: Person, **options: Any) -> Client:
        """A browser of theirs, as they have just signed in."""
        client = Client(REMOTE_ADDR=person.address, **options)
        for name, value in person.cookies.items():
            client.cookies[name] = value
        return client

    def ask(self, route: str, url: str, person: Person, *, loud: bool = True) -> int:
        """The code that somebody gets, and nothing left of it; an error is raised if `loud`, else 500."""
        client = self.client(person, raise_request_exception=loud)
        with transaction.atomic():
            if route.endswith(" POST"):
                code = client.post(url).status_code
            else:
                with connection.execute_wrapper(refuse_writes):
                    code = client.get(url).status_code
            transaction.set_rollback(True)
        return code

    def differences(self, route: str, *, loud: bool = True) -> Iterator[str]:
        """Who is answered otherwise than the table says, and how: one line each, as they are found."""
        expected = answers(ROWS[route])
        url = self.address(route)
        for person in self.people:
            code = self.ask(route, url, person, loud=loud)
            if code != expected[person.column]:
                yield f"{person.name} ({person.column}): {code}, not {expected[person.column]}"

    def found_from_another_district(self, route: str, *, loud: bool = True) -> Iterator[str]:
        """Who of Brightmere finds Larkmoor's thing under their own address, and how they are answered."""
        url = self.address(route, "brightmere")
        for person in self.people:
            if person.column == "brig":
                code = self.ask(route, url, person, loud=loud)
                if code != 404:
                    yield f"{person.name}: {code}, not 404"


def signed_in(column: str, member: Membership) -> Person:
    """A person with a session of their own."""
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Person(column, member.user.name, f"10.1.{member.pk // 256 % 256}.{member.pk % 256}", cookies)
