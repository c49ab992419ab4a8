"""Agreements with partners: drawn up, in force, renewed, ended early; clauses, files and shared data.

Every edit takes the `version` that the person saw and raises ChangedMeanwhile where the record has another
one.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import compare_and_set
from accounts.work import store_file
from partners.agreed_enums import AgreementStatus
from partners.models import (
    Agreement,
    AgreementClause,
    AgreementFile,
    AgreementSchool,
    DataSharing,
    Partner,
)
from partners.uploads import Upload

from .ending import refresh_ends

AGREEMENT_FILE = "agreement"


class RenewedAlready(Exception):
    """Another agreement renews this one."""


class NotInForce(Exception):
    """Only an agreement in force is ended early, and not before it began."""


@transaction.atomic
def add_agreement(
    *,
    partner: Partner,
    by: Membership,
    schools: Iterable[School] = (),
    renews: Agreement | None = None,
    **values: Any,
) -> Agreement:
    """A new agreement; `values` are fields of Agreement. One that renews another takes over its clauses.

    Raises RenewedAlready.
    """
    try:
        with transaction.atomic():
            agreement: Agreement = Agreement.objects.create(
                district_id=partner.district_id,
                partner=partner,
                renews=renews,
                created_at=clock.now(),
                **values,
            )
    except IntegrityError as clash:
        if "agreement_renewed_once" in str(clash):
            raise RenewedAlready from clash
        raise
    _reach(agreement, schools)
    for clause in renews.clauses.all() if renews else ():
        said = {"code": clause.code, "state": clause.state, "note": clause.note}
        AgreementClause.objects.create(district_id=agreement.district_id, agreement=agreement, **said)
    refresh_ends([partner.pk])
    return agreement


@transaction.atomic
def edit_agreement(
    *, agreement: Agreement, version: int, by: Membership, schools: Iterable[School], **changes: Any
) -> None:
    """Change an agreement and the schools that it names."""
    compare_and_set(agreement, expected=version, **changes)
    _reach(agreement, schools)
    refresh_ends([agreement.partner_id])


@transaction.atomic
def end_agreement(*, agreement: Agreement, version: int, by: Membership, on: datetime.date) -> None:
    """End it early: from that day on it no longer holds, before it did. Raises NotInForce."""
    begun = agreement.starts is not None and agreement.starts <= on
    if agreement.status != AgreementStatus.IN_FORCE or not begun:
        raise NotInForce
    compare_and_set(agreement, expected=version, status=AgreementStatus.TERMINATED, ended_on=on)
    refresh_ends([agreement.partner_id])


@transaction.atomic
def settle_clauses(
    *, agreement: Agreement, version: int, by: Membership, clauses: Mapping[str, tuple[str, str]]
) -> None:
    """How far each clause is, and a note on it, by its code."""
    compare_and_set(agreement, expected=version)
    for code, (state, note) in clauses.items():
        AgreementClause.objects.update_or_create(
            district_id=agreement.district_id,
            agreement=agreement,
            code=code,
            defaults={"state": state, "note": note.strip()},
        )


@transaction.atomic
def add_agreement_file(*, agreement: Agreement, by: Membership, upload: Upload) -> AgreementFile:
    """One more file of an agreement: what was sent, or what was signed."""
    stored = store_file(
        name=upload.name,
        kind=AGREEMENT_FILE,
        media_type=upload.media_type,
        content=upload.content,
        by=by,
    )
    added: AgreementFile = AgreementFile.objects.create(
        district_id=agreement.district_id, agreement=agreement, file=stored, added_at=clock.now(), by=by
    )
    return added


@transaction.atomic
def register_sharing(
    *, agreement: Agreement, by: Membership, version: int | None = None, **values: Any
) -> None:
    """The agreement's entry in the register of shared data: made, or changed at `version`."""
    entry = DataSharing.objects.filter(agreement=agreement).first()
    if entry is None:
        DataSharing.objects.create(district_id=agreement.district_id, agreement=agreement, **values)
    else:
        compare_and_set(entry, expected=version or entry.version, **values)


def review_sharing(*, entry: DataSharing, by: Membership) -> None:
    """Somebody read the entry today, and it is right."""
    today = clock.today(by.district)
    compare_and_set(entry, expected=entry.version, reviewed_on=today, reviewed_by=by)


def _reach(agreement: Agreement, schools: Iterable[School]) -> None:
    """Make the schools that it names exactly these; none: it holds for the whole district."""
    wanted = {school.pk for school in schools}
    rows = AgreementSchool.objects.filter(agreement=agreement)
    rows.exclude(school__in=wanted).delete()
    there = set(rows.values_list("school", flat=True))
    AgreementSchool.objects.bulk_create(
        AgreementSchool(district_id=agreement.district_id, agreement=agreement, school_id=key)
        for key in sorted(wanted - there)
    )
