"""The listing as a contact changes it by personal link: a form a record, and for one more of each kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.phones import as_written
from accounts.student_records import WarnsOfStudentRecords

from .agreed_enums import RecordKind
from .fields import telephone_field, website_field
from .link_queries import Listed
from .models.links import GONE, NEW
from .services.proposals import FIELDS, MODELS, Change

NEEDED = {("partner", "name"), ("service", "name"), ("contact", "name")}
IS_GONE = {
    RecordKind.SITE: gettext_lazy("We are no longer at this place"),
    RecordKind.SERVICE: gettext_lazy("We no longer offer this"),
    RecordKind.CONTACT: gettext_lazy("I no longer work here"),
}
HAS_LEFT = gettext_lazy("This person has left")
TAKE_BACK = gettext_lazy("Take this back")
NAMED_BY: dict[str, tuple[str, ...]] = {
    RecordKind.SITE: ("name", "street"),
    RecordKind.SERVICE: ("name",),
    RecordKind.CONTACT: ("name",),
}
"""What one more is told from the others by: one of these is needed."""
NAME_IT = {
    RecordKind.SITE: gettext_lazy("Write the name of the place, or its street."),
    RecordKind.SERVICE: gettext_lazy("Write what the service is called."),
    RecordKind.CONTACT: gettext_lazy("Write the name of the person."),
}


def _written(name: str, value: str | None) -> str:
    """A value as people read it."""
    return as_written(value) if name == "phone" and value else value or ""


class RecordForm(WarnsOfStudentRecords, forms.Form):
    """The fields of one record, and whether it is gone; or those of one more, which may stay empty."""

    watched = ("description",)

    def __init__(self, *args: Any, listed: Listed, **kwargs: Any) -> None:
        self.listed, self.kind = listed, listed.kind
        super().__init__(*args, prefix=self._prefix(), **kwargs)
        self.names = () if listed.is_other else FIELDS[self.kind]
        for name in self.names:
            self.fields[name] = self._field(name)
            self.fields[name].initial = listed.waits.get(name, getattr(listed.record, name, ""))
        if listed.record is None:
            self.sometimes_needed = NAMED_BY[self.kind]
        if self.kind != RecordKind.PARTNER and (listed.record or listed.sent):
            self.fields[GONE] = forms.BooleanField(
                label=self._gone_label(), required=False, initial=listed.waits.get(GONE, False)
            )

    @property
    def is_new(self) -> bool:
        """Whether it is for one more."""
        return self.listed.record is None

    @property
    def shown(self) -> list[tuple[Any, str, str | None]]:
        """Field by field what it is called, what the record says, and what was sent instead, if anything."""
        record, waits = self.listed.record, self.listed.waits
        return [
            (
                self.fields[name].label,
                _written(name, getattr(record, name, "")),
                _written(name, waits[name]) if name in waits else None,
            )
            for name in self.names
            if record or name in waits
        ]

    @property
    def said_gone(self) -> Any:
        """In what words it was sent that the record is no longer there; "" where it was not."""
        return self.fields[GONE].label if self.listed.waits.get(GONE) else ""

    def _prefix(self) -> str:
        known = self.listed.record or self.listed.sent
        return str(known.uid) if known else f"{NEW}-{self.kind}"

    def _gone_label(self) -> Any:
        if self.is_new:
            return TAKE_BACK
        return HAS_LEFT if self.listed.is_other else IS_GONE[RecordKind(self.kind)]

    def _field(self, name: str) -> forms.Field:
        column = MODELS[self.kind]._meta.get_field(name)
        if name == "website":
            return website_field(column.verbose_name)
        if name == "phone":
            return telephone_field()
        kind = forms.EmailField if name == "email" else forms.CharField
        needed = not self.is_new and (self.kind, name) in NEEDED
        field = kind(label=column.verbose_name, max_length=column.max_length, required=needed)
        if name == "description":
            field.widget = forms.Textarea(attrs={"rows": 3})
        return field

    def clean(self) -> dict[str, Any]:
        """One more is named, unless all of it is left empty."""
        cleaned = super().clean() or {}
        if self.is_new and not cleaned.get(GONE) and any(cleaned.get(name) for name in self.names):
            named_by = NAMED_BY[self.kind]
            if not any(cleaned.get(name) or name in self.errors for name in named_by):
                self.add_error(named_by[0], str(NAME_IT[RecordKind(self.kind)]))
        return cleaned

    def changes(self) -> list[Change]:
        """What was typed, field by field, the same or not; of what is gone nothing else is changed."""
        said, record, is_gone = self.cleaned_data, self.listed.record, bool(self.cleaned_data.get(GONE))
        if self.is_new:
            now = {} if is_gone else {name: said[name] for name in self.names}
            return [Change(self.kind, self.listed.sent, NEW, now)]
        changes = [
            Change(self.kind, record, name, getattr(record, name) if is_gone else said[name])
            for name in self.names
        ]
        return [*changes, Change(self.kind, record, GONE, is_gone)] if GONE in self.fields else changes
