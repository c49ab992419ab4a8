"""The form "How we decide": plain words in, one rule a kind of decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.offer import offer

from .enums import Kind
from .methods import BY_ANSWERS
from .models import Decision
from .rule import LIMITS, Abstention, Authority, Base, Method, Quorum, Rule, Share, Tie
from .rule_examples import example
from .rule_words import as_with, quorum_words, reach_words, share_words
from .starting import reach, usual_sectors
from .words import ABSTENTION_WORDS, AUTHORITY_WORDS, BASE_WORDS, METHOD_MEANS, METHOD_WORDS, TIE_WORDS

FALLBACK = "consensus_then_two_thirds"


@dataclass(frozen=True)
class Way:
    """A choice of the form: its name, what it means, and its rule with the usual terms."""

    name: Any
    means: Any
    rule: Rule


WAYS: dict[str, Way] = {
    FALLBACK: Way(
        gettext_lazy("Consensus; at the second meeting two thirds"),
        gettext_lazy(
            "It is adopted when every seat can live with it; where that is not reached, two thirds decide at "
            "the second meeting."
        ),
        Rule(Method.CONSENSUS, fallback=Method.TWO_THIRDS),
    ),
    **{method: Way(METHOD_WORDS[method], METHOD_MEANS[method], Rule(method)) for method in BY_ANSWERS},
}
OFTEN = (FALLBACK, Method.CONSENT, Method.MAJORITY, Method.TWO_THIRDS)
MORE = tuple(code for code in WAYS if code not in OFTEN)
"""The methods on the form, and those behind "More ways to decide"."""
QUORUMS = {
    "half": Quorum(1, 2, sectors=0),
    "two_thirds": Quorum(2, 3, more_than=False, sectors=0),
    "all": Quorum(1, 1, more_than=False, sectors=0),
}
SHARES = {"3/5": Share(3, 5), "3/4": Share(3, 4), "4/5": Share(4, 5), "9/10": Share(9, 10)}
NUMBERS = ("asides", "abstentions", "serious", "fingers", "dots", "top")
TERMS = ("base", "abstention", "tie", "share", *NUMBERS)
BY_KIND = [kind for kind in Kind if kind is not Kind.EVERYDAY]
USUAL = {
    Kind.MEMBERS: (Method.MAJORITY, ""),
    Kind.MONEY: (Method.TWO_THIRDS, Authority.SUPERINTENDENT),
    Kind.SHARING: (FALLBACK, Authority.SUPERINTENDENT),
}
"""What the form proposes for single kinds: the method, and whose the last word is."""


def _number(label: Any, name: str, help_text: Any, *, required: bool = True) -> forms.IntegerField:
    least, most = LIMITS[name]
    initial = getattr(Rule(Method.MAJORITY), name)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most or 99,
        initial=initial,
        required=required,
        help_text=help_text,
    )


class FoldedChoices(forms.ChoiceField):
    """Radio buttons of which a named group is folded until it is wanted."""

    folded = True


@dataclass(frozen=True)
class Explained:
    """A label that has a name, and says what it means."""

    name: str
    means: str

    def __str__(self) -> str:
        return f"{self.name}. {self.means}"


class CharterForm(forms.Form):
    """How a group decides. Its choices say what they mean for the seats of today."""

    decision: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Adopted by"), queryset=None, empty_label=None
    )
    method = FoldedChoices(label=gettext_lazy("How we decide"), initial=FALLBACK, widget=forms.RadioSelect)
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
        help_text=gettext_lazy("For a majority, two thirds or another share."),
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
        help_text=gettext_lazy("The order of the list counts only where one of several options is chosen."),
    )
    share = forms.ChoiceField(
        label=gettext_lazy("The other share"),
        initial="3/4",
        help_text=gettext_lazy("For another share, and for levels of agreement."),
    )
    asides = _number(
        gettext_lazy("How many may stand aside"),
        "asides",
        gettext_lazy("For consensus. Empty: any number."),
        required=False,
    )
    abstentions = _number(
        gettext_lazy("How many may abstain"),
        "abstentions",
        gettext_lazy("For unanimity. Empty: any number."),
        required=False,
    )
    serious = _number(
        gettext_lazy("How many may disagree seriously"), "serious", gettext_lazy("For levels of agreement.")
    )
    fingers = _number(
        gettext_lazy("How many fingers each must show"), "fingers", gettext_lazy("For fist to five.")
    )
    dots = _number(gettext_lazy("How many dots each places"), "dots", gettext_lazy("For most dots."))
    top = _number(gettext_lazy("The highest score"), "top", gettext_lazy("For highest score."))

    def __init__(
        self, *args: Any, sectors: Sequence[str], decisions: Sequence[Decision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seated = list(sectors)
        fields: Any = self.fields
        offer(self, "decision", Decision.objects.filter(pk__in=[decision.pk for decision in decisions]))
        fields["method"].choices = [
            *self._methods(OFTEN),
            (_("More ways to decide"), self._methods(MORE)),
        ]
        fields["quorum"].choices = [(code, self._example(quorum)) for code, quorum in QUORUMS.items()]
        fields["share"].choices = [(code, share_words(share)) for code, share in SHARES.items()]
        fields["sectors"].initial = usual_sectors(len(set(self.seated)))
        for kind in BY_KIND:
            self._add_kind(kind)

    @property
    def terms(self) -> list[forms.BoundField]:
        """What only some ways to decide read, which most groups leave as it is."""
        return [self[name] for name in TERMS]

    @property
    def kinds(self) -> list[list[forms.BoundField]]:
        """For each kind its method and whose the last word is."""
        return [
            [self[name] for name in (f"kind_{kind.value}", f"last_{kind.value}") if name in self.fields]
            for kind in BY_KIND
        ]

    def _add_kind(self, kind: Kind) -> None:
        """A method for one kind and, save for the charter itself, whose the last word is."""
        method, authority = USUAL.get(kind, ("", ""))
        names = [(code, WAYS[code].name) for code in (*OFTEN, *MORE)]
        self.fields[f"kind_{kind.value}"] = forms.ChoiceField(
            label=_("Only for: %(kind)s") % {"kind": kind.label},
            choices=[("", gettext_lazy("As for all others")), *names],
            initial=method,
            required=False,
        )
        if kind is not Kind.CHARTER:
            self.fields[f"last_{kind.value}"] = forms.ChoiceField(
                label=_("The last word on: %(kind)s") % {"kind": kind.label},
                choices=[("", gettext_lazy("Ours")), *AUTHORITY_WORDS.items()],
                initial=authority,
                required=False,
            )

    def _methods(self, codes: Sequence[str]) -> list[tuple[str, Any]]:
        """Each method with what it means, and what it takes of today's seats."""
        found = []
        for code in codes:
            way = WAYS[code]
            means = f"{way.means} {example(way.rule, len(self.seated))}".strip()
            found.append((str(code), Explained(str(way.name), means)))
        return found

    def _example(self, quorum: Quorum) -> str:
        words = quorum_words(quorum)
        seats = as_with(Rule(Method.MAJORITY, quorum), len(self.seated))
        return _("%(quorum)s (%(example)s)") % {"quorum": words[:1].upper() + words[1:], "example": seats}

    def clean(self) -> dict[str, Any]:
        """Refuse a quorum that the seats of today could never make."""
        cleaned = super().clean() or {}
        if not self.errors:
            measured = reach(self._agreed(cleaned["method"]), self.seated)
            if measured.misses:
                self.add_error("sectors" if measured.misses == "sectors" else "quorum", reach_words(measured))
        return cleaned

    def rules(self) -> dict[str, Rule]:
        """One rule a kind that has its own, and under "" the one for all others."""
        found = {"": self._agreed(self.cleaned_data["method"])}
        for kind in BY_KIND:
            method = self.cleaned_data[f"kind_{kind.value}"]
            last = self.cleaned_data.get(f"last_{kind.value}")
            if method or last:
                rule = self._agreed(method or self.cleaned_data["method"])
                found[kind.value] = replace(rule, authority=Authority(last) if last else None)
        return found

    def _agreed(self, code: str) -> Rule:
        cleaned = self.cleaned_data
        terms = Rule(
            Method.RUNOFF,
            replace(QUORUMS[cleaned["quorum"]], sectors=cleaned["sectors"]),
            Base(cleaned["base"]),
            Abstention(cleaned["abstention"]),
            Tie(cleaned["tie"]),
            SHARES[cleaned["share"]],
            **{name: cleaned[name] for name in NUMBERS},
        )
        wanted = WAYS[code].rule
        return replace(terms.by(wanted.method), fallback=wanted.fallback)
