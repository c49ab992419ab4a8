"""Chainable reads of what goes out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.db.models.functions import Lower, Now

from accounts.roles import Role
from accounts.tenancy import TenantQuerySet

from .enums import UNSENT, State

if TYPE_CHECKING:
    from accounts.models import Membership


class MessageQuerySet(TenantQuerySet):
    """Reads of messages."""

    def for_member(self, membership: Membership) -> Self:
        """Those about a person's own schools; what is about no school (invitations) is for district staff."""
        rows = super().for_member(membership)
        if membership.role == Role.STAFF:
            return rows
        if membership.whole_district:
            return rows.filter(school__isnull=False)
        return rows.filter(school__in=membership.school_ids)

    def unsent(self) -> Self:
        """Those that may still change: held back by their kind, or waiting for their hour."""
        return self.filter(state__in=UNSENT)

    def to_any(self, addresses: Iterable[str]) -> Self:
        """Those to one of these addresses, given as they are compared (addresses.clean)."""
        return self.alias(address=Lower("to")).filter(address__in=list(addresses))

    def due(self, now: datetime.datetime) -> Self:
        """Those to send now, and those whose worker died.

        A lease is measured by the database's clock, since the portal's may be moved.
        """
        return self.filter(
            Q(state=State.QUEUED, not_before__lte=now) | Q(state=State.SENDING, lease_until__lt=Now())
        )
