"""What people write one a line."""

from __future__ import annotations

from collections.abc import Iterable


def filled(lines: Iterable[str]) -> list[str]:
    """The lines without blanks around them; those that say nothing are none."""
    return [line.strip() for line in lines if line.strip()]
