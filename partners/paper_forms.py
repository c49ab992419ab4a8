"""The shape of what people type about papers."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import PaperState
from .families import family
from .fields import ask_to_choose, calendar, upload_field
from .forms import VersionedForm
from .models import Paper

AS_PRINTED = _("As printed on the paper. Leave it empty where none is printed.")
LAST_FIRST = _("The last day comes before the first.")


class DatedForm(WarnsOfStudentRecords, VersionedForm):
    """A paper's days."""

    def clean(self) -> dict[str, Any]:
        """A paper ends after it began."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", LAST_FIRST)
        return cleaned

    def _post_clean(self) -> None:
        """Leave the record as it is stored: the services write, by compare-and-set."""


class PaperForm(DatedForm):
    """A paper that we have in hand."""

    watched = ("note", "upload")

    upload = upload_field()
    school: Any = forms.ModelChoiceField(
        label=_("For which school"), queryset=None, required=False, empty_label=_("All schools")
    )

    class Meta:
        model = Paper
        fields = ("kind", "valid_from", "valid_until", "note")
        labels = {
            "kind": _("Which paper"),
            "valid_from": _("Valid from"),
            "valid_until": _("Valid until"),
        }
        help_texts = {
            "kind": _("Papers of the organization alone. Never a person's background record."),
            "valid_from": AS_PRINTED,
            "valid_until": AS_PRINTED,
        }
        widgets = {"valid_from": calendar(), "valid_until": calendar()}

    field_order = ("kind", "valid_from", "valid_until", "school", "upload", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "school", School.objects.open())
        ask_to_choose(self, "kind")
        paper = self.instance
        if paper.school_id:
            self.fields["school"].initial = paper.school_id
        if paper.file:
            kept = _("Kept now: %(name)s. Another one takes its place.") % {"name": paper.file.name}
            self.fields["upload"].help_text = kept


class AcceptForm(DatedForm):
    """The days of a paper that a partner handed over, and which one it renews."""

    renews: Any = forms.ModelChoiceField(
        label=_("It renews"), queryset=None, required=False, empty_label=_("None: it is a new one")
    )

    class Meta:
        model = Paper
        fields = ("valid_from", "valid_until")
        labels = {"valid_from": _("Valid from"), "valid_until": _("Valid until")}
        help_texts = {"valid_from": AS_PRINTED, "valid_until": AS_PRINTED}
        widgets = {"valid_from": calendar(), "valid_until": calendar()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.instance
        own = Paper.objects.filter(partner__in=family(paper.partner.winner))
        current = own.filter(state=PaperState.ACCEPTED, superseded_by=None).select_related("school")
        offer(self, "renews", current, words=in_a_line)
        alike = current.filter(kind=paper.kind, school=paper.school_id).first()
        self.fields["renews"].initial = alike and alike.pk


class DeclineForm(WarnsOfStudentRecords, VersionedForm):
    """Why a paper that a partner handed over is sent back."""

    watched = ("because",)

    because = forms.CharField(
        label=_("What is wrong with it"),
        max_length=255,
        help_text=_("The partner reads it. Such as: the page with the date is missing."),
    )

    class Meta:
        model = Paper
        fields = ()


def in_a_line(paper: Paper) -> str:
    """A paper in a list to choose from: which one, where, until when."""
    parts = [paper.get_kind_display(), str(paper.school) if paper.school else ""]
    if paper.valid_until:
        day = date_format(paper.valid_until, "DATE_FORMAT")
        parts.append(str(pgettext_lazy("paper", "until %(day)s")) % {"day": day})
    return ", ".join(part for part in parts if part)
