"""The mail that tells a principal whom district staff named to sign for them, and why."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Deputy, District
from accounts.urls_in import absolute, url_in
from outreach.enums import Reason
from outreach.guard import drafted
from outreach.mail import named
from outreach.models import Message
from outreach.registry import Draft, Drafted, MailSource, Window

from .words import day_in_words, written

KIND = "deputy_named"


def drafts(district: District, window: Window) -> list[Drafted]:
    """Deputies whose mail was wanted in the last 14 days and is not in the outbox yet."""
    in_outbox = Message.objects.filter(kind=KIND, subject_uid=OuterRef("uid"))
    wanted = Deputy.objects.filter(~Exists(in_outbox), mail_wanted_at__gte=window.since, ended_at=None)
    rows = wanted.select_related("district", "principal__user", "deputy__user", "named_by__user")
    return drafted(KIND, rows, _draft)


def _draft(row: Any) -> Draft:
    to, sender = row.principal.user, row.named_by.user
    context = {
        "principal": to,
        "deputy": row.deputy.user,
        "sender": sender,
        "reason": row.reason,
        "since": day_in_words(row.since, to.language),
        "until": day_in_words(row.until, to.language),
        "link": absolute(url_in(row.district, "people:deputies", uid=row.principal.uid)),
    }
    subject, body = written(KIND, to.language, context)
    return Draft(
        subject_uid=row.uid,
        recipient_uid=row.principal.uid,
        occurrence=row.created_at.date().isoformat(),
        not_before=row.mail_wanted_at,
        school=None,
        about=str(row),
        to=to.email,
        to_name=to.name,
        from_name=sender.name,
        reply_to=named(sender.name, sender.email),
        language=to.language,
        subject=subject,
        body=body,
    )


def moot(messages: Sequence[Message]) -> dict[int, Reason]:
    """Those whose deputy's right was ended meanwhile."""
    uids = [message.subject_uid for message in messages]
    on = set(Deputy.objects.filter(uid__in=uids, ended_at=None).values_list("uid", flat=True))
    return {message.pk: Reason.GONE for message in messages if message.subject_uid not in on}


SOURCE = MailSource(
    kind=KIND,
    label=_("Deputies named by district staff"),
    says=_("To a principal, when district staff name somebody to sign for them, with the reason."),
    reminder=False,
    needs_switch=False,
    drafts=drafts,
    moot=moot,
)
