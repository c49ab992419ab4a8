"""One letter as a sheet: all that stands on it, fixed, and what is made of that for paper and for reading.

A sheet is plain data, so that what a signature fixed can be printed later without looking at any record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Membership
from accounts.urls_in import absolute, url_in
from press.documents import Document

from . import placeholders, second, window
from .blocks import BlockList, count_words, to_html, with_addresses
from .enums import Block
from .isolating import isolated
from .numbers import shown
from .phrases import PHRASES, Phrases
from .placeholders import Placeholder, Problem
from .qr import qr_path

LOGO, SIGNATURE = "logo.jpg", "signature.jpg"
"""The names by which the press knows a letter's pictures."""


@dataclass(frozen=True)
class Sheet:
    """What stands on a letter. `reference` and `code` are empty until a signature takes them.

    `signs_for` is the principal in whose place a deputy signs. `unreachable`: neither mail nor post gets
    there. `logo` and `signature` name a picture by its `uid` and `sha256`, the logo with its `alt`, the
    signature with its `owner`; empty where there is none. In a letter in two languages `also` is the second,
    `also_date` the date in it, and what else is the second's stands among blocks and values
    (letters/second.py).
    """

    language: str
    brand: str
    school: str
    letterhead: list[str]
    date: str
    recipient: list[str]
    salutation: str
    blocks: BlockList
    values: dict[str, str]
    signer: str
    signer_title: str
    copies: list[str]
    reference: str = ""
    code: str = ""
    signs_for: str = ""
    unreachable: bool = False
    also: str = ""
    also_date: str = ""
    logo: Mapping[str, str] = field(default_factory=dict)
    signature: Mapping[str, str] = field(default_factory=dict)

    @property
    def phrases(self) -> Phrases:
        """The fixed words around the blocks."""
        return PHRASES[self.language]

    @property
    def title(self) -> str:
        """The subject line, as plain text."""
        return placeholders.TOKEN.sub(lambda token: self.values.get(token[1], ""), self._text(Block.SUBJECT))

    @property
    def halves(self) -> list[Sheet]:
        """The letter in each of its languages, as a sheet of its own: one, or two."""
        if not self.also:
            return [self]
        parts = [(self.language, "", self.date), (self.also, self.also, self.also_date)]
        return [
            replace(
                self,
                language=language,
                date=date,
                blocks=second.blocks_in(where, self.blocks),
                values=second.values_in(where, self.values),
                also="",
            )
            for language, where, date in parts
        ]

    @property
    def problems(self) -> list[Problem]:
        """What must be filled before the letter can be signed, looked for in the very HTML that is filled.

        A way to reach the contact and a day to answer by are needed whatever the text says. A value that the
        second language may have for itself is named by its address there.
        """
        first, *others = (placeholders.problems(half._html_blocks, half.values) for half in self.halves)
        found = [*first, *(_of_second(self.also, problem) for problems in others for problem in problems)]
        reply_by = Problem(Placeholder.REPLY_BY, Block.REPLY, known=True)
        if not self.values.get(Placeholder.REPLY_BY) and all(gap.name != reply_by.name for gap in found):
            found.append(reply_by)
        if self.unreachable:
            found.append(Problem(placeholders.UNREACHABLE, Block.REPLY, known=True))
        return found

    @property
    def words(self) -> int:
        """How many words stand between salutation and close; in two languages, in the longer one."""
        return max(half._count() for half in self.halves)

    def _count(self) -> int:
        texts = [block["text"] for block in self.blocks if block["name"] != Block.SUBJECT]
        filled = placeholders.TOKEN.sub(lambda token: self.values.get(token[1], ""), "\n".join(texts))
        return count_words(filled)

    def _text(self, name: str) -> str:
        return next((block["text"] for block in self.blocks if block["name"] == name), "")

    def filled(self, *, for_reading: bool) -> dict[str, Any]:
        """Subject and paragraphs as HTML with the values in them; on paper links show their addresses."""
        fill = placeholders.fill_for_reading if for_reading else placeholders.fill
        links = str if for_reading else with_addresses
        texts = {block["name"]: fill(links(block["text"]), self.values) for block in self._html_blocks}
        subject = texts.pop(Block.SUBJECT, "")
        return {"subject": _safe(subject), "body": _safe("".join(texts.values()))}

    @property
    def _html_blocks(self) -> BlockList:
        """The blocks as HTML, their placeholders not filled yet; the subject is one line of plain text."""
        return [
            {"name": name, "text": str(escape(text)) if name == Block.SUBJECT else to_html(text)}
            for name, text in ((block["name"], block["text"]) for block in self.blocks)
        ]


