"""Every row of a district carries its district, and an unscoped read raises.

The alarm is django-scopes (`ScopeError` outside `scope(district=...)`); the wall is the database: composite
foreign keys on (district_id, id), made by `accounts.operations.TenantWall` at the end of each migration.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django_scopes import ScopedManager

if TYPE_CHECKING:
    from accounts.models import Membership


class TenantQuerySet(models.QuerySet[Any]):
    """Reads of one tenant model; subclasses narrow `for_member` where not all may see a row."""

    def for_member(self, membership: Membership) -> Self:
        """The rows this person may see: by default all of the membership's district."""
        return self.filter(district_id=membership.district_id)


def tenant_manager(queryset_class: type[TenantQuerySet] = TenantQuerySet) -> Any:
    """A manager over `queryset_class` that raises ScopeError outside `scope(district=...)`."""
    return ScopedManager(
        _manager_class=models.Manager.from_queryset(queryset_class),
        district="district",
    )


class TenantModel(models.Model):
    """A row that belongs to one district."""

    district = models.ForeignKey("accounts.District", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        abstract = True


class PublicId(models.Model):
    """A row that a URL can name: by a random uid, never by its key."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit: `version` rises with each change (accounts/versions.py)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def is_tenant(model: type[models.Model]) -> bool:
    """Whether the model's rows belong to a district."""
    return any(field.name == "district" for field in model._meta.concrete_fields)
