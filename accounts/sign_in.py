"""The sign-in library's forms in the portal's own words, without placeholders: the labels say the same."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "oldpassword": _("Password until now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


class _InOurWords(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)


class SignInForm(_InOurWords, library.LoginForm):  # type: ignore[misc]
    """Signing in."""


class AgainForm(_InOurWords, library.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before one's sign-in is changed."""


class ForgottenForm(_InOurWords, library.ResetPasswordForm):  # type: ignore[misc]
    """Where the link to a new password is to go."""


class ChosenForm(_InOurWords, library.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, from the link."""


class ChangeForm(_InOurWords, library.ChangePasswordForm):  # type: ignore[misc]
    """A new password in place of one that is known."""


class FirstForm(_InOurWords, library.SetPasswordForm):  # type: ignore[misc]
    """A password where there was none."""
