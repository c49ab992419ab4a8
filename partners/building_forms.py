"""The shape of what people type about who may be in a building."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import WAIVABLE, AgreementKind, PaperKind
from .cleared import today_at
from .fields import calendar
from .forms import VersionedForm
from .models import Partnership, RequirementProfile


class ProfileForm(forms.Form):
    """How a partner works at a school."""

    profile: Any = forms.ModelChoiceField(
        label=_("How they work here"),
        queryset=None,
        required=False,
        empty_label=_("Not chosen yet"),
        help_text=_("It decides which agreement and papers they need."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        kwargs["initial"] = {"profile": partnership.profile_id, "version": partnership.version}
        super().__init__(*args, **kwargs)
        now = Q(retired_on=None) | Q(pk=partnership.profile_id)
        offer(self, "profile", RequirementProfile.objects.filter(now))


class TakeBackForm(WarnsOfStudentRecords, forms.Form):
    """Why a principal takes the yes back."""

    watched = ("because",)

    because = forms.CharField(
        label=_("Why"),
        max_length=255,
        help_text=_("Your own school reads it; others see only the day."),
    )


class YesForm(forms.Form):
    """Until when a principal's yes holds, where it ends by itself."""

    until = forms.DateField(label=_("Until"), required=False, widget=calendar())


class WaiverForm(WarnsOfStudentRecords, forms.Form):
    """What a partner does without, why, and until when."""

    watched = ("because",)

    waives = forms.ChoiceField(label=_("Without"), choices=WAIVABLE)
    because = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("It stands under your name. Such as: the city insures its own staff."),
    )
    until = forms.DateField(label=_("Until"), widget=calendar())

    def __init__(self, *args: Any, school: School | None, district: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today_at(school, district)

    def clean_until(self) -> datetime.date:
        """A day that has not passed."""
        until: datetime.date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return until


class NeedsForm(VersionedForm):
    """A way of working in a school, and what it needs."""

    agreement_kinds = forms.MultipleChoiceField(
        label=_("Which agreement"),
        choices=AgreementKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One of those ticked will do; tick none where any will do."),
    )
    paper_kinds = forms.MultipleChoiceField(
        label=_("Which papers"),
        choices=PaperKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of those ticked are needed."),
    )
    is_offered = forms.BooleanField(label=_("Offered to schools"), required=False, initial=True)

    class Meta:
        model = RequirementProfile
        fields = ("name", "name_es", "needs_agreement", "agreement_kinds", "paper_kinds")

    field_order = ("name", "name_es", "needs_agreement", "agreement_kinds", "paper_kinds", "is_offered")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["is_offered"].initial = self.instance.retired_on is None

    def clean(self) -> dict[str, Any]:
        """Kinds of an agreement are named where one is needed."""
        cleaned = super().clean() or {}
        if cleaned.get("agreement_kinds") and not cleaned.get("needs_agreement"):
            self.add_error("needs_agreement", _("Tick this, too, or none of the agreements below."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the record as it is stored: the services write, by compare-and-set."""
