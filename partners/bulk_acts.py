"""What can be done with many partners at once: each floor adds its acts to this list when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.offer import offer
from accounts.predicates import Predicate, holds

from .families import that_counts, with_school
from .models import Partner, Partnership
from .rules import edits_partnership


class LeftOut(Exception):
    """The act can't be done with one partner; its text says why, in a sentence for people."""


@dataclass(frozen=True)
class BulkAct:
    """An act on many partners.

    `do` does it to one, `do(partner=, by=, **kept)` with what `form` keeps: True where that changed
    something. It raises LeftOut. `told` says in words with how many it was done; `onward` is where one goes
    on from there, as words and the name of a route.
    """

    code: str
    title: Any
    submit: Any
    may: Predicate
    form: type[BulkForm]
    do: Callable[..., bool]
    told: Callable[[int], str]
    onward: tuple[Any, str] | None = None


@dataclass(frozen=True)
class BulkStart:
    """Something that begins with many partners and has a page of its own.

    `start` begins it, `start(keys=, by=, **kept)` with the partners' keys and what `form` keeps, and gives
    the address of that page. It raises LeftOut where it can't be begun with these.
    """

    code: str
    title: Any
    submit: Any
    may: Predicate
    form: type[BulkForm]
    start: Callable[..., str]


class BulkForm(forms.Form):
    """What an act needs to know; `school` is the one by which the list is filtered."""

    def __init__(self, *args: Any, by: Membership, school: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    @property
    def kept(self) -> dict[str, Any]:
        """What was typed as plain values, rows by their keys: a job keeps it."""
        return {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items()}


class AtSchoolForm(BulkForm):
    """An act on the partnerships with one school of one's own, or with the district itself."""

    school: Any = forms.ModelChoiceField(
        label=_("At which school"), queryset=None, required=False, empty_label=_("The district itself")
    )

    def __init__(self, *args: Any, by: Membership, school: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, by=by, school=school, **kwargs)
        mine = School.objects.reached_by(by)
        field: Any = self.fields["school"]
        offer(self, "school", mine)
        field.initial = next((one.pk for one in mine if school in (None, one.pk)), None)
        if not by.whole_district:
            field.required, field.empty_label = True, None


_acts: dict[str, BulkAct | BulkStart] = {}


def add_bulk_act(act: BulkAct | BulkStart) -> None:
    """Register an act, or something that begins with many."""
    _acts[act.code] = act


def bulk_acts(membership: Membership) -> list[BulkAct | BulkStart]:
    """Those that this person may do, in the order in which they were added."""
    return [act for act in _acts.values() if holds(act.may, membership)]


def bulk_act(code: str) -> BulkAct | None:
    """One act; None for one that is no longer done."""
    found = _acts.get(code)
    return found if isinstance(found, BulkAct) else None


def partnership_at(partner: Partner, school: int | None, by: Membership) -> Partnership:
    """A partner's partnership with a school, which this person may change. Raises LeftOut."""
    partnership = that_counts(with_school(partner, school).select_related("school", "partner"))
    if partnership is None:
        raise LeftOut(str(_("It does not work with this school yet: start that on its page.")))
    if not holds(edits_partnership, by, partnership):
        raise LeftOut(str(_("Its partnership with this school is not yours to change.")))
    return partnership