def document(sheet: Sheet, pictures: Mapping[str, bytes] | None = None) -> Document:
    """What the press gets, with the bytes of its pictures (picture_queries.bytes_for).

    Raises KeyError while the sheet has problems.
    """
    return _printed(sheet, sheet.halves, pictures)


def proof(sheet: Sheet, pictures: Mapping[str, bytes] | None = None) -> Document:
    """As `document`, for reading before the signature: each gap is named in brackets."""
    return _printed(sheet, [_with_gaps(half) for half in sheet.halves], pictures)


def _printed(sheet: Sheet, halves: list[Sheet], pictures: Mapping[str, bytes] | None) -> Document:
    html = render_to_string("letters/print.html", _context(sheet, halves, for_reading=False))
    return Document(
        html=html,
        title=halves[0].title or sheet.school,
        lang=sheet.language,
        brand=sheet.brand,
        assets=pictures or {},
        pages=len(halves),
    )


def _with_gaps(half: Sheet) -> Sheet:
    gaps = {problem.name: f"[{problem.label}]" for problem in half.problems}
    return replace(half, values={**half.values, **gaps})


def preview(sheet: Sheet, by: Membership | None = None) -> SafeString:
    """The letter as HTML for a page; until it is signed, with its values marked and its gaps named.

    Pictures are shown to a member, `by`: the logo to each, a signature to its owner alone.
    """
    shown_to = _pictures(sheet, by) if by else {}
    context = _context(sheet, sheet.halves, for_reading=not sheet.code)
    return render_to_string("letters/sheet.html", context | shown_to)


def _pictures(sheet: Sheet, by: Membership) -> dict[str, str]:
    """The addresses of what a member may see of a sheet's pictures."""
    own = sheet.signature.get("owner") == str(by.uid)
    marks = {"logo_url": sheet.logo, "signature_url": sheet.signature if own else {}}
    return {
        name: url_in(by.district, "letters:picture", uid=mark["uid"]) for name, mark in marks.items() if mark
    }


def parts(sheet: Sheet) -> dict[str, Any]:
    """What a template of a signed letter in another form, such as its mail, takes from the sheet."""
    return _context(sheet, sheet.halves, for_reading=False)


def _context(sheet: Sheet, halves: list[Sheet], *, for_reading: bool) -> dict[str, Any]:
    """What templates take: of the whole letter, and in `parts` what stands in each of its languages."""
    return {
        "sheet": sheet,
        "address": window.fitted(sheet.recipient),
        "code": shown(sheet.code),
        "check_page": absolute(reverse("check:enter")).split("://")[-1].rstrip("/"),
        "qr": qr_path(absolute(reverse("check:code", kwargs={"code": sheet.code}))) if sheet.code else None,
        "follows": PHRASES[sheet.also].follows if sheet.also else "",
        "parts": [_part(half, for_reading=for_reading) for half in halves],
    }


def _part(half: Sheet, *, for_reading: bool) -> dict[str, Any]:
    phrases = half.phrases
    return {
        "language": half.language,
        "date": half.date,
        "phrases": phrases,
        "reference": phrases.reference.format(reference=half.reference or phrases.reference_later),
        "salutation": format_html(phrases.dear, name=isolated(half.salutation)),
        "logo_alt": half.logo.get("alt") or phrases.logo.format(name=half.school),
        "signature_alt": phrases.signature.format(name=half.signer),
        "signs_for": phrases.signs_for.format(name=half.signs_for) if half.signs_for else "",
        "copies": format_html(phrases.copy_to, names=_listed(half.copies)) if half.copies else "",
        **half.filled(for_reading=for_reading),
    }


def _of_second(language: str, problem: Problem) -> Problem:
    """A problem of the second language's part, by addresses; what both share keeps its name."""
    own = second.address(language, problem.name)
    name = own if placeholders.may_be_supplied(own) else problem.name
    return replace(problem, name=name, block=second.address(language, problem.block))


def _listed(names: list[str]) -> SafeString:
    return format_html_join(", ", "{}", ((isolated(name),) for name in names))


def _safe(text: str) -> SafeString:
    """Blocks went through nh3, and values through html.escape."""
    return mark_safe(text)  # noqa: S308
