"""The shape of what a school says of its needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import date as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.models import School

from .coverage import Rating
from .fields import calendar
from .models import Need

RATINGS = [("3", gettext_lazy("High")), ("2", gettext_lazy("Medium")), ("1", gettext_lazy("Low"))]


class RatingForm(forms.Form):
    """How high each need is, how that is known, and since when. What is left alone stays as it was."""

    def __init__(
        self, *args: Any, school: School, needs: Iterable[Need], now: Mapping[int, Rating], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.now = clock.today(school), now
        self.needs = {f"need_{need.pk}": need for need in needs}
        for name, need in self.needs.items():
            self.fields[name] = self._rating(need, now.get(need.pk))
        self.sometimes_needed = tuple(self.needs)  # each may be left alone, as the page says
        self.fields["source"] = forms.CharField(
            label=_("How do you know?"),
            max_length=200,
            help_text=_("One source for all that you change here, such as: attendance report, May 2026."),
        )
        self.fields["on"] = forms.DateField(label=_("As of"), initial=self.today, widget=calendar())

    def _rating(self, need: Need, now: Rating | None) -> forms.ChoiceField:
        choices = RATINGS if now else [("", _("Not rated")), *RATINGS]
        help_text = ""
        if now:
            words = {"day": written(now.on, "DATE_FORMAT"), "source": now.source}
            help_text = _("Since %(day)s: %(source)s") % words
        return forms.ChoiceField(
            label=str(need),
            choices=choices,
            required=False,
            initial=str(now.value) if now else "",
            help_text=help_text,
        )

    def clean_on(self) -> Any:
        """A day that has come."""
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return self.cleaned_data["on"]

    def ratings(self) -> dict[Need, int]:
        """What was chosen for each need."""
        chosen = {need: self.cleaned_data.get(name, "") for name, need in self.needs.items()}
        return {need: int(value) for need, value in chosen.items() if value}
