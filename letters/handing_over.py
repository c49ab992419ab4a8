"""What of letters goes from one person to another (accounts/hand_over.py): nothing that was signed."""

from django.db.models import Q
from django.utils.translation import ngettext

from accounts.hand_over import Part, Rows, add_part
from accounts.models import Membership
from accounts.roles import Role

from .enums import State
from .models import Letter

UNSIGNED = (State.DRAFT, State.TO_SIGN)


def _prepared(giver: Membership) -> Rows:
    return Letter.objects.filter(prepared_by=giver, state__in=UNSIGNED)


def _prepared_words(n: int) -> str:
    return ngettext("%(n)d letter under way", "%(n)d letters under way", n) % {"n": n}


def _in_touch(giver: Membership) -> Rows:
    """Letters that name them as who stays in touch: those not signed, and signed ones without an answer, of
    which nothing that was signed changes: only whom a reminder's reply reaches."""
    awaited = Q(state=State.SIGNED, pk__in=Letter.objects.silent().values("pk"))
    return Letter.objects.filter(Q(state__in=UNSIGNED) | awaited, liaison=giver)


def _in_touch_words(n: int) -> str:
    return ngettext(
        "%(n)d letter in which they stay in touch", "%(n)d letters in which they stay in touch", n
    ) % {"n": n}


def _to_sign(giver: Membership) -> Rows:
    return Letter.objects.filter(signer=giver, state__in=UNSIGNED)


def _to_sign_words(n: int) -> str:
    return ngettext("%(n)d letter for their signature", "%(n)d letters for their signature", n) % {"n": n}


def _signs(receiver: Membership) -> bool:
    return receiver.role == Role.PRINCIPAL


def register() -> None:
    """Add this app's parts."""
    add_part(Part("letters_prepared", _prepared_words, _prepared, "prepared_by", "school"))
    add_part(Part("letters_in_touch", _in_touch_words, _in_touch, "liaison", "school"))
    add_part(Part("letters_to_sign", _to_sign_words, _to_sign, "signer", "school", _signs))
