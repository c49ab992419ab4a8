"""Form fields that several forms of the directory share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.phones import as_written

from .uploads import ACCEPTED, MOST_BYTES, Upload, read_upload

WEBSITE_LONGEST = 300
CHANGED_MEANWHILE = _(
    "Somebody changed this record since you opened it. Your text is below; compare and save again."
)


class LinesField(forms.CharField):
    """A list, one entry a line or between other marks; each once."""

    def __init__(self, *, split: str = "\n", longest: int = 255, **kwargs: Any) -> None:
        self.split, self.longest = split, longest
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored list as it is typed."""
        glue = self.split if self.split == "\n" else f"{self.split} "
        return glue.join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The entries. Raises ValidationError where one is too long."""
        entries = [entry.strip() for entry in super().clean(value).split(self.split)]
        if any(len(entry) > self.longest for entry in entries):
            raise forms.ValidationError(
                _("Keep each entry to %(limit)s characters."), params={"limit": self.longest}
            )
        return list(dict.fromkeys(entry for entry in entries if entry))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as typed."""
        return bool((self.prepare_value(initial) or "") != (data or ""))


class TelephoneField(forms.CharField):
    """A telephone number, shown as people write it; services keep it as E.164."""

    def prepare_value(self, value: Any) -> Any:
        """The stored number as it is written."""
        return as_written(value) if value else value


class FilesField(forms.FileField):
    """One file or several, as a list."""

    class Widget(forms.ClearableFileInput):
        allow_multiple_selected = True

    widget = Widget

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file. Raises ValidationError where there is none."""
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class UploadField(forms.FileField):
    """A PDF, a picture or a Word file of 10 MB at most, by its content."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), max_length=255, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """The file as it is kept; None where there is none. Raises ValidationError."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. Choose a smaller one."))
        upload = read_upload(file.name, file.read())
        if upload is None:
            raise forms.ValidationError(
                _("This is no PDF, PNG, JPEG or Word file (DOCX). Save it as one of these first.")
            )
        return upload


def upload_field() -> UploadField:
    """The file of a paper or an agreement."""
    return UploadField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PNG, JPEG or Word (DOCX), 10 MB at most. No student's record."),
    )


def calendar() -> forms.DateInput:
    """A day, by the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def telephone_field() -> TelephoneField:
    """A telephone number in whatever spelling."""
    return TelephoneField(label=_("Phone"), required=False, max_length=60)


def website_field(label: Any) -> forms.URLField:
    """A web address; https where none is given."""
    return forms.URLField(label=label, required=False, max_length=WEBSITE_LONGEST, assume_scheme="https")


def say_changed_meanwhile(form: forms.BaseForm, version: int) -> None:
    """Keep what was typed, say what happened, and let the next save count from the version that is stored."""
    sent: Any = form.data
    data = sent.copy()
    data["version"] = str(version)
    form.data = data
    form.add_error(None, str(CHANGED_MEANWHILE))


def ask_to_choose(form: forms.BaseForm, name: str) -> None:
    """Say "Choose one" where a list begins with nothing chosen."""
    field: Any = form.fields[name]
    field.choices = [("", _("Choose one")), *(choice for choice in field.choices if choice[0])]
