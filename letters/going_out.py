"""Reads of how letters go out: what waits to be posted, and what of it can be taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Membership
from partners.enums import Stage
from partners.models import StageChange

from .enums import EventKind, GoesBy, State
from .models import Batch, Letter, LetterEvent, Reply
from .queries import PAGE_LENGTH, listed

POSTING = (EventKind.PRINTED, EventKind.UNDONE)
STAGES_BEFORE = {
    Stage.CONTACTED: (Stage.IDENTIFIED,),
    Stage.EXPLORING: (Stage.IDENTIFIED, Stage.CONTACTED),
}
"""From which stages a letter leads on: to "Written to" when it goes out, to "Talking" by an answer."""


def to_post(membership: Membership) -> list[Letter]:
    """Signed letters of one's own schools that somebody is to print and post, oldest first: one query.

    An answer ends the wait: it shows that the letter has come.
    """
    rows = Letter.objects.for_member(membership).filter(goes_by__in=(GoesBy.PRINT, GoesBy.BOTH))
    waiting = with_posting(rows.filter(state=State.SIGNED).silent()).filter(is_posted=False)
    return list(listed(waiting).order_by("signed_at", "pk")[:PAGE_LENGTH])


def on_paper(batch: Batch) -> QuerySet[Letter]:
    """The letters of a batch that go on paper: all that stand, and were not put into the mail."""
    rows: QuerySet[Letter] = Letter.objects.filter(batch_row__batch=batch, state=State.SIGNED)
    return rows.filter(mail_wanted_at=None)


def with_posting(letters: QuerySet[Letter]) -> QuerySet[Any]:
    """Letters, each with whether it was posted, and that not taken back (`is_posted`)."""
    latest = LetterEvent.objects.filter(letter=OuterRef("pk"), kind__in=POSTING).order_by("-pk")
    was = latest.values(printed=Q(kind=EventKind.PRINTED))[:1]
    return letters.annotate(is_posted=Coalesce(Subquery(was), False))


def posted(letter: Letter) -> LetterEvent | None:
    """When a letter was posted and by whom, unless that was taken back: one query."""
    latest: LetterEvent | None = letter.events.filter(kind__in=POSTING).order_by("-pk").first()
    return latest if latest and latest.kind == EventKind.PRINTED else None


def stage_moved(letter: Letter) -> StageChange | None:
    """The step on the road that this letter brought, while it is still the partnership's last: one query."""
    last: StageChange | None = (
        StageChange.objects.filter(partnership=letter.partnership_id).order_by("-at", "-pk").first()
    )
    if last is None or last.cause_uid != letter.uid:
        return None
    return last if last.was in STAGES_BEFORE.get(Stage(last.now), ()) else None


def reply_by_hand(letter: Letter) -> Reply | None:
    """The latest answer that stands, where one of us recorded it: it can be taken back. One query."""
    latest: Reply | None = Reply.objects.standing().filter(letter=letter).select_related("by__user").first()
    return latest if latest and latest.by_id else None
