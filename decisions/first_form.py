"""The form of the two questions that come before how a group decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import OpenMeetings
from .models import Group


class FirstQuestionsForm(forms.Form):
    """Are the meetings open by law, and may the group decide between them? Nothing is chosen beforehand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    open_meetings = forms.ChoiceField(
        label=_("Are the meetings of this group open to the public by law?"),
        choices=OpenMeetings.choices,
        widget=forms.RadioSelect,
        help_text=_("Such as by your state's open meetings act. Ask the district's counsel where in doubt."),
    )
    between_meetings = forms.TypedChoiceField(
        label=_("May this group decide between its meetings?"),
        choices=[
            ("yes", _("Yes: seats can be asked by personal link, with a last day for answers")),
            ("no", _("No: answers are given at its meetings")),
        ],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        help_text=_("Where the law opens meetings, it often forbids to decide by mail."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = group.version
        if group.open_meetings:
            self.fields["open_meetings"].initial = group.open_meetings
            self.fields["between_meetings"].initial = "yes" if group.between_meetings else "no"
