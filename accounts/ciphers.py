"""Secrets that the portal must read again, such as the key of an authenticator app, encrypted where they lie.

In and out: text. The key is derived from SECRET_KEY (HKDF, RFC 5869); what was encrypted under an older one
is read as long as that stands in SECRET_KEY_FALLBACKS. Source: the recipes of the package cryptography
(Fernet: AES-128-CBC and HMAC-SHA256).
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PURPOSE = b"partnership_portal accounts.ciphers"


class WrongKey(ValidationError):
    """The text was not encrypted under a key that we have; as an error of a form it says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The portal can't check codes for your account. It is not your fault, and another code won't"
                " help. Ask your district office: whoever runs the portal can let you in by password again."
            )
        )


def encrypt(text: str) -> str:
    """Encrypt under the key of today."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Read what was encrypted under the key of today or an older one. Raises WrongKey."""
    try:
        return _cipher().decrypt(encrypted.encode()).decode()
    except InvalidToken as wrong:
        raise WrongKey from wrong


def renew(encrypted: str) -> str:
    """The same secret under the key of today. Raises WrongKey."""
    try:
        return _cipher().rotate(encrypted.encode()).decode()
    except InvalidToken as wrong:
        raise WrongKey from wrong


def _cipher() -> MultiFernet:
    return _cipher_of(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _cipher_of(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
