"""What of the directory goes from one person to another (accounts/hand_over.py): whom they look after."""

from django.utils.translation import ngettext

from accounts.hand_over import Part, Rows, add_part
from accounts.models import Membership

from .models import Partner, Partnership


def _partnerships(giver: Membership) -> Rows:
    return Partnership.objects.filter(owner=giver)


def _partnership_words(n: int) -> str:
    return ngettext("%(n)d partnership to look after", "%(n)d partnerships to look after", n) % {"n": n}


def _partners(giver: Membership) -> Rows:
    return Partner.objects.filter(owner=giver, merged_into=None)


def _partner_words(n: int) -> str:
    return ngettext(
        "%(n)d partner to look after for the district", "%(n)d partners to look after for the district", n
    ) % {"n": n}


def register() -> None:
    """Add this app's parts."""
    add_part(Part("partnerships", _partnership_words, _partnerships, "owner", "school"))
    add_part(Part("partners", _partner_words, _partners, "owner"))
