"""The tables of this floor, by subject."""

from .deputies import Deputy, HandOver
from .districts import ClockOffset, District, School
from .holidays import Holiday
from .people import Invitation, Membership, MembershipSchool, User
from .sessions import Session
from .work import Job, StoredFile, Task

__all__ = [
    "ClockOffset",
    "Deputy",
    "District",
    "HandOver",
    "Holiday",
    "Invitation",
    "Job",
    "Membership",
    "MembershipSchool",
    "School",
    "Session",
    "StoredFile",
    "Task",
    "User",
]
