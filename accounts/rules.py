"""Who may do what on this floor: predicates of a membership and, where there is one, of a thing."""

from typing import Any

from .models import Membership
from .predicates import predicate
from .roles import Role

PREPARES = {Role.COORDINATOR, Role.PREPARER, Role.STAFF}
KEEPS_HOLIDAYS = {Role.COORDINATOR, Role.PRINCIPAL, Role.STAFF}


@predicate
def is_member(membership: Membership, thing: Any = None) -> bool:
    """Anybody whose membership holds today."""
    return True


@predicate
def is_staff(membership: Membership, thing: Any = None) -> bool:
    """District staff."""
    return membership.role == Role.STAFF


@predicate
def is_principal(membership: Membership, thing: Any = None) -> bool:
    """A principal."""
    return membership.role == Role.PRINCIPAL


@predicate
def keeps_records(membership: Membership, thing: Any = None) -> bool:
    """Those who keep records: district staff, coordinators and preparers."""
    return membership.role in PREPARES


@predicate
def works_here(membership: Membership, thing: Any = None) -> bool:
    """Everybody but viewers: those for whom something can be due."""
    return membership.role != Role.VIEWER


@predicate
def owns_job(membership: Membership, thing: Any = None) -> bool:
    """Whoever started a job."""
    return thing is None or thing.started_by_id == membership.pk


@predicate
def keeps_holidays(membership: Membership, thing: Any = None) -> bool:
    """District staff, coordinators and principals; a holiday by those who reach its place."""
    if membership.role not in KEEPS_HOLIDAYS:
        return False
    return thing is None or membership.covers(thing.school_id)


steers_job = owns_job | is_staff
