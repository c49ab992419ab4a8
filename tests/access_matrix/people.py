"""Who stands in each column of the table: people, by column, who all get its answers."""

import datetime

from django_scopes import scope

from accounts import clock
from accounts.deputies import end_deputy, name_deputy
from accounts.models import Deputy, District, Membership, School
from accounts.roles import Role
from tests.conftest import Cast, make_member

DAY = datetime.timedelta(days=1)


def columns(cast: Cast) -> dict[str, list[Membership]]:
    """The people of every column but the first, who is signed out."""
    here, there = cast.quillback, cast.bellwether
    past = make_member(here, "Deputy Past", Role.PREPARER)
    bereft = make_member(here, "Deputy Bereft", Role.PREPARER)
    deputy = make_member(here, "Deputy Today", Role.PREPARER)
    elsewhere = make_member(there, "Deputy Elsewhere", Role.PREPARER)
    end_deputy(deputy=named(past, cast.principal), by=cast.principal)
    named(deputy, cast.principal)
    named(elsewhere, cast.bellwether_principal)
    end(named(bereft, make_member(here, "Principal Gone", Role.PRINCIPAL)).principal)
    return {
        "view": [cast.viewer],
        "prep": [cast.preparer, past, bereft],
        "coor": [cast.coordinator],
        "depu": [deputy],
        "prin": [cast.principal],
        "staf": [cast.staff],
        "b.vi": [make_member(there, "Viewer Elsewhere", Role.VIEWER)],
        "b.pp": [make_member(there, "Preparer Elsewhere", Role.PREPARER)],
        "b.co": [cast.bellwether_coordinator],
        "b.de": [elsewhere],
        "b.pr": [cast.bellwether_principal],
        "brig": brightmere(cast),
        "gone": gone(cast),
    }


def named(deputy: Membership, principal: Membership) -> Deputy:
    """A deputy from today for a month, as the row that says so."""
    today = clock.today(principal.district)
    return name_deputy(principal=principal, deputy=deputy, since=today, until=today + 30 * DAY, by=principal)


def end(member: Membership) -> None:
    """Yesterday was the last day."""
    yesterday = clock.today(member.district) - DAY
    Membership.objects.filter(pk=member.pk).update(until=yesterday)


def six(district: District, school: School, surname: str) -> list[Membership]:
    """Each role of a district, and a deputy of its principal."""
    roles = (Role.PRINCIPAL, Role.COORDINATOR, Role.PREPARER, Role.VIEWER)
    at_school = [make_member(school, f"{role.title()} {surname}", role) for role in roles]
    deputy = make_member(school, f"Deputy {surname}", Role.PREPARER)
    named(deputy, at_school[0])
    return [make_member(district, f"Staff {surname}", Role.STAFF), *at_school, deputy]


def brightmere(cast: Cast) -> list[Membership]:
    """Another district's people."""
    with scope(district=cast.brightmere):
        return six(cast.brightmere, cast.brightmere_school, "Brightmere")


def gone(cast: Cast) -> list[Membership]:
    """Those of Larkmoor whose last day was yesterday, and those who begin tomorrow."""
    ended = six(cast.larkmoor, cast.quillback, "Yesterday")
    for member in ended:
        end(member)
    early = six(cast.larkmoor, cast.quillback, "Tomorrow")
    tomorrow = clock.today(cast.larkmoor) + DAY
    Membership.objects.filter(pk__in=[member.pk for member in early]).update(since=tomorrow)
    return [*ended, *early]
