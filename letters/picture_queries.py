"""Which picture counts, and the bytes of those that a sheet names."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from accounts.models import Membership, School

from .picture_models import Picture, PictureKind
from .sheet import LOGO, SIGNATURE, Sheet


def logo_of(school: School | None) -> Picture | None:
    """The logo that a school, or with None the district, has put up itself: one query, without bytes."""
    return _if_there(Picture.objects.told().filter(kind=PictureKind.LOGO, school=school).last())


def logo_for(school: School) -> Picture | None:
    """The logo on a school's letters: its own, else the district's. One query, without bytes."""
    here = Picture.objects.told().filter(Q(school=school) | Q(school=None), kind=PictureKind.LOGO)
    latest = here.order_by("school_id", "-pk").distinct("school_id")  # the district's row comes last
    return next((logo for logo in latest if logo.sha256), None)


def signature_of(person: Membership) -> Picture | None:
    """Somebody's signature as a picture: one query, without bytes."""
    return _if_there(Picture.objects.told().filter(kind=PictureKind.SIGNATURE, owner=person).last())


def bytes_for(sheet: Sheet) -> dict[str, bytes]:
    """As `bytes_of`, for one sheet."""
    [pictures] = bytes_of([sheet])
    return pictures


def bytes_of(sheets: Sequence[Sheet]) -> list[dict[str, bytes]]:
    """What the press gets of each sheet's pictures, by their names there: one query for all, or none.

    Only the bytes that the sheet was fixed with: without them the press refuses it, with its reason.
    """
    named = [
        {name: mark for name, mark in ((LOGO, sheet.logo), (SIGNATURE, sheet.signature)) if mark}
        for sheet in sheets
    ]
    uids = {mark["uid"] for marks in named for mark in marks.values()}
    rows = Picture.objects.filter(uid__in=uids) if uids else []
    kept = {(str(picture.uid), picture.sha256): bytes(picture.jpeg) for picture in rows}
    return [
        {name: kept[key] for name, mark in marks.items() if (key := (mark["uid"], mark["sha256"])) in kept}
        for marks in named
    ]


def _if_there(latest: Picture | None) -> Picture | None:
    """The latest row, unless it says that the picture was taken away."""
    return latest if latest is not None and latest.sha256 else None
