"""The shape of what people type on the pages of decisions."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership, School
from accounts.offer import offer
from partners.enums import Sector
from partners.families import family
from partners.models import Contact, Partner

from .enums import Kind, Standing
from .methods import BY_ANSWERS
from .models import Decision, Group, Seat
from .pages.groups import owners_for
from .rule import Method
from .words import METHOD_WORDS

MOST_OPTIONS, OPTION_LENGTH = 20, 200
LAST_HOUR = 17
"""Answers are taken until this hour of their last day."""
YEAR = datetime.timedelta(days=366)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """An optional day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


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
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])

    def __init__(self, *args: Any, seat: Seat, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        winner = seat.partner.winner if seat.partner else None
        offer(self, "contact", Contact.objects.here().filter(partner__in=family(winner)))
        offer(self, "membership", owners_for(seat.group, by))
        if not seat.partner_id:
            del self.fields["contact"]
            self.fields["membership"].label = _("One of us")
        if seat.people_label and seat.sector == Sector.YOUTH:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """Exactly one of those offered."""
        cleaned = super().clean() or {}
        if sum(bool(cleaned.get(name)) for name in ("contact", "membership", "name")) != 1:
            raise forms.ValidationError(_("Name one person who sits in this seat."))
        return cleaned


class QuestionForm(forms.Form):
    """A new question: short, the rest can wait."""

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
    method = forms.TypedChoiceField(
        label=_("How it is decided"),
        required=False,
        choices=[("", _("As the group agreed")), *((code, METHOD_WORDS[code]) for code in BY_ANSWERS)],
        coerce=Method,
        empty_value=None,
    )
    method_reason = forms.CharField(label=_("Why another way than agreed"), required=False, max_length=300)
    options = forms.CharField(
        label=_("Options"),
        required=False,
        help_text=_("Where one of several is chosen: one a line. Their order is kept."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rare = ("method", "method_reason", "options")

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        groups = Group.objects.for_member(by).select_related("school")
        if not by.whole_district:
            groups = groups.filter(school__in=by.school_ids)
        offer(self, "group", groups, words=lambda group: group.full_name)

    def clean_options(self) -> list[str]:
        """One option a line."""
        options = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(options) > MOST_OPTIONS or any(len(option) > OPTION_LENGTH for option in options):
            words = _("Write at most %(options)d options, each of at most %(letters)d letters.")
            raise forms.ValidationError(words % {"options": MOST_OPTIONS, "letters": OPTION_LENGTH})
        return options

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
        """The instant at which answers end; a day that has passed is refused."""
        day: datetime.date | None = self.cleaned_data["last_day"]
        if day is None:
            return None
        if day > clock.today(self.by.district) + YEAR:
            raise forms.ValidationError(_("This is more than a year away. Choose an earlier one."))
        ends = clock.at_local(day, LAST_HOUR, self.by.district.tz)
        if ends <= clock.now():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return ends


class StepOutForm(forms.Form):
    """Which seat steps out, and why."""

    seat: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Which seat"), queryset=None, to_field_name="uid", empty_label=_("Choose a seat")
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Such as: they bid for this contract.")
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seat", decision.seats.filter(recusal=None, standing=Standing.VOTES))


class RoundForm(forms.Form):
    """The question's text for the next round."""

    text = forms.CharField(
        label=_("The question as it stands now"),
        required=False,
        help_text=_("Leave it empty where nothing changed. Both texts are kept."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    """What goes with an outcome: why, what was said against, who looks after it, from when, and its
    review."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rationale = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    dissent = forms.CharField(
        label=_("What was said against"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who looks after it"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    effective_on = day_field(_("In effect from"))
    review_on = day_field(_("Look at it again on"))

    def __init__(self, *args: Any, group: Group, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners_for(group, by), words=lambda member: member.user.name)

    def clean(self) -> dict[str, Any]:
        """A review comes after the start."""
        cleaned = super().clean() or {}
        start, review = cleaned.get("effective_on"), cleaned.get("review_on")
        if start and review and review < start:
            self.add_error("review_on", _("The review comes before the decision is in effect."))
        return cleaned
