"""What the page of a personal link shows to a seat: the question, how it stands, and what the seat said."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import District
from accounts.phones import as_written
from decisions.methods import silence_assents
from decisions.models import AnswerLink, Decision, Group, LinkNote, Position, Round
from decisions.queries import Count, count
from decisions.rule import NAMED, Outcome, Rule
from decisions.rule_words import quorum_words, upper_first
from decisions.sentences import sentence
from decisions.words import METHOD_MEANS, OUTCOME_WORDS

from .files import FileLine, files_of
from .mandates import mandate_in
from .saying import Said, said

SHORT = 20
"""Words of what a yes would mean that stand before the answers; longer ones stand whole below."""


@dataclass(frozen=True)
class AnswerPage:
    """A question as one seat is asked it by link."""

    link: AnswerLink
    decision: Decision
    count: Count
    note: LinkNote | None
    files: Sequence[FileLine]
    mandate: str
    """What the seat that decides alone may decide."""

    @property
    def name(self) -> str:
        """For whom the link is."""
        return self.link.to_name

    @property
    def asks(self) -> str:
        """Who put the question, and whom to call."""
        return str(self.decision.opened_by.user.name)

    @property
    def phone(self) -> str:
        """The number to call."""
        return phone_of(self.decision.group, self.link.district)

    @property
    def text(self) -> str:
        """The question as it stands in the present round."""
        return asked_in(self.decision, self.count.round, get_language())

    @property
    def meaning(self) -> str:
        """What a yes would mean."""
        return meaning_in(self.decision, get_language())

    @property
    def is_long(self) -> bool:
        """Whether what a yes would mean stands whole only below the answers."""
        return len(self.meaning.split()) > SHORT

    @property
    def until(self) -> datetime.datetime | None:
        """Until when answers are taken."""
        return self.decision.closes_at

    @property
    def stepped_out(self) -> bool:
        """Whether the seat has no answer in this question."""
        return hasattr(self.link.decision_seat, "recusal")

    @property
    def takes_answers(self) -> bool:
        """Whether the seat can answer now."""
        takes = self.decision.is_open if self.decides else self.decision.takes_answers
        return takes and not self.stepped_out

    @property
    def decides(self) -> bool:
        """Whether the seat decides alone: it says why, and can do so after the time to answer."""
        decider = self.count.decider
        return decider is not None and decider.seat.pk == self.link.decision_seat_id

    @property
    def own(self) -> Position | None:
        """The seat's latest answer of the present round."""
        mine = [line.position for line in self.count.lines if line.seat.pk == self.link.decision_seat_id]
        return mine[0] if mine else None

    @property
    def may_be_passed_on(self) -> bool:
        """Whether somebody else can answer instead: not once the seat has, and never for a youth seat."""
        return not self.own and not self.link.decision_seat.seat.keeps_no_name

    @property
    def own_words(self) -> Said | None:
        """The same in words."""
        seat = self.link.decision_seat
        return said(seat, self.own, language=get_language()) if self.own else None

    @property
    def recorded(self) -> str:
        """When it was recorded, and how to correct it while that can be done."""
        if self.own is None:
            return ""
        at = formats.date_format(localtime(self.own.at), "DATETIME_FORMAT")
        words = _("Recorded on %(at)s.") % {"at": at}
        if not self.takes_answers:
            return words
        return f"{words} {_('To correct it, answer again below: the last answer counts.')}"

    @property
    def others(self) -> Sequence[Said]:
        """What the other seats have answered; nothing while that is not shown."""
        if self.decision.hides_answers:
            return []
        return [
            said(line.seat, line.position, language=get_language())
            for line in self.count.lines
            if line.position and not line.stepped_out and line.seat.pk != self.link.decision_seat_id
        ]

    @property
    def answered(self) -> tuple[int, int]:
        """How many seats have answered, of how many."""
        lines = [line for line in self.count.lines if not line.stepped_out]
        return sum(1 for line in lines if line.position), len(lines)

    @property
    def means(self) -> str:
        """When it is adopted, in one sentence."""
        return str(METHOD_MEANS[self.count.rule.method])

    @property
    def rule(self) -> str:
        """Who must answer, and what no answer means."""
        return who_must_answer(self.count.rule)

    @property
    def outcome(self) -> str:
        """How it was decided, where it was: the word and the arithmetic."""
        if self.decision.figures is None:
            return ""
        outcome = Outcome(self.decision.outcome)
        words = {"outcome": OUTCOME_WORDS[outcome], "sum": sentence(outcome, self.decision.figures)}
        return _("%(outcome)s. %(sum)s") % words


def phone_of(group: Group, district: District) -> str:
    """The number of a group's school, else the district's, as people write it; empty where there is none."""
    return as_written((group.school.phone if group.school else "") or district.phone)


def asked_in(decision: Decision, asked: Round, language: str | None) -> str:
    """The question as it stands in a round, in a language where it is written in it."""
    in_spanish = asked.text_es if asked.text else decision.question_es
    return (language == "es" and in_spanish) or asked.text or decision.question


def meaning_in(decision: Decision, language: str | None) -> str:
    """What a yes would mean in a language, where it is written in it."""
    return (language == "es" and decision.meaning_es) or decision.meaning


def who_must_answer(rule: Rule) -> str:
    """Who must answer, and what no answer means; empty where one seat decides."""
    if silence_assents(rule.method):
        return _("No answer is a yes.")
    if rule.method in NAMED:
        return ""
    quorum = upper_first(quorum_words(rule.quorum))
    return _("%(quorum)s must answer or be at the meeting. No answer is not a yes.") % {"quorum": quorum}


def answer_page(link: AnswerLink) -> AnswerPage:
    """The page of a link that `open_answer_link` read: six queries, and up to four more where one seat
    decides."""
    decision = link.decision_seat.decision
    note = link.notes.select_related("sealed").last()
    files = [file for file in files_of(decision) if not file.is_erased]
    counted = count(decision)
    return AnswerPage(link, decision, counted, note, files, mandate_in(decision, counted))
