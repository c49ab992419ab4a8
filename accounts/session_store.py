"""Where sessions are kept (settings.SESSION_ENGINE): as Django's, with person and time beside it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

SEEN_EVERY = datetime.timedelta(minutes=5)


class SessionStore(db.SessionStore):
    """A session that knows whose it is and when it was last used."""

    seen_at: datetime.datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """Our table."""
        from .models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.seen_at = row.seen_at if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write: a session is saved in use, so it is seen now."""
        from . import clock

        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.seen_at = clock.now()
        return row

    def touch(self) -> None:
        """Keep that the session is in use, once in five minutes; neither its data nor its end change."""
        from . import clock

        now = clock.now()
        if self.seen_at is not None and now - self.seen_at >= SEEN_EVERY:
            rows: Any = self.model.objects
            rows.filter(session_key=self.session_key).update(seen_at=now)
