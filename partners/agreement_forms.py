"""The shape of what people type about agreements."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import AgreementStatus, Clause, ClauseState
from .agreement_queries import clauses_of
from .fields import ask_to_choose, calendar, upload_field
from .forms import VersionedForm
from .models import Agreement, DataSharing, Partner
from .paper_forms import LAST_FIRST
from .search import spelled_out
from .uploads import Upload

SET_BY_HAND = (
    AgreementStatus.DRAFT,
    AgreementStatus.IN_REVIEW,
    AgreementStatus.OUT_FOR_SIGNATURE,
    AgreementStatus.IN_FORCE,
)
SIGNATURES = ("signed_on", "signed_by_name"), ("district_signed_on", "district_signed_by_name")


class AgreementForm(WarnsOfStudentRecords, VersionedForm):
    """An agreement: what, from when until when, where, and who signed it."""

    watched = ("title",)
    sometimes_needed = ("starts", "signed_by_name", "district_signed_by_name")

    status = forms.ChoiceField(label=_("How far along it is"))
    schools: Any = forms.ModelMultipleChoiceField(
        label=_("Schools it holds for"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none if it holds for all."),
    )
    lead_partner = forms.CharField(
        label=_("Lead agency"),
        max_length=255,
        required=False,
        help_text=_("Only if this partner works for another one: that one's name, as in the directory."),
    )

    class Meta:
        model = Agreement
        fields = (
            "title",
            "kind",
            "status",
            "starts",
            "ends",
            "signed_by_name",
            "signed_by_title",
            "authorized_as",
            "signed_on",
            "district_signed_by_name",
            "district_signed_by_title",
            "district_authorized_as",
            "district_signed_on",
        )
        labels = {
            "title": _("What it is called"),
            "starts": _("First day"),
            "ends": _("Last day"),
            "signed_by_title": _("Their title"),
            "authorized_as": _("They may sign because"),
            "signed_on": _("They signed on"),
            "district_signed_by_title": _("Title in the district"),
            "district_authorized_as": _("May sign for the district because"),
            "district_signed_on": _("Signed for the district on"),
        }
        help_texts = {
            "starts": _("Needed once it is in force."),
            "ends": _("Leave it empty where none is agreed."),
            "authorized_as": _("Such as: executive director, by the bylaws."),
            "district_authorized_as": _("Such as: superintendent, by board policy."),
        }
        widgets = {name: calendar() for name in ("starts", "ends", "signed_on", "district_signed_on")}

    field_order = ("title", "kind", "status", "starts", "ends", "schools", "lead_partner")

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner, agreement = partner, self.instance
        now = AgreementStatus(agreement.status)
        offered = SET_BY_HAND if now in SET_BY_HAND else (now,)
        self.fields["status"].choices = [(status, status.label) for status in offered]  # type: ignore[attr-defined]
        offer(self, "schools", School.objects.open())
        ask_to_choose(self, "kind")
        if agreement.pk:
            self.fields["schools"].initial = list(agreement.schools.all())
            self.fields["lead_partner"].initial = agreement.lead_partner and agreement.lead_partner.name

    def clean_lead_partner(self) -> Partner | None:
        """The partner of that name. Raises ValidationError where there is none, or more than one."""
        name = self.cleaned_data["lead_partner"].strip()
        if not name:
            return None
        named = Partner.objects.filter(sort_name=spelled_out(name)[:255]).current()
        found = list(named.exclude(pk=self.partner.pk)[:2])
        if len(found) != 1:
            raise forms.ValidationError(
                _("The directory has no other partner of just this name. Write it as it stands there.")
            )
        lead: Partner = found[0]
        return lead

    def clean(self) -> dict[str, Any]:
        """In force it has begun at some day; it ends after it began; who signed on a day has a name."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if cleaned.get("status") == AgreementStatus.IN_FORCE and not starts:
            self.add_error("starts", _("An agreement in force has a first day."))
        if starts and ends and ends < starts:
            self.add_error("ends", LAST_FIRST)
        for day, name in SIGNATURES:
            if cleaned.get(day) and not cleaned.get(name):
                self.add_error(name, _("Write who signed."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the record as it is stored: the services write, by compare-and-set."""


class EndForm(forms.Form):
    """The day on which an agreement ends early."""

    on = forms.DateField(
        label=_("It ends on"),
        widget=calendar(),
        help_text=_("From this day on it no longer holds; for the days before it did."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, today: datetime.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today, "version": agreement.version}
        super().__init__(*args, **kwargs)
        self.starts = agreement.starts

    def clean_on(self) -> datetime.date:
        """A day on which it had begun."""
        day: datetime.date = self.cleaned_data["on"]
        if self.starts is None or day < self.starts:
            raise forms.ValidationError(_("It had not begun on this day."))
        return day


class ClausesForm(WarnsOfStudentRecords, forms.Form):
    """How far each clause is, with a note."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = agreement.version
        for row in clauses_of(agreement):
            self.fields[row.code] = forms.ChoiceField(
                label=row.label, choices=ClauseState.choices, initial=row.state
            )
            note_label = _("Note: %(clause)s") % {"clause": row.label}
            self.fields[f"{row.code}_note"] = forms.CharField(
                label=note_label, max_length=500, required=False, initial=row.note
            )
        self.watched = tuple(f"{code}_note" for code in Clause.values)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each clause how far it is, and its note."""
        return [(self[code], self[f"{code}_note"]) for code in Clause.values]

    @property
    def clauses(self) -> dict[str, tuple[str, str]]:
        """State and note by the clause's code."""
        cleaned = self.cleaned_data
        return {code: (cleaned[code], cleaned[f"{code}_note"]) for code in Clause.values}


class FileForm(WarnsOfStudentRecords, forms.Form):
    """One more file of an agreement."""

    watched = ("upload",)

    upload = upload_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = True

    @property
    def file(self) -> Upload:
        """The file that was chosen."""
        upload: Upload = self.cleaned_data["upload"]
        return upload


class SharingForm(WarnsOfStudentRecords, VersionedForm):
    """An agreement's entry in the register of shared data."""

    watched = ("data", "purpose", "protection")

    class Meta:
        model = DataSharing
        fields = ("data", "purpose", "legal_basis", "receivers", "protection", "destroyed_when")
        help_texts = {
            "data": _("Which kinds of data, never the data of a student."),
            "legal_basis": _("Such as: written consent of the parents (34 CFR 99.30)."),
            "destroyed_when": _("Such as: within 60 days of the agreement's end."),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("data", "purpose", "protection")}

    def _post_clean(self) -> None:
        """Leave the record as it is stored: the services write, by compare-and-set."""
