"""What district staff fill in to erase a text that is about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.student_records import WarnsOfStudentRecords

from .enums import AskedBy
from .pages.erasing import Erasable


class EraseForm(WarnsOfStudentRecords, forms.Form):
    """Which text of a decision is erased, at whose request, and why."""

    watched = ("because",)

    text = forms.TypedChoiceField(label=_("Which text"), widget=forms.RadioSelect)
    asked_by = forms.ChoiceField(
        label=_("At whose request"), choices=AskedBy.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Such as: it names a child. Without names.")
    )

    def __init__(self, *args: Any, texts: Sequence[Erasable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["text"]
        field.choices = [(one.sealed.digest, one.words) for one in texts]
        field.coerce = {one.sealed.digest: one.sealed for one in texts}.__getitem__
