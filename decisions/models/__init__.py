"""The tables of decisions, by subject (docs/data-model.md, "decisions")."""

from .decisions import Decision, DecisionSeat, Notice, Position, Recusal, Round
from .files import Attachment, Evidence
from .groups import Charter, CharterRule, Group, Seat, SeatHolder
from .links import AnswerLink, LinkNote
from .meetings import Attendance, Meeting
from .register import ChainHead, Event, Sealed

__all__ = [
    "AnswerLink",
    "Attachment",
    "Attendance",
    "ChainHead",
    "Charter",
    "CharterRule",
    "Decision",
    "DecisionSeat",
    "Event",
    "Evidence",
    "Group",
    "LinkNote",
    "Meeting",
    "Notice",
    "Position",
    "Recusal",
    "Round",
    "Sealed",
    "Seat",
    "SeatHolder",
]
