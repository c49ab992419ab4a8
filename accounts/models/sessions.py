"""Who is signed in where."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from .people import User


class Session(AbstractBaseSession):
    """A browser's session, as Django keeps it, and whose it is, so that people can list and end their own."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    @classmethod
    def get_session_store_class(cls) -> Any:
        """What reads and writes the rows."""
        from accounts.session_store import SessionStore

        return SessionStore
