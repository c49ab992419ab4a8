"""Two partners that are one: the loser points to the winner, and nothing below it moves.

So an undo has little to do: the pointer goes, and of what the merge wrote on the winner comes back what
nobody has changed since. Who shows what belongs to a partner asks for its family (partners/families.py).

Those that were merged into the loser come along: all of a family point to the one that stands in the
directory. Who came with whom stands in the merges that are not undone; an undo takes out the loser with those
who came with it.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import clock
from accounts.models import Membership
from partners.enums import PartnerKind
from partners.models import Merge, NotSame, Partner

from .ending import refresh_ends
from .next_steps import refresh_next_step
from .searching import refresh_search

FIELDS = ("name", "aliases", "kind", "sectors", "tags", "description", "website", "ein", "owner")
EMPTY = ("", None, PartnerKind.UNKNOWN)
UNDONE_WITHIN = datetime.timedelta(days=30)


class NotMergeable(Exception):
    """One of the two is merged into another already, or both are the same."""


class ChangedSince(Exception):
    """One of the two is no longer what the person saw who chose the fields."""


class TooLate(Exception):
    """The merge is older than 30 days."""


class AlreadyUndone(Exception):
    """Somebody has undone this merge."""


@transaction.atomic
def merge_partners(
    *,
    winner: Partner,
    loser: Partner,
    by: Membership,
    fields: Mapping[str, Any] | None = None,
    versions: tuple[int, int] | None = None,
) -> Merge:
    """Merge `loser`, and all that were merged into it, into `winner`; write these of FIELDS on the winner.

    `versions` are those of winner and loser that the person saw. Raises NotMergeable, ChangedSince.
    """
    stands, goes = _locked(winner, loser)
    if versions is not None and versions != (stands.version, goes.version):
        raise ChangedSince
    new = {name: value for name, value in (fields or {}).items() if getattr(stands, name) != value}
    now = clock.now()
    written = {name: [_plain(getattr(stands, name)), _plain(value)] for name, value in new.items()}
    raised = {"version": F("version") + 1, "changed_at": now}
    Partner.objects.filter(pk=stands.pk).update(**raised, **new)
    Partner.objects.filter(pk=goes.pk).update(**raised, merged_into=stands)
    Partner.objects.filter(merged_into=goes).update(merged_into=stands)
    merge: Merge = Merge.objects.create(
        district_id=stands.district_id, winner=stands, loser=goes, fields=written, at=now, by=by
    )
    _refresh(stands, goes)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: Membership) -> list[str]:
    """Make two of one again, each with those that were merged into it.

    Out: the fields that stay on the winner as somebody wrote them since. Raises TooLate and AlreadyUndone.
    """
    now = clock.now()
    if clock.today(by.district) > last_day(merge):
        raise TooLate
    undone = Merge.objects.filter(pk=merge.pk, undone_at=None)
    if not undone.update(undone_at=now, undone_by=by):
        raise AlreadyUndone
    both = _lock(merge.winner_id, merge.loser_id)
    stands, goes = both[merge.winner_id], both[merge.loser_id]
    said = {name: _plain(getattr(stands, name)) for name in merge.fields}
    back = {name: was for name, (was, wrote) in merge.fields.items() if said[name] == wrote}
    kept = [name for name in merge.fields if name not in back]
    raised = {"version": F("version") + 1, "changed_at": now}
    Partner.objects.filter(pk=stands.pk).update(**raised, **back)
    Partner.objects.filter(pk__in=_came_with(goes)).update(merged_into=goes)
    Partner.objects.filter(pk=goes.pk).update(**raised, merged_into=None)
    Merge.objects.filter(pk=merge.pk).update(kept=kept)
    _refresh(stands, goes)
    return kept


@transaction.atomic
def merge_certain(*, pairs: Iterable[tuple[Partner, Partner]], by: Membership) -> list[Merge]:
    """Merge pairs of (winner, loser) that are one for certain, each so that nothing is lost.

    Raises NotMergeable, and then has merged none.
    """
    merges = []
    for winner, loser in pairs:
        winner.refresh_from_db()
        fields = combined(winner, loser)
        merges.append(merge_partners(winner=winner, loser=loser, by=by, fields=fields))
    return merges


def combined(winner: Partner, loser: Partner) -> dict[str, Any]:
    """What the winner holds when nothing is lost that one of the two knows: its own first, the loser's else.

    The loser's name becomes one of its other names.
    """
    values: dict[str, Any] = {}
    for name in FIELDS:
        mine, theirs = getattr(winner, name), getattr(loser, name)
        if isinstance(mine, list):
            values[name] = [*mine, *(one for one in theirs if one not in mine)]
        else:
            values[name] = theirs if mine in EMPTY else mine
    if loser.name not in (winner.name, *values["aliases"]):
        values["aliases"].append(loser.name)
    return values


def last_day(merge: Merge) -> datetime.date:
    """Until when a merge can be undone."""
    day = clock.local_day(merge.at, merge.district)
    return day + UNDONE_WITHIN


def these_are_two(*, one: Partner, other: Partner, by: Membership) -> None:
    """Remember that two which look alike are two; a second time changes nothing."""
    first, second = sorted((one, other), key=lambda partner: partner.pk)
    NotSame.objects.get_or_create(
        district_id=first.district_id, one=first, other=second, defaults={"at": clock.now(), "by": by}
    )


def _refresh(*partners: Partner) -> None:
    """Write anew what the search and the list store of both: each other's words, ends and next steps."""
    keys = [partner.pk for partner in partners]
    refresh_search(keys, district_id=partners[0].district_id)
    refresh_ends(keys)
    for partner in partners:
        refresh_next_step(partner.uid)


def _came_with(loser: Partner) -> set[int]:
    """The keys of those that were merged into a loser, or into one of these, and stand with its winner."""
    merges = Merge.objects.filter(undone_at=None, loser__merged_into=loser.merged_into_id)
    winners = dict(merges.values_list("loser", "winner"))
    found: set[int] = set()
    ring = {loser.pk}
    while ring:
        ring = {key for key, winner in winners.items() if winner in ring}
        found |= ring
    return found


def _lock(*keys: int) -> dict[int, Partner]:
    """The rows as they are stored, locked in one order, so that of two who merge the same pair one waits."""
    rows = Partner.objects.select_for_update(of=("self",)).select_related("owner")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _locked(winner: Partner, loser: Partner) -> tuple[Partner, Partner]:
    """Both, locked. Raises NotMergeable."""
    stored = _lock(winner.pk, loser.pk)
    if len(stored) != 2 or any(row.merged_into_id for row in stored.values()):
        raise NotMergeable
    return stored[winner.pk], stored[loser.pk]


def _plain(value: Any) -> Any:
    """A field's value as it is kept in Merge.fields: of a person the key."""
    return value.pk if isinstance(value, Membership) else value
