"""The shape of what people type when a question ends, goes on to a further round, or comes back."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords, anyway

from .forms import day_field, last_instant, meeting_field, text_es_field
from .models import Decision, Group, Meeting
from .pages.groups import owners_for
from .rule import MET, Outcome
from .services import ActionItem

ROWS = 3
"""How many action items the form for closing has room for."""


class RoundForm(WarnsOfStudentRecords, forms.Form):
    """The question's text for the next round, and at which meeting or until when it is answered.

    It stands on one page with CloseForm, so the names of its fields on the page are its own.
    """

    watched = ("text", "text_es")

    text = forms.CharField(
        label=_("The question as it stands now"),
        required=False,
        help_text=_("Leave it empty where nothing changed. Both texts are kept."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text_es = text_es_field(required=False)
    meeting = meeting_field()
    last_day = day_field(_("Last day for answers"), _("Until 5:00 pm. Leave it empty for a meeting."))

    def __init__(self, *args: Any, decision: Decision, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_round_%s", **kwargs)
        self.by = by
        others = Meeting.objects.filter(group=decision.group_id).exclude(pk=decision.meeting_id)
        offer(self, "meeting", others.coming(clock.now()))

    def clean_last_day(self) -> datetime.datetime | None:
        """The instant at which answers of this round end."""
        return last_instant(self.cleaned_data["last_day"], self.by)

    def clean(self) -> dict[str, Any]:
        """It is in Spanish only where it is written anew in English."""
        if self.cleaned_data.get("text_es") and not self.cleaned_data.get("text"):
            self.add_error("text", _("Write the question in English, too, or leave both empty."))
        return super().clean()


class WithdrawForm(WarnsOfStudentRecords, forms.Form):
    """Why a group takes its question back."""

    watched = ("reason",)

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It stands in the record, and in the mail to the seats that were asked. Such as: the grant was "
            "not given."
        ),
    )


class KeepForm(WarnsOfStudentRecords, forms.Form):
    """Why a decision is kept, and when it is looked at again."""

    watched = ("reason",)

    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ActionItemForm(WarnsOfStudentRecords, forms.Form):
    """One thing to do: what, who, and by when."""

    watched = ("what", "who")

    what = forms.CharField(label=_("What is to be done"), max_length=200)
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who"), queryset=None, required=False, empty_label=_("Nobody of us")
    )
    who = forms.CharField(label=_("Or who else, in words"), max_length=120, required=False)
    due_on = day_field(_("By when"))

    def __init__(self, *args: Any, group: Group, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners_for(group, by), words=lambda member: member.user.name)

    def clean(self) -> dict[str, Any]:
        """One person for one thing."""
        cleaned = super().clean() or {}
        if cleaned.get("owner") and cleaned.get("who"):
            self.add_error("who", _("Choose one of us, or write a name: one of them."))
        return cleaned

    def has_changed(self) -> bool:
        """Whether anything was typed; that it was warned of is not."""
        return any(name != "warned" for name in self.changed_data)

    @property
    def item(self) -> ActionItem:
        """The action item of a valid form."""
        return ActionItem(**self.cleaned_data)


class CloseForm(WarnsOfStudentRecords, forms.Form):
    """What goes with an outcome: who looks after it, why, what was said against, from when, and its review.

    `rows` are its action items; those left empty are none.
    """

    watched = ("rationale", "dissent")
    is_decided = False

    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who looks after it"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    rationale = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All seats can read it, also in the mail about the outcome."),
    )
    dissent = forms.CharField(
        label=_("What was said against"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    effective_on = day_field(_("In effect from"))
    review_on = day_field(_("Look at it again on"))

    def __init__(self, *args: Any, group: Group, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        offer(self, "owner", owners_for(group, by), words=lambda member: member.user.name)
        data = self.data if self.is_bound else None
        empty: dict[str, Any] = {"empty_permitted": True, "use_required_attribute": False}
        self.rows = [
            ActionItemForm(data, group=group, by=by, prefix=f"item-{n}", **empty) for n in range(1, ROWS + 1)
        ]

    def suit(self, outcome: Outcome) -> None:
        """Where it is decided, who looks after it comes first, and the days are filled in: in effect today,
        looked at again in a year. A few keys then do."""
        self.is_decided = outcome in MET
        if self.is_decided:
            today = clock.today(self.by.district)
            self.initial.update(effective_on=today, review_on=a_year_after(today))
            self.fields["owner"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A review comes after the start; each action item is whole."""
        cleaned = super().clean() or {}
        start, review = cleaned.get("effective_on"), cleaned.get("review_on")
        if start and review and review < start:
            self.add_error("review_on", _("The review comes before the decision is in effect."))
        if not all(row.is_valid() for row in self.rows):
            self.submit_anyway = anyway(self, *self.rows)
            raise forms.ValidationError(_("Look at what is to be done: something is missing or wrong there."))
        return cleaned | {"action_items": [row.item for row in self.rows if row.has_changed()]}

    @property
    def first(self) -> list[forms.BoundField]:
        """What is always shown."""
        names = ("owner", "rationale", "dissent") if self.is_decided else ("rationale", "dissent")
        return [self[name] for name in names]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What opens below: it is filled in already, or seldom needed. Only what is decided comes back for
        review."""
        names = ("effective_on", "review_on") if self.is_decided else ("owner", "effective_on")
        return [self[name] for name in names]

    @property
    def opens_rest(self) -> bool:
        """Whether something below is wrong, or was written."""
        wrong = any(self.errors.get(field.name) for field in self.rest)
        return wrong or (self.is_bound and any(row.has_changed() for row in self.rows))


def a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; February 28 where there is none."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
