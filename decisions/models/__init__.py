"""The tables of decisions, by subject (docs/data-model.md, "decisions")."""

from .decisions import Decision, DecisionSeat, Position, Recusal, Round
from .groups import Charter, CharterRule, Group, Seat, SeatHolder
from .register import ChainHead, Event, Sealed

__all__ = [
    "ChainHead",
    "Charter",
    "CharterRule",
    "Decision",
    "DecisionSeat",
    "Event",
    "Group",
    "Position",
    "Recusal",
    "Round",
    "Sealed",
    "Seat",
    "SeatHolder",
]
