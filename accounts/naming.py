"""What a school is called in addresses and letter numbers: made from its name, unlike any other's."""

import itertools
from collections.abc import Collection, Iterator

from django.utils.text import slugify

SLUG_LONGEST, CODE_LONGEST = 50, 5


def slug_of(name: str) -> str:
    """A school's short name in addresses, "quillback-middle-school"."""
    return slugify(name)[:SLUG_LONGEST].rstrip("-")


def code_of(name: str) -> str:
    """The letters that open its letters' numbers: the first of each word, "QMS"."""
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper()[:CODE_LONGEST]


def free_slug(name: str, taken: Collection[str]) -> str:
    """`slug_of` or, where others have it, the same with a number: "quillback-2"."""
    return _first_free(slug_of(name) or "school", taken, SLUG_LONGEST, "-")


def free_code(name: str, taken: Collection[str]) -> str:
    """`code_of` or, where others have it, the same with a number: "QMS2"."""
    return _first_free(code_of(name) or "S", taken, CODE_LONGEST, "")


def _first_free(word: str, taken: Collection[str], longest: int, glue: str) -> str:
    return next(one for one in _numbered(word, longest, glue) if one not in taken)


def _numbered(word: str, longest: int, glue: str) -> Iterator[str]:
    yield word
    for number in itertools.count(2):
        end = f"{glue}{number}"
        yield word[: longest - len(end)] + end
