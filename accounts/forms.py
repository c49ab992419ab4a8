"""The shape of what people type on this floor's pages."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import clock
from .models import District, School
from .offer import offer
from .roles import Role


class MeForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)


class VersionForm(forms.Form):
    """An act on the version of a record that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(forms.Form):
    """Whom to invite, as what, and where."""

    sometimes_needed = ("schools",)

    email = forms.EmailField(label=_("Their e-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("As it stands under a letter.")
    )
    whole_district = forms.BooleanField(label=_("The whole district"), required=False)
    schools: Any = forms.ModelMultipleChoiceField(
        label=_("Schools"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Not needed for the whole district, nor for district staff."),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty where there is none."),
    )

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.today(district)
        offer(self, "schools", School.objects.filter(district=district).open())

    def clean_until(self) -> datetime.date | None:
        """A role ends today at the earliest."""
        until: datetime.date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return until

    def clean(self) -> dict[str, Any]:
        """A role that is not for the whole district needs a school."""
        cleaned = super().clean() or {}
        everywhere = cleaned.get("whole_district") or cleaned.get("role") == Role.STAFF
        if not everywhere and not cleaned.get("schools"):
            self.add_error("schools", _("Tick at least one school, or the whole district."))
        return cleaned


class AcceptForm(forms.Form):
    """What a person who is new chooses: name, language and password."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 12 characters. Three or four words that don't belong together are easy to keep."
        ),
    )

    def clean_password(self) -> str:
        """Refuse what is short or common."""
        password: str = self.cleaned_data["password"]
        try:
            password_validation.validate_password(password)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return password
