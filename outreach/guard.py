"""One thing that fails must not stop the mail of all others: it is logged, and the rest goes on."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts import clock
from accounts.models import District

from .models import Trouble

log = logging.getLogger("outreach")


def told(error: BaseException) -> str:
    """An error by its kind and place alone: its words may hold an address, or what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    place = f" at {ours[-1].filename}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """Log what fails inside, and go on after it."""
    try:
        yield
    except Exception as error:
        log.error("%s failed, the rest goes on: %s", what, told(error))


@contextmanager
def watched(kind: str, district: District, troubled: set[str]) -> Iterator[None]:
    """Go on after a kind of mail that fails in a district, and keep since when it does until it works again.

    `troubled` are the kinds that failed there before.
    """
    try:
        with transaction.atomic():
            yield
    except Exception as error:
        log.error("%s failed in %s, the rest goes on: %s", kind, district.slug, told(error))
        Trouble.objects.get_or_create(district=district, kind=kind, defaults={"since": clock.now()})
    else:
        if kind in troubled:
            Trouble.objects.filter(kind=kind).delete()


def troubled_kinds() -> set[str]:
    """The kinds of mail that could not be planned in this district when they were last tried."""
    return set(Trouble.objects.values_list("kind", flat=True))
