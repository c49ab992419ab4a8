"""Personal links: one narrow right each, for people without an account.

The token is the link's uid and an HMAC of it under LINK_KEY: nothing usable lies in the database, and a
message that is sent again carries the same link. Opening one counts nothing; acting does.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import hmac
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

MAC_BYTES = 16


class PersonalLink(models.Model):
    """What every kind of personal link has; each app adds its own table with real keys."""

    link_kind: ClassVar[str]

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        """The secret part of the link's URL."""
        return make_token(self.link_kind, self.uid)


def open_at(now: datetime.datetime) -> models.Q:
    """Those links that were neither taken back nor have run out at that moment."""
    return models.Q(revoked_at=None, expires_at__gt=now)


def make_token(kind: str, uid: uuid.UUID) -> str:
    """The token of one link: 43 characters that are safe in a URL."""
    return base64.urlsafe_b64encode(uid.bytes + _mac(kind, uid)).decode().rstrip("=")


def read_token(kind: str, token: str) -> uuid.UUID | None:
    """The uid that a token of this kind carries, or None where it is not ours."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + MAC_BYTES:
        return None
    uid = uuid.UUID(bytes=raw[:16])
    return uid if hmac.compare_digest(raw[16:], _mac(kind, uid)) else None


def _mac(kind: str, uid: uuid.UUID) -> bytes:
    message = kind.encode() + b":" + uid.bytes
    return hmac.new(settings.LINK_KEY.encode(), message, hashlib.sha256).digest()[:MAC_BYTES]
