"""What every floor may say of mail: that some is wanted now, and what to call mail that has gone.

Leaving the portal by e-mail is the work of an upper floor, which pulls what is wanted from the rows. Whoever
writes such a row calls `nudge_outbox()` in the same transaction, so that it is pulled at once; where the
nudge is lost, the sweep finds the row within half a minute.
"""

import logging

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

SEND = "outreach.send"  # the task's name: this floor knows no more of it
# Nobody who signs waits for a queue: the broker has this long (seconds), once.
AT_ONCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3, "max_retries": 0}

log = logging.getLogger("accounts")


def nudge_outbox() -> None:
    """Have wanted mail taken up right after this transaction. Never raises, however the queue is."""
    transaction.on_commit(_send_nudge)


def _send_nudge() -> None:
    try:
        with current_app.connection_for_write(transport_options=AT_ONCE) as broker:
            current_app.send_task(SEND, connection=broker, retry=False)
    except Exception as error:
        log.warning("The queue was not reached (%s); the sweep sends the mail", type(error).__name__)


def mail_leaves() -> bool:
    """Whether mail reaches anybody: in production alone. Elsewhere it goes to files and to a page."""
    return bool(settings.PRODUCTION)


def sent_words(sent: str = "") -> str:
    """What to call mail that has gone, "Sent" or what `sent` says instead; or that it was kept here."""
    return (sent or _("Sent")) if mail_leaves() else _("Kept here, not sent")
