"""Lists of partners that people keep under a name: search, filters and order."""

from django.db import IntegrityError, transaction

from accounts.models import Membership
from accounts.versions import compare_and_set
from partners.models import SavedView


class NameTaken(Exception):
    """The person keeps another view under this name."""


def keep_view(*, by: Membership, name: str, query: str, shared: bool = False) -> SavedView:
    """One more view; `query` is what `Filters.url` writes. Raises NameTaken."""
    try:
        with transaction.atomic():
            view: SavedView = SavedView.objects.create(
                district_id=by.district_id,
                membership=by,
                name=name,
                query=query.removeprefix("?"),
                shared=shared,
            )
    except IntegrityError as clash:
        raise NameTaken from clash
    return view


def edit_view(*, view: SavedView, version: int, by: Membership, name: str, shared: bool = False) -> None:
    """Call a view otherwise, share it or no longer. Raises NameTaken and ChangedMeanwhile."""
    try:
        with transaction.atomic():
            compare_and_set(view, expected=version, name=name, shared=shared)
    except IntegrityError as clash:
        raise NameTaken from clash


def remove_view(*, view: SavedView, by: Membership) -> None:
    """Forget a view; the partners in it stay."""
    SavedView.objects.filter(pk=view.pk).delete()
