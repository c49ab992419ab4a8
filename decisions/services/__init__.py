"""The writes of decisions: groups and how they decide, decisions from opening to close."""

from .answers import Given, record_answer, record_answers, step_out
from .charters import adopt_charter
from .deciding import close_decision, next_round
from .erasing import erase
from .errors import (
    AlreadyClosed,
    AlreadyErased,
    AnswersEnded,
    NameTaken,
    NoOptionsWanted,
    NotAdopted,
    NotByAnswers,
    NothingDeferred,
    NoVotingSeats,
    OptionsWanted,
    ReasonWanted,
    Refused,
    RoundOver,
    SeatTaken,
    SteppedOut,
    YouthHasNoName,
)
from .groups import add_seat, create_group, end_seat, name_holder
from .opening import open_decision

__all__ = [
    "AlreadyClosed",
    "AlreadyErased",
    "AnswersEnded",
    "Given",
    "NameTaken",
    "NoOptionsWanted",
    "NoVotingSeats",
    "NotAdopted",
    "NotByAnswers",
    "NothingDeferred",
    "OptionsWanted",
    "ReasonWanted",
    "Refused",
    "RoundOver",
    "SeatTaken",
    "SteppedOut",
    "YouthHasNoName",
    "add_seat",
    "adopt_charter",
    "close_decision",
    "create_group",
    "end_seat",
    "erase",
    "name_holder",
    "next_round",
    "open_decision",
    "record_answer",
    "record_answers",
    "step_out",
]
