"""Sheets of address labels: Avery 5160, US Letter, three columns of ten. Plain arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS, ROWS = 3, 10
LINES = 5  # lines of 12 pt that a label of 1 in takes


@dataclass(frozen=True)
class Label:
    """One label: its lines, and where it sticks on its sheet, both counted from 1."""

    lines: Sequence[str]
    row: int
    column: int


def sheets(addresses: Sequence[Sequence[str]]) -> list[list[list[Label]]]:
    """The addresses as sheets of rows of labels, from left to right and from top to bottom."""
    labels = [
        Label(lines[:LINES], place % (COLUMNS * ROWS) // COLUMNS + 1, place % COLUMNS + 1)
        for place, lines in enumerate(addresses)
    ]
    rows = [labels[first : first + COLUMNS] for first in range(0, len(labels), COLUMNS)]
    return [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)]
