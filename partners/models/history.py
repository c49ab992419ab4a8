"""Every edited row as it was: one table of events for each table that people edit.

Triggers write them (django-pghistory), one statement for all rows that a statement of ours changed, so that a
bulk import keeps its pace. A row is what a record said from then on; who did it is in `pgh_context`
(accounts/acting.py). Events are rows of the district and kept as written. Their keys are not checked by the
database: the rows that they copy are, and an event outlives what it tells of. Of a contact person nothing is
kept that names them or leads to them, only which of it changed, so that erasing the person needs no second
place.
"""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.db import models

from accounts.tenancy import TenantModel

from .agreements import Agreement
from .directory import Contact, Partner, Service, Site
from .papers import Paper
from .partnerships import Partnership

BEGUN, ADDED, CHANGED, REMOVED = "begun", "added", "changed", "removed"
"""Begun: a record as it stood when histories were begun. Removed: as it stood last; places alone are."""
OF_A_PERSON = ("name", "salutation", "role", "email", "phone")
"""What a contact's events tell the change of by their labels, without the values."""


class Happened(TenantModel):
    """What every event has beside what the library gives it."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def _events(model: type[models.Model], fields: str, *more: pghistory.Tracker) -> Any:
    """The abstract table of a model's events, with these fields of it."""
    return pghistory.create_event_model(
        model,
        pghistory.InsertEvent(ADDED),
        pghistory.UpdateEvent(CHANGED),
        *more,
        fields=fields.split(),
        obj_field=pghistory.ObjForeignKey(related_name="+"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        level=pghistory.Statement,
    )


PARTNER = "name aliases kind sectors tags description website ein owner merged_into archived_at assured_on"
CONTACT = "partner language left_on erased_at"
SITE = "partner name street street2 city state postal_code phone is_mailing"
SERVICE = "partner name description tiers grades languages capacity since until"
PARTNERSHIP = "partner school level cadence owner profile approved_by approved_on approved_until"
AGREEMENT = (
    "partner kind status title starts ends ended_on lead_partner renews signed_by_name signed_by_title"
    " authorized_as signed_on district_signed_by_name district_signed_by_title district_authorized_as"
    " district_signed_on"
)
PAPER = "partner kind school valid_from valid_until file note state decided_by declined_because superseded_by"


class PartnerEvent(Happened, _events(Partner, PARTNER)):  # type: ignore[misc]
    """A partner as it was from a moment on. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["pgh_obj", "pgh_id"], name="partner_event_of_partner")]


_PERSONAL = (pghistory.UpdateEvent(field, condition=pgtrigger.AnyChange(field)) for field in OF_A_PERSON)


class ContactEvent(Happened, _events(Contact, CONTACT, *_PERSONAL)):  # type: ignore[misc]
    """That a contact was added, left, was erased, or that what we know of them changed. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="contact_event_of_partner")]


class SiteEvent(Happened, _events(Site, SITE, pghistory.DeleteEvent(REMOVED))):  # type: ignore[misc]
    """A place of a partner as it was from a moment on. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="site_event_of_partner")]


class ServiceEvent(Happened, _events(Service, SERVICE)):  # type: ignore[misc]
    """A service as it was from a moment on. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="service_event_of_partner")]


class PartnershipEvent(Happened, _events(Partnership, PARTNERSHIP)):  # type: ignore[misc]
    """A partnership as it was from a moment on; its stage has a history of its own. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="partnership_event_of_partner")]


class AgreementEvent(Happened, _events(Agreement, AGREEMENT)):  # type: ignore[misc]
    """An agreement as it was from a moment on. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="agreement_event_of_partner")]


class PaperEvent(Happened, _events(Paper, PAPER)):  # type: ignore[misc]
    """A paper as it was from a moment on. Insert-only."""

    class Meta:
        indexes = [models.Index(fields=["partner", "pgh_id"], name="paper_event_of_partner")]
