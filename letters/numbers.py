"""References and codes of letters.

A reference names a letter to people: the school's letters, the school year and a number without unexplained
gaps (QMS-2627-014). The code on paper is what the check page knows: 20 signs of Crockford's base32, 100
random bits.
"""

import datetime
import re
import secrets

from django.db import connection

from accounts.models import District, School

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
REFERENCE = re.compile(r"[A-Z]{1,5}[\W_]*[0-9]{4}[\W_]*[0-9]{1,4}")
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def school_year(day: datetime.date, district: District) -> int:
    """The calendar year in which the school year of a day began."""
    return district.school_year_of(day)


def reference(school: School, year: int, number: int) -> str:
    """A letter's reference, such as QMS-2627-014."""
    return f"{school.code}-{year % 100:02d}{(year + 1) % 100:02d}-{number:03d}"


def take_numbers(school: School, year: int, count: int = 1) -> range:
    """The next numbers of a school in a school year; the short transaction around it holds the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO letters_numberseries (district_id, school_id, year, last) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (school_id, year)"
            " DO UPDATE SET last = letters_numberseries.last + excluded.last RETURNING last",
            [school.district_id, school.pk, year, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown(code: str) -> str:
    """A code as it is printed: in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def is_reference(text: str) -> bool:
    """Whether somebody typed a letter's reference where its code belongs, dashes or not."""
    return REFERENCE.fullmatch(text.strip().upper()) is not None


def typed(text: str) -> str:
    """A code as a person types it, with dashes or whatever else between, in the form in which we keep it."""
    return "".join(filter(str.isalnum, text.upper())).translate(MISREAD)
