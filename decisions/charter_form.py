"""The form "How we decide": plain words in, one rule a kind of decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.offer import offer
from accounts.student_records import WarnsOfStudentRecords

from .charter_fields import Explained, FoldedChoices, number, switch
from .charter_ways import BY_KIND, FALLBACK, MORE, OFTEN, QUORUMS, SHARES, USUAL, WAYS
from .enums import Kind, Standing
from .models import Decision, Seat
from .queries import voting_sectors
from .rule import NAMED, Abstention, Authority, Base, Closer, Method, Quorum, Rule, Tie
from .rule_examples import example
from .rule_words import as_with, quorum_words, reach_words, share_words, upper_first
from .services import MandateWanted, SilenceNeverShares
from .starting import reach, usual_sectors
from .words import ABSTENTION_WORDS, AUTHORITY_WORDS, BASE_WORDS, CLOSER_WORDS, TIE_WORDS

LATER = ("fallback_round", "fallback_days")
LIMITED = ("asides", "abstentions", "serious", "fingers", "dots", "top", "advisers")
NUMBERS = (*LATER, *LIMITED)
TERMS = (*LATER, "base", "abstention", "tie", "share", *LIMITED, "decider", "mandate")
MANNERS = ("closes", "silence", "notice_days", "proxies", "hidden_tally")


class CharterForm(WarnsOfStudentRecords, forms.Form):
    """How a group decides. Its choices say what they mean for the seats of today."""

    watched = ("mandate",)

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
    fallback_round = number(
        gettext_lazy("From which meeting on two thirds decide"),
        "fallback_round",
        gettext_lazy("For consensus that goes on to two thirds. Empty: the second."),
        required=False,
    )
    fallback_days = number(
        gettext_lazy("Or at a meeting this many days after the question, if that comes sooner"),
        "fallback_days",
        gettext_lazy(
            "A further meeting that begins that late goes by two thirds, too. 0: only the number of meetings "
            "counts."
        ),
        required=False,
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
    asides = number(
        gettext_lazy("How many may stand aside"),
        "asides",
        gettext_lazy("For consensus. Empty: any number."),
        required=False,
    )
    abstentions = number(
        gettext_lazy("How many may abstain"),
        "abstentions",
        gettext_lazy("For unanimity. Empty: any number."),
        required=False,
    )
    serious = number(
        gettext_lazy("How many may disagree seriously"), "serious", gettext_lazy("For levels of agreement.")
    )
    fingers = number(
        gettext_lazy("How many fingers each must show"), "fingers", gettext_lazy("For fist to five.")
    )
    dots = number(gettext_lazy("How many dots each places"), "dots", gettext_lazy("For most dots."))
    top = number(gettext_lazy("The highest score"), "top", gettext_lazy("For highest score."))
    advisers = number(
        gettext_lazy("How many seats advise"),
        "advisers",
        gettext_lazy("For a leader who decides after advice."),
        required=False,
    )
    decider = forms.ChoiceField(
        label=gettext_lazy("The seat that decides"),
        required=False,
        help_text=gettext_lazy("For a leader who decides after advice, and for what is given to one seat."),
    )
    mandate = forms.CharField(
        label=gettext_lazy("What it may decide"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For what is given to one seat. All who read how we decide see it."),
    )
    closes = forms.TypedChoiceField(
        label=gettext_lazy("Who counts and closes a question"),
        choices=[("", gettext_lazy("District staff, a principal or a coordinator")), *CLOSER_WORDS.items()],
        required=False,
        coerce=Closer,
        empty_value=None,
        help_text=gettext_lazy(
            "Where nobody here has that role, district staff do it. At the end of the time to answer the "
            "portal itself counts."
        ),
    )
    silence = switch(
        gettext_lazy("Silence"),
        gettext_lazy("Is never a yes"),
        gettext_lazy("Can be a yes, by “no objection by a deadline”"),
        gettext_lazy("Only of a seat that was told, and never for sharing data."),
    )
    notice_days = number(
        gettext_lazy("Days of notice"),
        "notice_days",
        gettext_lazy(
            "From asking to closing, save for urgent matters. With 5, what is asked Monday can close from "
            "Saturday."
        ),
        required=False,
    )
    proxies = switch(
        gettext_lazy("Proxies"),
        gettext_lazy("Each seat answers itself"),
        gettext_lazy("A seat may give its voice to another"),
    )
    hidden_tally = switch(
        gettext_lazy("Answers, while a question is open"),
        gettext_lazy("Are shown as they come"),
        gettext_lazy("Are shown once it is closed"),
        gettext_lazy("Who has answered is shown in any case."),
    )

    def __init__(
        self,
        *args: Any,
        seats: Sequence[Seat],
        decisions: Sequence[Decision],
        closers: Sequence[Closer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seated = voting_sectors(seats)
        fields: Any = self.fields
        offer(self, "decision", Decision.objects.filter(pk__in=[decision.pk for decision in decisions]))
        fields["method"].choices = [
            *self._methods(OFTEN),
            (_("More ways to decide"), self._methods(MORE)),
        ]
        fields["quorum"].choices = [(code, self._example(quorum)) for code, quorum in QUORUMS.items()]
        fields["share"].choices = [(code, share_words(share)) for code, share in SHARES.items()]
        voting = [(str(seat.uid), seat.label) for seat in seats if seat.standing == Standing.VOTES]
        fields["decider"].choices = [("", _("None")), *voting]
        fields["closes"].choices = [one for one in fields["closes"].choices if one[0] in ("", *closers)]
        fields["sectors"].initial = usual_sectors(len(set(self.seated)))
        for kind in BY_KIND:
            self._add_kind(kind)

    @property
    def terms(self) -> list[forms.BoundField]:
        """What only some ways to decide read, which most groups leave as it is."""
        return [self[name] for name in TERMS]

    @property
    def manners(self) -> list[forms.BoundField]:
        """How a question is asked and answered."""
        return [self[name] for name in MANNERS]

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
        return _("%(quorum)s (%(example)s)") % {"quorum": upper_first(words), "example": seats}

    def clean(self) -> dict[str, Any]:
        """Refuse a quorum that the seats of today could never make, and ways that lack what they need."""
        cleaned = super().clean() or {}
        if not self.errors:
            measured = reach(self._agreed(cleaned["method"]), self.seated)
            if measured.misses:
                self.add_error("sectors" if measured.misses == "sectors" else "quorum", reach_words(measured))
            self._check_ways(cleaned)
        return cleaned

    def _check_ways(self, cleaned: dict[str, Any]) -> None:
        ways = [cleaned["method"], *(cleaned[f"kind_{kind.value}"] for kind in BY_KIND)]
        if not cleaned["decider"] and any(way in NAMED for way in ways):
            self.add_error("decider", _("Say which seat decides, or choose another way."))
        if not cleaned["mandate"] and Method.DELEGATED in ways:
            self.add_error("mandate", MandateWanted.words)
        if cleaned["fallback_days"] and cleaned["fallback_round"] == 2:
            words = _(
                "Two thirds decide at the second meeting in any case: name a later one, or write 0 here."
            )
            self.add_error("fallback_days", words)
        if Method.NO_OBJECTION in ways and not cleaned["silence"]:
            words = _(
                "“No objection by a deadline” takes silence as a yes: allow it here, or choose another way."
            )
            self.add_error("silence", words)
        if (cleaned["kind_sharing"] or cleaned["method"]) == Method.NO_OBJECTION:
            self.add_error("kind_sharing", SilenceNeverShares.words)

    def rules(self) -> dict[str, Rule]:
        """One rule a kind that has its own, and under "" the one for all others. Urgent matters need no
        notice."""
        found = {"": self._agreed(self.cleaned_data["method"])}
        for kind in BY_KIND:
            method = self.cleaned_data[f"kind_{kind.value}"]
            last = self.cleaned_data.get(f"last_{kind.value}")
            if method or last:
                rule = self._agreed(method or self.cleaned_data["method"])
                found[kind.value] = replace(rule, authority=Authority(last) if last else None)
        if found[""].notice_days:
            found[Kind.URGENT] = replace(found.get(Kind.URGENT, found[""]), notice_days=0)
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
            **{name: cleaned[name] for name in (*NUMBERS, *MANNERS, "decider")},
        )
        wanted = WAYS[code].rule
        return replace(terms.by(wanted.method), fallback=wanted.fallback)
