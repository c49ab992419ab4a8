"""What a district's people call things in their own sheets: sectors, needs, stages, schools."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation

from accounts.models import District, Membership, School
from partners.enums import PartnerKind, Sector, Stage, Tier
from partners.models import Need, SchoolAlias
from partners.search import normal

from .school_names import SchoolNames

LANGUAGES = ("en", "es")
NO_SCHOOL, THE_DISTRICT = "", "district"
# Other words for a stage, in the normal form.
STAGES = {
    "current": Stage.ACTIVE,
    "current partner": Stage.ACTIVE,
    "existing": Stage.ACTIVE,
    "in place": Stage.ACTIVE,
    "yes": Stage.ACTIVE,
    "activa": Stage.ACTIVE,
    "activo": Stage.ACTIVE,
    "prospect": Stage.IDENTIFIED,
    "potential": Stage.IDENTIFIED,
    "lead": Stage.IDENTIFIED,
    "new": Stage.IDENTIFIED,
    "letter sent": Stage.CONTACTED,
    "in progress": Stage.EXPLORING,
    "in talks": Stage.EXPLORING,
    "mou pending": Stage.AGREEMENT_PENDING,
    "pending": Stage.AGREEMENT_PENDING,
    "renewal": Stage.RENEWAL_DUE,
    "on hold": Stage.PAUSED,
    "inactive": Stage.ENDED,
    "inactiva": Stage.ENDED,
    "former": Stage.ENDED,
    "past": Stage.ENDED,
    "closed": Stage.ENDED,
}
SECTORS = {
    "nonprofit youth": Sector.YOUTH_SERVING,
    "youth development": Sector.YOUTH_SERVING,
    "youth services": Sector.YOUTH_SERVING,
    "faith": Sector.FAITH,
    "church": Sector.FAITH,
    "police": Sector.LAW_ENFORCEMENT,
    "health": Sector.HEALTH_CARE,
    "healthcare": Sector.HEALTH_CARE,
    "hospital": Sector.HEALTH_CARE,
    "government": Sector.GOVERNMENT,
    "behavioral health": Sector.MENTAL_HEALTH,
    "counseling": Sector.MENTAL_HEALTH,
    "substance use": Sector.SUBSTANCE_USE,
    "substance abuse": Sector.SUBSTANCE_USE,
    "juvenile justice": Sector.JUVENILE_JUSTICE,
    "courts": Sector.JUVENILE_JUSTICE,
    "social services": Sector.SOCIAL_SERVICES,
    "child welfare": Sector.SOCIAL_SERVICES,
    "college": Sector.HIGHER_EDUCATION,
    "university": Sector.HIGHER_EDUCATION,
    "food": Sector.BASIC_NEEDS,
    "housing": Sector.BASIC_NEEDS,
    "basic needs": Sector.BASIC_NEEDS,
    "foundation": Sector.PHILANTHROPY,
    "civic": Sector.CIVIC,
    "volunteer": Sector.CIVIC,
    "education": Sector.SCHOOLS,
    "parents": Sector.PARENTS,
    "families": Sector.PARENTS,
}
KINDS = {
    "non profit": PartnerKind.NONPROFIT,
    "not for profit": PartnerKind.NONPROFIT,
    "nonprofit organization": PartnerKind.NONPROFIT,
    "501 c 3": PartnerKind.NONPROFIT,
    "charity": PartnerKind.NONPROFIT,
    "sin fines de lucro": PartnerKind.NONPROFIT,
    "government agency": PartnerKind.PUBLIC,
    "public sector": PartnerKind.PUBLIC,
    "company": PartnerKind.BUSINESS,
    "for profit": PartnerKind.BUSINESS,
    "empresa": PartnerKind.BUSINESS,
    "coalition": PartnerKind.GROUP,
    "coalicion": PartnerKind.GROUP,
}
TIERS = {
    "universal": Tier.UNIVERSAL,
    "all": Tier.UNIVERSAL,
    "all students": Tier.UNIVERSAL,
    "todos": Tier.UNIVERSAL,
    "targeted": Tier.TARGETED,
    "some": Tier.TARGETED,
    "selective": Tier.TARGETED,
    "algunos": Tier.TARGETED,
    "intensive": Tier.INTENSIVE,
    "few": Tier.INTENSIVE,
    "individual": Tier.INTENSIVE,
    "pocos": Tier.INTENSIVE,
} | {normal(f"{word}{tier}"): tier for tier in Tier for word in ("", "tier ", "nivel ")}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words to keys. `reach` are the schools at which the importing person may begin partnerships, with
    None for the district itself; `stage` and `school` hold where a row names none (None and no school: none).
    """

    schools: SchoolNames
    needs: Mapping[str, int]
    need_names: Mapping[int, str]
    reach: Collection[int | None]
    sectors: Mapping[str, str]
    stages: Mapping[str, str]
    kinds: Mapping[str, str]
    tiers: Mapping[str, int]
    stage: str = Stage.ACTIVE
    elsewhere: tuple[int | None, ...] = ()
    today: Mapping[int | None, object] = field(default_factory=dict)

    def sector(self, text: str) -> str | None:
        """The sector's code; None, as of all of these, where the words are none of ours."""
        return self.sectors.get(normal(text))

    def need(self, text: str) -> int | None:
        """The need's key."""
        return self.needs.get(normal(text))

    def stage_of(self, text: str) -> str | None:
        """The stage's code."""
        return self.stages.get(normal(text))

    def kind(self, text: str) -> str | None:
        """The code of what a partner is in law."""
        return self.kinds.get(normal(text))

    def tier(self, text: str) -> int | None:
        """The number of a tier."""
        return self.tiers.get(normal(text))


