"""The shape of what people type about partnerships and the contact log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership, School
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .enums import Cadence, Channel, Direction, Level, Stage
from .families import family
from .fields import calendar
from .models import Contact, Partner, Partnership
from .queries import covered_schools, possible_owners
from .services.partnerships import NEEDS_REASON

SAY_WHY = _("Say why, in a few words: your own people read it before they meet this partner again.")
DISTRICT = "district"
BESIDE = _("Needed for paused, not now and ended. Other schools see the stage, not the reason.")


class StageForm(WarnsOfStudentRecords, forms.Form):
    """Where a partnership stands and why, how the two work together, and who looks after it."""

    watched = ("because",)
    sometimes_needed = ("because",)

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    because = forms.CharField(label=_("Why it changes"), max_length=255, required=False, help_text=BESIDE)
    level = forms.TypedChoiceField(
        label=_("How closely you work together"), choices=Level.choices, coerce=int
    )
    cadence = forms.TypedChoiceField(
        label=_("How often you hear from each other"), choices=Cadence.choices, coerce=int
    )
    owner: Any = forms.ModelChoiceField(
        label=_("Who looks after it"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, by: Membership, **kwargs: Any) -> None:
        self.stage_now = partnership.stage
        kwargs["initial"] = {
            "stage": partnership.stage,
            "level": partnership.level,
            "cadence": partnership.cadence,
            "owner": partnership.owner_id,
            "version": partnership.version,
        }
        super().__init__(*args, **kwargs)
        offer(self, "owner", possible_owners(by, partnership.owner_id))

    def clean(self) -> dict[str, Any]:
        """Beside the road a stage says why."""
        cleaned = super().clean() or {}
        stage = cleaned.get("stage")
        if stage != self.stage_now and stage in NEEDS_REASON and not cleaned.get("because"):
            self.add_error("because", SAY_WHY)
        return cleaned


class StartForm(WarnsOfStudentRecords, forms.Form):
    """With which school a partner begins, and where it stands already."""

    watched = ("because",)
    sometimes_needed = ("because",)

    school = forms.ChoiceField(label=_("School"))
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, initial=Stage.IDENTIFIED)
    because = forms.CharField(label=_("Why"), max_length=255, required=False, help_text=BESIDE)

    def __init__(self, *args: Any, partner: Partner, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(partner.partnerships.values_list("school", flat=True))
        self.schools = {str(school.pk): school for school in covered_schools(by) if school.pk not in taken}
        choices: list[tuple[str, Any]] = [(key, school.name) for key, school in self.schools.items()]
        if by.whole_district and None not in taken:
            choices.append((DISTRICT, _("The district itself")))
        self.fields["school"].choices = choices  # type: ignore[attr-defined]

    def clean_school(self) -> School | None:
        """The school, or None for the district."""
        return self.schools.get(self.cleaned_data["school"])

    def clean(self) -> dict[str, Any]:
        """Beside the road a stage says why."""
        cleaned = super().clean() or {}
        if cleaned.get("stage") in NEEDS_REASON and not cleaned.get("because"):
            self.add_error("because", SAY_WHY)
        return cleaned


class CallForm(WarnsOfStudentRecords, forms.Form):
    """One line of the contact log: only what was said has to be typed."""

    watched = ("note", "next_step")

    note = forms.CharField(
        label=_("What was said"),
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text=_("One sentence is enough. Name no student."),
    )
    contact: Any = forms.ModelChoiceField(
        label=_("With whom"), queryset=None, required=False, empty_label=_("Somebody else")
    )
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, initial=Channel.CALL)
    direction = forms.ChoiceField(
        label=_("Who reached out"), choices=Direction.choices, initial=Direction.OUT
    )
    on = forms.DateField(label=_("When"), widget=calendar())
    school: Any = forms.ModelChoiceField(
        label=_("For which school"), queryset=None, required=False, empty_label=_("The district")
    )
    next_step = forms.CharField(
        label=_("What comes next"),
        max_length=200,
        required=False,
        help_text=_("Such as: Send the list of rooms. It then waits on your Today."),
    )
    next_on = forms.DateField(label=_("By when"), required=False, widget=calendar())

    def __init__(self, *args: Any, partner: Partner, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.district = by.district
        self.fields["on"].initial = clock.today(by.district)
        self._offer("contact", Contact.objects.here().filter(partner__in=family(partner)))
        schools = covered_schools(by)
        self._offer("school", School.objects.filter(pk__in=[school.pk for school in schools]))
        if not by.whole_district:
            self.fields["school"].required, self.fields["school"].empty_label = True, None  # type: ignore[attr-defined]
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()

    def _offer(self, name: str, rows: Any) -> None:
        offer(self, name, rows)
        first = rows.first()
        self.fields[name].initial = first.pk if first else None

    def clean(self) -> dict[str, Any]:
        """A contact is logged after it took place, by the school's own calendar."""
        cleaned = super().clean() or {}
        if cleaned.get("on") and cleaned["on"] > clock.today(cleaned.get("school") or self.district):
            self.add_error("on", _("This day has not come yet."))
        if cleaned.get("next_on") and not cleaned.get("next_step"):
            self.add_error("next_step", _("Write what comes next by that day, or take the day out."))
        return cleaned
