"""One thing that fails must not stop the mail of all others: it is logged, and the rest goes on."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction

from accounts import clock
from accounts.models import District

from .models import Trouble
from .registry import Draft, Drafted, Unknown

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


def drafted(kind: str, rows: Iterable[Any], draft: Callable[[Any], Draft | None]) -> list[Drafted]:
    """The message of each row; Unknown for a row that fails, so that the others go and its own waits on.

    A row for which `draft` finds nothing wants no message. An error of the database itself ends the kind.
    """
    found: list[Drafted] = []
    for row in rows:
        wanted: Drafted | None
        try:
            wanted = draft(row)
        except DatabaseError:
            raise
        except Exception as error:
            log.error("One %s in %s failed, the rest goes on: %s", kind, row.district.slug, told(error))
            wanted = Unknown(row.uid)
        if wanted is not None:
            found.append(wanted)
    return found


@contextmanager
def watched(kind: str, district: District, troubled: set[str]) -> Iterator[list[Unknown]]:
    """Go on after a kind of mail that fails in a district, and keep since when it does until it works again.

    `troubled` are the kinds that failed there before. The block adds the rows that could not be told to the
    list that it gets: where there are some, the kind as a whole goes on, and the trouble counts them.
    """
    unknown: list[Unknown] = []
    try:
        with transaction.atomic():
            yield unknown
    except Exception as error:
        log.error("%s failed in %s, the rest goes on: %s", kind, district.slug, told(error))
        _keep(district, kind, None)
    else:
        if unknown:
            _keep(district, kind, len(unknown))
        elif kind in troubled:
            Trouble.objects.filter(kind=kind).delete()


def _keep(district: District, kind: str, rows: int | None) -> None:
    Trouble.objects.update_or_create(
        district=district,
        kind=kind,
        defaults={"rows": rows},
        create_defaults={"rows": rows, "since": clock.now()},
    )


def troubled_kinds() -> set[str]:
    """The kinds of mail that could not be planned in this district when they were last tried."""
    return set(Trouble.objects.values_list("kind", flat=True))
