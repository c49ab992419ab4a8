"""How one answer is said: its square, its word, and how we know it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from decisions.ballot_words import code_and_words
from decisions.ballots import read
from decisions.models import DecisionSeat, Position, Recusal

from .erasing import erased_words


@dataclass(frozen=True)
class Said:
    """One answer of a seat, or that there is none, ready to show."""

    label: str
    sector: str
    code: str
    word: str
    reason: str = ""
    how: str = ""
    told: str = ""


def said(
    seat: DecisionSeat, position: Position | None, *, given: int = 1, recusal: Recusal | None = None
) -> Said:
    """What a seat answered; `given`: how many times; `recusal`: where it stepped out. Reads the seat's
    decision and the answer's round."""
    who = (seat.label, str(seat.get_sector_display()))
    if recusal:
        return Said(*who, "none", _("Stepped out"), recusal.reason or erased_words(recusal))
    if position is None:
        return Said(*who, "none", _("No answer"))
    code, words = code_and_words(read(position.answer), seat.decision.method, position.round.options)
    how = how_we_know(position, corrected=given > 1)
    reason = position.reason or erased_words(position)
    return Said(*who, code, words, reason, how, position.told)


def how_we_know(position: Position, *, corrected: bool = False) -> str:
    """Where an answer comes from: "By phone; Imogen Tasker, October 20, corrected"."""
    parts = {
        "source": position.get_source_display(),
        "who": position.recorded_by.user.name if position.recorded_by else "",
        "day": formats.date_format(localtime(position.at).date(), "MONTH_DAY_FORMAT"),
    }
    words = _("%(source)s; %(who)s, %(day)s") if parts["who"] else _("%(source)s, %(day)s")
    known = words % parts
    return _("%(known)s, corrected") % {"known": known} if corrected else known
