"""Django's SMTP backend, which also knows whether a message was handed over when the connection broke.

Settings name it as EMAIL_BACKEND in production. `verdict` reads an error of any backend: try again, give up,
or uncertain (RFC 5321, 4.2.1: replies from 400 are temporary, from 500 permanent; 6.1: who has said 354 may
have the message).
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

from .enums import Reason, State

TIMEOUT = 20  # seconds, where the settings name none
GO_AHEAD = 354
PERMANENT = 500


class HandedOver(Exception):
    """The connection broke after the server had begun to take the message: it may or may not arrive."""


class _KnowsWhatWasHandedOver:
    """A part of an SMTP client: remembers the server's last answer."""

    last_code = 0

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer."""
        code, words = super().getreply()  # type: ignore[misc]
        self.last_code = code
        return code, words

    def data(self, message: Any) -> tuple[int, bytes]:
        """Hand the message over. Raises HandedOver where the connection breaks after the go-ahead."""
        try:
            answer: tuple[int, bytes] = super().data(message)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise
        except OSError as broken:
            if self.last_code == GO_AHEAD:
                raise HandedOver(str(broken)) from broken
            raise
        return answer


class _Plain(_KnowsWhatWasHandedOver, smtplib.SMTP):
    """Over a plain connection, or one that STARTTLS encrypts."""


class _Encrypted(_KnowsWhatWasHandedOver, smtplib.SMTP_SSL):
    """Over a connection that is encrypted from the start."""


class EmailBackend(DjangoBackend):
    """Django's backend over those connections, with a timeout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timeout = self.timeout or TIMEOUT

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The client that backend opens."""
        return _Encrypted if self.use_ssl else _Plain


def verdict(error: Exception) -> tuple[State, Reason, str]:
    """What becomes of a message that met this error: its state, why, and the server's words."""
    words = error_words(error)
    if isinstance(error, HandedOver):
        return State.UNCERTAIN, Reason.LOST, words
    codes = error_codes(error)
    if codes:
        permanent = max(codes) >= PERMANENT
        return (State.FAILED, Reason.REFUSED, words) if permanent else (State.QUEUED, Reason.RETRY, words)
    if isinstance(error, OSError):
        return State.QUEUED, Reason.RETRY, words
    return State.FAILED, Reason.BROKEN, words


def error_codes(error: Exception) -> Sequence[int]:
    """The SMTP reply codes that an error carries. What goes wrong before a message is named counts as none:
    a password that the server refuses is no reason to give a message up."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError):
        return []
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def error_words(error: Exception) -> str:
    """The error as the message's page shows it, such as "550 5.1.1 No such user"."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:300]
    return f"{type(error).__name__}: {error}"[:300]


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
