"""What of decisions goes from one person to another (accounts/hand_over.py): those open or to be reviewed.

The register keeps who was named when a decision was closed; the row says who follows it up now.
"""

from django.db.models import Q
from django.utils.translation import ngettext

from accounts.hand_over import Part, Rows, add_part
from accounts.models import Membership

from .enums import State
from .models import Decision
from .rules import DECIDES


def _decisions(giver: Membership) -> Rows:
    to_review = Decision.objects.to_review().values("pk")
    return Decision.objects.filter(Q(state=State.OPEN) | Q(pk__in=to_review), owner=giver)


def _words(n: int) -> str:
    return ngettext("%(n)d decision to follow up", "%(n)d decisions to follow up", n) % {"n": n}


def _decides(receiver: Membership) -> bool:
    return receiver.role in DECIDES


def register() -> None:
    """Add this app's part."""
    add_part(Part("decisions", _words, _decisions, "owner", "group__school", _decides))
