"""A letter in two languages: what belongs to the second one stands among the first's, by its address.

An address in the second language is headed by it: "es.opening" is the Spanish opening, "es.letter.result" a
value of the Spanish part. Plain data in, plain data out; "" is the first language.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from .enums import Block, Language, language_word


def address(language: str, name: str) -> str:
    """Where a block or value of a language stands."""
    return f"{language}.{name}" if language else name


def split(where: str) -> tuple[str, str]:
    """The language that heads an address, "" for the first, and the name in it."""
    language, _dot, name = where.partition(".")
    return (language, name) if name and language in Language.values else ("", where)


def values_in(language: str, values: Mapping[str, str]) -> dict[str, str]:
    """What stands in one language, by its name there."""
    parts = ((*split(where), value) for where, value in values.items())
    return {name: value for of, name, value in parts if of == language}


def addressed(language: str, values: Mapping[str, str]) -> dict[str, str]:
    """What is by name in a language, by its address."""
    return {address(language, name): value for name, value in values.items()}


def blocks_in(language: str, blocks: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The blocks of one language, by their names there."""
    parts = ((*split(block["name"]), block["text"]) for block in blocks)
    return [{"name": name, "text": text} for of, name, text in parts if of == language]


def as_second(language: str, blocks: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """A text's blocks as those of a second language."""
    return [{"name": address(language, block["name"]), "text": block["text"]} for block in blocks]


def changed_alone(
    blocks: Iterable[Mapping[str, str]], texts: Mapping[str, str], language: str
) -> dict[str, str]:
    """The blocks that differ from their template in one of a letter's languages and not in the other: by
    name, in which. `texts` are the template's by address, `language` is the second."""
    typed = {block["name"]: block["text"] for block in blocks}
    changed = {where for where, text in typed.items() if text != texts.get(where, text)}
    found = {}
    for name in (name for of, name in map(split, typed) if not of):
        first, second = name in changed, address(language, name) in changed
        if first != second:
            found[name] = "" if first else language
    return found


def block_words(where: str) -> str:
    """A block in words, by its address."""
    language, name = split(where)
    return in_language(str(Block(name).label), language)


def in_language(words: str, language: str) -> str:
    """Words for something of one language, which is named behind them; of the first, as they are."""
    if not language:
        return words
    return _("%(block)s, %(language)s") % {"block": words, "language": language_word(language)}
