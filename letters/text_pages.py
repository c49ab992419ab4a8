"""What the pages of texts show beside them: how one reads to a partner, and in words what is out of step."""

import datetime
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership, School
from partners.models import Contact, Partnership

from . import queries
from .blocks import MOST_WORDS
from .composing import compose
from .enums import Block, language_word
from .in_step import Behind
from .models import Template
from .services import propose_letter
from .sheet import Sheet
from .text_checks import block_label

MOST_EXAMPLES = 100


def examples(template: Template, by: Membership) -> QuerySet[Partnership]:
    """Partnerships of the school, or of one's schools, to whose partner somebody could write, by name.

    Where there are many, those whose stage changed last.
    """
    schools = School.objects.reached_by(by)
    if template.school_id is not None:
        schools = School.objects.filter(pk=template.school_id)
    somebody = Contact.objects.here().filter(partner=OuterRef("partner"))
    rows = Partnership.objects.filter(Exists(somebody), school__in=schools)
    latest = rows.order_by("-stage_since", "-pk").values("pk")[:MOST_EXAMPLES]
    some: QuerySet[Partnership] = Partnership.objects.filter(pk__in=latest)
    whole = some.select_related("partner__owner__user", "school__district")
    return whole.order_by("partner__sort_name", "pk")


def example_sheet(
    *, partnership: Partnership, kind: str, language: str, texts: Mapping[str, str], by: Membership
) -> Sheet:
    """A text as it would read in a letter to this partner today; nothing is saved."""
    letter = propose_letter(
        partnership=partnership,
        contact=queries.contacts_of(partnership)[0],
        kind=kind,
        language=language,
        by=by,
    )
    letter.blocks = [{"name": name, "text": texts[name]} for name in Block.values if texts.get(name)]
    return compose(letter)


def sheets_of(
    partnership: Partnership, kind: str, typed: Mapping[str, Mapping[str, str]], by: Membership
) -> dict[str, Sheet]:
    """`example_sheet` in each language of a text."""
    return {
        language: example_sheet(partnership=partnership, kind=kind, language=language, texts=texts, by=by)
        for language, texts in typed.items()
    }


def long_texts(sheets: Mapping[str, Sheet]) -> list[str]:
    """Which languages are longer than a letter should be, a sentence each."""
    words = _("The %(language)s text has %(words)d words for this partner; at most %(most)d are read.")
    return [
        words % {"language": language_word(language), "words": sheet.words, "most": MOST_WORDS}
        for language, sheet in sheets.items()
        if sheet.words > MOST_WORDS
    ]


def in_words(behind: Behind, zone: ZoneInfo) -> str:
    """That one language changed and the other did not, in a sentence."""
    return _("The %(language)s “%(block)s” is from %(since)s; the %(other)s one changed %(changed)s.") % {
        "language": language_word(behind.language),
        "block": block_label(behind.block),
        "since": _day(behind.since, zone),
        "other": language_word(behind.other),
        "changed": _since_then(behind.changed, zone),
    }


def _day(at: datetime.datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "DATE_FORMAT")


def _since_then(at: datetime.datetime, zone: ZoneInfo) -> str:
    if at.astimezone(zone).date() == clock.now().astimezone(zone).date():
        return _("today")
    return _("on %(day)s") % {"day": _day(at, zone)}
