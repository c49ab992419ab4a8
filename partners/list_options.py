"""What the filters of the partner list offer: schools, needs and people."""

from typing import Any

from django.db.models import F, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, School

from .filters import MINE, NOBODY, Option, Options
from .models import Need
from .queries import possible_owners


def list_options(membership: Membership) -> Options:
    """The district's open schools, its needs, who can look after a partner: one query."""
    schools = School.objects.for_member(membership).open()
    needs = Need.objects.for_member(membership).filter(retired_on=None)
    offered = _columns(schools, "school", "slug", "name").union(
        _columns(needs, "need", "code", "label", spanish="label_es", order=F("order")),
        _columns(possible_owners(membership, None), "owner", "uid", "user__name"),
        all=True,
    )
    in_spanish = (get_language() or "en").startswith("es")
    options = Options(owner=[Option(MINE, _("Me")), Option(NOBODY, _("Nobody"))])
    for kind, pk, value, label, spanish, _order in sorted(
        offered, key=lambda row: (row[5], row[3].casefold())
    ):
        words = spanish if in_spanish and spanish else label
        getattr(options, kind).append(Option(value, words, pk))
    return options


def _columns(
    rows: Any, kind: str, value: str, label: str, *, spanish: str | None = None, order: Any = None
) -> Any:
    """The rows with the columns that all three have."""
    return rows.order_by().values_list(
        Value(kind, TextField()),
        "pk",
        Cast(value, TextField()),
        Cast(label, TextField()),
        Cast(spanish or Value(""), TextField()),
        Cast(order or Value(0), IntegerField()),
    )
