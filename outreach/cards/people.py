"""What changed between people, on Today: who signs for whom, what was signed, what was handed over."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from accounts.deputies import may_sign
from accounts.hand_over import figures_in_words
from accounts.models import Deputy, HandOver, Membership
from accounts.models.deputies import STANDS_IN
from accounts.roles import Role
from accounts.urls_in import url_in
from letters.models import Letter
from outreach.registry import News

from .words import day_of


def handed_over(membership: Membership, since: datetime.datetime) -> list[News]:
    """What others' open things came to this person: one query."""
    rows = HandOver.objects.filter(receiver=membership, at__gt=since).select_related("giver__user")
    return [
        News(
            at=row.at,
            who=row.giver.user.name,
            words=_("handed over to you: %(what)s.") % {"what": ", ".join(figures_in_words(row.figures))},
            url=url_in(membership.district, "outreach:today"),
        )
        for row in rows[:5]
    ]


def named_deputy(membership: Membership, since: datetime.datetime) -> list[News]:
    """For whom this person was asked to sign, while that holds: one query for those who can be named."""
    if membership.role not in STANDS_IN:
        return []
    page = "letters:to_sign" if may_sign(membership) else "outreach:today"
    rows = Deputy.objects.filter(deputy=membership, ended_at=None, created_at__gt=since)
    return [
        News(
            at=row.created_at,
            who=row.named_by.user.name,
            words=_("asks you to sign for %(principal)s from %(since)s until %(until)s.")
            % {
                "principal": row.principal.user.name,
                "since": day_of(row.since),
                "until": day_of(row.until),
            },
            url=url_in(membership.district, page),
        )
        for row in rows.select_related("named_by__user", "principal__user").order_by("-created_at")[:5]
    ]


def signed_for(membership: Membership, since: datetime.datetime) -> list[News]:
    """What deputies signed for this principal, and whom staff named for them: two queries for principals."""
    if membership.role != Role.PRINCIPAL:
        return []
    letters = Letter.objects.filter(signed_for=membership, signed_at__gt=since)
    named = Deputy.objects.filter(principal=membership, created_at__gt=since).exclude(named_by=membership)
    return [
        *(
            News(
                at=letter.signed_at,
                who=letter.signer.user.name,
                words=_("signed letter %(reference)s to %(partner)s for you.")
                % {"reference": letter.reference, "partner": letter.contact.partner.name},
                url=url_in(membership.district, "letters:page", uid=letter.uid),
            )
            for letter in letters.select_related("signer__user", "contact__partner").order_by("-signed_at")[
                :5
            ]
        ),
        *(
            News(
                at=row.created_at,
                who=row.named_by.user.name,
                words=_("named %(deputy)s to sign for you until %(until)s: %(reason)s")
                % {"deputy": row.deputy.user.name, "until": day_of(row.until), "reason": row.reason},
                url=url_in(membership.district, "people:deputies", uid=membership.uid),
            )
            for row in named.select_related("deputy__user", "named_by__user")[:5]
        ),
    ]


NEWS = (handed_over, named_deputy, signed_for)
