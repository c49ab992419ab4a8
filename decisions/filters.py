"""What an address asks of the log: words, a group, a state; and what it presets on a new question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.offer import offer

from .enums import Kind, State
from .models import Group
from .words import OUTCOME_WORDS

STATES = [
    ("", _("All")),
    (State.OPEN.value, State.OPEN.label),
    *[(o.value, w) for o, w in OUTCOME_WORDS.items()],
]


class LogFilter(forms.Form):
    """The filters of the log, by GET. What makes no sense is left out, never an error."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Group"), queryset=None, required=False, to_field_name="uid", empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("Outcome"), choices=STATES, required=False)

    def __init__(self, data: QueryDict, *, by: Membership) -> None:
        super().__init__(data)
        groups = Group.objects.for_member(by).select_related("school")
        offer(self, "group", groups, words=lambda group: group.full_name)

    def wanted(self) -> dict[str, Any]:
        """What to look for."""
        self.is_valid()
        found = self.cleaned_data
        return {"q": found.get("q", ""), "group": found.get("group"), "state": found.get("state", "")}

    @property
    def are_on(self) -> bool:
        """Whether anything is filtered."""
        return any(self.wanted().values())


class PresetForm(forms.Form):
    """A group, a meeting, a kind, a question and an earlier decision that it changes in an address."""

    group = forms.UUIDField(required=False)
    meeting = forms.UUIDField(required=False)
    changes = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False)
    question = forms.CharField(required=False)


def preset(data: QueryDict) -> dict[str, Any]:
    """What a link to a new question says of it; what makes no sense is left out."""
    form = PresetForm(data)
    form.is_valid()
    found = {name: value for name, value in form.cleaned_data.items() if value}
    earlier = found.pop("changes", None)
    return found | {"supersedes": earlier} if earlier else found
