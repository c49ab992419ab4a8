"""The shape of what people type about letters."""

import datetime
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership, School
from accounts.offer import offer
from partners.models import Partnership

from . import queries, services
from .addressing import offered_words
from .blocks import BlockList
from .enums import Answer, Block, GoesBy, Kind, Language, Source
from .fitting import Fit
from .missing_forms import SUPPLIED_PREFIX, SuppliedFields
from .models import Letter
from .placeholders import Placeholder, named
from .second import in_language, split
from .text_checks import wrong_links

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
ROWS = {Block.SUBJECT: 1, Block.OPENING: 4}
BLOCK_PREFIX = "block_"
ONLY_WHERE_USED = {
    "suggested_by": Placeholder.HEARD_OF_YOU,
    "result": Placeholder.RESULT,
    "meeting_1": Placeholder.MEETING_1,
    "meeting_2": Placeholder.MEETING_2,
    "call_on": Placeholder.CALL_ON,
}
LANGUAGES = [
    *Language.choices,
    (f"{Language.ENGLISH} {Language.SPANISH}", _("English and Spanish, in one letter")),
    (f"{Language.SPANISH} {Language.ENGLISH}", _("Spanish and English, in one letter")),
]
YEAR = datetime.timedelta(days=366)


class StartForm(forms.Form):
    """For which school a letter to a partner is started."""

    school: Any = forms.ModelChoiceField(label=_("From"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = School.objects.reached_by(membership)
        offer(self, "school", mine)
        self.fields["school"].initial = mine.first()


class WhoForm(forms.Form):
    """To whom a letter goes, which one it is, in which language, and why where that needs a reason.

    `once` names the page that was opened: two clicks on it make one draft.
    """

    sometimes_needed = ("reason",)

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    contact: Any = forms.ModelChoiceField(label=_("To"), queryset=None, empty_label=None)
    kind = forms.ChoiceField(label=_("Letter"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=255,
        help_text=_("Only for a letter that does not fit where the partnership stands."),
    )

    def __init__(self, data: Any = None, *, partnership: Partnership, by: Membership) -> None:
        contacts = queries.contacts_of(partnership)
        first = contacts.first()
        self.by, self.partnership = by, partnership
        self.fit = queries.fit_for(partnership)
        initial = {
            "once": uuid.uuid4(),
            "contact": first,
            "kind": self.fit.first,
            "language": first.language if first else "en",
        }
        super().__init__(data, initial=initial)
        offer(self, "contact", contacts)
        self.fields["kind"].choices = _fitting_first(self.fit)  # type: ignore[attr-defined]
        self.fields["kind"].help_text = str(self.fit.why)
        if self.fit.always_reason:
            words = _("This partnership is marked “%(stage)s”. Why write now?")
            self.fields["reason"].help_text = words % {"stage": partnership.get_stage_display()}

    def clean(self) -> dict[str, Any]:
        """A letter that does not fit the stage says why."""
        cleaned = super().clean() or {}
        cleaned["language"], _space, cleaned["also"] = cleaned.get("language", "").partition(" ")
        needed = self.fit.needs_reason(cleaned.get("kind", ""))
        if needed and not cleaned.get("reason", "").strip() and not self._is_second_click(cleaned):
            self.add_error("reason", _("Say in a few words why this letter goes out now."))
        return cleaned

    def _is_second_click(self, cleaned: dict[str, Any]) -> bool:
        contact = cleaned.get("contact")
        chosen = (cleaned.get(name) for name in ("kind", "language", "also", "reason"))
        return contact is not None and (
            services.made_already(cleaned.get("once"), self.by.pk, self.partnership.pk, contact.pk, *chosen)
            is not None
        )


class DraftForm(SuppliedFields):
    """A letter's people, dates and text, each block a field of its own; moments are the school's.

    It asks for what the text uses, and for the day to answer by in any case. A date that is left out is a gap
    in the letter, which keeps it from being handed in, not from being saved. A block may be left empty, the
    subject may not.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    contact: Any = forms.ModelChoiceField(label=_("To"), queryset=None, empty_label=None)
    liaison: Any = forms.ModelChoiceField(label=_("Who stays in touch"), queryset=None, empty_label=None)
    goes_by = forms.ChoiceField(label=_("How it goes out"), choices=GoesBy.choices, required=False)
    suggested_by = forms.CharField(label=_("Who told you of them"), max_length=120, required=False)
    result = forms.CharField(
        label=_("A result since then"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: 24 students had a counselor within two weeks of asking"),
    )
    meeting_1 = forms.DateTimeField(label=_("First date to meet"), widget=MOMENT, required=False)
    meeting_2 = forms.DateTimeField(label=_("Second date to meet"), widget=MOMENT, required=False)
    reply_by = forms.DateField(label=_("Answer by"), widget=DAY)
    call_on = forms.DateField(label=_("We call on"), widget=DAY, required=False)

    def __init__(self, data: Any = None, *, letter: Letter) -> None:
        super().__init__(data, initial=_initial(letter))
        self.letter = letter
        offer(self, "contact", queries.contacts_for(letter), words=offered_words)
        offer(self, "liaison", queries.people_at(letter.school), words=lambda member: member.user.name)
        used = named(letter.blocks)
        for field in (field for field, placeholder in ONLY_WHERE_USED.items() if placeholder not in used):
            del self.fields[field]
        for block in letter.blocks:
            language, name = split(block["name"])
            self.fields[BLOCK_PREFIX + block["name"]] = forms.CharField(
                label=in_language(str(Block(name).label), language or (letter.also and letter.language)),
                required=name == Block.SUBJECT,
                max_length=1200,
                widget=forms.Textarea(
                    attrs={"rows": ROWS.get(Block(name), 3), "lang": language or letter.language}
                ),
            )
        blocks = [name for name in self.fields if name.startswith(BLOCK_PREFIX)]
        self.sometimes_needed = ("goes_by", *blocks)
        self.add_supplied()

    def full_clean(self) -> None:
        """Read moments in the school's time zone."""
        with timezone.override(self.letter.school.tz):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Dates lie ahead, within a year, and the call comes after the day by which to answer."""
        cleaned = super().clean() or {}
        now, today = clock.now(), clock.today(self.letter.school)
        reply_by, call_on = cleaned.get("reply_by"), cleaned.get("call_on")
        if reply_by and reply_by < today:
            self.add_error("reply_by", _("This day is over. Choose a later one."))
        for name in ("meeting_1", "meeting_2"):
            if cleaned.get(name) and cleaned[name] < now:
                self.add_error(name, _("This moment is over. Choose a later one."))
        for name, start in (("meeting_1", now), ("meeting_2", now), ("reply_by", today), ("call_on", today)):
            if cleaned.get(name) and cleaned[name] > start + YEAR:
                self.add_error(name, _("This is more than a year away. Choose an earlier one."))
        contact, goes_by = cleaned.get("contact"), cleaned.get("goes_by")
        if contact and not contact.email and goes_by in (GoesBy.EMAIL, GoesBy.BOTH):
            self.add_error("goes_by", _("Their record has no e-mail address. Choose “Printed, by post”."))
        if reply_by and call_on and call_on <= reply_by:
            self.add_error("call_on", _("Call after the day by which they can answer."))
        self._check_links(cleaned)
        return cleaned

    def _check_links(self, cleaned: dict[str, Any]) -> None:
        """Links lead to the web or to mail, by an address that is written out."""
        for name in [name for name in self.fields if name.startswith(BLOCK_PREFIX)]:
            for words in wrong_links(cleaned.get(name, "")):
                self.add_error(name, words)

    @property
    def changes(self) -> dict[str, Any]:
        """What services.edit_draft takes; where not all is right, the part that is."""
        plain = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and not name.startswith((BLOCK_PREFIX, SUPPLIED_PREFIX))
        }
        plain["goes_by"] = plain.get("goes_by") or self.letter.goes_by
        return {**plain, "blocks": self._blocks(), "supplied": self.supplied}

    @property
    def version_seen(self) -> int:
        """The version that was on the screen; none that a letter has, where it was not sent."""
        version: int = self.cleaned_data.get("version", -1)
        return version

    def _blocks(self) -> BlockList:
        return [
            {**block, "text": self.cleaned_data.get(BLOCK_PREFIX + block["name"], block["text"])}
            for block in self.letter.blocks
        ]


class AddressForm(forms.Form):
    """To whom a letter goes instead of somebody who has left."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    contact: Any = forms.ModelChoiceField(label=_("To"), queryset=None, empty_label=None)

    def __init__(self, data: Any = None, *, letter: Letter) -> None:
        super().__init__(data, initial={"version": letter.version})
        offer(self, "contact", queries.contacts_of(letter.partnership))


class NoteForm(forms.Form):
    """A reason or note that an act asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReplyForm(forms.Form):
    """What a partner answered, and how we know."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    source = forms.ChoiceField(
        label=_("How we know"), choices=[choice for choice in Source.choices if choice[0] != Source.LINK]
    )
    note = forms.CharField(
        label=_("In their words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def _fitting_first(fit: Fit) -> list[tuple[Any, Any]]:
    """The letters to choose from: those that fit, then those that need a reason, each under its words."""
    fitting = [] if fit.always_reason else [(kind, kind.label) for kind in fit.kinds]
    others = [(kind, kind.label) for kind in Kind if fit.needs_reason(kind)]
    groups = [(_("Fits now"), fitting), (_("Needs a reason"), others)]
    return [(words, kinds) for words, kinds in groups if kinds]


def _initial(letter: Letter) -> dict[str, Any]:
    zone = letter.school.tz

    def local(instant: datetime.datetime | None) -> str:
        return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if instant else ""

    texts = {BLOCK_PREFIX + block["name"]: block["text"] for block in letter.blocks}
    return {
        "version": letter.version,
        "contact": letter.contact_id,
        "liaison": letter.liaison_id,
        "goes_by": letter.goes_by,
        "suggested_by": letter.suggested_by,
        "result": letter.result,
        "meeting_1": local(letter.meeting_1),
        "meeting_2": local(letter.meeting_2),
        "reply_by": letter.reply_by,
        "call_on": letter.call_on,
        **texts,
    }
