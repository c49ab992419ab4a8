"""Of the sign-in library's pages only those are routed that something leads to, each in both languages."""

import pytest
from django.test import Client

from accounts.access import LIBRARY_ROUTES, routes
from accounts.models import User
from tests.conftest import Cast, SignIn

PAGES = ("login/", "logout/", "inactive/", "signup/", "confirm-email/", "password/change/", "password/set/")
RESET = ("password/reset/", "password/reset/done/", "password/reset/key/done/", "password/reset/key/1-x/")


def test_every_listed_route_is_there_and_no_other() -> None:
    routed = {name for name, _ in routes() if name.startswith(("account_", "mfa_"))}
    assert routed == LIBRARY_ROUTES - {"set_language"} | {"mfa_index", "mfa_view_recovery_codes"}


@pytest.mark.parametrize(
    "page", ["", "email/", "login/code/confirm/", "sign-in/webauthn/", "sign-in/codes/download/"]
)
def test_what_nothing_leads_to_is_not_there(cast: Cast, sign_in: SignIn, page: str) -> None:
    assert sign_in(cast.staff).get(f"/accounts/{page}").status_code == 404


@pytest.mark.parametrize("page", [*PAGES, *RESET, "confirm-email/x:y/"])
def test_every_page_speaks_spanish(cast: Cast, sign_in: SignIn, page: str) -> None:
    signed_in = page in ("logout/", "password/change/", "password/set/")
    client = sign_in(cast.staff) if signed_in else Client()
    User.objects.update(language="es", password="" if page == "password/set/" else "md5$a$b")
    answer = client.get(f"/accounts/{page}", headers={"Accept-Language": "es"}, follow=True)
    assert (answer.status_code, '<html lang="es">' in answer.content.decode()) == (200, True)


def test_a_new_password_for_an_address_that_nobody_has_is_answered_as_any_other(db: None) -> None:
    answer = Client().post("/accounts/password/reset/", {"email": "nobody@larkmoor.example"})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
