"""What a letter can say of its records: the placeholders' values, in the letter's language."""

import datetime
from collections.abc import Collection

from django.utils.formats import date_format
from django.utils.translation import override

from accounts import clock
from accounts.phones import as_written

from .facts import ASKED, Facts
from .models import Letter
from .past import past_of, reported
from .phrases import PHRASES, join
from .placeholders import Placeholder

MOST_NAMED = 2


def values_of(
    letter: Letter, wanted: Collection[str] = tuple(Placeholder), facts: Facts = ASKED
) -> dict[str, str]:
    """Every placeholder's value by name; empty where neither records nor the letter have one.

    What was supplied for this letter alone stands before what the records say.

    Five queries, or those of `facts`, and one for each subject of the past (letters/past.py) of which a name
    is `wanted`.
    `letter` has its partnership, partner, contact, school, district, signer and liaison at hand
    (queries.whole).
    """
    with override(letter.language):
        return {
            str(name): letter.supplied.get(name) or value
            for name, value in {
                **_partner(letter, facts),
                **_school(letter, facts),
                **_people(letter),
                **_dates(letter),
                **past_of(letter, wanted),
                **_result(letter, wanted),
            }.items()
        }


def _result(letter: Letter, wanted: Collection[str]) -> dict[str, str]:
    """The result that was written for this letter, else the one that the partner itself reported."""
    own = _within(letter.result)
    told = own if own or Placeholder.RESULT not in wanted else reported(letter)
    return {Placeholder.RESULT: told}


def _partner(letter: Letter, facts: Facts) -> dict[str, str]:
    partnership, contact = letter.partnership, letter.contact
    partner = partnership.partner.winner
    services = facts.services(partner, letter.school)[:MOST_NAMED]
    elsewhere = facts.elsewhere(partnership)
    details = [contact.email, as_written(contact.phone)]
    return {
        Placeholder.CONTACT_NAME: contact.name,
        Placeholder.CONTACT_DETAILS: ", ".join(detail for detail in details if detail),
        Placeholder.PARTNER_NAME: partner.name,
        Placeholder.PARTNER_SERVICES: join(services, letter.language),
        Placeholder.PARTNER_SINCE: _month(partnership.active_since, letter),
        Placeholder.ELSEWHERE: str(elsewhere.school) if elsewhere else "",
        Placeholder.ELSEWHERE_SINCE: _month(elsewhere.active_since, letter) if elsewhere else "",
    }


def _school(letter: Letter, facts: Facts) -> dict[str, str]:
    school = letter.school
    figures = facts.figures(school)
    spanish = letter.language == "es"
    sentences = [figure.sentence_es if spanish else figure.sentence for figure in figures]
    needs = [str(figure.need) for figure in figures if figure.need]
    others = facts.others(school, letter.partnership.partner.winner)
    return {
        Placeholder.SCHOOL_NAME: school.name,
        Placeholder.SCHOOL_PLACE: school.place,
        Placeholder.SCHOOL_PUPILS: school.pupils_shown,
        Placeholder.SCHOOL_PHONE: as_written(school.phone),
        Placeholder.SCHOOL_FIGURE: _within(next((text for text in sentences if text), "")),
        Placeholder.SCHOOL_NEEDS: join([need[0].lower() + need[1:] for need in needs], letter.language),
        Placeholder.SCHOOL_PARTNERS: join(others[:MOST_NAMED], letter.language),
        Placeholder.DISTRICT_NAME: school.district.name,
    }


def _people(letter: Letter) -> dict[str, str]:
    phrases = PHRASES[letter.language]
    told = phrases.told_by.format(name=letter.suggested_by) if letter.suggested_by else phrases.found
    return {
        Placeholder.SIGNER_NAME: letter.signer.user.name if letter.signer else "",
        Placeholder.LIAISON_NAME: letter.liaison.user.name if letter.liaison else "",
        Placeholder.LIAISON_EMAIL: letter.liaison.user.email if letter.liaison else "",
        Placeholder.HEARD_OF_YOU: told,
    }


def _dates(letter: Letter) -> dict[str, str]:
    return {
        Placeholder.MEETING_1: _moment(letter.meeting_1, letter),
        Placeholder.MEETING_2: _moment(letter.meeting_2, letter),
        Placeholder.REPLY_BY: _day(letter.reply_by, letter),
        Placeholder.CALL_ON: _day(letter.call_on, letter),
    }


def _month(day: datetime.date | None, letter: Letter) -> str:
    return date_format(day, PHRASES[letter.language].month) if day else ""


def _day(day: datetime.date | None, letter: Letter) -> str:
    """A day in words; nothing for one that is over, which no letter should ask for."""
    if day is None or day < clock.today(letter.school):
        return ""
    return date_format(day, PHRASES[letter.language].short_day)


def _moment(instant: datetime.datetime | None, letter: Letter) -> str:
    if instant is None or instant < clock.now():
        return ""
    return date_format(instant.astimezone(letter.school.tz), PHRASES[letter.language].meeting)


def _within(sentence: str) -> str:
    """A sentence as it stands in a text that brings its own period."""
    return sentence.strip().rstrip(".")
