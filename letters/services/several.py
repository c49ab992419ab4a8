"""Letters that somebody has read one by one, signed together.

Each is signed on its own, as if it were the only one: number, PDF and history are its own, and one that
cannot be signed holds up no other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from accounts import clock
from accounts.deputies import signs_for
from accounts.models import Membership
from accounts.versions import ChangedMeanwhile
from letters import queries
from letters.composing import fingerprint, for_signature
from letters.enums import State
from letters.models import Letter, Look, SignedLetter

from .errors import (
    CannotPrint,
    ContactGone,
    LetterIncomplete,
    NotLookedAt,
    NotTheSigner,
    NotThisState,
    SignatureWaits,
)
from .signing import sign_letter

MOST = 25  # letters in one go: about 0.2 s each, well within what a request may take
SECONDS = 15.0  # no letter is begun after that: the web server ends a request after 30, and one letter takes
# 8 at most (docs/press.md)
REFUSED = (
    *(NotLookedAt, NotTheSigner, NotThisState, ChangedMeanwhile),
    *(ContactGone, LetterIncomplete, CannotPrint, SignatureWaits),
)


@dataclass(frozen=True)
class Tried:
    """One letter of several: what was frozen, or why it is not signed."""

    letter: Letter
    signed: SignedLetter | None = None
    refused: Exception | None = None


def look_at(*, letter: Letter, version: int, by: Membership) -> Look:
    """Keep that somebody who signs has read a letter that waits, as it stands.

    Raises NotTheSigner, NotThisState, and ChangedMeanwhile where it is not the version that they saw.
    """
    if letter.state != State.TO_SIGN:
        raise NotThisState(letter.state)
    if letter.version != version:
        raise ChangedMeanwhile
    look: Look = Look.objects.create(
        district_id=letter.district_id,
        letter=letter,
        version=version,
        sheet=_as_it_reads(letter, by),
        by=by,
        at=clock.now(),
    )
    return look


def sign_several(*, letters: Sequence[Letter], by: Membership) -> list[Tried]:
    """Sign each of the letters that the person has read as it stands; out comes what became of each.

    At most 25, and none is begun once the time of a request runs out or the press is away: those are not
    in the answer, and wait as before.
    """
    end = time.monotonic() + SECONDS
    tried: list[Tried] = []
    for letter in letters[:MOST]:
        if time.monotonic() > end:
            break
        tried.append(_try(letter, by))
        if isinstance(tried[-1].refused, SignatureWaits):
            break
    return tried


def _try(letter: Letter, by: Membership) -> Tried:
    try:
        _expect_read(letter, by)
        return Tried(letter, signed=sign_letter(letter=letter, version=letter.version, by=by))
    except REFUSED as refused:
        return Tried(letter, refused=refused)


def _expect_read(letter: Letter, by: Membership) -> None:
    """Raises NotLookedAt for a letter that they never read, ChangedMeanwhile for one that reads otherwise
    now."""
    if letter.state != State.TO_SIGN:
        raise NotThisState(letter.state)
    latest: Look | None = Look.objects.filter(letter=letter, by=by).first()
    if latest is None:
        raise NotLookedAt
    if latest.version != letter.version or latest.sheet != _as_it_reads(letter, by):
        raise ChangedMeanwhile


def _as_it_reads(letter: Letter, by: Membership) -> str:
    """The fingerprint of the sheet as this person would sign it."""
    principal = signs_for(by, letter.school_id, letter.signer_id)
    if principal is None:
        raise NotTheSigner
    whole = queries.whole(Letter.objects.filter(pk=letter.pk)).get()
    return fingerprint(for_signature(whole, by, principal))
