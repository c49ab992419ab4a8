"""The shape of what Today's and the mail's forms send."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from . import registry
from .services import Item
from .wish_queries import Wishes

MOST = 200


class NotNowForm(forms.Form):
    """One item of Today: which things it stands for, and whether they are done or put off to Monday."""

    kind = forms.CharField(max_length=30)
    act = forms.ChoiceField(choices=[("done", "done"), ("monday", "monday")])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.named = data.getlist("item")[:MOST]

    def clean(self) -> dict[str, Any]:
        """The kind's source, and the items as (uid, date)."""
        cleaned = super().clean() or {}
        source = registry.card_source(cleaned.get("kind", ""))
        if source is None or (cleaned.get("act") == "done" and not source.can_be_done):
            raise ValidationError("unknown")
        return {**cleaned, "items": [_item(text) for text in self.named]}


def _item(text: str) -> Item:
    uid, _dash, day = text.partition("_")
    try:
        return uuid.UUID(uid), datetime.date.fromisoformat(day) if day else None
    except ValueError as wrong:
        raise ValidationError("unknown") from wrong


class StopForm(forms.Form):
    """Why all mail is stopped."""

    reason = forms.CharField(
        label=_("Why all mail is stopped"),
        max_length=300,
        help_text=_("Everybody who sends reads it while mail is stopped, and it stays in the list below."),
    )


class WishesForm(forms.Form):
    """Which reminders and notices one of us wants by mail."""

    kinds = forms.MultipleChoiceField(
        label=_("By mail I want"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None, *, wishes: Wishes) -> None:
        super().__init__(data, initial={"kinds": wishes.wanted})
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(source.kind, source.label) for source in wishes.offered]
