"""The directory's own acts on many partners, and the shape of what they need to know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Membership
from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .bulk_acts import AtSchoolForm, BulkAct, BulkForm
from .enums import Stage
from .filters import LONGEST_TAG
from .models import RequirementProfile
from .queries import possible_owners
from .rules import edits_directory, starts_partnerships
from .services.many import add_tag, give_to, move_to_stage, work_as
from .services.partnerships import NEEDS_REASON
from .work_forms import BESIDE, SAY_WHY


class StageOfMany(WarnsOfStudentRecords, AtSchoolForm):
    """To which stage, and why."""

    watched = ("because",)
    sometimes_needed = ("because",)

    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Choose the stage")), *Stage.choices])
    because = forms.CharField(label=_("Why it changes"), max_length=255, required=False, help_text=BESIDE)

    def clean(self) -> dict[str, Any]:
        """Beside the road a stage says why."""
        cleaned = super().clean() or {}
        if cleaned.get("stage") in NEEDS_REASON and not cleaned.get("because", "").strip():
            self.add_error("because", SAY_WHY)
        return cleaned


class OwnerOfMany(AtSchoolForm):
    """Who looks after them."""

    owner: Any = forms.ModelChoiceField(
        label=_("Who looks after them"), queryset=None, empty_label=_("Choose the person")
    )

    def __init__(self, *args: Any, by: Membership, school: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, by=by, school=school, **kwargs)
        offer(self, "owner", possible_owners(by, None))


class ProfileOfMany(AtSchoolForm):
    """How they work there: after an import nobody has said so of any of them."""

    profile: Any = forms.ModelChoiceField(
        label=_("How they work here"), queryset=None, empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, by: Membership, school: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, by=by, school=school, **kwargs)
        offer(self, "profile", RequirementProfile.objects.filter(retired_on=None))


class TagOfMany(BulkForm):
    """Which tag."""

    tag = forms.CharField(label=_("Tag"), max_length=LONGEST_TAG)


def _moved(n: int) -> str:
    return ngettext("%(n)d partner was moved.", "%(n)d partners were moved.", n) % {"n": n}


def _given(n: int) -> str:
    words = ngettext("%(n)d partner was given to them.", "%(n)d partners were given to them.", n)
    return words % {"n": n}


def _working(n: int) -> str:
    words = ngettext("For %(n)d partner it is said now.", "For %(n)d partners it is said now.", n)
    return words % {"n": n}


def _tagged(n: int) -> str:
    return ngettext("%(n)d partner got the tag.", "%(n)d partners got the tag.", n) % {"n": n}


ACTS = (
    BulkAct(
        code="stage",
        title=_("Change the stage"),
        submit=_("Move them to this stage"),
        may=starts_partnerships,
        form=StageOfMany,
        do=move_to_stage,
        told=_moved,
    ),
    BulkAct(
        code="owner",
        title=_("Say who looks after them"),
        submit=_("Give them to this person"),
        may=starts_partnerships,
        form=OwnerOfMany,
        do=give_to,
        told=_given,
    ),
    BulkAct(
        code="profile",
        title=_("How they work here"),
        submit=_("Save how they work here"),
        may=starts_partnerships,
        form=ProfileOfMany,
        do=work_as,
        told=_working,
    ),
    BulkAct(
        code="tag",
        title=_("Add a tag"),
        submit=_("Add this tag to them"),
        may=edits_directory,
        form=TagOfMany,
        do=add_tag,
        told=_tagged,
    ),
)
