"""Two partners side by side: of each field in which they differ, which of the two is kept, or both."""

from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import Sector
from .models import Partner
from .services.merging import FIELDS, combined

WINNER, LOSER, BOTH = "winner", "loser", "both"
LISTS = ("aliases", "sectors", "tags")
LABELS = {
    "name": gettext_lazy("Name"),
    "aliases": gettext_lazy("Other names"),
    "kind": gettext_lazy("Kind"),
    "sectors": gettext_lazy("Sectors"),
    "tags": gettext_lazy("Tags"),
    "description": gettext_lazy("What they do"),
    "website": gettext_lazy("Website"),
    "ein": gettext_lazy("EIN"),
    "owner": gettext_lazy("Looked after by"),
}


class MergeForm(forms.Form):
    """A question for each field in which the two differ; what nothing is lost by is chosen beforehand."""

    winner_version = forms.IntegerField(widget=forms.HiddenInput)
    loser_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, winner: Partner, loser: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {WINNER: winner, LOSER: loser}
        self.fields["winner_version"].initial = winner.version
        self.fields["loser_version"].initial = loser.version
        proposed = combined(winner, loser)
        for name in FIELDS:
            mine, theirs = getattr(winner, name), getattr(loser, name)
            if mine == theirs:
                continue
            ours, others = _shown(winner, name), _shown(loser, name)
            choices: list[tuple[str, str]] = [
                (WINNER, _marked(ours, others, _("as the one says that stays"))),
                (LOSER, _marked(others, ours, _("as the one says that goes into it"))),
            ]
            both = name in LISTS and bool(mine and theirs)
            if both:
                choices.append((BOTH, _("Both")))
            first = BOTH if both else LOSER if proposed[name] == theirs else WINNER
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], choices=choices, initial=first, widget=forms.RadioSelect
            )

    def chosen(self) -> dict[str, Any]:
        """What the winner is to hold, by field; the loser's name becomes one of its other names.

        So does the winner's own, where the loser's is chosen.
        """
        values: dict[str, Any] = {}
        for name in FIELDS:
            choice = self.cleaned_data.get(name, WINNER)
            if choice == BOTH:
                values[name] = united(*(getattr(one, name) for one in self.partners.values()))
            else:
                values[name] = getattr(self.partners[choice], name)
        names = [one.name for one in self.partners.values() if one.name != values["name"]]
        values["aliases"] = united(values["aliases"], names)
        return values

    def seen(self) -> tuple[int, int]:
        """The versions of the two that the person saw."""
        return self.cleaned_data["winner_version"], self.cleaned_data["loser_version"]


def united(mine: list[str], theirs: list[str]) -> list[str]:
    """Both lists, each entry once."""
    return list(dict.fromkeys([*mine, *theirs]))


def _shown(partner: Partner, name: str) -> str:
    """A field's value in words; "" for nothing."""
    value = getattr(partner, name)
    if name == "kind":
        return str(partner.get_kind_display())
    if name == "sectors":
        return ", ".join(str(Sector(code).label) for code in value)
    if name in LISTS:
        return ", ".join(value)
    return str(value.user.name if name == "owner" and value else value or "")


def _marked(text: str, other: str, source: str) -> SafeString:
    """A text, the words that the other one has not in bold, and whose it is."""
    said = _in_bold(text, other) if text else format_html('<span class="pp-quiet">{}</span>', _("nothing"))
    return format_html('{} <span class="pp-sub">{}</span>', said, source)


def _in_bold(text: str, other: str) -> SafeString:
    words, others = text.split(), other.split()
    parts = []
    for same, start, end, *_rest in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        run = " ".join(words[start:end])
        if run:
            parts.append((run if same == "equal" else format_html("<b>{}</b>", run),))
    return format_html_join(" ", "{}", parts)
