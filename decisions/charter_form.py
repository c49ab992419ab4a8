"""The form "How we decide": plain words in, one rule a kind of decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.offer import offer

from .enums import Kind
from .methods import reach, usual_sectors
from .models import Decision
from .rule import Abstention, Base, Method, Quorum, Rule, Tie
from .words import ABSTENTION_WORDS, BASE_WORDS, METHOD_WORDS, TIE_WORDS, as_with, quorum_words, reach_words

FALLBACK = "consensus_then_two_thirds"
CHOICES = [
    (FALLBACK, gettext_lazy("Consensus; at the second meeting two thirds")),
    (Method.CONSENSUS.value, gettext_lazy("Consensus alone")),
    (Method.MAJORITY.value, METHOD_WORDS[Method.MAJORITY]),
    (Method.TWO_THIRDS.value, METHOD_WORDS[Method.TWO_THIRDS]),
]
QUORUMS = {
    "half": Quorum(1, 2, sectors=0),
    "two_thirds": Quorum(2, 3, more_than=False, sectors=0),
    "all": Quorum(1, 1, more_than=False, sectors=0),
}
BY_KIND = [kind for kind in Kind if kind is not Kind.EVERYDAY]


class CharterForm(forms.Form):
    """How a group decides. Its choices say what they mean for the seats of today."""

    decision: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Adopted by"), queryset=None, empty_label=None
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How we decide"), choices=CHOICES, initial=FALLBACK, widget=forms.RadioSelect
    )
    quorum = forms.ChoiceField(
        label=gettext_lazy("How many seats must answer"), initial="half", widget=forms.RadioSelect
    )
    sectors = forms.IntegerField(
        label=gettext_lazy("From how many sectors"),
        min_value=0,
        max_value=20,
        help_text=gettext_lazy("So that no one part of the community decides alone."),
    )
    base = forms.ChoiceField(
        label=gettext_lazy("Counted out of"),
        choices=[(base.value, words) for base, words in BASE_WORDS.items()],
        initial=Base.CAST.value,
        help_text=gettext_lazy("For a majority or two thirds."),
    )
    abstention = forms.ChoiceField(
        label=gettext_lazy("An abstention"),
        choices=[(value.value, words) for value, words in ABSTENTION_WORDS.items()],
        initial=Abstention.QUORUM_ONLY.value,
    )
    tie = forms.ChoiceField(
        label=gettext_lazy("A tie"),
        choices=[(tie.value, words) for tie, words in TIE_WORDS.items()],
        initial=Tie.FAILS.value,
    )

    def __init__(
        self, *args: Any, sectors: Sequence[str], decisions: Sequence[Decision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seated = list(sectors)
        fields: Any = self.fields
        offer(self, "decision", Decision.objects.filter(pk__in=[decision.pk for decision in decisions]))
        fields["quorum"].choices = [(code, self._example(quorum)) for code, quorum in QUORUMS.items()]
        fields["sectors"].initial = usual_sectors(len(set(self.seated)))
        for kind in BY_KIND:
            fields[f"kind_{kind.value}"] = forms.ChoiceField(
                label=_("Only for: %(kind)s") % {"kind": kind.label},
                choices=[("", gettext_lazy("As for all others")), *CHOICES],
                required=False,
            )

    def _example(self, quorum: Quorum) -> str:
        words = quorum_words(quorum)
        example = as_with(Rule(Method.MAJORITY, quorum), len(self.seated))
        return _("%(quorum)s (%(example)s)") % {"quorum": words[:1].upper() + words[1:], "example": example}

    def clean(self) -> dict[str, Any]:
        """Refuse a quorum that the seats of today could never make."""
        cleaned = super().clean() or {}
        if not self.errors:
            measured = reach(self._rule(cleaned["method"]), self.seated)
            if measured.misses:
                self.add_error("sectors" if measured.misses == "sectors" else "quorum", reach_words(measured))
        return cleaned

    def rules(self) -> dict[str, Rule]:
        """One rule a kind that has its own, and under "" the one for all others."""
        named = {kind.value: self.cleaned_data[f"kind_{kind.value}"] for kind in BY_KIND}
        own = {kind: self._rule(method) for kind, method in named.items() if method}
        return {"": self._rule(self.cleaned_data["method"]), **own}

    def _rule(self, method: str) -> Rule:
        cleaned = self.cleaned_data
        rule = Rule(
            Method.CONSENSUS if method == FALLBACK else Method(method),
            replace(QUORUMS[cleaned["quorum"]], sectors=cleaned["sectors"]),
            Base(cleaned["base"]),
            Abstention(cleaned["abstention"]),
            Tie(cleaned["tie"]),
        )
        return replace(rule, fallback=Method.TWO_THIRDS) if method == FALLBACK else rule
