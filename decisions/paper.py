"""A decision, or the decisions of a group's year, on paper: tagged PDFs that the press makes on demand.

At the end stands the code with which the district's register ends when it is printed. Whoever keeps the paper
can later ask whether the register still has that entry (decisions/checking.py).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import District
from accounts.urls_in import absolute
from press import client
from press.documents import Document, Reason, Refusal

from .ledger import in_fours
from .models import ChainHead, Decision, Group
from .pages.chain import Step, changed_by, changes
from .pages.decision import DecisionPage, decision_page
from .pages.groups import how_page
from .pages.log import LogRow
from .read_aloud import Seats, read_aloud
from .rule import Outcome
from .sentences import sentence

UNPRINTABLE = "?"
"""Stands for a character that no font of ours has: what was recorded cannot be written in another way."""
CODE_POINT = re.compile(r"U\+([0-9A-F]{4,6})")
MOST_TRIES = 20  # five characters each


class CannotPrint(Exception):
    """The press refused the paper; the message is the press's own, in English."""


@dataclass(frozen=True)
class Head:
    """How a district's register ended when a paper was printed: entries, code in fours, and when."""

    entries: int
    code: str
    at: datetime.datetime
    check_url: str


def head_of(district: District) -> Head:
    """The end of the register now."""
    head = ChainHead.objects.filter(district=district).first() or ChainHead()
    at = clock.now().astimezone(district.tz)
    return Head(head.seq, in_fours(head.hash), at, absolute(reverse("register:enter")))


def record_pdf(decision: Decision) -> bytes:
    """The record of one decision: question, outcome with its arithmetic, answers, and how it was decided.

    Raises CannotPrint and PressUnavailable.
    """
    page = decision_page(decision)
    context = {"page": page, "decision": page.decision, "head": head_of(decision.district)}
    return printed("record", f"{decision.reference}, {decision.group.full_name}", context)


@dataclass(frozen=True)
class YearRow(LogRow):
    """One decision in a year's register: a row of the log with its arithmetic, what it changes, and what
    changed it."""

    later: Sequence[Step] = ()

    @property
    def chain(self) -> Sequence[Step]:
        """The steps to both sides."""
        return [*self.later, *changes(self.decision)]

    @property
    def sentence(self) -> str:
        """Its arithmetic, in the page's language; empty while it is open."""
        figures = self.decision.figures
        return sentence(Outcome(self.decision.outcome), figures) if figures else ""


def year_of(group: Group, year: int) -> Sequence[YearRow]:
    """The decisions of a group that were asked in a year, by their number: two queries."""
    rows = list(group.decisions.filter(year=year).select_related("owner__user", "supersedes").order_by("n"))
    later = changed_by(rows)
    return [YearRow(decision, later.get(decision.pk, ())) for decision in rows]


def register_pdf(group: Group, year: int) -> bytes:
    """What a group decided in a year, in the order of the numbers. Raises CannotPrint, PressUnavailable."""
    words = {"group": group.full_name, "year": year}
    context = {"group": group, "year": year, "rows": year_of(group, year), "head": head_of(group.district)}
    return printed("register", _("Register of %(year)s, %(group)s") % words, context)


def how_pdf(group: Group) -> bytes:
    """How a group decides, on one page to read aloud. Raises CannotPrint, PressUnavailable."""
    page = how_page(group, clock.today(group.district))
    how, seats = page.how, len(page.how.sectors)
    context = {
        "group": group,
        "page": page,
        "parts": read_aloud(how.rule, how.by_kind, Seats(seats, how.names, how.mandate)),
        "seats": seats,
        "head": head_of(group.district),
    }
    return printed("how", f"{_('How we decide')}, {group.full_name}", context)


def printed(name: str, title: str, context: dict[str, object]) -> bytes:
    """The paper of that name, in the page's language. Raises CannotPrint, PressUnavailable."""
    html: str = render_to_string(f"decisions/paper/{name}.html", {"title": title, **context})
    for _try in range(MOST_TRIES):
        document = Document(html=html, title=title, lang=get_language() or "en", stylesheet="record")
        [made] = client.render([document])
        if not isinstance(made, Refusal):
            return made.content
        if made.reason is not Reason.UNKNOWN_CHARACTER:
            break
        lacking = {chr(int(point, 16)) for point in CODE_POINT.findall(made.about)}
        title, html = (_without(lacking, text) for text in (title, html))
    raise CannotPrint(str(made))


def _without(lacking: set[str], text: str) -> str:
    return "".join(UNPRINTABLE if sign in lacking else sign for sign in text)


def record_lines(page: DecisionPage) -> list[list[str]]:
    """A decision's answers as lines of a table, the first with their names; last, the register's end."""
    head = head_of(page.decision.district)
    columns = [_("Seat"), _("Sector"), _("Answer"), _("Reason"), _("How we know")]
    answers = [[one.label, one.sector, one.word, one.reason, one.how] for one in page.lines]
    facts = [
        [_("Decision"), page.decision.reference],
        [_("Question"), page.decision.question],
        [_("Outcome"), page.verdict],
        [_("How the outcome is computed"), page.sentence],
        *([_("What changed it, and what it changes"), step.line] for step in page.chain),
        *([_("What is to be done"), one.task.title, one.who, one.due, one.state] for one in page.items),
        *([_("File"), one.name, one.code] for one in page.files),
        [_("End of the register"), head.code],
    ]
    return [columns, *answers, *facts]


def register_lines(group: Group, year: int) -> list[list[str]]:
    """A group's year as lines of a table, the first with their names; last, the register's end."""
    columns = [
        *(_("Number"), _("Asked"), _("Question"), _("What it is about"), _("Outcome")),
        *(_("How the outcome is computed"), _("Closed"), _("In effect"), _("Review")),
        *(_("Who looks after it"), _("What it changes"), _("What changed it")),
    ]
    head = head_of(group.district)
    lines = [_year_line(row, group.district) for row in year_of(group, year)]
    return [columns, *lines, [_("End of the register"), head.code]]


def _year_line(row: YearRow, district: District) -> list[str]:
    decision = row.decision
    return [
        decision.reference,
        _day(clock.local_day(decision.opened_at, district)),
        decision.question,
        str(decision.get_kind_display()),
        row.words,
        row.sentence,
        _day(clock.local_day(decision.closed_at, district) if decision.closed_at else None),
        _day(decision.effective_on),
        _day(decision.review_on),
        decision.owner.user.name if decision.owner else "",
        *("; ".join(step.line for step in steps) for steps in (changes(decision), row.later)),
    ]


def _day(day: datetime.date | None) -> str:
    """A day as spreadsheets read it in any language."""
    return day.isoformat() if day else ""
