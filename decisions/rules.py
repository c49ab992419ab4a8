"""Who may write here: district staff, principals and coordinators who cover the group's school.

Who may see what is in the querysets: a district's group is everybody's to read, a school's those who cover
it.
"""

from __future__ import annotations

from typing import Any

from accounts.models import Membership
from accounts.predicates import predicate
from accounts.roles import Role

from .models import AnswerLink, Decision, DecisionSeat, Group, LinkNote, Meeting, Seat
from .rule import Outcome

DECIDES = {Role.STAFF, Role.PRINCIPAL, Role.COORDINATOR}


def group_of(thing: Group | Seat | Meeting | Decision | DecisionSeat | AnswerLink | LinkNote) -> Group:
    """The group that a seat, a meeting, a decision, or what belongs to one of them, is of."""
    if isinstance(thing, LinkNote):
        thing = thing.link
    if isinstance(thing, AnswerLink):
        thing = thing.decision_seat
    if isinstance(thing, DecisionSeat):
        thing = thing.decision
    return thing if isinstance(thing, Group) else thing.group


@predicate
def keeps_decisions(membership: Membership, thing: Any = None) -> bool:
    """Those who write for a group: by role, and for its school or, for the district's group, the whole
    district."""
    if membership.role not in DECIDES:
        return False
    return thing is None or membership.covers(group_of(thing).school_id)


def may_settle(decision: Decision) -> bool:
    """Whether a decision can say who does what: it was closed, and taken up."""
    return not decision.is_open and decision.outcome == Outcome.ADOPTED
