"""How one answer is said: its square, its word, and how we know it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.ballot_words import code_and_words
from decisions.ballots import read
from decisions.figures import Figures
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
    shown: uuid.UUID | None = None


def said(
    seat: DecisionSeat,
    position: Position | None,
    *,
    given: int = 1,
    recusal: Recusal | None = None,
    language: str | None = None,
) -> Said:
    """What a seat answered; `given`: how many times; `recusal`: where it stepped out; `language`: in which
    options are named where they are written in it. Reads the seat's decision and the answer's round."""
    who = (seat.label, str(seat.get_sector_display()))
    if recusal:
        return Said(*who, "none", _("Stepped out"), recusal.reason or erased_words(recusal))
    if position is None:
        return Said(*who, "none", _("No answer"))
    options = position.round.options_in(language)
    code, words = code_and_words(read(position.answer), seat.decision.method, options)
    how = how_we_know(position, corrected=given > 1)
    reason = position.reason or erased_words(position)
    return Said(*who, code, words, reason, how, position.told)


def hidden(seat: DecisionSeat, position: Position | None, *, recusal: Recusal | None = None) -> Said:
    """Whether a seat has answered, and nothing more: the others' answers are shown once it is closed."""
    if recusal or position is None:
        return said(seat, position, recusal=recusal)
    return Said(seat.label, str(seat.get_sector_display()), "given", _("Has answered"))


def hidden_words(figures: Figures) -> str:
    """How many seats have answered, where it is not shown what."""
    eligible = figures["eligible"]
    words = ngettext(
        "%(n)d of %(all)d seat has answered. What it answered is shown once the question is closed",
        "%(n)d of %(all)d seats have answered. What they answered is shown once the question is closed",
        eligible,
    )
    return words % {"n": eligible - figures["silent"], "all": eligible}


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
