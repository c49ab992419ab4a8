"""How a letter moves its partnership on, and how that is taken back."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from accounts.models import Membership
from letters.going_out import STAGES_BEFORE, stage_moved
from letters.models import Letter
from partners.enums import Stage
from partners.services import set_stage

from .errors import NothingToTakeBack


def move_on(letter: Letter, stage: Stage, *, by: Membership | None) -> None:
    """Move the partnership to a stage that the letter leads to, where it stands before it."""
    letter.partnership.refresh_from_db(fields=["stage"])
    if letter.partnership.stage in STAGES_BEFORE[stage]:
        set_stage(partnership=letter.partnership, stage=stage, by=by, cause_uid=letter.uid)


def take_stage_back(
    *, letter: Letter, by: Membership, brought_since: datetime.datetime | None = None
) -> Stage:
    """Restore the stage that stood before this letter moved it; out comes that stage.

    With `brought_since`, only a move of that moment or later. Raises NothingToTakeBack where the letter
    moved nothing, or the stage has changed since.
    """
    move = stage_moved(letter)
    if move is None or (brought_since and move.at < brought_since):
        raise NothingToTakeBack
    before = Stage(move.was)
    set_stage(
        partnership=letter.partnership, stage=before, because=_("Taken back"), by=by, cause_uid=letter.uid
    )
    return before
