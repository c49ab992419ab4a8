"""Reads of the letters' texts: which one is in force, what changed, and what waits for approval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Membership, School

from .enums import Block, Kind, Language
from .in_step import Behind, Saved, changed_blocks, out_of_step
from .models import Letter, Template, TemplateVersion, TextReview, TextRule
from .second import addressed


@dataclass(frozen=True)
class VersionRow:
    """A version, what it changed of the one before (block, before, after), and what was said of it."""

    version: TemplateVersion
    changes: list[tuple[str, str, str]]
    review: TextReview | None
    is_current: bool


@dataclass(frozen=True)
class Text:
    """A kind's text of the district or of one school: its current versions by language, all, and warnings."""

    template: Template
    current: dict[str, TemplateVersion]
    versions: list[TemplateVersion]
    behind: list[Behind] = field(default_factory=list)
    waiting: list[TemplateVersion] = field(default_factory=list)

    @property
    def latest(self) -> TemplateVersion:
        """What was saved last."""
        return max(self.versions, key=lambda version: (version.created_at, version.pk))

    @property
    def names(self) -> list[str]:
        """The blocks of all languages, in the order of a letter; what is none of ours now comes last."""
        held = {block["name"] for version in self.current.values() for block in version.blocks}
        return [*(name for name in Block.values if name in held), *sorted(held - set(Block.values))]

    @property
    def side_by_side(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each block's name with its text by language."""
        return [
            (name, [(language, self.text_of(language, name)) for language in Language.values])
            for name in self.names
        ]

    def text_of(self, language: str, name: str) -> str:
        """A block as it stands in a language; empty where it has none."""
        return texts_of(self.current[language]).get(name, "") if language in self.current else ""


def texts_of(version: TemplateVersion) -> dict[str, str]:
    """A version's text by block."""
    return {block["name"]: block["text"] for block in version.blocks}


def texts_of_letter(letter: Letter) -> dict[str, str]:
    """The text by block that a letter was begun with, its second language's by address."""
    texts = texts_of(letter.template_version)
    if letter.also_version:
        texts |= addressed(letter.also, texts_of(letter.also_version))
    return texts


def needs_approval() -> bool:
    """Whether the district in scope uses schools' own texts only once its staff approved them: one query."""
    latest = TextRule.objects.first()
    return bool(latest and latest.needs_approval)


def approved() -> Q:
    """Versions that the district stands behind: its own, and schools' that say the same or were approved."""
    same = TemplateVersion.objects.filter(
        template__school=None,
        template__kind=OuterRef("template__kind"),
        language=OuterRef("language"),
        blocks=OuterRef("blocks"),
    )
    latest = TextReview.objects.filter(version=OuterRef("pk")).order_by("-pk").values("approved")[:1]
    return Q(template__school=None) | Q(Exists(same)) | Q(Coalesce(Subquery(latest), False))


def in_force(kind: str, language: str, school: School) -> TemplateVersion | None:
    """The text in force: the school's own where it has one that may be used, else the district's.

    One query.
    """
    versions = TemplateVersion.objects.filter(template__kind=kind, language=language)
    usable = versions.alias(rule=_rule()).filter(
        Q(template__school=None) | Q(template__school=school, template__retired_at=None),
        Q(rule=False) | approved(),
    )
    found: TemplateVersion | None = usable.order_by("template__school", "-n").first()
    return found


def texts_page(membership: Membership) -> list[Text]:
    """The texts of the district and of one's own schools, by kind: three queries, however many there are."""
    templates = Template.objects.for_member(membership).select_related("school")
    order = {kind: place for place, kind in enumerate(Kind.values)}
    rows = sorted(
        templates, key=lambda row: (order[row.kind], row.school is not None, str(row.school or ""), row.pk)
    )
    return _read(rows)


def one_text(template: Template) -> Text:
    """One text with all its versions: two queries."""
    [text] = _read([template])
    return text


def version_rows(text: Text) -> dict[str, list[VersionRow]]:
    """The versions by language, the newest first, each with what it changed: one query."""
    reviews: dict[int, TextReview] = {}
    said = TextReview.objects.filter(version__in=text.versions).select_related("by__user").order_by("pk")
    for review in said:
        reviews[review.version_id] = review
    return {
        language: _rows([row for row in text.versions if row.language == language], reviews)
        for language in Language.values
    }


def schools_without(template: Template, membership: Membership) -> QuerySet[School]:
    """One's schools that use the district's text of this kind."""
    own = Template.objects.filter(kind=template.kind, school__isnull=False, retired_at=None)
    schools: QuerySet[School] = School.objects.reached_by(membership).exclude(pk__in=own.values("school"))
    return schools


def texts_to_approve(membership: Membership) -> list[TemplateVersion]:
    """The current versions of schools' texts that nobody approved or sent back: one query."""
    waiting = _not_approved(membership).select_related("template__school", "by__user")
    return list(waiting.order_by("created_at", "pk"))


def texts_held(membership: Membership) -> QuerySet[TemplateVersion]:
    """Those of them that are not used until then, since the district's rule says so."""
    return _not_approved(membership).alias(rule=_rule()).filter(rule=True)


def _not_approved(membership: Membership) -> QuerySet[TemplateVersion]:
    newest = (
        TemplateVersion.objects.filter(template=OuterRef("template"), language=OuterRef("language"))
        .order_by("-n")
        .values("pk")[:1]
    )
    rows = TemplateVersion.objects.filter(
        pk=Subquery(newest), template__in=Template.objects.for_member(membership), reviews=None
    )
    found: QuerySet[TemplateVersion] = rows.exclude(approved())
    return found


def _rule() -> Coalesce:
    """Whether schools' texts are used only once they were approved, as the latest rule says."""
    return Coalesce(Subquery(TextRule.objects.order_by("-pk").values("needs_approval")[:1]), False)


def _read(templates: list[Template]) -> list[Text]:
    """Texts with their versions and warnings; two queries."""
    found = (
        TemplateVersion.objects.filter(template__in=templates)
        .select_related("by__user")
        .order_by("n", "language")
    )
    versions: dict[int, list[TemplateVersion]] = defaultdict(list)
    for version in found:
        versions[version.template_id].append(version)
    current = {row.pk: {version.language: version for version in versions[row.pk]} for row in templates}
    newest = [version.pk for texts in current.values() for version in texts.values()]
    waiting = set(
        TemplateVersion.objects.filter(pk__in=newest).exclude(approved()).values_list("pk", flat=True)
    )
    return [
        Text(
            template=row,
            current=current[row.pk],
            versions=versions[row.pk],
            behind=_behind(versions[row.pk]),
            waiting=[version for version in current[row.pk].values() if version.pk in waiting],
        )
        for row in templates
        if versions[row.pk]
    ]


def _behind(versions: Iterable[TemplateVersion]) -> list[Behind]:
    return out_of_step(Saved(row.language, row.created_at, texts_of(row)) for row in versions)


def _rows(versions: list[TemplateVersion], reviews: dict[int, TextReview]) -> list[VersionRow]:
    rows = []
    before: dict[str, str] = {}
    for version in versions:
        after = texts_of(version)
        changes = [
            (name, before.get(name, ""), after.get(name, "")) for name in changed_blocks(before, after)
        ]
        first = not before
        is_current = version is versions[-1]
        rows.append(VersionRow(version, [] if first else changes, reviews.get(version.pk), is_current))
        before = after
    return rows[::-1]
