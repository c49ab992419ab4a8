"""What follows from a change of one's sign-in: other sessions end, and the page says what happened."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .models import User
from .sessions import end_other_sessions, remember_sign_in
from .two_steps import APP


def on_new_password(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever knew the old one is signed out: Django refuses their sessions, and here the list follows."""
    end_other_sessions(user=user, current_key=request.session.session_key)


def say_new_password(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """The page one lands on after changing it."""
    messages.success(request, _("Your password is changed. Everywhere else you are signed out."))


def say_one_step(sender: Any, request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """The page one lands on after switching two-step sign-in off."""
    if authenticator.type == APP:
        messages.success(request, _("Two-step sign-in is off. Your password is enough again."))


def say_two_steps(sender: Any, request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """The page one lands on after switching it on; the first code has shown that it is them."""
    if authenticator.type == APP:
        record_authentication(request, request.user, method="mfa", reauthenticated=True)
        messages.success(request, _("Two-step sign-in is on."))


def connect() -> None:
    """Listen to the sign-in library."""
    user_logged_in.connect(remember_sign_in)
    for changed in (account.password_changed, account.password_set, account.password_reset):
        changed.connect(on_new_password)
    for changed in (account.password_changed, account.password_set):
        changed.connect(say_new_password)
    mfa.authenticator_added.connect(say_two_steps)
    mfa.authenticator_removed.connect(say_one_step)
