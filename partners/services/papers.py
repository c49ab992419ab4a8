"""Papers of partners: entered by us, or offered by a partner and accepted or sent back.

A renewal is a new paper, to which the old one points: so it can be said later what held on a day.
"""

import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.models import Membership, School, StoredFile
from accounts.versions import ChangedMeanwhile, compare_and_set
from accounts.work import store_file
from partners.agreed_enums import PaperState
from partners.models import Paper, Partner, PartnerLink
from partners.uploads import Upload

from .ending import refresh_ends
from .links import hold

PAPER_FILE = "paper"


class NotThisPaper(Exception):
    """The paper is decided already, or has been renewed already."""


@transaction.atomic
def add_paper(
    *,
    partner: Partner,
    by: Membership,
    kind: str,
    school: School | None = None,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    note: str = "",
    upload: Upload | None = None,
    renews: Paper | None = None,
) -> Paper:
    """A paper that we have in hand: it counts from today on, and in place of the one that it renews.

    Raises NotThisPaper where that one is renewed already.
    """
    now = clock.now()
    paper: Paper = Paper.objects.create(
        district_id=partner.district_id,
        partner=partner,
        kind=kind,
        school=school,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note.strip(),
        file=_kept(upload, partner, by),
        created_at=now,
        state=PaperState.ACCEPTED,
        decided_at=now,
        decided_by=by,
    )
    _supersede(renews, paper)
    refresh_ends([partner.pk])
    return paper


@transaction.atomic
def edit_paper(
    *,
    paper: Paper,
    version: int,
    by: Membership,
    kind: str,
    school: School | None,
    valid_from: datetime.date | None,
    valid_until: datetime.date | None,
    note: str,
    upload: Upload | None = None,
) -> None:
    """Put right what was typed of a paper; a file takes the place of the one before.

    Raises ChangedMeanwhile, and NotThisPaper where we have not accepted it.
    """
    if paper.state != PaperState.ACCEPTED:
        raise NotThisPaper
    compare_and_set(
        paper,
        expected=version,
        kind=kind,
        school=school,
        valid_from=valid_from,
        valid_until=valid_until,
        note=note.strip(),
        file=_kept(upload, paper.partner, by) or paper.file,
    )
    refresh_ends([paper.partner_id])


@transaction.atomic
def offer_paper(
    *,
    partner: Partner,
    kind: str,
    upload: Upload | None,
    link: PartnerLink | None = None,
    school: School | None = None,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    note: str = "",
) -> Paper:
    """A paper that a partner's contact hands over by personal link: it waits until one of us decides.

    The same file, said to be the same, is handed over once.
    """
    if link:
        hold(link)
    said: dict[str, Any] = {
        "kind": kind,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "note": note.strip(),
    }
    if upload:
        same = Paper.objects.filter(partner=partner, school=school, state=PaperState.OFFERED, **said)
        there: Paper | None = same.filter(file__sha256=sha256(upload.content).hexdigest()).first()
        if there:
            return there
    paper: Paper = Paper.objects.create(
        **said,
        district_id=partner.district_id,
        partner=partner,
        school=school,
        file=_kept(upload, partner, None),
        created_at=clock.now(),
        link=link,
        state=PaperState.OFFERED,
    )
    return paper


@transaction.atomic
def accept_paper(
    *,
    paper: Paper,
    version: int,
    by: Membership,
    valid_from: datetime.date | None,
    valid_until: datetime.date | None,
    renews: Paper | None = None,
) -> None:
    """Take an offered paper, with the days that stand on it. Raises ChangedMeanwhile and NotThisPaper."""
    _must_be_offered(paper)
    compare_and_set(
        paper,
        expected=version,
        state=PaperState.ACCEPTED,
        valid_from=valid_from,
        valid_until=valid_until,
        decided_at=clock.now(),
        decided_by=by,
    )
    _supersede(renews, paper)
    refresh_ends([paper.partner_id])


def decline_paper(*, paper: Paper, version: int, by: Membership, because: str) -> None:
    """Send an offered paper back, with the reason. Raises ChangedMeanwhile and NotThisPaper."""
    _must_be_offered(paper)
    compare_and_set(
        paper,
        expected=version,
        state=PaperState.DECLINED,
        declined_because=because.strip(),
        decided_at=clock.now(),
        decided_by=by,
    )


def _must_be_offered(paper: Paper) -> None:
    if paper.state != PaperState.OFFERED:
        raise NotThisPaper


def _supersede(old: Paper | None, new: Paper) -> None:
    """Let the old paper point to its renewal."""
    if old is None:
        return
    if old.state != PaperState.ACCEPTED or old.superseded_by_id is not None:
        raise NotThisPaper
    try:
        compare_and_set(old, expected=old.version, superseded_by=new)
    except ChangedMeanwhile as clash:
        raise NotThisPaper from clash


def _kept(upload: Upload | None, partner: Partner, by: Membership | None) -> StoredFile | None:
    if upload is None:
        return None
    return store_file(
        name=upload.name,
        kind=PAPER_FILE,
        media_type=upload.media_type,
        content=upload.content,
        by=by,
        district_id=partner.district_id,
    )
