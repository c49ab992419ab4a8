"""The shape of what people type on the pages of decisions."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership, School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .enums import Change, Kind
from .models import Decision, Group, Meeting
from .rule import Method
from .services import NothingToChange
from .texts import filled
from .words import METHOD_WORDS

MOST_OPTIONS, OPTION_LENGTH = 20, 200
LAST_HOUR = 17
"""Answers are taken until this hour of their last day."""
CHOSEN_ANEW = [method for method in Method if method is not Method.DELEGATED]
"""The ways by which a question can be decided though its group agreed on another. Only "How we decide" gives
a matter to one seat."""
YEAR = datetime.timedelta(days=366)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """An optional day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def meeting_field() -> forms.ModelChoiceField[Any]:
    """The meeting at which a question is taken, if any; the form offers them."""
    return forms.ModelChoiceField(
        label=_("Taken at the meeting"),
        queryset=None,
        to_field_name="uid",
        required=False,
        empty_label=_("At no meeting"),
    )


def last_instant(day: datetime.date | None, by: Membership) -> datetime.datetime | None:
    """The instant at which answers end on a day. Raises ValidationError for one that has passed, and for one
    more than a year away."""
    if day is None:
        return None
    if day > clock.today(by.district) + YEAR:
        raise forms.ValidationError(_("This is more than a year away. Choose an earlier one."))
    ends = clock.at_local(day, LAST_HOUR, by.district.tz)
    if ends <= clock.now():
        raise forms.ValidationError(_("This day is over. Choose a later one."))
    return ends


class OptionsField(forms.CharField):
    """The options of a question, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        """The options. Raises ValidationError for too many, and for one that is too long."""
        options = filled(super().clean(value).splitlines())
        if len(options) > MOST_OPTIONS or any(len(option) > OPTION_LENGTH for option in options):
            words = _("Write at most %(options)d options, each of at most %(letters)d letters.")
            raise forms.ValidationError(words % {"options": MOST_OPTIONS, "letters": OPTION_LENGTH})
        return options


def text_es_field(*, required: bool) -> forms.CharField:
    """The question of a further round in Spanish."""
    return forms.CharField(
        label=_("The question as it stands now, in Spanish"),
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def options_es_field(*, required: bool) -> OptionsField:
    """The same options in Spanish."""
    words = _("One a line, in the same order.")
    return OptionsField(label=_("The options in Spanish"), required=required, help_text=words)


class GroupForm(forms.Form):
    """A new group: its name and whose it is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    school: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Whose group it is"), queryset=None, required=False
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].required = not by.whole_district
        nothing = _("The whole district") if by.whole_district else _("Choose a school")
        offer(self, "school", School.objects.reached_by(by), nothing=nothing)


class QuestionForm(WarnsOfStudentRecords, forms.Form):
    """A new question: short, the rest can wait."""

    rare = ("method", "method_reason", "options", "options_es", "question_es", "meaning_es")
    watched = ("question", "meaning", *rare[1:])

    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who decides"), queryset=None, to_field_name="uid", empty_label=_("Choose a group")
    )
    question = forms.CharField(
        label=_("The question"),
        max_length=300,
        help_text=_(
            "One that can be answered with yes: Shall all partners use one referral form from January?"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(label=_("What it is about"), choices=Kind.choices, initial=Kind.EVERYDAY)
    meaning = forms.CharField(
        label=_("What a yes would mean"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    last_day = day_field(_("Last day for answers"), _("Until 5:00 pm. Leave it empty for a meeting."))
    meeting = meeting_field()
    method = forms.TypedChoiceField(
        label=_("How it is decided"),
        required=False,
        choices=[("", _("As the group agreed")), *((code, METHOD_WORDS[code]) for code in CHOSEN_ANEW)],
        coerce=Method,
        empty_value=None,
    )
    method_reason = forms.CharField(label=_("Why another way than agreed"), required=False, max_length=300)
    options = OptionsField(
        label=_("Options"),
        required=False,
        help_text=_("Where one of several is chosen: one a line. Their order is kept."),
    )
    options_es = options_es_field(required=False)
    question_es = forms.CharField(
        label=_("The question in Spanish"),
        required=False,
        max_length=300,
        help_text=_("For those of its seats who read Spanish."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    meaning_es = forms.CharField(
        label=_("What a yes would mean, in Spanish"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    supersedes: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        to_field_name="uid",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": NothingToChange.words},
    )
    changes = forms.ChoiceField(
        label=_("What a yes does to the earlier decision"), choices=Change.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        groups = Group.objects.for_member(by).select_related("school")
        if not by.whole_district:
            groups = groups.filter(school__in=by.school_ids)
        offer(self, "group", groups, words=lambda group: group.full_name)
        coming = Meeting.objects.filter(group__in=groups).coming(clock.now())
        offer(self, "meeting", coming.select_related("group", "district"))
        if not coming.exists():
            del self.fields["meeting"]
        self._offer_earlier(by)

    def _offer_earlier(self, by: Membership) -> None:
        """Where an earlier decision is named, ask what a yes does to it, and take its group and kind."""
        standing = Decision.objects.for_member(by).standing()
        offer(self, "supersedes", standing)
        named = self["supersedes"].value()
        self.earlier = standing.select_related("group").filter(uid=named).first() if named else None
        if self.earlier:
            self.initial.update(group=self.earlier.group.uid, kind=self.earlier.kind)
        elif not (self.is_bound and named):
            del self.fields["supersedes"], self.fields["changes"]

    def clean(self) -> dict[str, Any]:
        """What a yes would mean is in Spanish only where the question is; the meeting is the group's own."""
        cleaned = super().clean() or {}
        meeting, group = cleaned.get("meeting"), cleaned.get("group")
        if meeting and group and meeting.group != group:
            self.add_error("meeting", _("This is another group's meeting."))
        if cleaned.get("meaning_es") and not cleaned.get("question_es"):
            self.add_error("question_es", _("Write the question in Spanish, too."))
        return cleaned

    @property
    def often(self) -> list[forms.BoundField]:
        """What each question needs."""
        return [field for field in self if field.name not in self.rare]

    @property
    def rarely(self) -> list[forms.BoundField]:
        """What only some questions need."""
        return [self[name] for name in self.rare]

    @property
    def opens_rare(self) -> bool:
        """Whether something of the rare fields is filled in, or wrong."""
        return any(self[name].value() or self.errors.get(name) for name in self.rare)

    def clean_last_day(self) -> datetime.datetime | None:
        """The instant at which answers end."""
        return last_instant(self.cleaned_data["last_day"], self.by)
