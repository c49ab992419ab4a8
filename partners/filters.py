"""The filters of the partner list: they live in the URL, and each in force is a chip that removes itself."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import Sector, Stage, Tier

PLAIN = ("q", "exact", "sector", "stage", "tier", "papers", "verified", "tag")
CHOSEN = ("school", "need", "owner")
MINE, NOBODY = "mine", "nobody"
LONGEST_TAG = 40


class Sort(models.TextChoices):
    """The orders of the list."""

    NAME = "name", gettext_lazy("Name")
    CHANGED = "changed", gettext_lazy("Last change")
    NEXT = "next", gettext_lazy("Next step")
    ENDS = "ends", gettext_lazy("End of the agreement")


class Papers(models.TextChoices):
    """How a partner's papers stand today."""

    ENDING = "ending", gettext_lazy("Papers ending within 90 days")
    ENDED = "ended", gettext_lazy("Papers that ended")
    NONE = "none", gettext_lazy("No papers")


class Verified(models.TextChoices):
    """Whether the partner, or we, said lately that its listing is right."""

    YES = "yes", gettext_lazy("Listing confirmed within a year")
    NO = "no", gettext_lazy("Listing not confirmed within a year")


class Option(NamedTuple):
    """A row that a filter offers: as the URL names it, as people read it, and its key."""

    value: str
    label: str
    pk: int = 0


class KeptView(NamedTuple):
    """A view of the list that somebody keeps: its `query` is an address as `Filters.url` writes it."""

    uid: str
    name: str
    query: str
    is_shared: bool
    may_edit: bool


@dataclass(slots=True)
class Options:
    """What the list's filters offer to one person, and the views that this person sees."""

    school: list[Option] = field(default_factory=list)
    need: list[Option] = field(default_factory=list)
    owner: list[Option] = field(default_factory=list)
    views: list[KeptView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asks the list for; what makes no sense in a URL is passed over."""

    q: str = ""
    exact: str = ""  # "1": what was typed is not corrected
    sector: str = ""
    stage: str = ""
    school: Option | None = None
    need: Option | None = None
    tier: str = ""
    owner: Option | None = None
    papers: str = ""
    verified: str = ""
    tag: str = ""
    sort: str = "name"
    start: UUID | None = None  # the row with which the page begins

    @classmethod
    def read(cls, query: QueryDict, options: Options) -> Self:
        """The filters that a URL's query names, as far as they are offered."""
        asked = {name: query.get(name, "").strip() for name in (*PLAIN, *CHOSEN, "sort", "from")}
        return cls(
            q=asked["q"],
            exact="1" if asked["q"] and asked["exact"] == "1" else "",
            sector=_one_of(Sector.values, asked["sector"]),
            stage=_one_of(Stage.values, asked["stage"]),
            tier=_one_of([str(tier) for tier in Tier.values], asked["tier"]),
            papers=_one_of(Papers.values, asked["papers"]),
            verified=_one_of(Verified.values, asked["verified"]),
            tag=asked["tag"].replace("\0", "")[:LONGEST_TAG],
            sort=_one_of(Sort.values, asked["sort"]) or "name",
            start=a_uuid(asked["from"]),
            **{name: _chosen(getattr(options, name), asked[name]) for name in CHOSEN},
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something beside the search is in force."""
        return bool(self.school or self.stage or self.sector or self.is_narrowed_more)

    @property
    def is_narrowed_more(self) -> bool:
        """Whether one of the filters is in force that are seldom asked for, or an order that is."""
        more = (self.need, self.tier, self.owner, self.papers, self.verified, self.tag)
        return any(more) or self.sort in ("next", "ends")

    @property
    def is_worth_keeping(self) -> bool:
        """Whether the list is not simply all partners by name."""
        return bool(self.q or self.is_narrowed or self.sort != "name")

    def url(self) -> str:
        """The query that names these filters, "?sector=youth&sort=changed"."""
        named = {name: getattr(self, name) for name in PLAIN}
        named |= {name: option.value for name in CHOSEN if (option := getattr(self, name))}
        named |= {"sort": "" if self.sort == "name" else self.sort, "from": self.start or ""}
        return "?" + urlencode({name: value for name, value in named.items() if value})

    def without(self, name: str) -> Self:
        """The same without one filter, from the first page."""
        gone: dict[str, object] = {name: None if name in CHOSEN else ""}
        return replace(self, **gone, start=None)  # type: ignore[arg-type]

    def sorted_by(self, sort: str) -> Self:
        """The same in another order, from the first page."""
        return replace(self, sort=sort, start=None)

    def beginning(self, start: UUID | None) -> Self:
        """The page that begins with this row; the first for None."""
        return replace(self, start=start)

    def exactly(self) -> Self:
        """The same search, with nothing corrected."""
        return replace(self, exact="1")

    def in_words(self) -> list[str]:
        """What is in force, in words, and the order."""
        order = _("in order of: %(sort)s") % {"sort": Sort(self.sort).label}
        return [label for label, _url in self.chips()] + ([] if self.q else [order])

    def chips(self) -> list[tuple[str, str]]:
        """What is in force, in words, each with the URL that drops it."""
        labels = {
            "q": _("Search: %(words)s") % {"words": self.q} if self.q else "",
            "school": _("At %(school)s") % {"school": self.school.label} if self.school else "",
            "stage": Stage(self.stage).label if self.stage else "",
            "sector": Sector(self.sector).label if self.sector else "",
            "need": _("Need: %(need)s") % {"need": self.need.label} if self.need else "",
            "tier": Tier(int(self.tier)).label if self.tier else "",
            "owner": _owner_in_words(self.owner) if self.owner else "",
            "papers": Papers(self.papers).label if self.papers else "",
            "verified": Verified(self.verified).label if self.verified else "",
            "tag": _("Tag: %(tag)s") % {"tag": self.tag} if self.tag else "",
        }
        return [(str(label), self.without(name).url()) for name, label in labels.items() if label]

    def kept(self, views: list[KeptView]) -> KeptView | None:
        """The view that shows just this list."""
        here = self.beginning(None).url().removeprefix("?")
        return next((view for view in views if view.query == here), None)


def from_url(url: str, options: Options) -> Filters:
    """The filters that an address as `Filters.url` writes it names."""
    return Filters.read(QueryDict(url.removeprefix("?")), options)


def _owner_in_words(owner: Option) -> str:
    if owner.value == MINE:
        return _("Looked after by you")
    if owner.value == NOBODY:
        return _("Looked after by nobody")
    return _("Looked after by %(name)s") % {"name": owner.label}


def _one_of(values: list[str], asked: str) -> str:
    return asked if asked in values else ""


def _chosen(options: list[Option], asked: str) -> Option | None:
    return next((option for option in options if option.value == asked), None)


def a_uuid(text: str) -> UUID | None:
    """The UUID that an address or a form names; None for nonsense."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
