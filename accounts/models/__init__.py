"""The tables of this floor, by subject."""

from .districts import ClockOffset, District, School
from .people import Invitation, Membership, MembershipSchool, User
from .work import Job, StoredFile, Task

__all__ = [
    "ClockOffset",
    "District",
    "Invitation",
    "Job",
    "Membership",
    "MembershipSchool",
    "School",
    "StoredFile",
    "Task",
    "User",
]
