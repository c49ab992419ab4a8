"""The directory that ``./portal bench directory`` measures: invented, of any size, written by COPY.

Names are made of a place, a field of work and a kind of organization, so that words are as unevenly spread as
in real directories: a few in every second name, most in a handful.
"""

import io
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import District
from partners.search import correctable, lexemes, spelled_out, words_of

SYLLABLES = [
    "al",
    "an",
    "ar",
    "bel",
    "ber",
    "bran",
    "cal",
    "cas",
    "cor",
    "dal",
    "del",
    "dun",
    "el",
    "en",
    "fal",
    "far",
    "gar",
    "gil",
    "hal",
    "har",
    "hol",
    "is",
    "kel",
    "kin",
    "lan",
    "lar",
    "lin",
    "lor",
    "mal",
    "mar",
    "mel",
    "mil",
    "mon",
    "nor",
    "or",
    "pel",
    "per",
    "quil",
    "ral",
    "rin",
    "ros",
    "sal",
    "san",
    "sel",
    "sil",
    "tal",
    "tam",
    "tor",
    "val",
    "ver",
    "wen",
    "wil",
]
ENDINGS = [
    "burg",
    "bury",
    "dale",
    "field",
    "ford",
    "ham",
    "haven",
    "ley",
    "mont",
    "mouth",
    "port",
    "ridge",
    "side",
    "ton",
    "view",
    "ville",
    "wood",
    "worth",
]
FIELDS = [
    "Youth",
    "Family",
    "Community",
    "Health",
    "Mental Health",
    "Recovery",
    "Food",
    "Housing",
    "Literacy",
    "Mentoring",
    "Counseling",
    "Arts",
    "Music",
    "Sports",
    "Boxing",
    "Legal Aid",
    "Child Care",
    "Early Learning",
    "Workforce",
    "Immigrant",
    "Veterans",
    "Senior",
    "Faith",
    "Prevention",
    "Crisis",
    "Nutrition",
    "Dental",
    "Vision",
    "Safety",
    "Neighborhood",
    "Civic",
    "Robotics",
    "Science",
    "Reading",
    "Parent",
    "Grief",
    "Foster Care",
    "Violence",
]
KINDS = [
    "Center",
    "Services",
    "Foundation",
    "Association",
    "Alliance",
    "Network",
    "Partnership",
    "Project",
    "Institute",
    "Council",
    "Clinic",
    "Club",
    "Coalition",
    "Collaborative",
    "Initiative",
    "League",
    "Society",
    "Trust",
    "Program",
    "Department",
]
SAINTS = ("St. Mary's", "Saint Luke's", "Mt. Zion", "Fort", "Niños de", "Iglesia de")
FIRST = [
    "Ana",
    "Ben",
    "Carla",
    "David",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jamal",
    "Karin",
    "Luis",
    "Maria",
    "Nadia",
    "Omar",
    "Paula",
    "Rosa",
    "Sven",
    "Tariq",
]
TABLES = ("partners_partner", "partners_site", "partners_contact", "partners_service", "partners_searchword")
BATCH = 20_000
NOTHING = r"\N"


@dataclass(frozen=True)
class Made:
    """One invented partner: what it is found by."""

    name: str
    alias: str
    city: str
    contact: str
    service: str


