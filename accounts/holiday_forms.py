"""The shape of what people type about holidays."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import calendar_file
from .holidays import Days
from .models import Holiday, Membership, School
from .offer import offer

SALT = "holidays-of-a-calendar-file"
CALENDAR = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlaceForm(forms.Form):
    """Where a holiday holds: the whole district, for those who may say so, or a school of one's own."""

    school: Any = forms.ModelChoiceField(
        label=_("Where"), queryset=None, to_field_name="uid", required=False, empty_label=None
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.filter(closed_on=None)
        if not by.whole_district:
            schools = schools.filter(pk__in=by.school_ids)
            self.fields["school"].required = True
        offer(self, "school", schools, nothing=_("The whole district") if by.whole_district else None)


class DaysForm(forms.Form):
    """Which days, and what they are called."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Spring break."))
    first_day = forms.DateField(label=_("First day"), widget=CALENDAR)
    last_day = forms.DateField(
        label=_("Last day"),
        widget=CALENDAR,
        required=False,
        help_text=_("Leave it empty for a single day."),
    )

    def clean(self) -> dict[str, Any]:
        """The last day is the first one where it is left empty, and never before it."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and "last_day" in cleaned:
            cleaned["last_day"] = last = last or first
            if last < first:
                self.add_error("last_day", _("The last day is before the first one."))
            elif last - first > calendar_file.LONGEST:
                self.add_error("last_day", _("That is longer than 120 days. Add the parts one by one."))
        return cleaned

    @property
    def days(self) -> Days:
        """What was typed."""
        typed = self.cleaned_data
        return Days(typed["first_day"], typed["last_day"], " ".join(typed["name"].split()))


class AddForm(DaysForm, PlaceForm):
    """A new holiday."""

    field_order = ("name", "first_day", "last_day", "school")


class ChangeForm(DaysForm):
    """Another name, or other days."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, holiday: Holiday, **kwargs: Any) -> None:
        names = ("name", "first_day", "last_day", "version")
        kwargs["initial"] = {name: getattr(holiday, name) for name in names}
        super().__init__(*args, **kwargs)


class VersionForm(forms.Form):
    """Which version of a holiday the button was pressed for."""

    version = forms.IntegerField()


class FileForm(PlaceForm):
    """A calendar file, and where its days hold."""

    file = forms.FileField(
        label=_("Calendar file"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"empty": _("The file is empty. Export it again from your calendar program.")},
        help_text=_("Its name ends in .ics; 512 KB at most. Calendar programs call it export or download."),
    )
    field_order = ("file", "school")


class TakeInForm(PlaceForm):
    """Which of the days of a file are holidays."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.ticked: list[str] = data.getlist("days")

    def clean(self) -> dict[str, Any]:
        """The days, as the preview has signed them."""
        cleaned = super().clean() or {}
        try:
            cleaned["days"] = [unsigned(text) for text in self.ticked]
        except signing.BadSignature as wrong:
            raise ValidationError(_("This page is too old. Choose the file again.")) from wrong
        return cleaned


def signed(days: Days) -> str:
    """Days as the value of a tick box."""
    first, last = days.first_day.isoformat(), days.last_day.isoformat()
    return signing.dumps([first, last, days.name], salt=SALT, compress=True)


def unsigned(text: str) -> Days:
    """The days of a tick box. Raises BadSignature where we did not write it, or a day ago."""
    first, last, name = signing.loads(text, salt=SALT, max_age=24 * 60 * 60)
    return Days(_date(first), _date(last), name)


def _date(text: str) -> Any:
    return forms.DateField().clean(text)
