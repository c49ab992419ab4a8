"""Two-step sign-in: a code from an app after the password, and recovery codes for the day it is lost.

The sign-in library does the work (allauth.mfa); here are its words, recovery codes that are shown once, and
the encryption of what it stores.
"""

from __future__ import annotations

import logging
import time
from typing import Any, ClassVar

import qrcode
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django import forms
from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from . import ciphers
from .models import User

MAY_BE_SHOWN_FOR = 10 * 60  # seconds from the first showing: to print them, and keep the file
APP, CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
SECRETS = ("secret", "seed")  # of an app, and of recovery codes: the encrypted parts of Authenticator.data

log = logging.getLogger("accounts")


class TwoSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """The library's words in ours, and a QR code that our Content Security Policy takes: in the page."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code does not fit. Type your app's next one at once; a recovery code works only once."
        ),
        "unverified_email": _("First confirm your e-mail address by the link in our mail."),
    }

    def encrypt(self, text: str) -> str:
        """A key or a seed, as it is stored."""
        return ciphers.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What encrypt() made. Raises WrongKey, which a form shows; the log tells whoever runs the portal."""
        try:
            return ciphers.decrypt(encrypted_text)
        except ciphers.WrongKey:
            log.error(
                "A second step of signing in can't be read: it was encrypted under another SECRET_KEY. Put"
                " that one into SECRET_KEY_FALLBACKS, or let the person in with end_two_steps."
            )
            raise

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG image with a name."""
        made = qrcode.make(url, image_factory=SvgPathImage, border=4)
        drawn = made.to_string(encoding="unicode").removeprefix("<svg ")
        label = _("QR code for your app. The key below says the same as text.")
        opening = format_html('<svg class="pp-qr" role="img" aria-label="{}" ', label)
        picture: str = opening + mark_safe(drawn)  # noqa: S308  # drawn by qrcode, from a link of ours
        return picture


def _ask(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class _AnyCode:
    """A form that takes a code of the app, or a recovery code."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("The six digits in your app now, or one of your recovery codes.")
        _ask(self.fields["code"], _("Code"), help_text)


class CodeForm(_AnyCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(_AnyCode, ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before one's sign-in is changed."""


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code, to show that the app has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _open_kept_key()
        super().__init__(*args, **kwargs)
        context.request.session[SECRET_SESSION_KEY] = ciphers.encrypt(self.secret)
        _ask(self.fields["code"], _("Code from your app"), _("Six digits, new every half minute."))

    @property
    def key_in_groups(self) -> str:
        """The key in groups of four, to be typed where a camera cannot be used."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def _open_kept_key() -> None:
    """A session keeps the key until its first code, and lies in the database, too: it is encrypted there."""
    session = context.request.session
    kept = session.pop(SECRET_SESSION_KEY, None)
    if kept:
        try:
            session[SECRET_SESSION_KEY] = ciphers.decrypt(kept)
        except ciphers.WrongKey:
            log.warning("A key shown before SECRET_KEY changed is forgotten; the page shows another.")


def has_two_steps(user: User) -> bool:
    """Whether a code is asked for after the password."""
    return bool(Authenticator.objects.filter(user=user, type=APP).exists())


def codes_left(user: User) -> int | None:
    """How many recovery codes are unused; None where there are none at all."""
    found = recovery_codes(user)
    return unused(found) if found else None


def unused(found: Authenticator) -> int:
    """How many codes of a set are unused: counted without opening them."""
    used = int(found.data["used_mask"]).bit_count()
    return int(app_settings.RECOVERY_CODE_COUNT) - used


def recovery_codes(user: User) -> Authenticator | None:
    """A person's set of recovery codes."""
    found: Authenticator | None = Authenticator.objects.filter(user=user, type=CODES).first()
    return found


def may_be_shown(found: Authenticator) -> bool:
    """Whether these codes can be shown: until ten minutes after they were shown first."""
    shown_at = found.data.get("viewed_at")
    return shown_at is None or time.time() - shown_at < MAY_BE_SHOWN_FOR


def show_codes(found: Authenticator) -> list[str]:
    """The unused codes, where they may be shown; the first showing is kept."""
    if not may_be_shown(found):
        return []
    codes = found.wrap()
    codes.mark_as_viewed()
    left: list[str] = codes.get_unused_codes()
    return left


def end_two_steps(user: User) -> bool:
    """Ask for the password alone again, where somebody lost phone and codes; whether they had two steps."""
    ended, _each = Authenticator.objects.filter(user=user).delete()
    return bool(ended)


def renew_all() -> tuple[int, int]:
    """Encrypt every key and seed under the SECRET_KEY of today. Out: how many, and how many can't be read."""
    renewed = unreadable = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                row.data |= {name: ciphers.renew(row.data[name]) for name in SECRETS if name in row.data}
            except ciphers.WrongKey:
                unreadable += 1
            else:
                row.save(update_fields=["data"])
                renewed += 1
    return renewed, unreadable
