"""Grades as people write them ("K-5, 7", "Pre-K to 3"), as the school years that they name."""

import re

PRE_K, KINDERGARTEN, LAST = -1, 0, 12
ALL_GRADES = frozenset(range(PRE_K, LAST + 1))

_NAMED = {"pk": PRE_K, "prek": PRE_K, "tk": KINDERGARTEN, "k": KINDERGARTEN, "kinder": KINDERGARTEN}
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_PRE_K = re.compile(r"\bpre[\s-]*k(?:indergarten)?\b|\bpre[\s-]*kinder\b")
_WORDS = re.compile(r"\bkindergarten\b|\bkinder\b")
_SPAN = re.compile(r"\b(prek|pk|tk|k|1[0-2]|[1-9])\b(?:\s*(?:-|–|to|through|a|al)\s*\b(k|1[0-2]|[1-9])\b)?")


def grades_in(text: str) -> frozenset[int]:
    """The grades that a text names: -1 for the year before kindergarten, 0 for kindergarten, 1 to 12.

    A text that names none that we know, also an empty one, stands for all of them: who does not say for whom
    a service is means it for everybody.
    """
    plain = _WORDS.sub("k", _PRE_K.sub("prek", _ORDINAL.sub("", text.lower())))
    named: set[int] = set()
    for first, last in _SPAN.findall(plain):
        begin = _year(first)
        named.update(range(begin, (_year(last) if last else begin) + 1))
    return frozenset(named) or ALL_GRADES


def grades_as_text(grades: frozenset[int]) -> str:
    """Grades in order, with neighbors as a span, "Pre-K–2, 7"; "" for all of them."""
    if grades >= ALL_GRADES:
        return ""
    spans: list[list[int]] = []
    for grade in sorted(grades):
        if spans and spans[-1][1] == grade - 1:
            spans[-1][1] = grade
        else:
            spans.append([grade, grade])
    named = [[_name(first), _name(last)] if first < last else [_name(first)] for first, last in spans]
    return ", ".join("–".join(names) for names in named)


def _year(word: str) -> int:
    return _NAMED[word] if word in _NAMED else int(word)


def _name(grade: int) -> str:
    return {PRE_K: "Pre-K", KINDERGARTEN: "K"}.get(grade, str(grade))
