"""Who may do what in the directory; seeing it is for every member of the district."""

from typing import Any

from accounts.models import Membership
from accounts.predicates import predicate
from accounts.rules import keeps_records, works_here

from .models import Partnership


@predicate
def covers_it(membership: Membership, thing: Any = None) -> bool:
    """The membership reaches the partnership's school; the whole district for one with the district."""
    return isinstance(thing, Partnership) and membership.covers(thing.school_id)


edits_directory = keeps_records
logs_contacts = works_here
starts_partnerships = works_here
edits_partnership = works_here & covers_it
