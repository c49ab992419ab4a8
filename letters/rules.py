"""Who may do what with a letter: predicates of a membership and a letter (or a partnership, or nothing)."""

from typing import Any

from accounts.deputies import may_sign, signs_for
from accounts.models import Membership
from accounts.predicates import predicate
from accounts.rules import works_here


@predicate
def at_its_school(membership: Membership, thing: Any = None) -> bool:
    """Somebody of the school that the letter or partnership belongs to."""
    return thing is None or (thing.school_id is not None and membership.covers(thing.school_id))


@predicate
def is_signed(membership: Membership, letter: Any = None) -> bool:
    """A letter that was signed, withdrawn or not."""
    return letter is None or letter.signed_at is not None


@predicate
def signs(membership: Membership, thing: Any = None) -> bool:
    """Who signs for the school: its principals, and their deputies of today (accounts/deputies.py)."""
    if thing is None:
        return may_sign(membership)
    return thing.school_id is not None and signs_for(membership, thing.school_id) is not None


writes = works_here & at_its_school
