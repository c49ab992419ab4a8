"""A partner's timeline: letters, answers, contacts, stages and decisions, pulled from the floors below."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.models import Decision
from decisions.words import OUTCOME_WORDS
from letters.models import Letter, Reply
from partners.enums import Direction
from partners.families import family
from partners.models import Interaction, Partner, StageChange

MOST = 100


@dataclass(frozen=True)
class Moment:
    """One line: when, whether it came from them, what, and where it stands (as partials/time_item.html)."""

    day: datetime.date
    theirs: bool
    kind: str
    what: str
    about: str
    url: str
    source: str


def timeline(partner: Partner, membership: Membership) -> list[Moment]:
    """All that this person may see, the latest first, at most 100 lines: five queries."""
    parts = (_letters, _replies, _contacts, _stages, _decisions)
    lines = [line for part in parts for line in part(partner, membership)]
    return sorted(lines, key=lambda line: line.day, reverse=True)[:MOST]


def _letters(partner: Partner, membership: Membership) -> Sequence[Moment]:
    rows = (
        Letter.objects.written_in_district(membership)
        .filter(partnership__partner__in=family(partner))
        .select_related("school", "signer__user")
        .order_by("-signed_at")[:MOST]
    )
    return [
        Moment(
            day=localtime(letter.signed_at).date(),
            theirs=False,
            kind="letter",
            what=_("Letter"),
            about=letter.reference,
            url=url_in(membership.district, "letters:page", uid=letter.uid)
            if membership.covers(letter.school_id)
            else "",
            source=_("%(name)s, %(school)s") % {"name": letter.signer.user.name, "school": letter.school},
        )
        for letter in rows
    ]


def _replies(partner: Partner, membership: Membership) -> Sequence[Moment]:
    rows = (
        Reply.objects.standing()
        .filter(
            letter__in=Letter.objects.for_member(membership), letter__partnership__partner__in=family(partner)
        )
        .select_related("letter")
        .order_by("-at")[:MOST]
    )
    return [
        Moment(
            day=localtime(reply.at).date(),
            theirs=True,
            kind="answer",
            what=_("Answered “%(answer)s”") % {"answer": reply.get_answer_display()},
            about=reply.letter.reference,
            url=url_in(membership.district, "letters:page", uid=reply.letter.uid),
            source=reply.note or reply.get_source_display(),
        )
        for reply in rows
    ]


def _contacts(partner: Partner, membership: Membership) -> Sequence[Moment]:
    rows = (
        Interaction.objects.for_member(membership)
        .filter(partner__in=family(partner))
        .select_related("by__user", "contact")
        .order_by("-on", "-pk")[:MOST]
    )
    return [
        Moment(
            day=contact.on,
            theirs=contact.direction == Direction.IN,
            kind="meeting" if contact.channel == "meeting" else "contact",
            what=contact.get_channel_display(),
            about=contact.note,
            url="",
            source=", ".join(
                filter(None, (str(contact.contact) if contact.contact else "", contact.by.user.name))
            ),
        )
        for contact in rows
    ]


def _stages(partner: Partner, membership: Membership) -> Sequence[Moment]:
    rows = (
        StageChange.objects.for_member(membership)
        .filter(partnership__partner__in=family(partner))
        .select_related("partnership__school", "by__user")
        .order_by("-at", "-pk")[:MOST]
    )
    return [
        Moment(
            day=localtime(change.at).date(),
            theirs=False,
            kind="listing",
            what=_("Stage: %(stage)s") % {"stage": change.get_now_display()},
            about=str(change.partnership.school or membership.district),
            url="",
            source=_source(change),
        )
        for change in rows
    ]


def _decisions(partner: Partner, membership: Membership) -> Sequence[Moment]:
    rows = (
        Decision.objects.for_member(membership)
        .of_partner(family(partner))
        .filter(closed_at__isnull=False)
        .select_related("group")
        .order_by("-closed_at")[:MOST]
    )
    return [
        Moment(
            day=localtime(decision.closed_at).date(),
            theirs=False,
            kind="decision",
            what=str(OUTCOME_WORDS[decision.outcome]),
            about=decision.question,
            url=url_in(membership.district, "decisions:page", uid=decision.uid),
            source=decision.group.name,
        )
        for decision in rows
    ]


def _source(change: StageChange) -> str:
    """Why a stage changed, where one may read it, and who said so."""
    who = change.by.user.name if change.by else ""
    return ", ".join(part for part in (change.reason.rstrip("."), who) if part)
