"""The letters' texts: saved as new versions, made a school's own, given up again, and approved."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import Membership, School
from accounts.versions import compare_and_set
from letters.blocks import BlockList
from letters.models import Template, TemplateVersion, TextReview, TextRule
from letters.text_queries import Text, needs_approval, one_text, texts_of

from .errors import ReasonMissing

Typed = Mapping[str, Mapping[str, str]]


@transaction.atomic
def save_text(
    *, template: Template, version: int, texts: Typed, by: Membership, still_the_same: bool = False
) -> list[str]:
    """Keep each language's text that changed as its next version, all at once; out come their languages.

    `texts`: by language, by block. `still_the_same`: a language that did not change is saved as it is, which
    says that it needs no change. Raises ChangedMeanwhile where somebody saved since; nothing is written then.
    """
    text = one_text(template)
    changed = [language for language in texts if _differs(text, language, texts[language])]
    same = [language for language in text.current if language not in changed]
    saved = [*changed, *(same if still_the_same and (changed or text.behind) else [])]
    if not saved:
        return []
    compare_and_set(template, expected=version)
    now = clock.now()
    _write(template, {language: _blocks(text, texts[language]) for language in saved}, text, by=by, at=now)
    return saved


@transaction.atomic
def make_own_text(*, template: Template, school: School, by: Membership) -> Template:
    """A school's own text of a letter, which begins as the district's; where it has one already, that one."""
    try:
        with transaction.atomic():
            own: Template = Template.objects.create(
                district_id=by.district_id, kind=template.kind, school=school
            )
    except IntegrityError:
        own = Template.objects.get(kind=template.kind, school=school)
        if own.retired_at is None:
            return own
        compare_and_set(own, expected=own.version, retired_at=None)
    districts = one_text(template).current
    blocks = {language: version.blocks for language, version in districts.items()}
    _write(own, blocks, _all_versions(own), by=by, at=clock.now())
    return own


def use_districts_text(*, template: Template, version: int, by: Membership) -> None:
    """Give up a school's own text; letters that have it keep it. Raises ChangedMeanwhile."""
    compare_and_set(template, expected=version, retired_at=clock.now())


def review_text(*, version: TemplateVersion, approved: bool, by: Membership, note: str = "") -> TextReview:
    """What district staff say of a school's text. Raises ReasonMissing where a "no" says nothing."""
    if not approved and not note.strip():
        raise ReasonMissing
    review: TextReview = TextReview.objects.create(
        district_id=by.district_id,
        version=version,
        approved=approved,
        note=note.strip(),
        by=by,
        at=clock.now(),
    )
    return review


def set_text_rule(*, needed: bool, by: Membership) -> None:
    """Say whether schools' own texts are used only once they were approved."""
    if needed != needs_approval():
        TextRule.objects.create(district_id=by.district_id, needs_approval=needed, by=by, at=clock.now())


def _differs(text: Text, language: str, typed: Mapping[str, str]) -> bool:
    kept = texts_of(text.current[language]) if language in text.current else {}
    return any(kept.get(name, "") != words for name, words in typed.items())


def _blocks(text: Text, typed: Mapping[str, str]) -> BlockList:
    return [{"name": name, "text": typed[name]} for name in text.names if typed.get(name, "")]


def _all_versions(template: Template) -> Text:
    versions = list(TemplateVersion.objects.filter(template=template).order_by("n"))
    return Text(template, {version.language: version for version in versions}, versions)


def _write(
    template: Template, blocks: Mapping[str, BlockList], text: Text, *, by: Membership, at: datetime.datetime
) -> None:
    """The next version of each language, all of the same moment."""
    TemplateVersion.objects.bulk_create(
        TemplateVersion(
            district_id=template.district_id,
            template=template,
            n=text.current[language].n + 1 if language in text.current else 1,
            language=language,
            blocks=written,
            by=by,
            created_at=at,
        )
        for language, written in blocks.items()
    )
