"""By how much a question was not adopted, in words: "one vote short", "one veto"."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.figures import Figures
from decisions.methods import SERIOUS, VETO
from decisions.rule import Method


def quorum_short(figures: Figures) -> str:
    """How many answers or sectors are missing."""
    seats = figures["quorum_needs"] - figures["present"]
    if seats > 0:
        return ngettext("one answer short", "%(n)d answers short", seats) % {"n": seats}
    sectors = figures["sectors_need"] - figures["sectors"]
    return ngettext("one sector short", "%(n)d sectors short", sectors) % {"n": sectors}


def short_of(figures: Figures) -> str:
    """Why the method did not adopt it."""
    if figures.get("tied"):
        return _("a tie")
    method = Method(figures["method"])
    if method in (Method.LEADER, Method.DELEGATED):
        return _("decided against")
    if "totals" in figures:
        return _("no option was chosen")
    return _against(figures, method) or _votes_short(figures) or _over_limit(figures) or _("nobody said yes")


def _against(figures: Figures, method: Method) -> str:
    """Those who alone can stop it."""
    if method is Method.GRADIENTS and figures["levels"][VETO - 1]:
        n = figures["levels"][VETO - 1]
        return ngettext("one veto", "%(n)d vetoes", n) % {"n": n}
    if method is Method.FIST:
        n = sum(figures["levels"][: figures["fingers_needed"]])
        return ngettext("one shows too few fingers", "%(n)d show too few fingers", n) % {"n": n} if n else ""
    if figures.get("objects"):
        n = figures["objects"]
        return ngettext("one objection is left", "%(n)d objections are left", n) % {"n": n}
    if method is Method.UNANIMITY and figures["no"]:
        n = figures["no"]
        return ngettext("one said no", "%(n)d said no", n) % {"n": n}
    if figures["block"] > figures.get("blocks_allowed", 0):
        n = figures["block"]
        return ngettext("one seat cannot live with it", "%(n)d seats cannot live with it", n) % {"n": n}
    return ""


def _votes_short(figures: Figures) -> str:
    n = figures.get("short", 0)
    return ngettext("one vote short", "%(n)d votes short", n) % {"n": n} if n else ""


def _over_limit(figures: Figures) -> str:
    """More of something than the rule allows, where somebody said yes."""
    if figures.get("untold"):
        n = figures["untold"]
        return ngettext("one seat was not told", "%(n)d seats were not told", n) % {"n": n}
    if figures.get("levels") and "serious_allowed" in figures:
        over = figures["levels"][SERIOUS - 1] - figures["serious_allowed"]
        words = ngettext("one too many disagrees seriously", "%(n)d too many disagree seriously", over)
        return words % {"n": over} if over > 0 else ""
    over = figures["aside"] - figures.get("asides_allowed", figures["aside"])
    if over > 0 and figures["yes"]:
        return ngettext("one too many stands aside", "%(n)d too many stand aside", over) % {"n": over}
    over = figures["abstain"] - figures.get("abstentions_allowed", figures["abstain"])
    if over > 0 and figures["yes"]:
        return ngettext("one too many abstains", "%(n)d too many abstain", over) % {"n": over}
    return ""
