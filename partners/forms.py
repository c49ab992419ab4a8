"""The shape of what people type on the directory's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .enums import Sector, Tier
from .fields import LinesField, calendar, say_changed_meanwhile, telephone_field, website_field
from .interchange.mapping import NotOurs, tax_number
from .models import Contact, Need, Partner, Service, Site
from .queries import possible_owners


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """An edit that says which version of the record it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def say_changed_meanwhile(self) -> None:
        """Keep what was typed, say what happened, and let the next save count from the record as it is."""
        stored: Any = type(self.instance)._default_manager.get(pk=self.instance.pk)
        say_changed_meanwhile(self, stored.version)


NINE_DIGITS = _("A tax number has nine digits. Write it as in 55-0142001.")


class PartnerForm(WarnsOfStudentRecords, VersionedForm):
    """A partner organization."""

    watched = ("description",)

    aliases = LinesField(
        label=_("Other names"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: short forms and former names, by which people look for it."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    website = website_field(_("Website"))
    owner: Any = forms.ModelChoiceField(
        label=_("Who looks after it in the district"),
        queryset=None,
        required=False,
        empty_label=_("Nobody yet"),
    )
    tags = LinesField(label=_("Tags"), split=",", longest=40, help_text=_("Put commas between them."))

    class Meta:
        model = Partner
        fields = ("name", "aliases", "kind", "sectors", "description", "website", "ein", "tags")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"ein": _("The federal tax number, such as 55-0142001.")}
        error_messages = {"ein": {"max_length": NINE_DIGITS}}

    field_order = ("name", "sectors", "description", "aliases", "kind", "website", "ein", "owner", "tags")

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", possible_owners(by, self.instance.owner_id))
        self.fields["owner"].initial = self.instance.owner_id

    def clean_ein(self) -> str:
        """Nine digits, in the usual spelling."""
        try:
            return tax_number(self.cleaned_data["ein"])
        except NotOurs as error:
            raise forms.ValidationError(NINE_DIGITS) from error


class SiteForm(VersionedForm):
    """A place of a partner."""

    sometimes_needed = ("name", "street")

    phone = telephone_field()

    class Meta:
        model = Site
        fields = ("name", "street", "street2", "city", "state", "postal_code", "phone", "is_mailing")
        help_texts = {"name": _("The name or the street: one of the two is needed.")}

    def clean(self) -> dict[str, Any]:
        """A place has a name or a street, by which people tell it from another."""
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("street"):
            self.add_error("name", _("Write the name of the place, or its street."))
        return cleaned


class ContactForm(WarnsOfStudentRecords, VersionedForm):
    """A person at a partner."""

    watched = ("name", "salutation", "role")

    phone = telephone_field()

    class Meta:
        model = Contact
        fields = ("name", "salutation", "role", "email", "phone", "language")


class ServiceForm(WarnsOfStudentRecords, VersionedForm):
    """What a partner does for students."""

    watched = ("description",)

    needs: Any = forms.ModelMultipleChoiceField(
        label=_("Needs it meets"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    schools: Any = forms.ModelMultipleChoiceField(
        label=_("Schools it reaches"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    tiers = forms.TypedMultipleChoiceField(
        label=_("For how many students"),
        choices=Tier.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = LinesField(
        label=_("Languages"), split=",", longest=60, help_text=_("Put commas between them.")
    )

    class Meta:
        model = Service
        fields = ("name", "description", "tiers", "grades", "languages", "capacity", "since", "until")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "since": calendar(),
            "until": calendar(),
        }

    field_order = ("name", "description", "needs", "schools", "tiers", "grades", "languages", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "needs", Need.objects.filter(retired_on=None))
        offer(self, "schools", School.objects.open())
        if self.instance.pk:
            self.fields["needs"].initial = list(self.instance.needs.all())
            self.fields["schools"].initial = list(self.instance.schools.all())

    def clean(self) -> dict[str, Any]:
        """A service ends after it began."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first."))
        return cleaned
