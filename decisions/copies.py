"""Where else the texts of a question stand: what upper floors keep of them goes when one of them is erased.

This floor owns the list, upper ones add to it at start-up (as to accounts/hand_over.py). What is registered
runs in the transaction of the erasure.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

Blank = Callable[[uuid.UUID], object]
"""Blanks what it keeps of the question with this uid, whichever of its texts is erased."""

_blanks: list[Blank] = []


def add_copies(blank: Blank) -> None:
    """Register what blanks an upper floor's copies."""
    if blank not in _blanks:
        _blanks.append(blank)


def blank_copies(decision_uid: uuid.UUID) -> None:
    """Blank what upper floors keep of a question."""
    for blank in _blanks:
        blank(decision_uid)
