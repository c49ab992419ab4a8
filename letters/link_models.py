"""The personal link by which a letter is answered, and answers that were recorded by mistake."""

from __future__ import annotations

from django.db import models

from accounts.links import PersonalLink
from accounts.models import Membership
from accounts.tenancy import TenantModel


class ReplyLink(TenantModel, PersonalLink):
    """The link in a signed letter's mail: whoever holds it answers that letter, until it runs out."""

    link_kind = "letter_reply"

    letter = models.OneToOneField("letters.Letter", on_delete=models.PROTECT, related_name="reply_link")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Link of {self.letter}"


class ReplyTakenBack(TenantModel):
    """An answer recorded by mistake, taken back: it is kept, and does not count. Insert-only."""

    reply = models.OneToOneField("letters.Reply", on_delete=models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Taken back: {self.reply}"
