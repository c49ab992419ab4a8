"""The shape of what people type about their own school."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import School
from accounts.models.districts import MOST_PUPILS
from accounts.offer import offer
from accounts.student_records import names_few_students
from accounts.zones import HERE

from .fields import TelephoneField
from .forms import VersionedForm
from .models import Need, SchoolFigure

OLDEST = 10  # years: an older figure convinces nobody
IN_DIGITS = _("Write the number of students in digits, such as 612; 20,000 at most.")
FIGURE = _("A whole sentence, as it stands in a letter: 2 in 10 of our students missed a month of school.")

FEWER = _(
    "So small a number can point to a student. Write “fewer than 10 students”, or a share such as 2 in 10."
)


class SchoolForm(VersionedForm):
    """What a school's letters say of it."""

    phone = TelephoneField(label=_("Phone"), required=False, max_length=40)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = School
        fields = ("name", "place", "address", "phone", "pupils", "zone")
        labels = {
            "name": _("Name of the school"),
            "place": _("Place"),
            "address": _("Address"),
            "pupils": _("Number of students"),
        }
        help_texts = {
            "place": _("The town or part of town, as letters name it: “our school in Larkmoor”."),
            "address": _("In one line, as it stands at the top of letters."),
        }
        error_messages = {
            "pupils": {"invalid": IN_DIGITS, "min_value": IN_DIGITS, "max_value": IN_DIGITS},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        pupils, zone, own = fields["pupils"], fields["zone"], self.instance.zone
        pupils.widget.attrs |= {"inputmode": "numeric", "min": 0, "max": MOST_PUPILS}
        zones = HERE if own in HERE or not own else (own, *HERE)
        as_district = _("As in the district: %(zone)s") % {"zone": self.instance.district.zone}
        zone.choices = [("", as_district), *((name, name) for name in zones)]


class FigureForm(VersionedForm):
    """One figure of a school: what for, in words, from where."""

    need: Any = forms.ModelChoiceField(label=_("Need"), queryset=None, empty_label=_("Choose one"))

    class Meta:
        model = SchoolFigure
        fields = ("need", "sentence", "sentence_es", "source", "year")
        labels = {
            "sentence": _("The figure in words"),
            "sentence_es": _("The same in Spanish"),
            "source": _("Source"),
            "year": _("Year"),
        }
        help_texts = {
            "sentence": FIGURE,
            "sentence_es": _("For letters in Spanish: without it they have no figure."),
            "source": _("Such as: District attendance report."),
        }
        error_messages = {"year": {"invalid": _("Write the year in four digits, such as 2026.")}}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = clock.today(school).year
        offered = Need.objects.filter(Q(retired_on=None) | Q(pk=self.instance.need_id))
        offer(self, "need", offered)
        if not self.instance.pk:
            self.fields["year"].initial = self.this_year

    def clean_sentence(self) -> str:
        """A sentence that points to nobody."""
        return self._of_many("sentence")

    def clean_sentence_es(self) -> str:
        """The same in Spanish."""
        return self._of_many("sentence_es")

    def _of_many(self, name: str) -> str:
        sentence: str = self.cleaned_data[name]
        if names_few_students(sentence):
            raise forms.ValidationError(FEWER)
        return sentence

    def clean_year(self) -> int:
        """A year that is not over too long, and has begun."""
        year: int = self.cleaned_data["year"]
        oldest = self.this_year - OLDEST
        if not oldest <= year <= self.this_year:
            raise forms.ValidationError(
                _("Write a year from %(oldest)s to %(newest)s."),
                params={"oldest": oldest, "newest": self.this_year},
            )
        return year
