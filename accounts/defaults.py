"""The list of what a new district starts with; each app adds its own when it is loaded.

Default content is never made by a migration: it is a district's to edit, and belongs to its rows.
"""

from collections.abc import Callable

from .models import District

Filler = Callable[[District], None]
_fillers: list[Filler] = []


def default_content(filler: Filler) -> Filler:
    """Register a function that fills a new district; called in the order of the floors."""
    if filler not in _fillers:
        _fillers.append(filler)
    return filler


def fill(district: District) -> None:
    """Give a district all default content. Runs inside the district's scope and transaction."""
    for filler in _fillers:
        filler(district)
