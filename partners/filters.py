"""The filters of the partner list: they live in the URL, and each in force is a chip that removes itself."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import School

from .enums import Sector, Stage

SORTS = ("name", "changed")
NAMES = ("q", "sector", "stage", "school", "sort", "from")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asks the list for; what makes no sense in a URL is passed over."""

    q: str = ""
    sector: str = ""
    stage: str = ""
    school: School | None = None
    sort: str = "name"
    start: UUID | None = None  # the row with which the page begins

    @classmethod
    def read(cls, query: QueryDict, schools: list[School]) -> Self:
        """The filters that a URL's query names; `schools` are those of the district."""
        asked = {name: query.get(name, "").strip() for name in NAMES}
        return cls(
            q=asked["q"],
            sector=asked["sector"] if asked["sector"] in Sector.values else "",
            stage=asked["stage"] if asked["stage"] in Stage.values else "",
            school=next((school for school in schools if school.slug == asked["school"]), None),
            sort=asked["sort"] if asked["sort"] in SORTS else "name",
            start=_uuid(asked["from"]),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether something beside the search is in force."""
        return bool(self.school or self.stage or self.sector)

    def url(self) -> str:
        """The query that names these filters, "?sector=youth&sort=changed"."""
        named = {
            "q": self.q,
            "sector": self.sector,
            "stage": self.stage,
            "school": self.school.slug if self.school else "",
            "sort": "" if self.sort == "name" else self.sort,
            "from": self.start or "",
        }
        return "?" + urlencode({name: value for name, value in named.items() if value})

    def without(self, name: str) -> Self:
        """The same without one filter, from the first page."""
        if name == "school":
            return replace(self, school=None, start=None)
        return replace(self, **{name: ""}, start=None)  # type: ignore[arg-type]

    def sorted_by(self, sort: str) -> Self:
        """The same in another order, from the first page."""
        return replace(self, sort=sort, start=None)

    def beginning(self, start: UUID | None) -> Self:
        """The page that begins with this row; the first for None."""
        return replace(self, start=start)

    def chips(self) -> list[tuple[str, str]]:
        """What is in force, in words, each with the URL that drops it."""
        chips = [
            ("q", _("Search: %(words)s") % {"words": self.q}, bool(self.q)),
            ("school", _("At %(school)s") % {"school": self.school}, self.school is not None),
            ("stage", str(Stage(self.stage).label) if self.stage else "", bool(self.stage)),
            ("sector", str(Sector(self.sector).label) if self.sector else "", bool(self.sector)),
        ]
        return [(label, self.without(name).url()) for name, label, in_force in chips if in_force]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
