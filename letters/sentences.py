"""The sentence of a block in which a placeholder stands, and the block without it. Text in, text out.

Texts are a block's light Markdown. A paragraph and each item of a list are looked at by themselves. What ends
a sentence is a mark of its end, with what closes after it, before a space and anything but a small letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .placeholders import TOKEN, Placeholder, names_in

# A value that is a sentence of its own, and brings its own period.
WHOLE_SENTENCES = (Placeholder.HEARD_OF_YOU,)

# What has a period and ends no sentence: before a name, and between words.
_BEFORE_NAMES = """
arq capt col d dept dr dra dña ed ee esq fr gen gob gov gral hon ing jr lic lt mr mrs ms mtra mtro mx prof
profa rep rev sen sgt sr sra sres srta st sta ste sto ud uds uu vd vs
"""
# Likewise, where a number follows.
_BEFORE_NUMBERS = """
abr ago apr apt art aug av ave cap dec dic ene ext feb fig jan jul jun mar no nos nov núm oct p pp pág págs
sec sep sept set tel vol
"""
ABBREVIATIONS = frozenset(_BEFORE_NAMES.split())
BEFORE_NUMBERS = frozenset(_BEFORE_NUMBERS.split())
ENDS = re.compile(r"(?P<mark>[.!?…]+)[\"'”’»)\]*_]*(?=\s)")
STARTS_SMALL = re.compile(r"\s+[\"'“‘«(\[*_]*[a-zà-öø-ÿ]")
STARTS_WITH_NUMBER = re.compile(r"\s+\d")
LAST_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:\.[^\W\d_]+)*$")
SHORT_PARTS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
EMPHASIS = re.compile(r"(?P<mark>[*_]{1,3})(?=\S)(?:(?!\n\s*\n).)+?(?<=\S)(?P=mark)", re.DOTALL)
LINE = re.compile(r"[^\n]+")
ITEM = re.compile(r"\s*(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?=\S)")


@dataclass(frozen=True)
class _Unit:
    """A paragraph, or an item of a list: from where to where, and where its words begin behind the mark."""

    start: int
    end: int
    words: int

    @property
    def is_item(self) -> bool:
        return self.words > self.start


def sentence_with(text: str, name: str) -> str | None:
    """The first sentence in which the placeholder stands, as it was typed; None where it stands nowhere."""
    found = _find(text, name)
    return text[found[1] : found[2]] if found else None


def without(text: str, name: str) -> str:
    """The text without the first sentence in which the placeholder stands, and without what that emptied.

    The text itself where the placeholder stands nowhere.
    """
    found = _find(text, name)
    if found is None:
        return text
    unit, start, end = found
    before, after = text[unit.words : start], text[end : unit.end]
    if before.strip() or after.strip():
        return text[: unit.words] + _joined(before, after) + text[unit.end :]
    return _without_unit(text, unit)


def put_back(text: str, before: str, name: str) -> str:
    """The text with the sentence again that `without(before, name)` took: where it stood, else at the end."""
    if text == without(before, name):
        return before
    sentence = sentence_with(before, name) or ""
    return f"{text.rstrip()}\n\n{sentence}".strip()


def _find(text: str, name: str) -> tuple[_Unit, int, int] | None:
    for unit in _units(text):
        for start, end in _sentences(text, unit):
            if name in names_in(text[start:end]):
                return unit, start, end
    return None


def _units(text: str) -> Iterator[_Unit]:
    """The paragraphs and items of lists, in order. Only a list that counts from 1 breaks a paragraph off."""
    current: _Unit | None = None
    for line in LINE.finditer(text):
        if not line[0].strip():
            continue
        follows = current is not None and text[current.end : line.start()].count("\n") == 1
        item = ITEM.match(line[0])
        number = item["number"] if item else None
        if follows and current and not current.is_item and number not in (None, "1"):
            item = None
        if item is None and follows and current:
            current = _Unit(current.start, line.end(), current.words)
            continue
        if current:
            yield current
        current = _Unit(line.start(), line.end(), line.start() + (item.end() if item else 0))
    if current:
        yield current


def _sentences(text: str, unit: _Unit) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph or item begins and ends, without the space around it."""
    words = text[unit.words : unit.end]
    cuts = [0, *_ends(words), len(words)]
    for start, end in pairwise(cuts):
        piece = words[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield unit.words + start + lead, unit.words + start + len(piece.rstrip())


def _ends(words: str) -> list[int]:
    """Where sentences end, in order; nowhere inside an emphasis, which would lose its other half."""
    plain = TOKEN.sub(lambda token: "X" * len(token[0]), words)
    ends = {found.end() for found in ENDS.finditer(plain) if _is_end(plain, found)}
    ends |= {
        token.end()
        for token in TOKEN.finditer(words)
        if token[1] in WHOLE_SENTENCES and words[token.end() : token.end() + 1].isspace()
    }
    spans = [span.span() for span in EMPHASIS.finditer(plain)]
    return sorted(
        end
        for end in ends
        if not STARTS_SMALL.match(plain, end) and not any(start < end < stop for start, stop in spans)
    )


def _is_end(plain: str, found: re.Match[str]) -> bool:
    """Whether a mark ends a sentence: the period of an abbreviation or of an initial does not."""
    if found["mark"] != ".":
        return True
    word = LAST_WORD.search(plain, 0, found.start())
    if word is None:
        return True
    last = word[0].lower()
    if last in BEFORE_NUMBERS and STARTS_WITH_NUMBER.match(plain, found.end()):
        return False
    return not (len(last) == 1 or SHORT_PARTS.fullmatch(last) or last in ABBREVIATIONS)


def _joined(before: str, after: str) -> str:
    """What stood around a sentence, by the one of the two gaps that breaks the line, if one does."""
    left, right = before.rstrip(), after.lstrip()
    if not left or not right:
        return left + right
    gaps = before[len(left) :], after[: len(after) - len(right)]
    return left + (gaps[0] if "\n" in gaps[0] else gaps[1]) + right


def _without_unit(text: str, unit: _Unit) -> str:
    """The text without an emptied paragraph or item, with the wider of the two gaps around it."""
    left, right = text[: unit.start].rstrip(), text[unit.end :].lstrip("\n")
    if not left or not right.strip():
        return left + right.rstrip()
    gaps = text[len(left) : unit.start], text[unit.end : len(text) - len(right)]
    lines = max(gap.count("\n") for gap in gaps)
    starts_list = unit.is_item and not any(other.is_item for other in _units(left) if other.end == len(left))
    return left + "\n" * (2 if starts_list else min(lines, 2)) + right
