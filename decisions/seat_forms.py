"""The shape of what people type about seats: whose they are, until when, and who sits in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.offer import offer
from partners.enums import Sector
from partners.families import family
from partners.models import Contact, Partner

from .enums import Standing
from .forms import day_field
from .models import Seat
from .pages.groups import owners_for

NO_END = _("Leave it empty where no end is agreed.")
REPRESENTATIVE, DEPUTY = "representative", "deputy"


class SeatForm(forms.Form):
    """A new seat: exactly one of an organization, a school or the people it speaks for."""

    sometimes_needed = ("partner", "school", "people_label")

    partner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("An organization"), queryset=None, required=False, empty_label=_("None")
    )
    school: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Or a school"), queryset=None, required=False, empty_label=_("None")
    )
    people_label = forms.CharField(
        label=_("Or people, by whom it speaks for"),
        max_length=120,
        required=False,
        help_text=_("Such as: Parent, Lincoln Middle School. Papers show these words, not a name."),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[("", _("That of the organization or school")), *Sector.choices],
    )
    standing = forms.ChoiceField(
        label=_("What the seat does"), choices=Standing.choices, initial=Standing.VOTES
    )
    until = day_field(_("Last day of its term"), NO_END)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partner", Partner.objects.current().order_by("sort_name"))
        offer(self, "school", School.objects.open())

    def clean(self) -> dict[str, Any]:
        """One of the three, and a sector where none follows from it."""
        cleaned = super().clean() or {}
        chosen = [name for name in ("partner", "school", "people_label") if cleaned.get(name)]
        if len(chosen) != 1:
            self.add_error(
                "partner", _("Choose an organization, or a school, or name the people: one of them.")
            )
        elif not cleaned.get("sector"):
            cleaned["sector"] = self._sector(cleaned)
            if not cleaned["sector"]:
                self.add_error("sector", _("Choose a sector: the quorum counts sectors."))
        return cleaned

    @staticmethod
    def _sector(cleaned: dict[str, Any]) -> str:
        if cleaned.get("school"):
            return Sector.SCHOOLS
        partner: Partner | None = cleaned.get("partner")
        return partner.sectors[0] if partner and partner.sectors else ""


class TermForm(forms.Form):
    """Until when a seat holds."""

    until = day_field(_("Last day of its term"), NO_END)
    version = forms.IntegerField(widget=forms.HiddenInput)


class HolderForm(forms.Form):
    """Who sits in a seat: a contact of its organization, one of us, or a name."""

    contact: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("A contact"), queryset=None, required=False, empty_label=_("None")
    )
    membership: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Or one of us"), queryset=None, required=False, empty_label=_("None")
    )
    name = forms.CharField(label=_("Or a name"), max_length=120, required=False)
    reach = forms.CharField(label=_("How to reach them"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    deputy = forms.ChoiceField(
        label=_("They sit here as"),
        required=False,
        choices=[(REPRESENTATIVE, _("Representative")), (DEPUTY, _("Deputy"))],
        help_text=_("A deputy is asked where no representative sits."),
        initial=REPRESENTATIVE,
    )
    until = day_field(_("Their last day"), NO_END)

    def __init__(self, *args: Any, seat: Seat, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        winner = seat.partner.winner if seat.partner else None
        offer(self, "contact", Contact.objects.here().filter(partner__in=family(winner)))
        offer(self, "membership", owners_for(seat.group, by))
        if not seat.partner_id:
            del self.fields["contact"]
            self.fields["membership"].label = _("One of us")
        if seat.keeps_no_name:
            del self.fields["name"]

    def clean_deputy(self) -> bool:
        """Whether they are the deputy."""
        return bool(self.cleaned_data["deputy"] == DEPUTY)

    def clean(self) -> dict[str, Any]:
        """Exactly one of those offered."""
        cleaned = super().clean() or {}
        if sum(bool(cleaned.get(name)) for name in ("contact", "membership", "name")) != 1:
            raise forms.ValidationError(_("Name one person who sits in this seat."))
        return cleaned
