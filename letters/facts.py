"""What letters ask the records: one letter at a time, or once for a whole batch of a school.

`Facts` asks at each call. `FactsOfMany` has asked before, for all partners of a batch together, so that a
letter more costs no query more; both give the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts import clock
from accounts.models import Membership, School
from accounts.queries import signers_of
from partners.enums import WORKING
from partners.families import families, family, standing
from partners.models import Partner, Partnership, SchoolFigure, Service, Site

from .fitting import Fit, fitting
from .models import Picture, TemplateVersion
from .past import at_work_with_a_school, works_elsewhere
from .picture_queries import logo_for, signature_of
from .queries import current_text, fit_for, signed_to


class Facts:
    """The records, asked one by one. `partner` is one that stands: not merged into another."""

    def text(self, kind: str, language: str, school: School) -> TemplateVersion:
        """The template's text in force."""
        return current_text(kind, language, school)

    def signers(self, school: School) -> Sequence[Membership]:
        """The principals who sign for a school today."""
        return signers_of(school.pk, school.district)

    def services(self, partner: Partner, school: School) -> Sequence[str]:
        """The names of what a partner offers today."""
        return list(_offered(school).filter(partner__in=family(partner)).values_list("name", flat=True))

    def elsewhere(self, partnership: Partnership) -> Partnership | None:
        """The partnership that the same partner has with another school of the district, where it works."""
        return works_elsewhere(partnership)

    def fit(self, partnership: Partnership) -> Fit:
        """Which letters fit where a partnership stands."""
        return fit_for(partnership)

    def figures(self, school: School) -> Sequence[SchoolFigure]:
        """A school in numbers."""
        return list(SchoolFigure.objects.filter(school=school).select_related("need"))

    def others(self, school: School, partner: Partner) -> Sequence[str]:
        """The names of the partners that a school works with, without this one, the latest first."""
        rows = _working_with(school).exclude(partner__in=family(partner))
        return list(rows.values_list(Coalesce("partner__merged_into__name", "partner__name"), flat=True))

    def logo(self, school: School) -> Picture | None:
        """The logo on a school's letters."""
        return logo_for(school)

    def signature(self, person: Membership) -> Picture | None:
        """Somebody's signature as a picture."""
        return signature_of(person)

    def site(self, partner: Partner) -> Site | None:
        """Where mail for a partner goes."""
        return _sites().filter(partner__in=family(partner)).first()


class FactsOfMany(Facts):
    """The records of several partners, asked once: five queries, and a few for the school."""

    def __init__(self, partners: Iterable[Partner], school: School) -> None:
        keys = families([partner.winner.pk for partner in partners])
        own = standing()
        self._services: dict[int, list[str]] = defaultdict(list)
        for key, name in (
            _offered(school).filter(partner__in=keys).annotate(own=own).values_list("own", "name")
        ):
            self._services[key].append(name)
        self._elsewhere: dict[int, list[Partnership]] = defaultdict(list)
        for row in at_work_with_a_school().filter(partner__in=keys).annotate(own=own):
            self._elsewhere[row.own].append(row)
        self._sites: dict[int, Site] = {}
        for site in _sites().filter(partner__in=keys).annotate(own=own):
            self._sites.setdefault(site.own, site)
        names = Coalesce("partner__merged_into__name", "partner__name")
        self._others = list(_working_with(school).values_list(own, names))
        self._written: dict[int, set[str]] = defaultdict(set)
        of_partner = standing("partnership__partner")
        for key, kind in signed_to(keys, school.pk).annotate(own=of_partner).values_list("own", "kind"):
            self._written[key].add(kind)
        self._text = cache(super().text)
        self._logo, self._signature = cache(super().logo), cache(super().signature)
        self._signers = cache(super().signers)
        self._figures = cache(super().figures)

    def text(self, kind: str, language: str, school: School) -> TemplateVersion:
        """As above, asked once for each kind and language."""
        return self._text(kind, language, school)

    def signers(self, school: School) -> Sequence[Membership]:
        """As above, asked once."""
        return self._signers(school)

    def services(self, partner: Partner, school: School) -> Sequence[str]:
        """As above, asked before."""
        return self._services[partner.pk]

    def elsewhere(self, partnership: Partnership) -> Partnership | None:
        """As above, asked before."""
        of_partner = self._elsewhere[partnership.partner.winner.pk]
        return next((row for row in of_partner if row.pk != partnership.pk), None)

    def fit(self, partnership: Partnership) -> Fit:
        """As above, asked before."""
        return fitting(
            partnership.stage,
            elsewhere=self.elsewhere(partnership) is not None,
            written=self._written[partnership.partner.winner.pk],
        )

    def figures(self, school: School) -> Sequence[SchoolFigure]:
        """As above, asked once."""
        return self._figures(school)

    def others(self, school: School, partner: Partner) -> Sequence[str]:
        """As above, asked before."""
        return [name for key, name in self._others if key != partner.pk]

    def logo(self, school: School) -> Picture | None:
        """As above, asked once."""
        return self._logo(school)

    def signature(self, person: Membership) -> Picture | None:
        """As above, asked once."""
        return self._signature(person)

    def site(self, partner: Partner) -> Site | None:
        """As above, asked before."""
        return self._sites.get(partner.pk)


def _offered(school: School) -> QuerySet[Service]:
    offered: QuerySet[Service] = Service.objects.all().offered(clock.today(school))
    return offered


def _working_with(school: School) -> QuerySet[Partnership]:
    rows: QuerySet[Partnership] = Partnership.objects.filter(school=school, stage__in=WORKING)
    return rows.order_by("-active_since", "pk")


def _sites() -> QuerySet[Site]:
    own_first = F("partner__merged_into").desc(nulls_first=True)
    rows: QuerySet[Site] = Site.objects.order_by("-is_mailing", own_first, "pk")
    return rows


ASKED = Facts()
