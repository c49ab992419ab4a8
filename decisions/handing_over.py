"""What of decisions goes from one person to another (accounts/hand_over.py): those open or to be reviewed.

The register keeps who was named when a decision was closed; the row says who follows it up now.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import ngettext

from accounts.hand_over import Part, Rows, add_part
from accounts.models import Membership

from .enums import State
from .models import Decision
from .rules import DECIDES


def _decisions(giver: Membership) -> Rows:
    again = Decision.objects.filter(supersedes=OuterRef("pk"))
    to_review = Q(state=State.CLOSED, review_on__isnull=False) & ~Exists(again)
    return Decision.objects.filter(Q(state=State.OPEN) | to_review, owner=giver)


def _words(n: int) -> str:
    return ngettext("%(n)d decision to follow up", "%(n)d decisions to follow up", n) % {"n": n}


def _decides(receiver: Membership) -> bool:
    return receiver.role in DECIDES


def register() -> None:
    """Add this app's part."""
    add_part(Part("decisions", _words, _decisions, "owner", "group__school", _decides))
