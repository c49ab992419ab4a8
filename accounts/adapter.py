"""What we tell the sign-in library: nobody signs up by themselves, and people are called by their name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from .addresses import client_address
from .models import User


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which the library limits tries, the same that our own limits count by."""
        return client_address(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the page one lands on says enough ("successfully signed in" is noise)."""


def display_name(user: User) -> str:
    """The person's name."""
    return user.name
