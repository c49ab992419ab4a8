"""The shape of what people type when a role changes hands: deputies, hand-overs and last days."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import clock
from .deputies import LONGEST, candidates
from .hand_over import receivers
from .models import Membership
from .offer import offer

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _named(member: Membership) -> str:
    return f"{member.user.name}, {member.title or member.get_role_display()}"


class DeputyForm(forms.Form):
    """Who signs for a principal, from when until when; district staff say why."""

    deputy: Any = forms.ModelChoiceField(label=_("Who signs"), queryset=None, empty_label=None)
    since = forms.DateField(label=_("First day"), widget=DAY)
    until = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("A year at most. You can end it earlier at any time.")
    )
    reason = forms.CharField(
        label=_("Why you name somebody for them"),
        max_length=255,
        help_text=_("The principal gets it by mail."),
    )

    def __init__(self, data: Any = None, *, principal: Membership, by: Membership) -> None:
        self.today = clock.today(principal.district)
        super().__init__(data, initial={"since": self.today})
        offer(self, "deputy", candidates(principal), words=_named)
        if by.pk == principal.pk:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """The days lie ahead, in order, within a year."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and since < self.today:
            self.add_error("since", _("This day is over. Choose a later one."))
        elif since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        elif since and until and until > since + LONGEST:
            self.add_error("until", _("This is more than a year. Choose an earlier day."))
        return cleaned


class ReceiverForm(forms.Form):
    """To whom a person's open things go."""

    to: Any = forms.ModelChoiceField(label=_("Hand over to"), queryset=None, to_field_name="uid")

    def __init__(self, data: Any = None, *, giver: Membership) -> None:
        super().__init__(data)
        offer(self, "to", receivers(giver), words=_named, nothing=_("Choose a person"))


class EndForm(ReceiverForm):
    """A person's last day, and who takes over."""

    last_day = forms.DateField(label=_("Last day"), widget=DAY)

    field_order = ("last_day", "to")

    def __init__(self, data: Any = None, *, giver: Membership, anything: bool) -> None:
        super().__init__(data, giver=giver)
        self.giver = giver
        self.fields["last_day"].initial = clock.today(giver.district)
        people: Any = self.fields["to"]
        people.required = False
        people.empty_label = _("Leave them as they are")
        if not anything:
            del self.fields["to"]

    def clean_last_day(self) -> datetime.date:
        """A role ends today at the earliest."""
        day: datetime.date = self.cleaned_data["last_day"]
        if day < clock.today(self.giver.district):
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day
