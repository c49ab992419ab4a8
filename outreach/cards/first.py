"""The first steps of a district: its schools, its people, its partners, its mail."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.links import open_at
from accounts.models import Invitation, Membership, School
from accounts.predicates import predicate
from accounts.roles import Role
from accounts.rules import is_staff, works_here
from accounts.urls_in import coming_back, url_in
from outreach.first_steps import FirstStep, Link
from outreach.models import KindSwitch
from outreach.rules import switches_kinds
from partners.models import Partner
from partners.rules import edits_directory
from partners.school_queries import HAS_FIGURES, LACKS_DETAILS

WRITERS = (Role.COORDINATOR, Role.PREPARER)


@predicate
def sends_mail(membership: Membership, thing: Any = None) -> bool:
    """A district whose mail reaches people: no sample."""
    return not membership.district.is_sample


def _schools(membership: Membership, page: str, words: str) -> list[Link]:
    """To the form of one's only school, and back to Today; else to the list of schools."""
    district, school = membership.district, membership.only_school
    if school is None:
        return [(_("See the schools"), url_in(district, "schools:list"))]
    form = url_in(district, page, uid=school.uid)
    return [(words, coming_back(form, url_in(district, "outreach:today")))]


def details_links(membership: Membership) -> list[Link]:
    """Where a school's details are filled in."""
    return _schools(membership, "schools:edit", _("Fill them in"))


def details_done(membership: Membership) -> Any:
    """There is a school, and none of one's own lacks its place, address, phone or students."""
    schools = School.objects.reached_by(membership)
    return Exists(schools) & ~Exists(schools.filter(LACKS_DETAILS))


def numbers_links(membership: Membership) -> list[Link]:
    """Where a school's figures are added."""
    return _schools(membership, "schools:add_figure", _("Add a figure"))


def numbers_done(membership: Membership) -> Any:
    """There is a school, and each of one's own has a figure."""
    schools = School.objects.reached_by(membership)
    return Exists(schools) & ~Exists(schools.filter(~HAS_FIGURES))


def people_links(membership: Membership) -> list[Link]:
    """To the invitation."""
    return [(_("Invite a person"), url_in(membership.district, "people:invite"))]


def people_done(membership: Membership) -> Any:
    """Somebody signs and somebody prepares, or is invited to."""
    members = Membership.objects.on(clock.today(membership.district))
    invited = Invitation.objects.filter(open_at(clock.now()), acted_at=None)

    def somebody(*roles: str) -> Any:
        return Exists(members.filter(role__in=roles)) | Exists(invited.filter(role__in=roles))

    return somebody(Role.PRINCIPAL) & somebody(*WRITERS)


def partners_links(membership: Membership) -> list[Link]:
    """To the import, and to a partner by hand."""
    return [
        (_("Bring in a directory"), url_in(membership.district, "partners:import")),
        (_("Add a partner"), url_in(membership.district, "partners:add")),
    ]


def partners_done(membership: Membership) -> Any:
    """The directory has a partner."""
    return Exists(Partner.objects.for_member(membership).current())


def mail_links(membership: Membership) -> list[Link]:
    """To the kinds of mail."""
    return [(_("See the kinds of mail"), url_in(membership.district, "outreach:kinds"))]


def mail_done(membership: Membership) -> Any:
    """Some kind was switched on or off."""
    return Exists(KindSwitch.objects.filter(district=membership.district_id))


STEPS = (
    FirstStep(
        name="school_details",
        may=works_here,
        what=gettext_lazy("Fill in the school's details"),
        why=gettext_lazy("Place, address, phone and number of students stand on every letter."),
        links=details_links,
        done=details_done,
    ),
    FirstStep(
        name="school_numbers",
        may=works_here,
        what=gettext_lazy("Add the school's numbers"),
        why=gettext_lazy("Up to three needs, each with a figure: they say why a letter asks."),
        links=numbers_links,
        done=numbers_done,
    ),
    FirstStep(
        name="people",
        may=is_staff,
        what=gettext_lazy("Invite a principal and a coordinator"),
        why=gettext_lazy("One signs the letters, the other prepares them."),
        links=people_links,
        done=people_done,
    ),
    FirstStep(
        name="partners",
        may=edits_directory,
        what=gettext_lazy("Bring in your directory, or add a partner"),
        why=gettext_lazy("Start with the community directory file (211) of your county, or with one name."),
        links=partners_links,
        done=partners_done,
    ),
    FirstStep(
        name="mail",
        may=switches_kinds & sends_mail,
        what=gettext_lazy("Decide which mail goes out by itself"),
        why=gettext_lazy("Nothing leaves for people outside by itself until you switch its kind on."),
        links=mail_links,
        done=mail_done,
    ),
)
