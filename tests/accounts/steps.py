"""Signing in with a password and a second step, as people do it on the pages."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User

MINE = "/accounts/sign-in/"
PASSWORD = "four words of no song"


def with_password(user: User) -> User:
    """The same person, who can sign in with a password and an address that is confirmed."""
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def signed_in(person: User) -> Client:
    """A browser that has just shown the password."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    again(client)
    return client


def again(client: Client) -> None:
    """Show once more that it is oneself."""
    answer = client.post(f"/accounts/reauthenticate/?next={MINE}", {"password": PASSWORD})
    assert answer.headers["Location"] == MINE


def code_of(key: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps))


def switch_on(client: Client) -> str:
    """Switch it on; out comes the key."""
    page = client.get(f"{MINE}app/activate/").content.decode()
    key = re.search(r'<p class="pp-hash"><b>([A-Z2-7 ]+)</b>', page)[1].replace(" ", "")  # type: ignore[index]
    done = client.post(f"{MINE}app/activate/", {"code": code_of(key)})
    assert done.headers["Location"] == f"{MINE}codes/"
    return key


def codes_of(client: Client) -> list[str]:
    return re.findall(r"<li>(\d{8})</li>", client.post(f"{MINE}codes/").content.decode())


def enter(person: User, code: str) -> tuple[Client, str]:
    """Sign in with the password, then the code; out comes where one lands."""
    client = Client()
    first = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert first.headers["Location"] == f"{MINE}authenticate/"
    assert client.get(MINE).status_code == 302
    second = client.post(f"{MINE}authenticate/", {"code": code})
    return client, second.headers.get("Location", "")
