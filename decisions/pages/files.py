"""The files of a decision, and what shows its answers, as pages name them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from decisions.ledger import in_fours
from decisions.models import Attachment, Decision, Evidence, Position

from .erasing import erased_words


@dataclass(frozen=True)
class FileLine:
    """A file that was added to a question."""

    attachment: Attachment

    @property
    def uid(self) -> uuid.UUID:
        """Its name in addresses."""
        return self.attachment.uid

    @property
    def is_erased(self) -> bool:
        """Whether it is gone."""
        return self.attachment.is_erased

    @property
    def name(self) -> str:
        """Its name, or that it was erased."""
        return erased_words(self.attachment) or str(self.attachment.file.name)

    @property
    def code(self) -> str:
        """Its SHA-256 in fours, as the register has it."""
        return in_fours(self.attachment.file.sha256)


def files_of(decision: Decision) -> list[FileLine]:
    """The files of a question in the order in which they were added: one query."""
    rows = decision.attachments.select_related("file", "sealed__erasure", "added_by__user")
    return [FileLine(row) for row in rows]


@dataclass(frozen=True)
class Shows:
    """What shows some answers of a round, and whose they are."""

    evidence: Evidence
    seats: Sequence[str]

    @property
    def erased(self) -> str:
        """That it was erased, where it was."""
        return erased_words(self.evidence)


def evidence_of(decision: Decision) -> Mapping[int, Evidence]:
    """What shows answers, by the key of the entry that recorded them: one query."""
    rows = decision.evidence.select_related("file", "sealed__erasure")
    return {row.sealed.event_id: row for row in rows}


def shown_by(position: Position, evidence: Mapping[int, Evidence]) -> Evidence | None:
    """What shows an answer. Reads what is sealed with it."""
    sealed = getattr(position, "sealed", None)
    return evidence.get(sealed.event_id) if sealed else None


def shows_in(positions: Iterable[Position], evidence: Mapping[int, Evidence]) -> list[Shows]:
    """What shows the answers of a round, in order, with the seats that it is for."""
    seats: dict[Evidence, list[str]] = {}
    for position in positions:
        found = shown_by(position, evidence)
        if found:
            seats.setdefault(found, []).append(position.decision_seat.label)
    return [Shows(found, labels) for found, labels in seats.items()]
