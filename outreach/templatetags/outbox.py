"""What became of a thing's mail, for the page of that thing on a floor below."""

import uuid
from typing import Any

from django import template
from django.template import Context

from accounts.predicates import holds
from outreach.queries import latest_mail
from outreach.rules import sees_mail

register = template.Library()


@register.inclusion_tag("outreach/mail_of.html", takes_context=True)
def mail_of(context: Context, kind: str, subject: uuid.UUID) -> dict[str, Any]:
    """Where the latest mail of a kind about a thing stands: {% mail_of "signed_letter" letter.uid %}."""
    membership = context["request"].membership
    return {
        "request": context["request"],
        "row": latest_mail(kind, subject, membership),
        "may_open": holds(sees_mail, membership),
    }
