"""A partner's timeline: letters, answers, contacts, stages, agreements, meetings and decisions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Membership
from accounts.urls_in import url_in
from decisions.models import Attendance, Decision, Meeting
from decisions.words import OUTCOME_WORDS
from letters.models import Letter, Reply
from partners.enums import Direction
from partners.families import family
from partners.models import Agreement, Interaction, Partner, StageChange

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
    """All that this person may see, the latest first, at most 100 lines: seven queries."""
    parts = (_letters, _replies, _contacts, _stages, _agreements, _meetings, _decisions)
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


def _agreements(partner: Partner, membership: Membership) -> Sequence[Moment]:
    """The first day of each, and the last one once it is over."""
    today = clock.today(membership.district)
    rows = Agreement.objects.for_member(membership).filter(partner__in=family(partner))
    moments = []
    for agreement in rows.order_by("-starts", "-pk")[:MOST]:
        span = agreement.span
        if span is None or span.is_empty:
            continue
        if span.first <= today:
            moments.append((agreement, span.first, _("Agreement in force")))
        if span.last < today:
            moments.append((agreement, span.last, _("Agreement ended")))
    return [
        Moment(
            day=day,
            theirs=False,
            kind="paper",
            what=what,
            about=agreement.title,
            url=url_in(membership.district, "agreements:page", uid=agreement.uid),
            source=agreement.get_kind_display(),
        )
        for agreement, day, what in moments
    ]


def _meetings(partner: Partner, membership: Membership) -> Sequence[Moment]:
    """Those whose roll was taken: of the others it is not known who was there."""
    rows = (
        Attendance.objects.filter(
            seat__partner__in=family(partner),
            meeting__in=Meeting.objects.for_member(membership),
            meeting__attended_at__isnull=False,
        )
        .select_related("meeting__group", "meeting__district")
        .order_by("-meeting__starts_at", "-pk")[:MOST]
    )
    return [
        Moment(
            day=attendance.meeting.day,
            theirs=attendance.here,
            kind="meeting",
            what=_("At a meeting") if attendance.here else _("Not at a meeting"),
            about=attendance.meeting.group.name,
            url=url_in(membership.district, "decisions:meeting", uid=attendance.meeting.uid),
            source="",
        )
        for attendance in rows
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
