"""Who may do what with a letter: predicates of a membership and a letter (or a partnership, or nothing)."""

from typing import Any

from accounts.deputies import may_sign, signs_for
from accounts.models import Membership
from accounts.predicates import predicate
from accounts.roles import Role
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


@predicate
def leads_a_school(membership: Membership, thing: Any = None) -> bool:
    """A principal or a coordinator: who answers for a school's own texts."""
    return membership.role in (Role.PRINCIPAL, Role.COORDINATOR)


@predicate
def keeps_text(membership: Membership, template: Any = None) -> bool:
    """District staff keep the district's texts; a school's principals and coordinators keep its own."""
    if template is None or template.school_id is None:
        return membership.role == Role.STAFF
    return leads_a_school(membership) and membership.covers(template.school_id)


@predicate
def is_a_schools(membership: Membership, template: Any = None) -> bool:
    """A text of a school's own."""
    return template is None or template.school_id is not None


@predicate
def is_the_districts(membership: Membership, template: Any = None) -> bool:
    """A text of the district."""
    return template is None or template.school_id is None


writes = works_here & at_its_school
