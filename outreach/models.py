"""The tables of what is due and what goes out (docs/data-model.md, "outreach")."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, tenant_manager

from .enums import UNSENT, Reason, State, SuppressedBecause
from .querysets import MessageQuerySet

ENDED = [state for state in State if state not in (*UNSENT, State.SENDING)]
EXPLAINED = [State.WAITING, *(state for state in ENDED if state != State.SENT)]


class Message(TenantModel, PublicId):
    """One mail to one address: the outbox. The queue may lose a task; this row is what must go out.

    `key` says what, to whom and for which occurrence, and is unique: a second plan finds the first. `body` is
    plain text; where a personal link belongs it holds `mail.LINK_MARK`, so that nothing usable lies here.
    It is empty where the message was skipped, and where a text of its question was erased; then `subject` is,
    too. `attempts` counts the claims and tells one claim from the next.
    """

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject_uid = models.UUIDField()
    about = models.CharField(max_length=300, help_text=_("What it is about, such as a letter's number."))
    to = models.EmailField(blank=True)
    to_name = models.CharField(max_length=120, blank=True)
    from_name = models.CharField(max_length=200)
    reply_to = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=5, default="en")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(MessageQuerySet)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state__in=["queued", "sending"]), name="message_due"
            ),
            models.Index(fields=["district", "-not_before", "-id"], name="message_by_date"),
            models.Index(fields=["district", "kind", "subject_uid"], name="message_by_subject"),
            models.Index("district", Lower("to"), name="message_by_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["district", "key"], name="message_key_unique"),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease_until__isnull=False)
                | ~Q(state=State.SENDING) & Q(lease_until__isnull=True),
                name="message_leased_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | ~Q(state__in=ENDED) & Q(ended_at__isnull=True),
                name="message_ended_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EXPLAINED) | ~Q(reason=""), name="message_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.about


class MessageEvent(TenantModel):
    """What happened to a message, one line each. Insert-only."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message}: {self.state}"


class Reminder(TenantModel):
    """One thing that is due, for one person, on one occasion: never twice. Its message says how it ended.

    Several reminders may share a message (a digest), which is why they are a table of their own.
    """

    kind = models.CharField(max_length=30)
    subject_uid = models.UUIDField()
    recipient_uid = models.UUIDField()
    occurrence = models.CharField(max_length=40, help_text=_("Its date: a date that moves is a new one."))
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reminders")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "subject_uid", "recipient_uid", "occurrence"],
                name="reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_uid}, {self.occurrence}"


class Suppression(TenantModel):
    """An address to which nothing more goes, or nothing of one kind; kept as an HMAC, not as an address.

    An empty `kind` is everything, letters too: only we write that, because the address's owner asked us or
    mail came back. By a mail's own link its owner stops one kind, or every reminder and notice
    (`enums.EVERY_REMINDER`), never what a person sends. Members tick what they want; what they leave out is
    a row of that kind.
    """

    address_hmac = models.CharField(max_length=64)
    kind = models.CharField(max_length=30, blank=True, help_text=_("Empty: all mail."))
    because = models.CharField(max_length=12, choices=SuppressedBecause.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "address_hmac", "kind"], name="suppression_once")
        ]

    def __str__(self) -> str:
        return f"{self.address_hmac[:8]}: {self.because}"


class KindSwitch(TenantModel):
    """A kind of mail switched on or off, by whom; the latest row counts. Insert-only."""

    kind = models.CharField(max_length=30)
    is_on = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["district", "kind", "-id"], name="kind_switch_latest")]

    def __str__(self) -> str:
        return f"{self.kind}: {'on' if self.is_on else 'off'}"


class MailStop(TenantModel):
    """All mail of a district stopped, with its reason, or started again; the latest counts. Insert-only."""

    is_stopped = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["district", "-id"], name="mail_stop_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(is_stopped=False) | ~Q(reason=""), name="mail_stop_says_why")
        ]

    def __str__(self) -> str:
        return f"Stopped: {self.reason}" if self.is_stopped else "Started"


class PortalMailStop(models.Model):
    """The same for every district at once, by whoever runs the portal. Insert-only."""

    is_stopped = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_stopped=False) | ~Q(reason=""), name="portal_mail_stop_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"Stopped: {self.reason}" if self.is_stopped else "Started"


class Trouble(TenantModel):
    """A kind of mail that can't be planned in a district, and since when; deleted once it works again.

    `rows` counts what fails where the rest of the kind goes on; empty where the whole kind fails.
    """

    kind = models.CharField(max_length=30)
    since = models.DateTimeField()
    rows = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "kind"], name="trouble_once")]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since:%Y-%m-%d %H:%M}"


class HomeState(TenantModel):
    """What one person did with one item of Today: put off to a day, or done. A new date brings it back."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    subject_uid = models.UUIDField()
    due_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "kind", "subject_uid", "due_on"],
                name="home_state_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=False) | Q(done_at__isnull=False),
                name="home_state_snoozed_or_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_uid}"
