"""Logos and signatures: put up, and taken away again. Every row stays, for the letters that name it."""

from __future__ import annotations

from accounts import clock
from accounts.models import Membership, School
from letters.picture_models import Picture, PictureKind
from letters.pictures import Made


def put_logo(*, made: Made, school: School | None, by: Membership, alt: str = "") -> Picture:
    """The logo on a school's letters from now on; without a school, the district's."""
    return _add(kind=PictureKind.LOGO, made=made, by=by, school=school, alt=alt.strip())


def put_signature(*, made: Made, by: Membership) -> Picture:
    """One's own signature on the letters that one signs from now on."""
    return _add(kind=PictureKind.SIGNATURE, made=made, by=by, owner=by)


def take_logo_away(*, school: School | None, by: Membership) -> Picture:
    """Letters are without it from now on; a school's then have the district's, where there is one."""
    return _add(kind=PictureKind.LOGO, made=None, by=by, school=school)


def take_signature_away(*, by: Membership) -> Picture:
    """One's letters are signed in type from now on."""
    return _add(kind=PictureKind.SIGNATURE, made=None, by=by, owner=by)


def _add(*, made: Made | None, by: Membership, **fields: object) -> Picture:
    drawn = {
        "jpeg": made.jpeg if made else b"",
        "sha256": made.sha256 if made else "",
        "width": made.width if made else 0,
        "height": made.height if made else 0,
    }
    added: Picture = Picture.objects.create(
        district_id=by.district_id, by=by, created_at=clock.now(), **drawn, **fields
    )
    return added