class Inventor:
    """Invents partners of one district, the same ones for the same seed."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = random.Random(seed)
        self.places = [self._place() for _ in range(max(8, min(4000, size // 12)))]
        self.cities = self.places[: max(3, min(200, size // 50))]
        self.surnames = [self._place() for _ in range(max(8, min(6000, size // 8)))]

    def partner(self) -> Made:
        """One more."""
        chance, choose = self.random, self.random.choice
        head = choose(SAINTS) if chance.random() < 0.08 else ""
        words = [
            head,
            self._often(self.places),
            choose(FIELDS),
            choose(KINDS) if chance.random() < 0.8 else "",
        ]
        name = " ".join(filter(None, words))
        return Made(
            name=name,
            alias="".join(word[0] for word in name.split()) if chance.random() < 0.2 else "",
            city=self._often(self.cities),
            contact=f"{choose(FIRST)} {self._often(self.surnames)}",
            service=f"{choose(FIELDS)} {choose(('group', 'visits', 'hotline', 'classes', 'camp'))}",
        )

    def _often(self, words: list[str]) -> str:
        """One of the words, the first ones more often: as the square of a chance."""
        return words[int(len(words) * self.random.random() ** 2)]

    def _place(self) -> str:
        count = self.random.choice((1, 2, 2))
        parts = [self.random.choice(SYLLABLES) for _ in range(count)]
        return "".join([*parts, self.random.choice(ENDINGS)]).capitalize()


def fill(sizes: dict[District, int]) -> None:
    """Write that many partners into each district, each with a place, a contact and every fifth a service."""
    with connection.cursor() as cursor, _without_indexes(cursor):
        number = _next_key(cursor)
        for seed, (district, size) in enumerate(sizes.items()):
            writer = Writer(cursor, district.pk, number)
            inventor = Inventor(seed, size)
            for _ in range(size):
                writer.add(inventor.partner())
            writer.end()
            number += size
        for table in TABLES[:4]:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )


def _next_key(cursor: Any) -> int:
    cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM partners_partner")
    return int(cursor.fetchone()[0])


class Writer:
    """Gathers the rows of one district, and copies them in batches."""

    def __init__(self, cursor: Any, district: int, number: int) -> None:
        self.cursor, self.district, self.number = cursor, district, number
        self.now = timezone.now().isoformat()
        self.words: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self.rows: dict[str, io.StringIO] = {table: io.StringIO() for table in TABLES}
        self.waiting = 0

    def add(self, made: Made) -> None:
        """One partner and what belongs to it."""
        key, district = self.number, self.district
        has_service = key % 5 == 0
        texts = [made.name, made.city, made.contact, made.alias, made.service if has_service else ""]
        words = words_of(texts)
        self.words |= words
        aliases = f"{{{made.alias}}}" if made.alias else "{}"
        sort_name = spelled_out(made.name)
        found_by = lexemes(district, words)
        self._row(
            "partners_partner",
            (
                *(key, district, uuid.uuid4(), 1, made.name, aliases, "nonprofit", "{youth_serving}", "{}"),
                *("", "", "", *[NOTHING] * 4, "", "{}", self.now, self.now, NOTHING, NOTHING, ""),
                *(sort_name, found_by),
            ),
        )
        self._row("partners_site", (district, uuid.uuid4(), 1, key, "", "1 Main Street", "", made.city, "TX"))
        self._row(
            "partners_contact", (district, uuid.uuid4(), 1, key, made.contact, "", "Director", "", "", "en")
        )
        if has_service:
            self._row("partners_service", (district, uuid.uuid4(), 1, key, made.service, "", "{2}", "", "{}"))
        self.number += 1
        self.waiting += 1
        if self.waiting == BATCH:
            self._copy()

    def end(self) -> None:
        """Copy what is left, and the district's words."""
        for word in sorted(correctable(self.words)):
            self._row("partners_searchword", (self.district, word))
        self._copy()

    def _row(self, table: str, values: tuple[Any, ...]) -> None:
        self.rows[table].write("\t".join(map(str, values)) + ENDS[table] + "\n")

    def _copy(self) -> None:
        for table, rows in self.rows.items():
            if rows.tell():
                rows.seek(0)
                self.cursor.copy_expert(f"COPY {table} ({COLUMNS[table]}) FROM STDIN", rows)
        self._begin()


COLUMNS = {
    "partners_partner": "id, district_id, uid, version, name, aliases, kind, sectors, tags, description,"
    " website, ein, owner_id, merged_into_id, archived_at, assured_on, assured_by, extra, created_at,"
    " changed_at, next_on, ends_on, domain, sort_name, lexemes",
    "partners_site": "district_id, uid, version, partner_id, name, street, street2, city, state, postal_code,"
    " phone, is_mailing, extra",
    "partners_contact": "district_id, uid, version, partner_id, name, salutation, role, email, phone,"
    " language, left_on, erased_at, extra",
    "partners_service": "district_id, uid, version, partner_id, name, description, tiers, grades, languages,"
    " capacity, since, until, extra",
    "partners_searchword": "district_id, word",
}
ENDS = {
    "partners_partner": "",
    "partners_site": "\t00000\t\tt\t{}",
    "partners_contact": "\t\\N\t\\N\t{}",
    "partners_service": "\t\\N\t\\N\t\\N\t{}",
    "partners_searchword": "",
}


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """Within the block the tables are without their plain indexes and triggers."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits would keep the indexes away
    for _name, definition in found:
        cursor.execute(definition)
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
