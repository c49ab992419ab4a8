"""What helps to find partners: the words of the directory, and lists that people keep."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.tenancy import PublicId, TenantModel, Versioned, tenant_manager
from partners.querysets import SavedViewQuerySet
from partners.search import LONGEST_WORD


class SearchWord(TenantModel):
    """A word that some partner of the district is found by, in its normal form; typing errors lead to it.

    Words are only added (services/searching.py): one that no partner has any more leads to an empty search.
    """

    word = models.CharField(max_length=LONGEST_WORD, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "word"], name="search_word_once")]
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trigrams")]

    def __str__(self) -> str:
        return self.word


class SavedView(TenantModel, PublicId, Versioned):
    """A list of partners that a person keeps under a name: search, filters and order as a query string."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=80)
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(_("Everybody in the district sees it"), default=False)

    objects: ClassVar[Any] = tenant_manager(SavedViewQuerySet)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "name"], name="saved_view_name_unique")]

    def __str__(self) -> str:
        return self.name
