"""The shape of what people choose when a file comes in: the file, its columns, its schools."""

import zipfile
from pathlib import PurePosixPath
from typing import IO, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Membership, School

from .enums import Stage
from .fields import FilesField
from .interchange.apply import DEFAULT_SOURCE
from .interchange.columns import ORGANIZATION, SHEETS
from .interchange.problems import Refused
from .interchange.sheet_fields import LABELS, said_by_people
from .interchange.source import DAMAGED, from_uploads, zipped
from .interchange.vocabulary import NO_SCHOOL, THE_DISTRICT, school_names
from .interchange.wizard import OWN_SHEET, has_name
from .models import ImportBatch

SHEET_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
WORKBOOK = "[Content_Types].xml"  # stands in each workbook, whatever it is called


class ImportForm(forms.Form):
    """One's own sheet, or the files of a community directory, and what the list is called."""

    upload = FilesField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "Your own sheet (Excel or CSV), or a community directory file: JSON, one zip file, or all CSV"
            " files together. 20 MB at most."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Name of the list"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Such as: Valley 211. Write the same name each time: that is how a later file finds the"
            " partners again."
        ),
    )

    is_sheet = False

    def clean_upload(self) -> tuple[str, bytes]:
        """A sheet as it is, else all files as one zip file, with its name.

        Raises ValidationError, naming what can't be opened.
        """
        uploads = self.cleaned_data["upload"]
        if len(uploads) == 1 and _is_sheet(uploads[0].name, uploads[0]):
            self.is_sheet = True
            uploads[0].seek(0)
            return str(uploads[0].name), uploads[0].read()
        try:
            files = from_uploads([(file.name, file) for file in uploads])
        except Refused as refusal:
            raise forms.ValidationError([str(problem) for problem in refusal.problems]) from refusal
        name = str(uploads[0].name) if len(uploads) == 1 else "directory.zip"
        return name, zipped(files)

    def clean(self) -> dict[str, Any]:
        """A list that nobody named has a name, too."""
        cleaned = super().clean() or {}
        cleaned["source"] = cleaned.get("source") or (OWN_SHEET if self.is_sheet else DEFAULT_SOURCE)
        return cleaned


def _is_sheet(name: str, stream: IO[bytes]) -> bool:
    """Whether a single file is a person's own sheet, not a community directory's."""
    path = PurePosixPath(name.lower())
    if path.suffix in SHEET_ENDINGS:
        return path.suffix != ".csv" or path.stem not in SHEETS[ORGANIZATION].files
    try:
        with zipfile.ZipFile(stream) as archive:
            return WORKBOOK in archive.namelist()
    except DAMAGED:
        return False


class ColumnsForm(forms.Form):
    """What each column of a sheet is, and what holds where a row says nothing of it."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage, where a row has none"), choices=Stage.choices)
    school = forms.ChoiceField(label=gettext_lazy("School, where a row names none"), required=False)

    def __init__(self, *args: Any, batch: ImportBatch, by: Membership, **kwargs: Any) -> None:
        self.options = batch.options
        kwargs["initial"] = {"stage": self.options["stage"], "school": self.options["school"]}
        super().__init__(*args, **kwargs)
        kinds = [("", _("Keep it aside")), *((field.value, label) for field, label in LABELS.items())]
        self.names = {f"column-{n}": name for n, name in enumerate(said_by_people(self.options["names"]))}
        for field, name in self.names.items():
            self.fields[field] = forms.ChoiceField(
                label=name, choices=kinds, required=False, initial=self.options["columns"][name]
            )
        schools = [(str(school.pk), school.name) for school in School.objects.reached_by(by)]
        if by.whole_district:
            schools.append((THE_DISTRICT, _("The district itself")))
        self.fields["school"].choices = [(NO_SCHOOL, _("None yet")), *schools]  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Each column's field with its first cells."""
        return [(self[field], self.options["samples"][name]) for field, name in self.names.items()]

    @property
    def columns(self) -> dict[str, str]:
        """The field of each column."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}

    def clean(self) -> dict[str, Any]:
        """One column has to be the name."""
        cleaned = super().clean() or {}
        if not self.errors and not has_name({name: cleaned[field] for field, name in self.names.items()}):
            first = next(iter(self.names))
            self.add_error(first, _("Say which column is the name of the organization."))
        return cleaned


class SchoolsForm(forms.Form):
    """Which school each name means that no school of the district has."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = school_names()
        self.schools = {str(school.pk): school for school in School.objects.open()}
        choices = [
            ("", _("No school of ours")),
            *((key, school.name) for key, school in self.schools.items()),
        ]
        unknown: dict[str, int] = batch.options.get("unknown", {})
        self.names = {f"school-{n}": name for n, name in enumerate(sorted(unknown))}
        for field, name in self.names.items():
            rows = unknown[name]
            self.fields[field] = forms.ChoiceField(
                label=_("“%(name)s” means") % {"name": name},
                help_text=ngettext("In %(n)d row.", "In %(n)d rows.", rows) % {"n": rows},
                choices=choices,
                required=False,
                initial=str(known.probably(name) or ""),
            )

    @property
    def meant(self) -> dict[str, School | None]:
        """The school that each name means, None for none of ours."""
        return {name: self.schools.get(self.cleaned_data[field]) for field, name in self.names.items()}
