"""The district's approval of a letter that needs one before its signature (letters/approval.py)."""

from __future__ import annotations

from django.db import transaction

from accounts import clock
from accounts.models import Membership
from accounts.versions import compare_and_set
from letters.approval import text_of
from letters.enums import State
from letters.models import Letter, LetterApproval

from .errors import NotThisState


def ask_approval(*, letter: Letter, version: int, by: Membership) -> None:
    """Put a letter that was handed in before district staff. Raises NotThisState and ChangedMeanwhile."""
    if letter.state != State.TO_SIGN:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, waits_for_approval=True)


@transaction.atomic
def approve_letter(*, letter: Letter, version: int, by: Membership, note: str = "") -> LetterApproval:
    """Let a letter go to its signer, with the text as it stands. Raises NotThisState and ChangedMeanwhile."""
    if not letter.waits_for_approval:
        raise NotThisState(letter.state)
    compare_and_set(letter, expected=version, waits_for_approval=False)
    approval: LetterApproval = LetterApproval.objects.create(
        district_id=letter.district_id,
        letter=letter,
        text=text_of(letter),
        note=note.strip(),
        by=by,
        at=clock.now(),
    )
    return approval
