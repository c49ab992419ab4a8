"""What shows that answers were given, beside the form in which they are recorded."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.student_records import WarnsOfStudentRecords
from partners.fields import UploadField

from .answers_form import AnswersForm
from .services import Shown

LONGEST = 4000


class EvidenceForm(WarnsOfStudentRecords, forms.Form):
    """A text, such as a reply that was pasted, or a file, or both, or neither."""

    watched = ("evidence", "evidence_file")

    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("Such as: their reply, pasted. Only those who record answers can read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence_file = UploadField(
        label=gettext_lazy("A file that shows it"),
        required=False,
        help_text=gettext_lazy("PDF, PNG, JPEG or Word (DOCX), 10 MB at most. No student's record."),
    )

    @property
    def shown(self) -> Shown:
        """What was given."""
        return Shown(self.cleaned_data["evidence"], self.cleaned_data["evidence_file"])

    def fits(self, answers: AnswersForm) -> bool:
        """Whether it can be kept with these answers: there must be some that it shows."""
        if self.is_valid() and self.shown and answers.is_valid() and not answers.given():
            self.add_error("evidence", _("Choose or change the answers that this shows."))
        return self.is_valid()

    @property
    def lost_file(self) -> bool:
        """Whether a file was sent, which no browser sends again by itself when the form comes back."""
        return bool(self.files.get("evidence_file"))

    @property
    def is_open(self) -> bool:
        """Whether anything was given here, so that it is shown unfolded."""
        return self.is_bound and bool(self.data.get("evidence") or self.errors or self.lost_file)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong here, for the summary at the top of the page."""
        return [
            (f"#{field.id_for_label}", f"{field.label}: {words}") for field in self for words in field.errors
        ]
