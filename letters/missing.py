"""What a letter lacks, as its page shows it first: where each value belongs, and what goes without it."""

from dataclasses import dataclass

from accounts.models import Membership

from .enums import Block
from .models import Letter
from .placeholders import INDISPENSABLE, TOKEN, in_words, may_be_supplied
from .reading import Remedy, remedy
from .second import block_words, split, values_in
from .sentences import sentence_with
from .sheet import Sheet


@dataclass(frozen=True)
class Place:
    """A block in which a missing value stands, its name there, and the sentence that may be left out, if one
    may."""

    block: str
    name: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Missing:
    """A placeholder without a value: its name, in words, where it is filled in, and where it stands."""

    name: str
    label: str
    remedy: Remedy
    may_be_supplied: bool
    places: list[Place]


@dataclass(frozen=True)
class LeftOut:
    """A sentence that was left out, as it would read; `n` is its place among them."""

    n: int
    label: str
    sentence: str


def missing_of(letter: Letter, sheet: Sheet, by: Membership) -> list[Missing]:
    """One for each placeholder of ours that has no value, in the order in which the letter reads them."""
    places: dict[str, list[Place]] = {}
    texts = {block["name"]: block["text"] for block in sheet.blocks}
    for problem in sheet.problems:
        if problem.known:
            place = _place(problem.name, problem.block, texts.get(problem.block, ""), sheet)
            places.setdefault(problem.name, []).append(place)
    return [
        Missing(
            name=name,
            label=in_words(name),
            remedy=remedy(letter, name, by),
            may_be_supplied=may_be_supplied(name),
            places=found,
        )
        for name, found in places.items()
    ]


def left_out_of(letter: Letter, sheet: Sheet) -> list[LeftOut]:
    """The sentences that were left out of a letter, the latest first."""
    rows = [
        LeftOut(
            n=n,
            label=block_words(kept["block"]),
            sentence=as_read(sentence_with(kept["before"], kept["name"]) or "", sheet, kept["block"]),
        )
        for n, kept in enumerate(letter.left_out)
    ]
    return rows[::-1]


def as_read(text: str, sheet: Sheet, block: str) -> str:
    """A part of a block's text in plain words: values in it, and each gap named in brackets."""
    values = values_in(split(block)[0], sheet.values)
    filled = TOKEN.sub(lambda token: values.get(token[1]) or f"[{in_words(token[1])}]", text)
    return filled.replace("*", "")


def _place(where: str, block: str, text: str, sheet: Sheet) -> Place:
    name = split(where)[1]
    may_go = split(block)[1] != Block.SUBJECT and name not in INDISPENSABLE
    sentence = sentence_with(text, name) if may_go else None
    return Place(
        block=block,
        name=name,
        label=block_words(block),
        sentence=as_read(sentence or "", sheet, block),
    )