def school_names(not_schools: Collection[str] = ()) -> SchoolNames:
    """What the open schools of the district in scope are called: two queries."""
    rows = School.objects.open().values_list("pk", "name", "code")
    aliases = SchoolAlias.objects.filter(school__closed_on=None).values_list("alias", "school_id")
    return SchoolNames({key: (name, code) for key, name, code in rows}, dict(aliases), frozenset(not_schools))


def vocabulary(
    district: District,
    by: Membership | None,
    *,
    not_schools: Collection[str] = (),
    stage: str = Stage.ACTIVE,
    school: str = NO_SCHOOL,
) -> Vocabulary:
    """The words of the district in scope: four queries. `school` is a key, THE_DISTRICT or NO_SCHOOL."""
    needs: dict[str, int] = {}
    names: dict[int, str] = {}
    for need in Need.objects.filter(retired_on=None):
        needs |= {normal(text): need.pk for text in (need.code, need.label, need.label_es) if text}
        names[need.pk] = need.label
    schools = school_names(not_schools)
    covered: set[int | None] = set(
        schools.schools
        if by is None or by.whole_district
        else School.objects.reached_by(by).values_list("pk", flat=True)
    )
    if by is None or by.whole_district:
        covered.add(None)
    elsewhere: tuple[int | None, ...] = ()
    if school == THE_DISTRICT:
        elsewhere = (None,)
    elif school:
        elsewhere = (int(school),)
    return Vocabulary(
        schools=schools,
        needs=needs,
        need_names=names,
        reach=covered,
        sectors=SECTORS | _labels(Sector),
        stages=STAGES | _labels(Stage),
        kinds=kinds(),
        tiers=TIERS | _labels(Tier),
        stage=stage,
        elsewhere=elsewhere,
    )


def kinds() -> dict[str, str]:
    """The kinds of partners by what people call them, in the normal form."""
    return KINDS | _labels(PartnerKind)


def _labels(choices: Any) -> dict[str, Any]:
    """The codes of a list by themselves and by their labels in each language."""
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for choice in choices:
                code = choice.value
                found |= {normal(str(choice.label)): code, normal(str(code)): code}
    return found
