"""The history of a partner in plain words: who changed what from what to what, the latest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, JSONField, Value, Window
from django.db.models.functions import JSONObject, Lag
from django.utils.formats import date_format
from django.utils.text import Truncator

from accounts.models import Membership, School

from . import history_words as words
from .enums import Tier
from .families import family
from .models import (
    Agreement,
    AgreementEvent,
    Contact,
    ContactEvent,
    Paper,
    PaperEvent,
    Partner,
    PartnerEvent,
    Partnership,
    PartnershipEvent,
    RequirementProfile,
    Service,
    ServiceEvent,
    Site,
    SiteEvent,
    StageChange,
)
from .models.history import (
    ADDED,
    AGREEMENT,
    BEGUN,
    CHANGED,
    CONTACT,
    PAPER,
    PARTNER,
    PARTNERSHIP,
    REMOVED,
    SERVICE,
    SITE,
)

MOST = 200  # events shown
LONGEST = 80  # characters of a value
EVENTS: dict[str, tuple[Any, Any, str]] = {
    "partner": (Partner, PartnerEvent, PARTNER),
    "contact": (Contact, ContactEvent, CONTACT),
    "site": (Site, SiteEvent, SITE),
    "service": (Service, ServiceEvent, SERVICE),
    "partnership": (Partnership, PartnershipEvent, PARTNERSHIP),
    "agreement": (Agreement, AgreementEvent, AGREEMENT),
    "paper": (Paper, PaperEvent, PAPER),
}
# Said together with another field of the same change.
SILENT = {"partner", "approved_on", "decided_by", "declined_because"}
COLUMNS = ("pgh_obj", "pgh_id", "pgh_created_at", "pgh_label", "pgh_context")
LOOKED_UP = (Membership, School, Partner, RequirementProfile, Agreement)

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the history, and when it was so."""

    at: datetime.datetime
    text: str


class Happening(NamedTuple):
    """One event: of which record, who did it, what the record said then and before."""

    kind: str
    of: int
    n: int
    at: datetime.datetime
    label: str
    context: dict[str, int] | None
    said: Said
    was: Said | None


