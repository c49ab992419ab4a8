"""Rows read along with a walk: both in the order of one key, so that no more than one key's rows are held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

Row = tuple[Any, ...]


class Along:
    """Rows in the order of their first column, asked for by that column in the same order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._passed = False
        self._key: Any = None
        self._rows: Iterable[Row] = ()
        self._step()

    def at(self, key: Any) -> Sequence[Row]:
        """The rows of a key; none where it has none."""
        while self._key is not None and self._key < key:
            self._passed = True
            self._step()
        if self._key != key:
            return ()
        found = list(self._rows)
        self._step()
        return found

    def left_over(self) -> bool:
        """After the walk: whether there are rows of a key that nobody asked for."""
        return self._passed or self._key is not None

    def _step(self) -> None:
        self._key, self._rows = next(self._groups, (None, ()))
