"""The page on which one of us asks a decision's seats by personal link, and sees what came by them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from decisions.enums import NoteKind, Source
from decisions.methods import silence_assents
from decisions.models import AnswerLink, Decision, DecisionSeat, LinkNote, Round, SeatHolder
from decisions.queries import OPTIONS_ES, Line, count, lacks_spanish, sitting_in


@dataclass(frozen=True)
class Asked:
    """One voting seat: who is asked, by which link, and what they said beside an answer."""

    line: Line
    holder: SeatHolder | None
    link: AnswerLink | None
    notes: Sequence[LinkNote]

    @property
    def seat(self) -> DecisionSeat:
        """The seat."""
        return self.line.seat

    @property
    def name(self) -> str:
        """Who is asked; empty where nobody sits there."""
        if self.link:
            return self.link.to_name
        return self.holder.called if self.holder else ""

    @property
    def email(self) -> str:
        """Their address; empty where we have none."""
        if self.link:
            return self.link.to_email
        return self.holder.email if self.holder else ""

    @property
    def language(self) -> str:
        """The language in which we write to them."""
        if self.link:
            return self.link.to_language
        return self.holder.speaks if self.holder else ""

    @property
    def may_be_asked(self) -> bool:
        """Whether the seat has no answer yet and did not step out."""
        return not (self.line.position or self.line.stepped_out)

    @property
    def may_not(self) -> bool:
        """Whether whoever is asked said that they may not answer."""
        return any(note.kind == NoteKind.MAY_NOT and note.link == self.link for note in self.notes)

    @property
    def goes_by_mail(self) -> bool:
        """Whether the next sending reaches them."""
        return self.may_be_asked and bool(self.email) and not self.may_not

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.line.stepped_out:
            return _("Stepped out")
        if self.line.position:
            return _("Has answered")
        if not self.name:
            return "; ".join([_("Nobody is named who sits in this seat"), *self._told])
        asked = [*self._sent, *self._told]
        return "; ".join(asked) or (_("Not asked by link yet") if self.email else _("No e-mail address"))

    @property
    def _told(self) -> list[str]:
        """How it was told of the question, where that is recorded and was not by its link."""
        notice = getattr(self.seat, "notice", None)
        if notice is None or notice.how == Source.LINK:
            return []
        words = _("Told on %(day)s (%(how)s)")
        return [words % {"day": _day(notice.at), "how": notice.get_how_display()}]

    @property
    def _sent(self) -> list[str]:
        link, words = self.link, []
        if self.may_not:
            words.append(_("May not answer"))
        if link and link.mail_wanted_at:
            words.append(_("Asked by mail on %(day)s") % {"day": _day(link.mail_wanted_at)})
        if link and link.copied_at and link.copied_by:
            who = {"who": link.copied_by.user.name, "day": _day(link.copied_at)}
            words.append(_("Link copied by %(who)s on %(day)s") % who)
        return words


def _day(moment: datetime.datetime) -> str:
    return formats.date_format(localtime(moment).date(), "MONTH_DAY_FORMAT")


@dataclass(frozen=True)
class AskingPage:
    """All voting seats of a decision, and what waits for one of us."""

    decision: Decision
    round: Round
    asked: Sequence[Asked]

    @property
    def may_ask(self) -> bool:
        """Whether somebody can be asked now, and the group may decide between its meetings."""
        return self.decision.takes_answers and self.decision.group.between_meetings

    @property
    def untold(self) -> Sequence[Asked]:
        """Where silence is a yes: those that were not told of the question, and so stop it."""
        if not silence_assents(self.decision.method):
            return []
        return [one for one in self.asked if not (one.line.was_told or one.line.stepped_out)]

    @property
    def lacks_spanish(self) -> bool:
        """Whether the question as it stands now, or its options, are not written in Spanish."""
        return bool(lacks_spanish(self.decision, self.round))

    @property
    def options_alone_lack_it(self) -> bool:
        """Whether only the options are not."""
        return lacks_spanish(self.decision, self.round) == [OPTIONS_ES]

    @property
    def by_mail(self) -> int:
        """To how many the question goes by mail."""
        return sum(1 for one in self.asked if one.goes_by_mail)

    @property
    def without(self) -> Sequence[Asked]:
        """Those who have not answered and whom mail does not reach."""
        return [one for one in self.asked if one.may_be_asked and not one.email]

    @property
    def reads_spanish(self) -> Sequence[Asked]:
        """Those who have not answered and to whom we write in Spanish."""
        return [one for one in self.asked if one.may_be_asked and one.language == "es"]

    @property
    def waiting(self) -> Sequence[tuple[Asked, LinkNote]]:
        """What came by links and nobody has seen to, oldest first."""
        found = [(one, note) for one in self.asked for note in one.notes if note.settled_at is None]
        return sorted(found, key=lambda pair: pair[1].pk)


def asking_page(decision: Decision) -> AskingPage:
    """The seats with their links: eight queries."""
    counted, now = count(decision), clock.now()
    lines = counted.lines
    seats = [line.seat for line in lines]
    sitting = sitting_in(seats, clock.today(decision.district))
    links = AnswerLink.objects.filter(decision_seat__in=seats).with_person().select_related("copied_by__user")
    open_ones = {link.decision_seat_id: link for link in links if link.ended(now) is None}
    notes: dict[int, list[LinkNote]] = {}
    for note in LinkNote.objects.filter(link__in=links).select_related("link", "sealed"):
        notes.setdefault(note.link.decision_seat_id, []).append(note)
    return AskingPage(
        decision,
        counted.round,
        [
            Asked(line, sitting.get(line.seat.pk), open_ones.get(line.seat.pk), notes.get(line.seat.pk, ()))
            for line in lines
        ],
    )
