"""What ``./portal bench directory`` measures, on a database that may be filled and thrown away."""

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django_scopes import scope

from accounts.models import District, Membership, User
from accounts.roles import Role
from accounts.services import add_member, create_district
from partners.filters import Filters
from partners.lookup import look_up, searched
from partners.models import Contact, Partner, Service, Site
from partners.narrowing import narrowed
from tests.bench._directory_import import measured_import
from tests.bench._directory_rows import fill
from tests.bench._pages import median_seconds, most_queries, signed_in
from tests.bench._timing import p95, timed

FETCHED = 25
TERMS = 400
TYPOS = 200
PAGES = 40
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Sizes:
    """How many partners there are, in how many districts, in the two that are measured, and in the sheet."""

    partners: int
    districts: int
    large: int
    middle: int
    imported: int


FULL = Sizes(1_000_000, 13_000, 100_000, 5_000, 20_000)
QUICK = Sizes(50_000, 650, 20_000, 5_000, 2_000)


@dataclass(frozen=True)
class Place:
    """A district that is measured, and somebody who searches there."""

    district: District
    member: Membership


def measured(sizes: Sizes) -> dict[str, float]:
    """Fill the database, measure, and return the figures by name."""
    started = time.perf_counter()
    middle_one, large_one = _place("middle"), _place("large")
    others = _others(sizes.districts - 2)
    rest = (sizes.partners - sizes.large - sizes.middle) // len(others)
    fill(
        {
            middle_one.district: sizes.middle,
            large_one.district: sizes.large,
            **dict.fromkeys(others, rest),
        }
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    filled = time.perf_counter() - started
    floor = _floor(middle_one)
    figures = {
        "search_5k": p95(_searches(middle_one, random.Random(1))) / floor,
        "search_100k": p95(_searches(large_one, random.Random(2))) / floor,
        "typo_5k": p95(_typos(middle_one, random.Random(3))) / floor,
        **_pages(middle_one),
        **_import(middle_one, sizes.imported),
        "floor_ms": floor * 1000,
        "partners": sizes.partners,
        "fill_seconds": filled,
        "load": os.getloadavg()[0],
    }
    return {name: round(figure, 2) for name, figure in figures.items()}


def _place(name: str) -> Place:
    district = create_district(name=name.capitalize(), slug=name, state="TX")
    with scope(district=district):
        user = User.objects.create_user(f"{name}@bench.example", name="Bench")
        member = add_member(
            district=district, user=user, role=Role.COORDINATOR, title="", whole_district=True
        )
    return Place(district, member)


def _others(count: int) -> list[District]:
    rows = (District(name=f"District {n}", slug=f"d{n}", state="TX") for n in range(count))
    return list(District.objects.bulk_create(rows, batch_size=2000))


def _floor(place: Place) -> float:
    """Seconds: the median of fetching 25 known partners by primary key."""
    with scope(district=place.district):
        keys = list(Partner.objects.values_list("pk", flat=True))
        chance = random.Random(0)
        picked = [chance.sample(keys, FETCHED) for _ in range(TERMS)]
        return statistics.median(timed(lambda some: list(Partner.objects.filter(pk__in=some)), picked))


def _searches(place: Place, chance: random.Random) -> list[float]:
    """Seconds of searches by terms of every kind."""

    def search(term: str) -> None:
        found = narrowed(Partner.objects.for_member(place.member).current(), place.member, Filters(q=term))
        searched(found, place.district.pk, term)

    with scope(district=place.district):
        return timed(search, _terms(chance))


def _terms(chance: random.Random) -> list[str]:
    """What people type, each kind as often as the others."""
    everybody = list(Partner.objects.values_list("name", "aliases"))
    partners = chance.sample(everybody, min(TERMS, len(everybody)))
    names = [name for name, _aliases in partners]
    aliases = [aliases[0] for _name, aliases in partners if aliases] or names
    cities, contacts, services = (
        list(rows.values_list(field, flat=True).distinct()[:5000])
        for rows, field in ((Site.objects, "city"), (Contact.objects, "name"), (Service.objects, "name"))
    )
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice(names),
        lambda: chance.choice(names)[: chance.randint(3, 8)],
        lambda: chance.choice(chance.choice(names).split()),
        lambda: " ".join(chance.choice(names).split()[-2:]),
        lambda: chance.choice(names).upper().replace("A", "Á"),
        lambda: chance.choice(aliases),
        lambda: chance.choice(cities),
        lambda: chance.choice(contacts).split()[-1],
        lambda: chance.choice(services),
        lambda: "".join(chance.choices(LETTERS, k=9)),
    ]
    return [kinds[n % len(kinds)]() for n in range(TERMS)]


def _typos(place: Place, chance: random.Random) -> list[float]:
    """Seconds of searches with one word mistyped: nothing is found for it, then what was likely meant is."""

    def search(term: str) -> None:
        found = narrowed(Partner.objects.for_member(place.member).current(), place.member, Filters(q=term))
        look_up(found, place.district.pk, term)

    with scope(district=place.district):
        names = list(Partner.objects.values_list("name", flat=True))
        return timed(search, [_mistyped(chance.choice(names), chance) for _ in range(TYPOS)])


def _mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter of its longest word left out, doubled, swapped or another one."""
    words = name.split()
    at = max(range(len(words)), key=lambda n: len(words[n]))
    word, place = words[at], chance.randrange(1, len(words[at]) - 1)
    wrong = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + chance.choice(LETTERS) + word[place + 1 :],
        )
    )
    return " ".join([*words[:at], wrong, *words[at + 1 :]])


def _import(place: Place, rows: int) -> dict[str, float]:
    with scope(district=place.district):
        return measured_import(place.member, rows)


def _pages(place: Place) -> dict[str, float]:
    """Queries of the list page, and its time against a page that does nothing."""
    client, page = signed_in(place.member), f"/d/{place.district.slug}/partners/"
    asked = [
        page,
        f"{page}?sort=changed",
        f"{page}?q=youth",
        f"{page}?q=zzzzzz&exact=1",
        f"{page}?sector=media",
    ]
    queries = most_queries(client, asked)
    hello, listed = (median_seconds(client, address, PAGES) for address in ("/hello/", page))
    return {
        "page_queries": queries,
        "page_x_hello": listed / hello,
        "page_ms": listed * 1000,
        "hello_ms": hello * 1000,
    }
