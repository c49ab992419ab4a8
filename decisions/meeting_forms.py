"""The shape of what people type about meetings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import District
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .forms import YEAR
from .models import Decision, Meeting, Seat
from .models.meetings import LONGEST, SHORTEST


class MeetingForm(WarnsOfStudentRecords, forms.Form):
    """When and where a group meets, what for, and which open questions are taken there."""

    watched = ("place", "agenda", "interpreter", "notes")

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes_long = forms.IntegerField(
        label=_("How long, in minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Such as: library, upper floor.")
    )
    link = forms.URLField(label=_("Link to join"), max_length=200, required=False, assume_scheme="https")
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        help_text=_("One item a line. The questions that are taken there come after it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    questions: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Open questions to take there"),
        queryset=None,
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpreter = forms.CharField(
        label=_("Interpreter"),
        max_length=200,
        required=False,
        help_text=_("For which language, and who. Such as: Spanish, by Ms. Ruiz."),
    )
    notes = forms.CharField(
        label=_("Getting there, childcare, food"),
        required=False,
        help_text=_("What helps people to come."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, district: District, questions: Sequence[Decision] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.district = district
        if questions:
            offered = Decision.objects.filter(pk__in=[decision.pk for decision in questions])
            offer(self, "questions", offered)
        else:
            del self.fields["questions"]

    def clean(self) -> dict[str, Any]:
        """Day and hour as an instant, not more than a year away."""
        cleaned = super().clean() or {}
        day, hour = cleaned.pop("day", None), cleaned.pop("hour", None)
        if day and abs(day - clock.today(self.district)) > YEAR:
            self.add_error("day", _("This is more than a year away. Check the year."))
        elif day and hour:
            begins = datetime.datetime.combine(day, hour, self.district.tz)
            cleaned["starts_at"] = begins.astimezone(datetime.UTC)
        return cleaned


class ChangeMeetingForm(MeetingForm):
    """A meeting that is planned already."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def written(meeting: Meeting) -> dict[str, Any]:
    """What the form says of a meeting that is planned."""
    begins = meeting.starts_at.astimezone(meeting.district.tz)
    names = ("minutes_long", "place", "link", "agenda", "interpreter", "notes")
    said = {name: getattr(meeting, name) for name in names}
    return {"version": meeting.version, "day": begins.date(), "hour": begins.time(), **said}


class AttendanceForm(forms.Form):
    """Who is at a meeting: a tick a seat."""

    here: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="uid", required=False
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "here", Seat.objects.filter(pk__in=[seat.pk for seat in seats]))


class MinutesForm(WarnsOfStudentRecords, forms.Form):
    """What was said, in short."""

    watched = ("minutes",)

    version = forms.IntegerField(widget=forms.HiddenInput)
    minutes = forms.CharField(
        label=_("Minutes"),
        required=False,
        help_text=_("A few lines are enough. What was decided stands with each question."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AgendaForm(forms.Form):
    """An open question that is taken at a meeting."""

    question: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("An open question"), queryset=None, to_field_name="uid", empty_label=_("Choose a question")
    )

    def __init__(self, *args: Any, questions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "question", Decision.objects.filter(pk__in=[decision.pk for decision in questions]))
