"""The table of a batch as it is sent back: what was chosen for each row, and for all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Batch
from .services import RowChoice

LONGEST_RESULT = 200


class BatchForm(forms.Form):
    """What is chosen for all letters of a batch; `choices` is what is chosen for each of its rows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why this letter goes out now"), max_length=255, required=False)
    by_mail = forms.TypedChoiceField(
        label=_("How they go"),
        choices=[
            ("True", _("By e-mail where there is an address, else printed")),
            ("False", _("All printed")),
        ],
        coerce=lambda value: value == "True",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, batch: Batch) -> None:
        initial = {"version": batch.version, "reason": batch.reason, "by_mail": batch.by_mail}
        super().__init__(data, initial=initial)

    @property
    def choices(self) -> dict[int, RowChoice]:
        """By the key of the row: of those that the page showed."""
        data: Any = self.data
        out, despite = set(data.getlist("out")), set(data.getlist("despite"))
        return {
            int(key): RowChoice(
                left_out=key in out,
                write_despite=key in despite,
                result=data.get(f"result-{key}", "")[:LONGEST_RESULT],
                contact_id=int(contact) if (contact := data.get(f"to-{key}", "")).isdecimal() else None,
            )
            for key in data.get("rows", "").split(",")
            if key.isdecimal()
        }
