"""The rules in the code, and how to take one out: what each view declares, and three doors before all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django_scopes import scopes_disabled

from accounts.access import routes
from accounts.middleware import DistrictMiddleware
from accounts.models import Membership
from accounts.predicates import predicate
from accounts.rules import is_member
from accounts.tenancy import TenantQuerySet

from .asking import ROWS


@dataclass(frozen=True)
class Rule:
    """One part of what a route's view declares: `see`, `do`, `own` or `district` (both of `of`).

    `own` is what a model's for_member narrows within a district, `district` that it keeps to the district.
    """

    route: str
    part: str

    def __str__(self) -> str:
        return f"{self.route} {self.part}"

    @property
    def rows(self) -> list[str]:
        """The rows of the table that this rule stands behind."""
        return [row for row in ROWS if row.removesuffix(" POST") == self.route]


@predicate
def anybody(membership: Any, thing: Any = None) -> bool:
    """No rule at all."""
    return True


def guarded_views() -> dict[str, Any]:
    """The function that @access made of each view that it guards, by route."""
    found = {}
    for name, entry in routes():
        view: Any = entry.callback
        while hasattr(view, "__wrapped__") and not is_guarded(view):
            view = view.__wrapped__
        if is_guarded(view):
            found[name] = view
    return found


def is_guarded(view: Any) -> bool:
    """Whether this is what @access itself made, not a decorator around it, which copies the attributes."""
    return hasattr(view, "see") and not hasattr(getattr(view, "__wrapped__", None), "see")


def narrows(model: Any) -> bool:
    """Whether not all of the district may see all rows of a model."""
    with scopes_disabled():
        return type(model.objects.all()).for_member is not TenantQuerySet.for_member


def rules() -> list[Rule]:
    """All that the views declare; that any member sees a page is the doors' business."""
    found = []
    for name, view in guarded_views().items():
        parts = {
            "see": view.see is not is_member,
            "do": view.do is not None,
            "own": view.of is not None and narrows(view.of),
            "district": view.of is not None,
        }
        found += [Rule(name, part) for part, is_there in parts.items() if is_there]
    return found


class Whole:
    """Stands for a model whose for_member shows everything: of the district, or of all."""

    def __init__(self, model: Any, *, district: bool) -> None:
        self.objects, self.model, self.district = self, model, district

    def for_member(self, membership: Membership) -> Any:
        """All rows, whoever asks."""
        if self.district:
            return self.model.objects.all()
        with scopes_disabled():
            return self.model.objects.all()


def take_out(rule: Rule, patch: pytest.MonkeyPatch) -> None:
    """Do without one rule."""
    view = guarded_views()[rule.route]
    if rule.part in ("see", "do"):
        patch.setattr(view, rule.part, anybody)
    else:
        patch.setattr(view, "of", Whole(view.of, district=rule.part == "own"))


def without_sign_in(patch: pytest.MonkeyPatch) -> None:
    """Let the signed out in."""
    patch.setattr(LoginRequiredMiddleware, "process_view", lambda *request: None)


def without_last_days(patch: pytest.MonkeyPatch) -> None:
    """Let a membership hold for ever."""
    patch.setattr(Membership, "holds_on", lambda membership, day: True)


def without_membership(patch: pytest.MonkeyPatch) -> None:
    """Let anybody of any district in, as somebody of the same role."""

    def as_their_like(request: Any, slug: str) -> Membership:
        with scopes_disabled():
            own = Membership.objects.get(user=request.user.pk)
            like = Membership.objects.select_related("district", "user")
            found: Membership = like.filter(district__slug=slug, role=own.role).earliest("pk")
            return found

    patch.setattr(DistrictMiddleware, "_membership", staticmethod(as_their_like))


DOORS: list[Callable[[pytest.MonkeyPatch], None]] = [without_sign_in, without_last_days, without_membership]
