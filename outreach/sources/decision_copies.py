"""What the outbox holds of a question, for when one of its texts is erased (decisions/copies.py)."""

import uuid

from django.db.models import Q

from decisions.models import AnswerLink
from outreach.models import Message

from . import decision_due, decision_links, decision_outcome

BY_LINK = (decision_links.QUESTION, decision_links.RECEIPT, decision_due.KIND)


def blank(decision_uid: uuid.UUID) -> None:
    """Empty subject and text of each message about a question, whatever its kind and state.

    What has not gone yet is written anew without the text that was erased (planning.py), or never goes
    (outbox.py).
    """
    links = AnswerLink.objects.filter(decision_seat__decision__uid=decision_uid)
    by_link = Q(kind__in=BY_LINK, subject_uid__in=links.values("uid"))
    told = Q(kind=decision_outcome.KIND, subject_uid=decision_uid)
    Message.objects.filter(by_link | told).update(subject="", body="")
