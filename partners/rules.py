"""Who may do what in the directory; seeing it is for every member of the district."""

from typing import Any

from accounts.models import Membership, School
from accounts.predicates import predicate
from accounts.roles import Role
from accounts.rules import is_principal, is_staff, keeps_records, works_here

from .models import Partnership, SavedView, SchoolFigure, Waiver


@predicate
def covers_it(membership: Membership, thing: Any = None) -> bool:
    """The membership reaches the partnership's school; the whole district for one with the district."""
    return isinstance(thing, Partnership) and membership.covers(thing.school_id)


@predicate
def is_at_a_school(membership: Membership, thing: Any = None) -> bool:
    """The partnership is with a school: the district itself has no building to be in."""
    return isinstance(thing, Partnership) and thing.school_id is not None


@predicate
def covers_its_school(membership: Membership, thing: Any = None) -> bool:
    """The membership reaches the school of a waiver's partnership."""
    return isinstance(thing, Waiver) and membership.covers(thing.partnership.school_id)


@predicate
def of_own_school(membership: Membership, thing: Any = None) -> bool:
    """The membership reaches the school, or the school of the figure."""
    if isinstance(thing, SchoolFigure):
        return membership.covers(thing.school_id)
    return isinstance(thing, School) and membership.covers(thing.pk)


@predicate
def takes_directory_out(membership: Membership, thing: Any = None) -> bool:
    """District staff and coordinators: a file leaves the portal, with everybody's names in it."""
    return membership.role in (Role.STAFF, Role.COORDINATOR)


@predicate
def keeps_view(membership: Membership, thing: Any = None) -> bool:
    """Whoever keeps the view."""
    return isinstance(thing, SavedView) and thing.membership_id == membership.pk


picks_nonprofits = takes_directory_out


@predicate
def puts_questions(membership: Membership, thing: Any = None) -> bool:
    """Those who may put a question to a group: where a page proposes a decision, its link is for them."""
    return membership.role in (Role.STAFF, Role.PRINCIPAL, Role.COORDINATOR)


edits_directory = keeps_records
shares_views = works_here
edits_view = keeps_view | is_staff
keeps_papers = keeps_records
opens_files = works_here
erases_people = is_staff
sends_links = keeps_records
logs_contacts = works_here
starts_partnerships = works_here
edits_partnership = works_here & covers_it
sees_schools = works_here
keeps_school = works_here & of_own_school
keeps_letterhead = puts_questions & of_own_school
answers_roster = is_principal & of_own_school
says_yes = is_principal & covers_it & is_at_a_school
waives = (is_principal | is_staff) & covers_it
ends_waivers = (is_principal | is_staff) & covers_its_school
