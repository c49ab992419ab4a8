"""Placeholders: a closed list of names, filled in one pass, each value escaped.

A value is never read again, so it cannot bring a placeholder or markup of its own. A name that is not on
the list, and one for which the records have no value, is a Problem with its name and block: nothing blank
and no raw token ever reaches paper.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .isolating import isolated
from .second import block_words, in_language, split

TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
AND_PERIOD = re.compile(TOKEN.pattern + r"(\.?)")


class Placeholder(models.TextChoices):
    """Everything that a letter can say of its records."""

    CONTACT_NAME = "contact.name", gettext_lazy("Contact")
    CONTACT_DETAILS = "contact.details", gettext_lazy("Contact's details")
    PARTNER_NAME = "partner.name", gettext_lazy("Partner")
    PARTNER_SERVICES = "partner.services", gettext_lazy("What they offer")
    PARTNER_SINCE = "partnership.since", gettext_lazy("Partner since")
    ELSEWHERE = "partnership.elsewhere", gettext_lazy("Another school they work with")
    ELSEWHERE_SINCE = "partnership.elsewhere_since", gettext_lazy("There since")
    SCHOOL_NAME = "school.name", gettext_lazy("School")
    SCHOOL_PLACE = "school.place", gettext_lazy("School's place")
    SCHOOL_PUPILS = "school.pupils", gettext_lazy("Number of students")
    SCHOOL_PHONE = "school.phone", gettext_lazy("School's phone")
    SCHOOL_FIGURE = "school.figure", gettext_lazy("A figure of the school")
    SCHOOL_NEEDS = "school.needs", gettext_lazy("What the students need most")
    SCHOOL_PARTNERS = "school.partners", gettext_lazy("Other partners of the school")
    DISTRICT_NAME = "district.name", gettext_lazy("District")
    SIGNER_NAME = "signer.name", gettext_lazy("Who signs")
    LIAISON_NAME = "liaison.name", gettext_lazy("Who stays in touch")
    LIAISON_EMAIL = "liaison.email", gettext_lazy("Their e-mail")
    AGREEMENT = "agreement.standing", gettext_lazy("How the agreement stands")
    AGREEMENT_TITLE = "agreement.title", gettext_lazy("Title of the agreement")
    AGREEMENT_ENDS = "agreement.ends", gettext_lazy("The agreement runs until")
    PAPERS = "papers.due", gettext_lazy("Papers that are due, with their dates")
    LAST_MEETING = "past.meeting", gettext_lazy("That they met with us, and when")
    LAST_MEETING_ON = "past.met_on", gettext_lazy("Day of the last meeting")
    LAST_CONTACT_ON = "past.contact_on", gettext_lazy("Day of the last contact")
    LAST_LETTER = "past.letter", gettext_lazy("That they have our last letter, and which")
    LAST_LETTER_ON = "past.letter_on", gettext_lazy("Day of the last letter")
    LAST_LETTER_REFERENCE = "past.letter_reference", gettext_lazy("Reference of the last letter")
    HEARD_OF_YOU = "letter.heard_of_you", gettext_lazy("How you heard of them")
    RESULT = "letter.result", gettext_lazy("A result since then")
    MEETING_1 = "letter.meeting_1", gettext_lazy("First date to meet")
    MEETING_2 = "letter.meeting_2", gettext_lazy("Second date to meet")
    REPLY_BY = "letter.reply_by", gettext_lazy("Answer by")
    CALL_ON = "letter.call_on", gettext_lazy("We call on")


UNREACHABLE = "contact.reach"
"""Names the problem of a letter that can be neither posted nor mailed; it is no placeholder."""
DATES = (Placeholder.MEETING_1, Placeholder.MEETING_2, Placeholder.REPLY_BY, Placeholder.CALL_ON)

# No letter can do without these: neither may their sentence go, nor is another name or day typed over them.
INDISPENSABLE = (Placeholder.CONTACT_NAME, Placeholder.REPLY_BY)

Values = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """A placeholder that cannot be filled: its name as it stands in HTML, its block, whether it is ours."""

    name: str
    block: str
    known: bool

    @property
    def label(self) -> str:
        """The placeholder in words."""
        return in_words(self.name)

    @property
    def words(self) -> str:
        """What is wrong, in one sentence."""
        if self.name == UNREACHABLE:
            return _("The contact has no postal address and no e-mail address: the letter can't reach them.")
        place = block_words(self.block)
        if self.name in DATES:
            return _("%(value)s, in “%(block)s”: no date, or one that is over.") % {
                "value": self.label,
                "block": place,
            }
        if self.known:
            return _("%(value)s, in “%(block)s”: no value.") % {"value": self.label, "block": place}
        return _("“{{%(name)s}}”, in “%(block)s”, is not one of our placeholders.") % {
            "name": self.label,
            "block": place,
        }


def may_be_supplied(name: str) -> bool:
    """Whether a value can be typed for one letter alone: not who gets or signs it, nor what has a field.

    The result since then has one in a letter's first language alone.
    """
    language, own = split(name)
    if language and own == Placeholder.RESULT:
        return True
    return (
        own in Placeholder.values
        and own not in INDISPENSABLE
        and own.split(".")[0] not in ("letter", "signer")
    )


def in_words(name: str) -> str:
    """A placeholder's name, as it stands in HTML, in words; one that is none of ours as it was typed."""
    if name == UNREACHABLE:
        return _("Where the letter goes")
    language, own = split(name)
    if own in Placeholder.values:
        return in_language(str(Placeholder(own).label), language)
    return " ".join(html.unescape(strip_tags(name)).split())


def as_typed(name: str) -> str:
    """A placeholder as people type it into a text."""
    return "{{" + name + "}}"


def names_in(text: str) -> Iterator[str]:
    """The names of the placeholders of a text, in order, known or not."""
    return (token[1] for token in TOKEN.finditer(text))


def named(blocks: Iterable[Mapping[str, str]]) -> list[str]:
    """The names of the placeholders that blocks hold, each once, in the order in which they are read."""
    return list(dict.fromkeys(name for block in blocks for name in names_in(block["text"])))


def problems(blocks: Iterable[Mapping[str, str]], values: Values) -> list[Problem]:
    """Each placeholder of the blocks, given as HTML, that has no value: once a block, in their order."""
    found = [
        Problem(name, block["name"], name in Placeholder.values)
        for block in blocks
        for name in names_in(block["text"])
        if not values.get(name, "").strip()
    ]
    return list(dict.fromkeys(found))


def fill(text: str, values: Values) -> str:
    """Text whose placeholders are filled with escaped values; call it once, on HTML or on escaped text.
    A value that is written from right to left is kept apart from what stands around it; one that ends in a
    period, as "3:30 p.m." does, ends its sentence, too.

    Raises KeyError for a name without a value: ask `problems` first.
    """
    return AND_PERIOD.sub(lambda token: isolated(values[token[1]]) + _period(token, values), text)


def fill_for_reading(text: str, values: Values) -> str:
    """As `fill`, with each value marked as merged, and each gap as a named gap."""
    return AND_PERIOD.sub(
        lambda token: _mark(token[1], values.get(token[1], "")) + _period(token, values), text
    )


def _period(token: re.Match[str], values: Values) -> str:
    """The period that the text has behind a placeholder, unless its value brings one."""
    return "" if values.get(token[1], "").endswith(".") else token[2]


def _mark(name: str, value: str) -> str:
    if value.strip():
        return f'<span class="pp-merged">{isolated(value)}</span>'
    words = _("%(value)s: no value") % {"value": in_words(name)}
    return f'<mark class="pp-gap">{html.escape(words)}</mark>'
