"""Striking a person out of what was written freely: their name and what leads to them become one mark.

Where a person may stand is read from partners/personal.py, so that no field of a partner is forgotten. The
history is kept as written but for this: the database lets nothing else be changed in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from accounts.models import Task
from accounts.tenancy import Versioned
from partners.families import family
from partners.models import ImportBatch, ImportRow, Partner, Proposal
from partners.personal import struck_fields
from partners.queries import SUBJECT

STRUCK = "…"


def strike(known: list[str], partner: Partner) -> None:
    """Strike the texts out of all that was written about a partner, and out of what was sent or imported."""
    partners = family(partner.winner)
    # The records before their history: what is struck from a record is one more event of it.
    for label, path, names in struck_fields():
        model = apps.get_model("partners", label)
        _strike_in(model.objects.filter(**{f"{path}__in": partners}), known, *names)
    uids = Partner.objects.filter(pk__in=partners).values("uid")
    _strike_in(Task.objects.filter(subject_kind=SUBJECT, subject_uid__in=uids), known, "title", "owner_text")
    _strike_in(Proposal.objects.all(), known, "was", "now")
    _strike_in(ImportRow.objects.all(), known, "raw", "changes", "before", "problem")
    _strike_in(ImportBatch.objects.all(), known, "kept")


def _strike_in(rows: Any, known: list[str], *names: str) -> None:
    """Strike the texts out of every value of these fields that holds one."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in names}
    found = rows.annotate(**texts).filter(reduce(or_, (_any_in(name, known) for name in texts)))
    raised: dict[str, Any] = {"version": F("version") + 1} if issubclass(rows.model, Versioned) else {}
    for row in found.only(*names):
        was = {name: getattr(row, name) for name in names}
        now = {name: _everywhere(value, lambda text: _without(text, known)) for name, value in was.items()}
        if now != was:
            changed = {name: value for name, value in now.items() if value != was[name]}
            rows.model._default_manager.filter(pk=row.pk).update(**changed, **raised)


def _any_in(name: str, known: list[str]) -> Q:
    """Rows whose text holds one of these, in whatever case."""
    return reduce(or_, (Q(**{f"{name}__icontains": text}) for text in known))


def _without(text: str, known: list[str]) -> str:
    """A text with each of these struck out where it stands as a word of its own."""
    pattern = "|".join(re.escape(one) for one in known)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", STRUCK, text, flags=re.IGNORECASE)


def _everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """A text, or every text in a list or a JSON value, changed."""
    if isinstance(value, dict):
        return {key: _everywhere(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_everywhere(one, change) for one in value]
    return change(value) if isinstance(value, str) else value
