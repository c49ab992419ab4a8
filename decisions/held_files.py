"""The files that the register vouches for, as they lie in the store: read whole, and compared by SHA-256."""

from __future__ import annotations

import hashlib

from django.core.exceptions import SuspiciousFileOperation

from accounts.models import District, StoredFile
from accounts.work import read_file

from .ledger import Problem
from .models import Attachment, Evidence

SWAPPED = "swapped"


def first_swapped(district: District) -> Problem | None:
    """The first entry whose file is gone, or is another one than was kept; one that was erased is passed
    over."""
    for at, file in sorted(_files(district), key=lambda one: one[0]):
        if not _is_whole(file):
            return Problem(at, SWAPPED)
    return None


def _files(district: District) -> list[tuple[int, StoredFile]]:
    """Each file with the number of its entry: two queries."""
    return [
        (kept.sealed.event.seq, kept.file)
        for model in (Attachment, Evidence)
        for kept in model.objects.filter(district=district, sealed__erasure=None)
        .exclude(file=None)
        .select_related("file", "sealed__event")
    ]


def _is_whole(file: StoredFile) -> bool:
    try:
        return hashlib.sha256(read_file(file)).hexdigest() == file.sha256
    except (OSError, SuspiciousFileOperation):
        return False
