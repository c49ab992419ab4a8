"""The letters that a partner got of late, from whichever school: shown before one more is signed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership, School
from accounts.urls_in import url_in
from partners.clearance import in_words
from partners.families import family
from partners.models import Partner

from .enums import Answer, State
from .models import Letter
from .queries import PAGE_LENGTH, listed

DAYS = 60


@dataclass(frozen=True)
class Written:
    """One letter that the partner got: what came of it, in words, and its page for who may read it."""

    letter: Letter
    outcome: str
    url: str


@dataclass(frozen=True)
class Recent:
    """Letters signed in the last 60 days, the latest first, and a warning for each other school."""

    rows: list[Written]
    warnings: list[str]


def recent_letters(partner: Partner, school: School, membership: Membership) -> Recent:
    """What the partner, and those merged into it, got in the last 60 days: one query.

    `school` is the one that writes now. All of the district know who wrote to whom; what was answered is
    told to those who may read the letter.
    """
    since = clock.now() - datetime.timedelta(days=DAYS)
    rows = Letter.objects.written_in_district(membership).filter(
        partnership__partner__in=family(partner.winner), signed_at__gte=since
    )
    letters = list(listed(rows).order_by("-signed_at", "-pk")[:PAGE_LENGTH])
    latest: dict[int, Letter] = {}
    for letter in letters:
        if letter.school_id != school.pk and letter.state != State.WITHDRAWN:
            latest.setdefault(letter.school_id, letter)
    return Recent(
        rows=[_row(letter, membership) for letter in letters],
        warnings=[_warning(letter, school, membership) for letter in latest.values()],
    )


def _row(letter: Any, membership: Membership) -> Written:
    if not membership.covers(letter.school_id):
        withdrawn = letter.state == State.WITHDRAWN
        return Written(letter, _("Withdrawn") if withdrawn else _("The answer is known to the school."), "")
    url = url_in(membership.district, "letters:page", uid=letter.uid)
    if letter.state == State.WITHDRAWN:
        return Written(letter, _("Withdrawn"), url)
    if not letter.answer:
        return Written(letter, _("No answer yet."), url)
    return Written(letter, _("They answered “%(answer)s”.") % {"answer": Answer(letter.answer).label}, url)


def _warning(letter: Any, here: School, membership: Membership) -> str:
    """That another school wrote, when, and what came of it, seen from the school that writes now."""
    day = in_words(clock.local_day(letter.signed_at, here), clock.today(here))
    names = {"school": letter.school.name, "day": day}
    if not membership.covers(letter.school_id):
        return _("%(school)s wrote to them on %(day)s. Ask there what they answered.") % names
    if not letter.answer:
        return _("%(school)s wrote to them on %(day)s; no answer yet.") % names
    answer = Answer(letter.answer).label
    return _("%(school)s wrote to them on %(day)s; they answered “%(answer)s”.") % {**names, "answer": answer}
