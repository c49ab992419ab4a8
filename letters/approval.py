"""Which letters need the district's approval before anybody signs them.

Always: a letter to a faith-based organization or a business whose text is not the district's own, word for
word. Where the district's rule asks for it: one out of a school's own text that was not approved. (Political
addressees have no sector of their own in the directory, so the portal cannot tell them.)
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from partners.enums import PartnerKind, Sector
from partners.models import Partner

from .models import Letter, LetterApproval, TemplateVersion
from .text_queries import approved, needs_approval, texts_of_letter

SECTORS = frozenset({Sector.FAITH, Sector.BUSINESS})
TYPED = ("suggested_by", "result", "supplied")


class Need(StrEnum):
    """Why a letter needs approval: to whom it goes, or the district's rule for schools' texts."""

    ADDRESSEE = "addressee"
    RULE = "rule"


def needed(letter: Letter) -> Need | None:
    """Why this letter needs approval as it stands; nothing where it needs none or has it.

    No query where the text is the district's and the partner no special one, else up to four; `letter` has
    its template and partner at hand (queries.whole).
    """
    stands_behind = all(
        version.template.school_id is None or is_approved(version) for version in letter.versions
    )
    need = None
    if _asks_by_itself(letter.partnership.partner.winner):
        need = None if stands_behind and _word_for_word(letter) else Need.ADDRESSEE
    elif not stands_behind and needs_approval():
        need = Need.RULE
    return need if need and not has_approval(letter) else None


def is_approved(version: TemplateVersion) -> bool:
    """Whether the district stands behind a version: one query."""
    return bool(TemplateVersion.objects.filter(pk=version.pk).filter(approved()).exists())


def has_approval(letter: Letter) -> bool:
    """Whether just this text was approved: one query."""
    return bool(LetterApproval.objects.filter(letter=letter, text=text_of(letter)).exists())


def text_of(letter: Letter) -> dict[str, Any]:
    """All that people wrote in a letter, as an approval keeps it."""
    return {"blocks": letter.blocks, **{name: getattr(letter, name) for name in TYPED}}


def _asks_by_itself(partner: Partner) -> bool:
    return partner.kind == PartnerKind.BUSINESS or not SECTORS.isdisjoint(partner.sectors)


def _word_for_word(letter: Letter) -> bool:
    """Whether each block is its version's; the opening may be the one for who works with another school."""
    texts = texts_of_letter(letter)
    return all(
        block["text"] in (texts.get(block["name"]), texts.get(f"{block['name']}_elsewhere"))
        for block in letter.blocks
    )
