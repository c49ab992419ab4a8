"""Who counts and closes a question, where the group named them by role."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Membership
from decisions.models import Decision
from decisions.queries import closer_of
from decisions.rule import Rule
from decisions.words import CLOSER_SAYS, CLOSES_NEXT

from .errors import NotTheirsToClose


def who_closes(decision: Decision, rule: Rule) -> str:
    """In words, whose role counts and closes a question, and who stands in where nobody here has it."""
    said = str(CLOSER_SAYS[rule.closes])
    if closer_of(decision, rule) == rule.closes:
        return said
    stands_in = _("Nobody here has that role now, so district staff do it.")
    return f"{said} {stands_in}"


def may_close(decision: Decision, rule: Rule, by: Membership) -> bool:
    """Whether somebody who keeps the group's decisions has the role that closes this question today."""
    return not closes_next(decision, rule, by)


def closes_next(decision: Decision, rule: Rule, by: Membership) -> str:
    """In words, whose role closes this question today; empty where `by` has it, or needs none."""
    role = closer_of(decision, rule)
    return "" if role is None or by.role == role else str(CLOSES_NEXT[role])


def check_closer(decision: Decision, rule: Rule, by: Membership) -> None:
    """Raise NotTheirsToClose where `may_close` says no."""
    if not may_close(decision, rule, by):
        raise NotTheirsToClose(who_closes(decision, rule))
