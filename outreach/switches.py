"""Kinds of mail, on or off: what reaches outsiders by itself is off until district staff switch it on."""

from __future__ import annotations

from . import registry
from .models import KindSwitch


def latest() -> dict[str, KindSwitch]:
    """The switch that counts for each kind that was ever switched: one query."""
    rows = KindSwitch.objects.order_by("kind", "-pk").distinct("kind").select_related("by__user")
    return {row.kind: row for row in rows}


def kinds_on() -> set[str]:
    """The kinds that may go out."""
    switched = latest()
    return {
        source.kind
        for source in registry.mail_sources()
        if (switched[source.kind].is_on if source.kind in switched else not source.needs_switch)
    }
