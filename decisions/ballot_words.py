"""One seat's ballot in words, and the square beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from decisions.ballots import Ballot, OneOption, Words
from decisions.methods import METHODS
from decisions.rule import Answer, Method
from decisions.tallied import level_code
from decisions.words import ANSWER_WORDS, FINGER_WORDS, GRADIENT_WORDS

LEVEL_WORDS = {Method.GRADIENTS: GRADIENT_WORDS, Method.FIST: FINGER_WORDS}


def code_and_words(ballot: Ballot, method: str, options: Sequence[str]) -> tuple[str, str]:
    """The code of the square, as partials/marks/square.html names them, and the words.

    `method`: of the decision; words mean the same in each of them. `options`: their texts, in order.
    """
    if isinstance(ballot, Answer):
        return ballot.value, str(ANSWER_WORDS[ballot])
    key = Method(method)
    named_ones = named(options)
    if isinstance(ballot, int):
        if key in LEVEL_WORDS:
            return level_code(key, ballot), str(LEVEL_WORDS[key][ballot])
        return "yes", named_ones[ballot]
    if key is Method.RUNOFF:
        return "yes", _(", then ").join(named_ones[option] for option in ballot)
    shown = [(text, n) for text, n in zip(named_ones, ballot, strict=True) if n or key is Method.SCORE]
    return "yes", "; ".join(f"{text}: {n}" for text, n in shown)


def named(options: Sequence[str]) -> list[str]:
    """Each option with its number, from 1: "2. On Tuesdays"."""
    return [f"{n}. {text}" for n, text in enumerate(options, start=1)]


def worded(shape: Words) -> list[tuple[str, str]]:
    """The words that a shape offers, as a form has them."""
    return [(answer.value, str(ANSWER_WORDS[answer])) for answer in shape.answers]


def choices(method: Method, options: Sequence[str]) -> list[tuple[str, str]]:
    """What a seat may choose from, as a form has it: each value and its words. Empty where a method asks for
    something of each option."""
    shape = METHODS[method].shape
    if isinstance(shape, Words):
        return worded(shape)
    if method in LEVEL_WORDS:
        return [(str(level), str(words)) for level, words in LEVEL_WORDS[method].items()]
    if isinstance(shape, OneOption):
        abstains = (Answer.ABSTAIN.value, str(ANSWER_WORDS[Answer.ABSTAIN]))
        return [*((str(option), text) for option, text in enumerate(named(options))), abstains]
    return []


def chosen(value: str) -> Ballot:
    """The ballot of a choice."""
    return int(value) if value.isdigit() else Answer(value)
