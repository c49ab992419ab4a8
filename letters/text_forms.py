"""The shape of what people type about the letters' texts."""

import math
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.forms import VersionForm
from accounts.models import Membership
from accounts.offer import offer
from partners.models import Partnership

from .enums import Block, Language
from .models import Template, TemplateVersion
from .second import in_language
from .text_checks import block_label, hints, mistakes
from .text_pages import examples
from .text_queries import Text, schools_without

MOST_LETTERS = 1200
LETTERS_A_LINE = 28


@dataclass(frozen=True)
class Side:
    """One language of a block: its field, what could be said better, and after a clash what is saved now."""

    field: BoundField
    hints: list[str]
    saved_now: str


class TextForm(forms.Form):
    """A text in all its languages, a field for each block and language; mistakes stand at their block."""

    sometimes_needed = ("partnership", "still_the_same")

    version = forms.IntegerField(widget=forms.HiddenInput)
    partnership: Any = forms.ModelChoiceField(label=_("Show the values of"), queryset=None, required=False)
    still_the_same = forms.BooleanField(
        label=_("The language that I did not change still says the same"), required=False
    )

    def __init__(self, data: Any = None, *, text: Text, by: Membership) -> None:
        super().__init__(data, initial={"version": text.template.version})
        self.text = text
        self.saved_now: dict[str, str] = {}
        offer(self, "partnership", examples(text.template, by), words=_partner_and_school)
        self.fields["partnership"].empty_label = None  # type: ignore[attr-defined]
        for name in text.names:
            for language in Language.values:
                self.fields[_field(language, name)] = _block(text, language, name)

    def clean(self) -> dict[str, Any]:
        """Placeholders are ours, and links lead to the web or to mail."""
        cleaned = super().clean() or {}
        for name in self.text.names:
            for language in Language.values:
                key = _field(language, name)
                for words in mistakes(cleaned.get(key, "")):
                    self.add_error(key, words)
        return cleaned

    @property
    def typed(self) -> dict[str, dict[str, str]]:
        """The text by language and block as it stands in the fields, whether it can be kept or not."""
        return {
            language: {name: _lines(self[_field(language, name)].value()) for name in self.text.names}
            for language in Language.values
        }

    @property
    def pairs(self) -> list[list[Side]]:
        """The blocks in their order, each with its languages beside each other."""
        return [[self._side(language, name) for language in Language.values] for name in self.text.names]

    def meet(self, newer: Text) -> None:
        """Keep what was typed over what somebody else saved meanwhile, which stands beside it."""
        self.data = {name: self.data[name] for name in self.data} | {"version": str(newer.template.version)}
        self.saved_now = {
            _field(language, name): newer.text_of(language, name)
            for language, texts in self.typed.items()
            for name, typed in texts.items()
            if newer.text_of(language, name) != typed
        }
        self.add_error(None, _("Somebody saved this text meanwhile. Yours is below; compare and save again."))

    def _side(self, language: str, name: str) -> Side:
        key = _field(language, name)
        return Side(self[key], hints(self.typed[language][name]), self.saved_now.get(key, ""))


class OwnTextForm(forms.Form):
    """For which school a text of its own is begun."""

    school: Any = forms.ModelChoiceField(label=_("School"), queryset=None, empty_label=None)

    def __init__(self, data: Any = None, *, text: Text, by: Membership) -> None:
        super().__init__(data)
        offer(self, "school", schools_without(text.template, by))


class ReviewForm(forms.Form):
    """What district staff say of a version of a text: approved, or with a note what should change."""

    sometimes_needed = ("note",)

    version: Any = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    note = forms.CharField(max_length=500, required=False)
    approved = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, template: Template) -> None:
        super().__init__(data)
        offer(self, "version", TemplateVersion.objects.filter(template=template))


class LetterReviewForm(VersionForm):
    """The same of a letter, as it was on the screen."""

    sometimes_needed = ("note",)

    note = forms.CharField(max_length=500, required=False)
    approved = forms.BooleanField(required=False)


def _field(language: str, name: str) -> str:
    return f"{language}_{name}"


def _block(text: Text, language: str, name: str) -> forms.CharField:
    kept = text.text_of(language, name)
    least = 1 if name == Block.SUBJECT else 3
    rows = max(least, math.ceil(len(kept) / LETTERS_A_LINE))
    return forms.CharField(
        label=in_language(block_label(name), language),
        initial=kept,
        required=bool(kept),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
    )


def _lines(value: Any) -> str:
    """What a field holds, as it is kept: browsers send other ends of lines."""
    return (value or "").replace("\r\n", "\n").strip()


def _partner_and_school(partnership: Partnership) -> str:
    return f"{partnership.partner.name}, {partnership.school}"
