"""What the page shows of a file that somebody looks at before it comes in."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.phones import as_written
from partners.enums import PartnerKind, RowState, Sector, Tier
from partners.models import ImportBatch, ImportRow

from .columns import CONTACT, LOCATION, ORGANIZATION, SERVICE
from .likely import BECAUSE, CERTAIN
from .row_log import SHOWN
from .staging import MODELS
from .wizard import SHEET

ENTITY: dict[str, Promise] = {
    ORGANIZATION: _("Organization"),
    LOCATION: _("Place"),
    SERVICE: _("Service"),
    CONTACT: _("Contact"),
}
LABELS: dict[str, Promise] = {
    "aliases": _("Other names"),
    "sectors": _("Sectors"),
    "tags": _("Tags"),
    "tiers": _("For how many students"),
    "languages": _("Languages"),
}
CODES: dict[str, Any] = {"sectors": Sector, "kind": PartnerKind, "tiers": Tier}
TITLES: dict[str, Promise] = {
    RowState.ALIKE: _("Perhaps here already"),
    RowState.CHANGED: _("Changed"),
    RowState.NEW: _("New"),
    RowState.SAME: _("Same as before"),
}
FIRST = {RowState.ALIKE: SHOWN, RowState.CHANGED: SHOWN, RowState.NEW: SHOWN, RowState.SAME: 5}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, what we say, what the file says, and whether ours stays."""

    label: str
    ours: str
    theirs: str
    stays: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: whose, what would change. `own` is its id, as the form sends it back.

    `file` is the part of a community directory file that it stands in; `what` is the name of a place, service
    or contact.
    """

    number: int
    file: str
    name: str
    entity: str
    what: str
    own: str
    choice: str
    changes: list[FieldChange]
    likely: dict[str, Any] = field(default_factory=dict)
    because: str = ""
    ticked: bool = False

    @property
    def has_ours(self) -> bool:
        """Whether something of ours would stay that the file says otherwise."""
        return any(change.stays for change in self.changes)


@dataclass(frozen=True, slots=True)
class Group:
    """The first rows of one state, of how many partners."""

    state: str
    title: str
    count: int
    rows: list[PreviewRow]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A file before it comes in."""

    groups: list[Group]
    left_out: int
    rows: int
    ours_kept: int
    begin: int


def preview_page(batch: ImportBatch) -> PreviewPage:
    """What the last look at a file found: one query."""
    by_state: dict[str, list[PreviewRow]] = {state: [] for state in TITLES}
    for row in batch.rows.exclude(state=RowState.INVALID).order_by("pk"):
        if len(by_state[row.state]) < FIRST[RowState(row.state)]:
            by_state[row.state].append(_row(row, "" if batch.kind == SHEET else row.file_name))
    figures = batch.figures
    groups = [
        Group(state, str(title), figures["partners"].get(state, 0), by_state[state])
        for state, title in TITLES.items()
    ]
    return PreviewPage(
        groups=[group for group in groups if group.count or group.rows],
        left_out=figures["invalid"],
        rows=figures["rows"],
        ours_kept=figures["ours_kept"],
        begin=figures["begin"],
    )


def _row(row: ImportRow, file: str) -> PreviewRow:
    kept, likely = row.before["kept"], row.before.get("likely", {})
    changes = [
        FieldChange(_label(row.entity, field), _said(field, ours), _said(field, theirs), field in kept)
        for field, (ours, theirs) in row.changes.items()
        if field != "name" or ours
    ]
    shares = likely.get("shares", "")
    return PreviewRow(
        number=row.row,
        file=file,
        name=row.before["name"],
        entity=str(ENTITY[row.entity]),
        what=row.before["what"],
        own=row.before["id"],
        choice=f"{row.entity} {row.before['id']}",
        changes=changes,
        likely=likely,
        because=str(BECAUSE[shares]) if shares else "",
        ticked=shares in CERTAIN,
    )


def _label(entity: str, name: str) -> str:
    own = LABELS.get(name)
    model: Any = MODELS[entity]
    return str(own if own else model._meta.get_field(name).verbose_name)


def _said(name: str, value: Any) -> str:
    if name in CODES:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(CODES[name](code).label) for code in codes if code)
    if isinstance(value, list):
        return ", ".join(value)
    return as_written(value) if name == "phone" and value else str(value or "")
