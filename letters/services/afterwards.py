"""The end of a signed letter: withdrawn, or replaced by another one."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from accounts.versions import compare_and_set
from accounts.work import complete_task
from letters.enums import EventKind, State
from letters.models import Letter
from letters.querysets import OPEN_STATES

from .errors import NotThisState, ReasonMissing
from .writing import add_event, propose_letter

KEPT = (
    *("blocks", "template_version", "also_version", "liaison", "goes_by"),
    *("supplied", "suggested_by", "result"),
)


@transaction.atomic
def withdraw_letter(*, letter: Letter, version: int, reason: str, by: Membership) -> None:
    """Say of a signed letter that it no longer stands; the check page tells so. Raises ReasonMissing.

    Mail that has not gone stays here, and the call that it promised is nobody's task any more.
    """
    if not reason.strip():
        raise ReasonMissing
    if letter.state != State.SIGNED:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, state=State.WITHDRAWN)
    add_event(letter, EventKind.WITHDRAWN, by=by, reason=reason)
    _end_call(letter, by)


@transaction.atomic
def write_anew(*, letter: Letter, reason: str, by: Membership) -> Letter:
    """A draft with the text and the contact of a signed letter, which is withdrawn once this one is signed.

    Its dates are proposed anew. Where such a draft is under way, that one comes out. Raises ReasonMissing,
    and NotThisState where the letter does not stand.
    """
    if not reason.strip():
        raise ReasonMissing
    old = Letter.objects.select_for_update().get(pk=letter.pk)
    if old.state != State.SIGNED:
        raise NotThisState(old.state)
    under_way: Letter | None = old.replaced_by.filter(state__in=OPEN_STATES).first()
    if under_way:
        return under_way
    new = propose_letter(
        partnership=old.partnership,
        contact=old.contact,
        kind=old.kind,
        language=old.language,
        also=old.also,
        by=by,
        reason=reason,
    )
    for name in KEPT:
        setattr(new, name, getattr(old, name))
    new.replaces = old
    new.save(force_insert=True)
    return new


def withdraw_replaced(letter: Letter, *, by: Membership) -> None:
    """The letter that a letter just signed takes the place of ends, unless it was withdrawn before."""
    if letter.replaces_id is None:
        return
    old = Letter.objects.select_for_update().get(pk=letter.replaces_id)
    if old.state != State.SIGNED:
        return
    compare_and_set(old, expected=old.version, state=State.WITHDRAWN)
    add_event(old, EventKind.REPLACED, by=by, reason=f"{letter.reference}: {letter.reason}")
    _end_call(old, by)


def _end_call(letter: Letter, by: Membership) -> None:
    """Nobody calls about a letter that no longer stands."""
    for task in Task.objects.open().filter(kind=TaskKind.PROMISED_CALL, subject_uid=letter.uid):
        complete_task(task=task, by=by)
