"""What a partner's contact fills in by personal link, in their own language and without an account."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.models import School
from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import GoingOn, LinkRight, PaperKind
from .fields import calendar, upload_field
from .models import Contact, Service, YearReport

EARLIEST, LATEST = datetime.timedelta(days=366), datetime.timedelta(days=3653)
MOST = 1_000_000  # students or hours in a year: more is a slip of the finger


class OfferPaperForm(forms.Form):
    """A paper that a contact hands over: which one, its file, until when it is valid."""

    kind = forms.ChoiceField(label=gettext_lazy("Which paper"), choices=PaperKind.choices)
    upload = upload_field()
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=calendar(),
        help_text=gettext_lazy("As printed on the paper. Leave it empty where none is printed."),
    )

    def __init__(self, *args: Any, asked: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = True
        if asked:
            self.fields["kind"].choices = asked  # type: ignore[attr-defined]

    def clean_valid_until(self) -> datetime.date | None:
        """A day near enough to stand on a paper that is handed over now."""
        day: datetime.date | None = self.cleaned_data["valid_until"]
        today = clock.now().date()
        if day and not today - EARLIEST <= day <= today + LATEST:
            raise forms.ValidationError(_("Look at the year: this day is too long ago or too far away."))
        return day


class RowForm(forms.Form):
    """Students and hours of one service at one school; what stays empty is not reported."""

    students = forms.IntegerField(
        label=gettext_lazy("How many students"), min_value=0, max_value=MOST, required=False
    )
    hours = forms.IntegerField(
        label=gettext_lazy("How many hours of your people's time"),
        min_value=0,
        max_value=MOST,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        service: Service | None,
        school: School | None,
        told: YearReport | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.service, self.school = service, school
        self.sent_back = _start_from(self, told)

    @property
    def title(self) -> str:
        """Which service, and where."""
        return ", ".join(str(part) for part in (self.service, self.school) if part)


def _start_from(form: forms.Form, told: YearReport | None) -> str:
    """Fill in what was told before; out: why we sent it back, if we did."""
    if told is None:
        return ""
    for name, field in form.fields.items():
        field.initial = getattr(told, name, None)
    return told.declined_because if told.declined_at else ""


class YearForm(WarnsOfStudentRecords, forms.Form):
    """What is asked once a year of the partner as a whole."""

    watched = ("result",)
    sometimes_needed = ("in_kind_method",)

    in_kind = forms.DecimalField(
        label=gettext_lazy("What you gave in kind, in dollars"),
        min_value=Decimal(0),
        max_value=Decimal(1_000_000_000),
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Time, rooms, material: what the schools would have paid for it."),
    )
    in_kind_method = forms.CharField(
        label=gettext_lazy("How you found that value"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed with a value. Such as: 120 hours at 30 dollars."),
    )
    result = forms.CharField(label=gettext_lazy("One result, in a sentence"), max_length=300, required=False)
    going_on = forms.ChoiceField(
        label=gettext_lazy("Do you go on next year?"),
        choices=GoingOn.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, told: YearReport | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_back = _start_from(self, told)
        if told and told.in_kind_cents is not None:
            self.fields["in_kind"].initial = Decimal(told.in_kind_cents).scaleb(-2)

    def clean(self) -> dict[str, Any]:
        """A value says how it was found."""
        cleaned = super().clean() or {}
        if cleaned.get("in_kind") is not None and not cleaned.get("in_kind_method"):
            self.add_error("in_kind_method", _("Say how you found the value: hours times a rate, a bill."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The answers as they are kept: dollars in cents."""
        said = self.cleaned_data
        dollars = said["in_kind"]
        return {
            "in_kind_cents": None if dollars is None else int(dollars * 100),
            "in_kind_method": said["in_kind_method"] if dollars is not None else "",
            "result": said["result"],
            "going_on": said["going_on"],
        }


class SendBackForm(WarnsOfStudentRecords, forms.Form):
    """Why a partner's answers of a year are sent back."""

    watched = ("because",)

    because = forms.CharField(
        label=gettext_lazy("What is wrong with it"),
        max_length=255,
        help_text=gettext_lazy("The partner reads it. Such as: these look like the numbers of two years."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MakeLinkForm(forms.Form):
    """What a contact is asked to do by link, and how it gets to them."""

    right = forms.ChoiceField(
        label=gettext_lazy("What it is for"), choices=LinkRight.choices, widget=forms.RadioSelect
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Which papers"),
        choices=PaperKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "For renewing papers alone. To begin with, what is missing or ends within 90 days is ticked."
        ),
    )
    way = forms.ChoiceField(label=gettext_lazy("How it gets to them"), widget=forms.RadioSelect)

    sometimes_needed = ("papers",)

    def __init__(self, *args: Any, contact: Contact, ask: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_mail = [("mail", _("By mail to %(email)s") % {"email": contact.email})] if contact.email else []
        ways: Any = self.fields["way"]
        ways.choices = [*by_mail, ("copy", _("I copy it and send it myself"))]
        self.fields["way"].initial = ways.choices[0][0]
        self.fields["right"].initial = LinkRight.LISTING
        self.fields["papers"].initial = ask

    def clean(self) -> dict[str, Any]:
        """A link for papers says which."""
        cleaned = super().clean() or {}
        if cleaned.get("right") == LinkRight.PAPERS and not cleaned.get("papers"):
            self.add_error("papers", _("Tick the papers that you ask for."))
        return cleaned