def history(membership: Membership, partner: Partner) -> list[Line]:
    """The partner's history as the member's language tells it: at most nine queries, however long it is.

    What belongs to one that was merged into it is told with it; of that one itself, that it was merged. The
    reason of a stage is told to those who may know it.
    """
    happenings = _happenings(membership, partner)
    moves = list(
        StageChange.objects.for_member(membership)
        .filter(partnership__partner__in=family(partner))
        .select_related("partnership__school", "by__user")[:MOST]
    )
    names = _names(happenings) | _handed_over(happenings)
    erased = {(one.of, one.at) for one in happenings if one.kind == "contact" and one.said["erased_at"]}
    begun = {move.partnership_id for move in moves if not move.was}
    lines = [Line(move.at, _moved(move)) for move in moves] + [
        Line(one.at, text)
        for one in happenings
        if one.label in (ADDED, CHANGED) or (one.of, one.at) not in erased
        if (one.kind, one.label) != ("partnership", ADDED) or one.of not in begun
        for text in (_merging if _is_merged(one, partner) else _sentences)(one, names)
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _moved(move: StageChange) -> str:
    """The sentence of a stage's change."""
    school = move.partnership.school
    known = {
        "who": move.by.user.name if move.by else str(words.NOBODY),
        "thing": str(words.THINGS["partnership"]) % {"name": school or words.THE_DISTRICT},
        "was": move.get_was_display(),
        "now": move.get_now_display(),
        "because": move.reason,
    }
    if move.was:
        return str(words.MOVED_BECAUSE if move.reason else words.MOVED) % known
    return str(words.BEGAN_BECAUSE if move.reason else words.BEGAN) % known


def _happenings(membership: Membership, partner: Partner) -> list[Happening]:
    """All tables in one query, each event beside the one before of the same record."""
    first, *others = (
        _of_kind(kind, model.objects.for_member(membership), fields, partner)
        for kind, (_record, model, fields) in EVENTS.items()
    )
    rows = first.union(*others, all=True).order_by("-pgh_created_at", "-pgh_id")[:MOST]
    return [Happening(*row) for row in rows if row[4] != BEGUN]


def _of_kind(kind: str, events: Any, fields: str, partner: Partner) -> Any:
    mine = {"pgh_obj__in" if kind == "partner" else "partner__in": family(partner)}
    said = JSONObject(**{name: F(name) for name in fields.split()})
    before = Window(
        Lag(said), partition_by=F("pgh_obj"), order_by=F("pgh_id").asc(), output_field=JSONField()
    )
    return (
        events.filter(**mine)
        .annotate(record=Value(kind), said=said, was=before)
        .order_by()
        .values_list(
            "record", "pgh_obj", "pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "said", "was"
        )
    )


Names = dict[tuple[type[models.Model], int], str]


def _names(happenings: Iterable[Happening]) -> Names:
    """What the keys in the events stand for, as it is called today."""
    keys: dict[Any, set[int]] = {model: set() for model in (*LOOKED_UP, Contact)}
    for one in happenings:
        keys[Membership].update((one.context or {}).values())
        if one.kind == "contact":
            keys[Contact].add(one.of)
        record = EVENTS[one.kind][0]
        for values in (one.said, one.was or {}):
            for name, value in values.items():
                target = record._meta.get_field(name).related_model
                if target in keys and value is not None:
                    keys[target].add(value)
    found: Names = {}
    for model, wanted in keys.items():
        if wanted:
            rows = model.objects.filter(pk__in=wanted)
            rows = rows.select_related("user") if model is Membership else rows
            found |= {(model, row.pk): _name(row) for row in rows}
    return found


def _handed_over(happenings: Iterable[Happening]) -> Names:
    """The contacts who handed papers over by link, by paper: one query, none where all came from us."""
    papers = {one.of for one in happenings if one.kind == "paper" and not one.context}
    if not papers:
        return {}
    rows = Paper.objects.filter(pk__in=papers).exclude(link=None)
    return {(Paper, pk): name for pk, name in rows.values_list("pk", "link__contact__name") if name}


def _name(row: Any) -> str:
    return str(row.user.name if isinstance(row, Membership) else row)


def _is_merged(one: Happening, partner: Partner) -> bool:
    return one.kind == "partner" and one.of != partner.pk


def _merging(one: Happening, names: Names) -> Iterator[str]:
    """That another partner was merged into this one."""
    if one.was is not None and one.said["merged_into"] and not one.was["merged_into"]:
        who = names.get((Membership, (one.context or {}).get("by", 0)), str(words.NOBODY))
        yield str(words.MERGED_HERE) % {"who": who, "name": one.said["name"]}


def _sentences(one: Happening, names: Names) -> Iterator[str]:
    known = {
        "who": _who(one, names),
        "thing": str(words.THINGS[one.kind]) % {"name": _called(one, names)},
    }
    if one.label in (ADDED, REMOVED):
        yield str(words.ADDED if one.label == ADDED else words.REMOVED) % known
    elif one.label != CHANGED:
        yield str(words.CHANGED) % (known | {"field": words.FIELDS[one.label]})
    elif one.was is not None:
        for name in EVENTS[one.kind][2].split():
            if one.said[name] != one.was[name] and name not in SILENT:
                yield _change(one, name, names, known)


def _who(one: Happening, names: Names) -> str:
    """Whose doing it was: a member's; a contact's, who handed a paper over by link; else nobody's we know."""
    by = (one.context or {}).get("by")
    if by is None and (one.kind, one.label) == ("paper", ADDED):
        return names.get((Paper, one.of), str(words.NOBODY))
    return names.get((Membership, by or 0), str(words.NOBODY))


def _called(one: Happening, names: Names) -> str:
    """The record's own name in a sentence."""
    said = one.said
    if one.kind == "contact":
        return names.get((Contact, one.of), "")
    if one.kind == "partnership":
        return names.get((School, said["school"] or 0), str(words.THE_DISTRICT))
    if one.kind == "paper":
        return _shown(one, "kind", said["kind"], names)
    return str(said.get("name") or said.get("title") or said.get("street") or "")


def _change(one: Happening, name: str, names: Names, known: dict[str, str]) -> str:
    """One field's change."""
    was, now = (_shown(one, name, (values or {})[name], names) for values in (one.was, one.said))
    values = known | {"was": was, "now": now}
    if one.kind == "paper" and name == "state" and one.said["state"] in words.DECIDED:
        return str(words.DECIDED[one.said["state"]]) % (values | {"because": one.said["declined_because"]})
    if (one.kind, name) in words.ACTS:
        done, undone = words.ACTS[one.kind, name]
        return str(done if now else undone) % values
    values["field"] = str(words.FIELDS[name])
    if name == "file":
        return str(words.CHANGED) % values
    own = one.kind == "partner"
    if not was:
        return str(words.FIRST_OF_PARTNER if own else words.FIRST) % values
    if not now:
        return str(words.TAKEN_OF_PARTNER if own else words.TAKEN) % values
    return str(words.FROM_TO_OF_PARTNER if own else words.FROM_TO) % values


def _shown(one: Happening, name: str, value: Any, names: Names) -> str:
    """A value as people read it."""
    field = EVENTS[one.kind][0]._meta.get_field(name)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return str(words.YES if value else words.NO)
    if isinstance(value, list):
        return ", ".join(_entry(field, entry) for entry in value)
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), "?")
    if isinstance(field, models.DateTimeField):
        return date_format(datetime.datetime.fromisoformat(value), "DATE_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(datetime.date.fromisoformat(value), "DATE_FORMAT")
    return Truncator(_label(field, value)).chars(LONGEST)


def _entry(field: Any, value: Any) -> str:
    return str(Tier(value).label) if field.name == "tiers" else _label(field.base_field, value)


def _label(field: Any, value: Any) -> str:
    return str(dict(field.flatchoices).get(value, value))
