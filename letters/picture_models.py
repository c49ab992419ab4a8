"""The table of pictures on letters: logos of schools and of the district, and people's signatures."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, School
from accounts.tenancy import PublicId, TenantModel, TenantQuerySet, tenant_manager


class PictureKind(models.TextChoices):
    """What a picture is."""

    LOGO = "logo", _("Logo")
    SIGNATURE = "signature", _("Signature")


class PictureQuerySet(TenantQuerySet):
    """Reads of pictures: a logo is for everybody of the district, a signature for its owner alone."""

    def for_member(self, membership: Membership) -> Self:
        """Those whose bytes this person may have; a row that says "taken away" has none."""
        theirs = Q(kind=PictureKind.LOGO) | Q(kind=PictureKind.SIGNATURE, owner=membership)
        return super().for_member(membership).filter(theirs).exclude(sha256="")

    def told(self) -> Self:
        """Without the bytes, which pages do not need."""
        return self.defer("jpeg")


class Picture(TenantModel, PublicId):
    """A picture as it was put on letters, or, without bytes, that it was taken away. Insert-only.

    Of each owner's signature, and of each place's logo, the latest row counts; a signed letter names the row
    that it was printed with. A logo without a school is the district's. `alt` is what a logo shows; where it
    is empty, letters say whose logo it is, in their language.
    """

    kind = models.CharField(max_length=10, choices=PictureKind.choices)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    jpeg = models.BinaryField()
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt = models.CharField(_("What the logo shows"), max_length=120, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = tenant_manager(PictureQuerySet)

    class Meta:
        indexes = [models.Index(fields=["district", "kind", "school", "owner", "-id"], name="picture_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=PictureKind.LOGO, owner__isnull=True)
                | Q(kind=PictureKind.SIGNATURE, owner__isnull=False, school__isnull=True),
                name="picture_logo_or_signature",
            ),
            models.CheckConstraint(
                condition=Q(jpeg=b"", sha256="", width=0) | ~Q(jpeg=b"") & ~Q(sha256="") & Q(width__gt=0),
                name="picture_whole_or_taken_away",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
