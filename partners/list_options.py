"""What the filters of the partner list offer: schools, needs and people; and the views that are kept."""

from typing import Any

from django.db.models import Case, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, School
from accounts.rules import is_staff

from .filters import MINE, NOBODY, KeptView, Option, Options
from .models import Need, SavedView
from .queries import possible_owners

VIEW = "views"
SHARED, MINE_ALONE, MINE_SHARED = 0, 1, 2  # of a view, where the other rows have their order


def list_options(membership: Membership) -> Options:
    """The district's open schools, its needs, who can look after a partner: one query.

    With them come the views that this person sees, theirs and those of others, by name.
    """
    schools = School.objects.for_member(membership).open()
    needs = Need.objects.for_member(membership).filter(retired_on=None)
    offered = _columns(schools, "school", "slug", "name").union(
        _columns(needs, "need", "code", "label", other="label_es", order=F("order")),
        _columns(possible_owners(membership, None), "owner", "uid", "user__name"),
        _views(membership),
        all=True,
    )
    in_spanish = (get_language() or "en").startswith("es")
    options = Options(owner=[Option(MINE, _("Me")), Option(NOBODY, _("Nobody"))])
    for kind, pk, value, label, other, order in sorted(
        offered, key=lambda row: (row[0] != VIEW and row[5], row[3].casefold())
    ):
        if kind == VIEW:
            may_edit = order != SHARED or is_staff(membership)
            options.views.append(KeptView(value, label, other, order != MINE_ALONE, may_edit))
            continue
        words = other if in_spanish and other else label
        getattr(options, kind).append(Option(value, words, pk))
    return options


def _views(membership: Membership) -> Any:
    """The views that a person sees, each with its query and whose it is."""
    views = SavedView.objects.for_member(membership)
    mine = Q(membership=membership.pk)
    whose = Case(When(mine & Q(shared=True), then=MINE_SHARED), When(mine, then=MINE_ALONE), default=SHARED)
    return _columns(views, VIEW, "uid", "name", other="query", order=whose)


def _columns(
    rows: Any, kind: str, value: str, label: str, *, other: str | None = None, order: Any = None
) -> Any:
    """The rows with the columns that all have."""
    return rows.order_by().values_list(
        Value(kind, TextField()),
        "pk",
        Cast(value, TextField()),
        Cast(label, TextField()),
        Cast(other or Value(""), TextField()),
        Cast(order or Value(0), IntegerField()),
    )
