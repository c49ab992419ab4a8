"""Every part of the look on one page, at rest, in trouble, empty and done: for tests and for the eye.

It is drawn without a request, so that it needs neither database nor routes of its own.
"""

import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.template import engines

SOURCE = Path(__file__).parent / "gallery.html"


class Kinds(forms.Form):
    """One field of each kind that the form pack draws."""

    name = forms.CharField(label="Name of the organization", help_text="As it stands on its letterhead.")
    reply_by = forms.DateField(
        label="Reply by", help_text="For example, 12/4/2026", widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("es", "Español")])
    way = forms.ChoiceField(
        label="How did they answer?", choices=[("p", "By phone"), ("m", "By mail")], widget=forms.RadioSelect
    )
    sectors = forms.MultipleChoiceField(
        label="Sectors",
        help_text="All that fit.",
        choices=[("y", "Youth"), ("b", "Business"), ("m", "Media")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="They agree to be listed", help_text="Ask first.")
    notes = forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label="Paper", required=False)
    origin = forms.CharField(widget=forms.HiddenInput, initial="gallery")

    def clean(self) -> dict[str, Any]:
        if "name" in self.errors:
            raise forms.ValidationError("The form needs a second look.")
        return self.cleaned_data


NAV = [
    {"label": "Today", "url": "#today", "current": True, "count": 7},
    {"label": "Partners", "url": "#partners", "current": False, "count": 0},
    {"label": "Letters", "url": "#letters", "current": False, "count": 0},
    {"label": "Meetings and decisions", "url": "#decisions", "current": False, "count": 2},
    {"label": "Who serves what", "url": "#needs", "current": False, "count": 0},
    {"label": "Learn", "url": "#learn", "current": False, "count": 0},
]
SHELL = {
    "district": "Larkmoor School District",
    "place": "Quillback Middle School",
    "home_url": "#home",
    "nav": NAV,
    "person": {"name": "Imogen Tasker"},
    "role": "Coordinator",
    "foot_links": [("My settings", "#me")],
    "search_url": "#find",
    "demo": True,
    "mail_url": "#mail",
}
CONTEXT: dict[str, Any] = {
    "shell": SHELL,
    "stages": [
        ("identified", "Possible"),
        ("contacted", "Written to"),
        ("exploring", "Talking"),
        ("agreement_pending", "Agreement under way"),
        ("active", "Active"),
        ("renewal_due", "Renewal due"),
        ("paused", "Paused to March"),
        ("declined", "Not now"),
        ("ended", "Ended June 30, 2026"),
    ],
    "due": [
        {
            "late": True,
            "when": "4 days late",
            "since": "since Nov 20",
            "what": "Call Tolland Street Boxing Club",
            "why": "No reply to the letter of November 10; it asked for one by November 20.",
            "act_label": "Log the call",
            "act_url": "#call",
        },
        {
            "when": "By 5:00 pm",
            "what": "Ask three seats for their answer",
            "about": "on the late bus",
            "why": "It closes tomorrow. Six of nine have answered.",
            "act_label": "See who",
            "act_url": "#who",
        },
    ],
    "tabs": [
        {"label": "Overview", "url": "#o", "current": True},
        {"label": "Letters", "url": "#l", "current": False, "count": 3},
        {"label": "Decisions", "url": "#d", "current": False},
    ],
    "steps": [("Who and what", "#1", False), ("Write and check", "#2", True), ("Sign and send", "", False)],
    "chips": [("At Quillback", "#a"), ("Tag: winter plan", "#b")],
    "facts": [("MOU", "In force to December 31, 2026"), ("Insurance", "On file to May 2, 2027")],
    "tally": [("yes", 5, "yes"), ("no", 2, "no"), ("abstain", 1, "abstains"), ("none", 1, "no answer")],
    "rows": [
        ("1. Quorum", "8 of 9 seats took part; more than half is 5", True, "met"),
        ("2. Sectors", "2 sectors took part; 3 are asked for", False, "not met"),
        ("3. The rule", "Simple majority: 5 yes against 2 no", None, "5 > 2"),
    ],
    "day": datetime.date(2026, 11, 12),
}


def gallery(*, bad: bool = False, alone: bool = False) -> str:
    """The gallery as HTML; `bad` shows its form in error, `alone` the bar of pages without navigation."""
    form = Kinds({"reply_by": "2026-11-26"}) if bad else Kinds()
    shell = {**SHELL, "nav": []} if alone else SHELL
    return engines["django"].from_string(SOURCE.read_text()).render({**CONTEXT, "shell": shell, "form": form})
