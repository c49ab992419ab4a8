"""Decisions: the question, the seats of its day, rounds, answers, and the computed outcome."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from decisions.enums import Change, Kind, Source, Standing, State
from decisions.querysets import DecisionQuerySet, DecisionSeatQuerySet
from decisions.words import OUTCOME_WORDS
from partners.enums import Sector

from .groups import METHODS, CharterRule, Group, Seat
from .meetings import Meeting

OUTCOMES = [(outcome.value, label) for outcome, label in OUTCOME_WORDS.items()]


class Decision(TenantModel, PublicId, Versioned):
    """One question of a group. Its version rises with each answer too, so a close counts what its reader saw.

    `figures` is figures.Figures; `sentence` is the arithmetic in words as it was recorded. `closes_at` is
    that of the present round. `supersedes`: the earlier decision that it changes, as `changes` says, once it
    is adopted.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    kind = models.CharField(_("What it is about"), max_length=10, choices=Kind.choices, default=Kind.EVERYDAY)
    question = models.CharField(_("Question"), max_length=300)
    meaning = models.TextField(_("What a yes would mean"), blank=True)
    question_es = models.CharField(_("The question in Spanish"), max_length=300, blank=True)
    meaning_es = models.TextField(_("What a yes would mean, in Spanish"), blank=True)
    search_text = models.TextField(blank=True, editable=False)
    rule = models.ForeignKey(CharterRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starting_rule = models.BooleanField(default=False)
    method = models.CharField(max_length=20, choices=METHODS)
    method_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField(_("Answers are taken until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    figures = models.JSONField(null=True, blank=True)
    sentence = models.TextField(blank=True)
    rationale = models.TextField(_("Why"), blank=True)
    dissent = models.TextField(_("What was said against"), blank=True)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    effective_on = models.DateField(_("In effect from"), null=True, blank=True)
    review_on = models.DateField(_("Look at it again on"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changes = models.CharField(_("What it does to it"), max_length=8, choices=Change.choices, blank=True)

    objects: ClassVar[Any] = tenant_manager(DecisionQuerySet)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["district", "-opened_at", "-id"], name="decision_log"),
            models.Index(fields=["group", "-opened_at"], name="decision_by_group"),
            models.Index(
                fields=["district", "closes_at"], condition=Q(state=State.OPEN), name="decision_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "n"], name="decision_number_unique"),
            models.CheckConstraint(
                condition=Q(rule__isnull=True, starting_rule=True)
                | Q(rule__isnull=False, starting_rule=False),
                name="decision_rule_or_starting_rule",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=State.OPEN,
                    outcome="",
                    sentence="",
                    figures__isnull=True,
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(state=State.CLOSED, figures__isnull=False, closed_at__isnull=False)
                & ~Q(outcome="")
                & ~Q(sentence=""),
                name="decision_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(review_on__gte=F("effective_on")),
                name="decision_review_after_effect",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, changes="")
                | Q(supersedes__isnull=False) & ~Q(changes=""),
                name="decision_changes_an_earlier_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.question}"

    @property
    def reference(self) -> str:
        """Its name in its group: D-2026-19. Another group may have the same, so lists of several groups say
        whose it is."""
        return f"D-{self.year}-{self.n:02}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.state == State.OPEN

    @property
    def hides_answers(self) -> bool:
        """Whether its answers are shown only once it is closed, and it is not. Reads its rule."""
        return self.is_open and self.rule is not None and self.rule.rule.hidden_tally

    @property
    def is_over(self) -> bool:
        """Whether the time to answer has passed; one without an end goes on."""
        return self.closes_at is not None and self.closes_at < clock.now()

    @property
    def is_overdue(self) -> bool:
        """Whether it is open still, and its time to answer has passed."""
        return self.is_open and self.is_over

    @property
    def last_day(self) -> datetime.date | None:
        """The local day on which the time to answer ends; None where it has no end. Reads the district."""
        return clock.local_day(self.closes_at, self.district) if self.closes_at else None

    def days_until(self, at: datetime.datetime) -> int:
        """How many local days after the question was put an instant is. Reads the district."""
        return (clock.local_day(at, self.district) - clock.local_day(self.opened_at, self.district)).days

    @property
    def takes_answers(self) -> bool:
        """Whether seats can answer, and files can be added: it is open, and its time is not over."""
        return self.is_open and not self.is_over


class DecisionSeat(TenantModel, PublicId):
    """A seat as it was on the day a decision was opened. Insert-only."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=255)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices)

    objects: ClassVar[Any] = tenant_manager(DecisionSeatQuerySet)

    class Meta:
        ordering = ["label", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="decision_seat_once")]

    def __str__(self) -> str:
        return self.label


class Recusal(TenantModel):
    """A seat that steps out of one decision; why is sealed beside it. Insert-only."""

    decision_seat = models.OneToOneField(DecisionSeat, on_delete=models.PROTECT, related_name="recusal")
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision_seat} steps out"

    @property
    def reason(self) -> str:
        """Why; empty where the text is erased."""
        return sealed_text(self, "reason")


class Notice(TenantModel):
    """That a seat was told of a question on which silence is a yes, in time, and how. Insert-only."""

    decision_seat = models.OneToOneField(DecisionSeat, on_delete=models.PROTECT, related_name="notice")
    how = models.CharField(max_length=10, choices=Source.choices)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision_seat} was told"


class Round(TenantModel):
    """One round of a decision with the text it was asked about; a later round counts afresh. Insert-only, but
    that its Spanish is written once, and that texts are erased.

    `days`: how many local days after the question was put it began, whatever the district's zone is later.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rounds")
    n = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    text_es = models.TextField(blank=True)
    options = models.JSONField(default=list, blank=True)
    options_es = models.JSONField(default=list, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["decision", "n"], name="round_number_unique")]

    def __str__(self) -> str:
        return f"{self.decision}, round {self.n}"

    def options_in(self, language: str | None) -> list[str]:
        """Its options, in a language where they are written in it."""
        options: list[str] = (language == "es" and self.options_es) or self.options
        return options


class Position(TenantModel):
    """An answer of a seat in a round: the latest counts, all are kept. Insert-only.

    `answer` is JSON, a ballot as decisions/ballots.py keeps it: "yes". `recorded_by` is empty for an answer
    by the seat's own link. The reason, and what the seat was told when somebody else recorded it, are sealed
    beside it, where they can be erased: select_related("sealed") brings them along.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="positions")
    decision_seat = models.ForeignKey(DecisionSeat, on_delete=models.PROTECT, related_name="positions")
    answer = models.JSONField()
    source = models.CharField(max_length=10, choices=Source.choices)
    recorded_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=Source.LINK, recorded_by__isnull=True)
                | ~Q(source=Source.LINK) & Q(recorded_by__isnull=False),
                name="position_own_or_recorded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_seat}: {self.answer}"

    @property
    def reason(self) -> str:
        """Why; empty where nothing was said or the text is erased."""
        return sealed_text(self, "reason")

    @property
    def told(self) -> str:
        """What the seat was told when somebody else recorded it."""
        return sealed_text(self, "told")


def sealed_text(thing: Position | Recusal, name: str) -> str:
    """A text that was sealed with an answer or with a stepping out; empty where it is erased or lost."""
    sealed = getattr(thing, "sealed", None)
    return sealed.text(name) if sealed else ""
