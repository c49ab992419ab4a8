"""From a letter's records to its sheet."""

import copy
import dataclasses
import datetime
import hashlib
import json

from django.utils.formats import date_format
from django.utils.translation import override

from accounts import clock
from accounts.models import Membership
from accounts.phones import as_written
from partners.models import Contact

from . import second
from .facts import ASKED, Facts
from .models import Letter, LetterNumber
from .phrases import PHRASES
from .picture_models import Picture
from .placeholders import named
from .sheet import Sheet
from .values import values_of

MOST_LINES = 5


def compose(letter: Letter, *, day: datetime.date | None = None, facts: Facts = ASKED) -> Sheet:
    """The sheet of a letter as its records stand, dated `day` or today; reads, writes nothing.

    `letter` comes from queries.whole; with `facts` of many, no letter asks for what all of them share.
    """
    school = letter.school
    day = day or clock.today(school)
    values = values_of(letter, named(letter.blocks), facts)
    if letter.also:
        theirs = _in_second(letter)
        values |= second.addressed(letter.also, values_of(theirs, named(theirs.blocks), facts))
    return Sheet(
        language=letter.language,
        brand=school.district.brand,
        school=school.name,
        letterhead=[line for line in (school.district.name, _contact_line(letter)) if line],
        date=_date(day, letter.language),
        recipient=recipient(letter.contact, facts),
        salutation=letter.contact.salutation or letter.contact.name,
        blocks=letter.blocks,
        values=values,
        signer=letter.signer.user.name if letter.signer else "",
        signer_title=letter.signer.title if letter.signer else "",
        copies=_copies(letter, facts),
        unreachable=not letter.contact.email and not all(_address(letter.contact, facts)),
        logo=_mark(facts.logo(school), "alt"),
        also=letter.also,
        also_date=_date(day, letter.also) if letter.also else "",
    )


def _date(day: datetime.date, language: str) -> str:
    with override(language):
        return date_format(day, PHRASES[language].day)


def _in_second(letter: Letter) -> Letter:
    """A letter as its second language alone would have it."""
    theirs = copy.copy(letter)
    theirs.language = letter.also
    theirs.blocks = second.blocks_in(letter.also, letter.blocks)
    theirs.supplied = second.values_in(letter.also, letter.supplied)
    theirs.result = ""  # the first language has it in a field of its own, the second among what is supplied
    return theirs


def as_it_stands(letter: Letter) -> Sheet:
    """What a signature fixed, whatever the records say since; before one, the sheet as `compose` makes it."""
    number: LetterNumber | None = letter.numbers.filter(voided_at=None).first()
    return Sheet(**number.fixed["sheet"]) if number else compose(letter)


def for_signature(
    letter: Letter, person: Membership, principal: Membership, *, facts: Facts = ASKED
) -> Sheet:
    """The sheet of a letter that is not signed yet as somebody would sign it today, for that principal."""
    theirs = copy.copy(letter)
    theirs.signer = principal
    return with_signature(signed_by(compose(theirs, facts=facts), person, principal), person, facts)


def fingerprint(sheet: Sheet) -> str:
    """SHA-256 of what a sheet says, whatever day it is read on: two that read the same have the same."""
    said = dataclasses.asdict(dataclasses.replace(sheet, date="", also_date=""))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def signed_by(sheet: Sheet, person: Membership, principal: Membership) -> Sheet:
    """The sheet as somebody signs it: a deputy's own name and title stand under it, and for whom they sign.

    The text stays the principal's.
    """
    if person.pk == principal.pk:
        return sheet
    return dataclasses.replace(
        sheet,
        signer=person.user.name,
        signer_title=person.title,
        signs_for=", ".join(part for part in (principal.user.name, principal.title) if part),
        copies=[name for name in sheet.copies if name != person.user.name],
    )


def with_signature(sheet: Sheet, person: Membership, facts: Facts = ASKED) -> Sheet:
    """The sheet with the picture of somebody's own signature, where they have put one up."""
    found = _mark(facts.signature(person))
    return dataclasses.replace(sheet, signature=found | {"owner": str(person.uid)} if found else {})


def recipient(contact: Contact, facts: Facts = ASKED) -> list[str]:
    """The address as it stands in the window of the envelope: at most five lines."""
    lines = [contact.name, contact.role, contact.partner.winner.name, *_address(contact, facts)]
    return [line for line in lines if line][:MOST_LINES]


def _address(contact: Contact, facts: Facts) -> tuple[str, str]:
    """Street and town of the partner's place for mail; "" for what the records lack."""
    site = facts.site(contact.partner.winner)
    if site is None:
        return "", ""
    street = ", ".join(part for part in (site.street, site.street2) if part)
    return street, " ".join(part for part in (site.city, site.state, site.postal_code) if part)


def _mark(picture: Picture | None, *more: str) -> dict[str, str]:
    """How a sheet names a picture."""
    if picture is None:
        return {}
    told = {name: getattr(picture, name) for name in more}
    return {"uid": str(picture.uid), "sha256": picture.sha256, **told}


def _contact_line(letter: Letter) -> str:
    return " \u00a0 ".join(part for part in (letter.school.address, as_written(letter.school.phone)) if part)


def _copies(letter: Letter, facts: Facts) -> list[str]:
    """The liaison; and where the partner works with another school, whoever looks after it there."""
    people = [letter.liaison]
    elsewhere = facts.elsewhere(letter.partnership)
    if elsewhere is not None:
        people.append(letter.partnership.partner.owner)
    named = [person.user.name for person in people if person is not None and person != letter.signer]
    return list(dict.fromkeys(named))
