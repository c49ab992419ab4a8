"""How long mail has been waiting that should have gone: what the health of the portal is measured by."""

import datetime

from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts import clock

from .enums import Reason, State
from .models import MailStop, Message, MessageEvent
from .stops import portal_stop

# Put off by our own side, not by the recipient's server: such a message counts from its first try on.
OUR_SIDE = (Reason.AWAY, Reason.UNCHECKED)


def oldest_due() -> datetime.timedelta | None:
    """For how long the oldest due message waits, over all districts in scope; None where none is due.

    Where somebody stopped all mail, nothing is due.
    """
    if portal_stop():
        return None
    now = clock.now()
    stops = MailStop.objects.filter(district=OuterRef("district")).order_by("-pk")
    put_off = MessageEvent.objects.filter(message=OuterRef("pk"), reason__in=OUR_SIDE).order_by("pk")
    due = Message.objects.annotate(stopped=Subquery(stops.values("is_stopped")[:1])).filter(
        Q(stopped=None) | Q(stopped=False),
        Q(not_before__lte=now) | Q(reason__in=OUR_SIDE),
        state__in=(State.QUEUED, State.SENDING),
        district__closed_at=None,
    )
    since = due.aggregate(at=Min(Coalesce(Subquery(put_off.values("at")[:1]), F("not_before"))))["at"]
    return now - since if since else None
