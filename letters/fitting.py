"""Which letters fit where a partnership stands, and why. Pure: letters/queries.py reads what it needs.

Source: "Four axes", "Letters" and the follow-up ladder of the product's description: an opening to the
possible, a follow-up to who was written to, thanks and then an invitation to those in talks, the letter to an
existing partner, a notice where the agreement is due, a polite pause. To those who said "not now", and where
the work has ended, nobody writes without a reason.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.enums import Stage

from .enums import Kind


@dataclass(frozen=True)
class Fit:
    """The kinds that need no reason, the proposed one first, and in one sentence why it is that one.

    With `always_reason` none goes without a reason, and `kinds` holds what is proposed all the same.
    """

    kinds: tuple[Kind, ...]
    why: str | Promise
    always_reason: bool = False

    @property
    def first(self) -> Kind:
        """The letter that is proposed."""
        return self.kinds[0]

    def needs_reason(self, kind: str) -> bool:
        """Whether this letter needs a recorded reason."""
        return self.always_reason or kind not in self.kinds


SIMPLE = {
    Stage.AGREEMENT_PENDING: Fit(
        (Kind.FOLLOW_UP, Kind.MEETING),
        _("An agreement is under way, and this letter asks what comes next."),
    ),
    Stage.ACTIVE: Fit((Kind.EXISTING_PARTNER, Kind.MEETING), _("They work with the school now.")),
    Stage.RENEWAL_DUE: Fit((Kind.RENEWAL,), _("Their agreement is due for renewal.")),
    Stage.PAUSED: Fit((Kind.PAUSE,), _("The work together is paused.")),
    Stage.ENDED: Fit((Kind.EXISTING_PARTNER,), _("The work together has ended."), always_reason=True),
}


def fitting(stage: str, *, elsewhere: bool, written: Collection[str]) -> Fit:
    """The letters that fit a stage.

    `elsewhere`: the partner works with another school of the district. `written`: the kinds of the letters
    that this school has signed to the partner before.
    """
    opening = Kind.NEW_HERE if elsewhere else Kind.NEW_PARTNER
    match Stage(stage):
        case Stage.IDENTIFIED if elsewhere:
            return Fit((opening,), _("They work with another school of the district and are new here."))
        case Stage.IDENTIFIED:
            return Fit((opening,), _("They are a possible partner, and this letter says who you are."))
        case Stage.CONTACTED:
            others = () if written else (opening,)
            return Fit((Kind.FOLLOW_UP, *others), _("They were written to, and no talk has begun."))
        case Stage.EXPLORING if Kind.THANKS in written:
            return Fit((Kind.MEETING,), _("You have thanked them already, so an invitation comes next."))
        case Stage.EXPLORING:
            return Fit((Kind.THANKS, Kind.MEETING), _("You are talking with them, so thanks come first."))
        case Stage.DECLINED:
            return Fit((opening,), _("They said “not now”."), always_reason=True)
        case other:
            return SIMPLE[other]
