"""The form that says which seats were told of a question, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.offer import offer

from .enums import RECORDED, Source
from .models import DecisionSeat


class ToldForm(forms.Form):
    """Which seats, and how they were told."""

    seats: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Which seats were told"),
        queryset=None,
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the question, and until when they can object."),
    )
    how = forms.ChoiceField(
        label=_("How they were told"),
        choices=[(source.value, source.label) for source in RECORDED if source is not Source.PROXY],
    )

    def __init__(self, *args: Any, seats: Sequence[DecisionSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seats", DecisionSeat.objects.filter(pk__in=[seat.pk for seat in seats]))
