"""The shape of what comes by a letter's own link, and of why one is written anew."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Answer


class AnswerForm(forms.Form):
    """One answer of three, and words that may stay away."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=Answer.choices,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    note = forms.CharField(
        label=_("In your words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
    )


class AnewForm(forms.Form):
    """Why a signed letter is written anew; as long as a letter keeps it."""

    note = forms.CharField(max_length=255)
