"""The tables of letters (docs/data-model.md, "letters")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.outgoing import sent_words
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.models import Contact, Partnership

from . import refusals
from .enums import IN_BOTH, Answer, EventKind, GoesBy, Kind, Language, Source, State
from .querysets import SENT_STATES, LetterQuerySet, ReplyQuerySet, TemplateQuerySet

MOST_PAGES = 2
"""No letter takes more pages than these."""


class Template(TenantModel, PublicId, Versioned):
    """A kind of letter that the district, or one school, keeps a text for.

    `retired_at`: since when a school uses the district's text again. `version` rises with each saving.
    """

    kind = models.CharField(max_length=20, choices=Kind.choices)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(TemplateQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "school"], name="letter_template_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class TemplateVersion(TenantModel):
    """The text of a template in one language, as it stood from one day on. Insert-only.

    `blocks` is a list of {"name": a code of enums.Block, "text": light Markdown with placeholders}.
    """

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    language = models.CharField(max_length=5, choices=Language.choices)
    blocks = models.JSONField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-n"]
        constraints = [
            models.UniqueConstraint(fields=["template", "language", "n"], name="letter_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.template}, {self.get_language_display()}, {self.n}"


class Letter(TenantModel, PublicId, Versioned):
    """A letter of a school to a partner, from its first draft on; what was signed is in SignedLetter.

    `supplied` holds values for this letter alone, by placeholder; `left_out` the sentences that were taken
    out, as services.leave_out keeps them. A letter in two languages has the second in `also`, and what is the
    second's among blocks and values (letters/second.py). `signer` is the principal who is to sign, and from
    the signature on who signed: `signed_for` names the principal where that was a deputy. `replaces` is the
    signed letter that this one, once signed, takes the place of. `pages` is how many it takes, as last
    counted since it was edited.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(_("Language"), max_length=5, choices=Language.choices)
    template_version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    also = models.CharField(_("Second language"), max_length=5, choices=Language.choices, blank=True)
    also_version = models.ForeignKey(
        TemplateVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("Why this letter"), max_length=255, blank=True)
    blocks = models.JSONField()
    supplied = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    signer = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_for = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    liaison = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    suggested_by = models.CharField(_("Who told you of them"), max_length=120, blank=True)
    result = models.CharField(_("A result since then"), max_length=200, blank=True)
    meeting_1 = models.DateTimeField(_("First date to meet"), null=True, blank=True)
    meeting_2 = models.DateTimeField(_("Second date to meet"), null=True, blank=True)
    reply_by = models.DateField(_("Answer by"), null=True, blank=True)
    call_on = models.DateField(_("We call on"), null=True, blank=True)
    prepared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    mail_wanted_at = models.DateTimeField(null=True, blank=True)
    waits_for_approval = models.BooleanField(default=False)
    goes_by = models.CharField(
        _("How it goes out"), max_length=5, choices=GoesBy.choices, default=GoesBy.EMAIL
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(LetterQuerySet)

    class Meta:
        indexes = [
            models.Index(fields=["district", "state", "school"], name="letter_by_state"),
            models.Index(fields=["district", "-signed_at", "-id"], name="letter_by_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SENT_STATES, signed_at__isnull=False) & ~Q(reference="")
                | ~Q(state__in=SENT_STATES) & Q(signed_at__isnull=True, reference=""),
                name="letter_signed_at_and_reference",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "discarded")) | Q(signer__isnull=False),
                name="letter_has_a_signer_once_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(mail_wanted_at__isnull=True) | Q(signed_at__isnull=False),
                name="letter_mailed_only_when_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_for__isnull=True) | Q(state__in=("signing", *SENT_STATES)),
                name="letter_signed_for_only_when_signed",
            ),
            models.CheckConstraint(
                condition=Q(waits_for_approval=False) | Q(state="to_sign"),
                name="letter_waits_for_approval_before_its_signature",
            ),
            models.CheckConstraint(
                condition=Q(also="", also_version__isnull=True)
                | ~Q(also="") & ~Q(also=F("language")) & Q(also_version__isnull=False),
                name="letter_second_language_is_another_one",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.get_kind_display()} {self.pk}"

    @property
    def in_words(self) -> str:
        """Its language, or both."""
        return str(IN_BOTH[Language(self.language)] if self.also else self.get_language_display())

    @property
    def versions(self) -> list[TemplateVersion]:
        """The text that it was begun with, in each of its languages."""
        return [version for version in (self.template_version, self.also_version) if version]

    @property
    def pages_meant(self) -> int:
        """How many pages it takes as a rule: one for each language."""
        return 2 if self.also else 1

    @property
    def is_long(self) -> bool:
        """Whether it takes two pages where one is the rule."""
        return self.pages == MOST_PAGES > self.pages_meant

    @property
    def by_mail(self) -> bool:
        """Whether it goes by e-mail, as chosen and as far as its contact has an address."""
        return self.goes_by != GoesBy.PRINT and bool(self.contact.email)

    @property
    def by_post(self) -> bool:
        """Whether somebody prints and posts it: as chosen, or for want of an address."""
        return self.goes_by != GoesBy.EMAIL or not self.contact.email


class LetterEvent(TenantModel):
    """The history of a letter. Insert-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What happened, as pages show it."""
        kind = str(self.get_kind_display())
        return sent_words(kind) if self.kind == EventKind.MAILED else kind

    @property
    def why(self) -> str:
        """The reason as pages show it: a person's own words, or what the press said of a voided number."""
        if self.kind != EventKind.VOIDED:
            return self.reason
        reference, _, kept = self.reason.partition(": ")
        return f"{reference}: {refusals.sentence(kept)}"


class Reply(TenantModel):
    """What a partner answered, and how we know; the latest that stands counts, all are kept. Insert-only."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer.choices)
    source = models.CharField(_("How we know"), max_length=10, choices=Source.choices)
    note = models.CharField(_("In their words"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = tenant_manager(ReplyQuerySet)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(source=Source.LINK), name="reply_has_a_recorder"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display())

    @property
    def how_we_know(self) -> str:
        """Its source as pages show it, and whether somebody took it back."""
        source = str(self.get_source_display())
        return _("%(source)s; taken back") % {"source": source} if hasattr(self, "taken_back") else source


# Their keys lead to the tables above.
from .batch_models import Batch as Batch  # noqa: E402
from .batch_models import BatchRow as BatchRow  # noqa: E402
from .link_models import ReplyLink as ReplyLink  # noqa: E402
from .link_models import ReplyTakenBack as ReplyTakenBack  # noqa: E402
from .look_models import Look as Look  # noqa: E402
from .picture_models import Picture as Picture  # noqa: E402
from .signed_models import LetterNumber as LetterNumber  # noqa: E402
from .signed_models import NumberSeries as NumberSeries  # noqa: E402
from .signed_models import SignedLetter as SignedLetter  # noqa: E402
from .text_models import LetterApproval as LetterApproval  # noqa: E402
from .text_models import TextReview as TextReview  # noqa: E402
from .text_models import TextRule as TextRule  # noqa: E402
