"""What goes into the press and what comes out of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a document was not made."""

    DEADLINE = "deadline"
    MEMORY = "memory"
    MISSING_ASSET = "missing asset"
    FORBIDDEN = "forbidden"
    NOT_ACCESSIBLE = "not accessible"
    UNKNOWN_CHARACTER = "unknown character"
    TOO_LARGE = "too large"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Document:
    """One document to be made.

    ``html`` is the content of ``<body>``; ``title`` and ``lang`` (BCP 47) go into the head. An image is named
    as ``<img src="asset:NAME">`` and its bytes, JPEG or PNG, stand in ``assets`` under NAME. ``stylesheet``
    is one of the press's own; ``brand`` is the color ``#rrggbb`` of the letterhead. ``pages`` is how many it
    is meant to take: where it takes more, it is set once more in the smaller size.
    """

    html: str
    title: str
    lang: str
    stylesheet: str = "letter"
    brand: str = "#163d3b"
    assets: Mapping[str, bytes] = field(default_factory=dict)
    pages: int = 1


@dataclass(frozen=True)
class Pdf:
    """A document that was made: its bytes, and how many pages they are."""

    content: bytes = field(repr=False)
    pages: int

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Refusal:
    """A document that was not made: the kind of reason, and one English sentence that says it in plain words.

    ``about`` is what in the document it is about, where the kind alone does not say that: the characters that
    the fonts lack. With it, an app says the same in another language.
    """

    reason: Reason
    words: str
    about: str = ""

    def __str__(self) -> str:
        return self.words


class Refused(Exception):
    """Raised inside the press where a document cannot be made; becomes a Refusal on its way out."""

    def __init__(self, reason: Reason, words: str, about: str = "") -> None:
        super().__init__(words)
        self.refusal = Refusal(reason, words, about)


class PressUnavailable(Exception):
    """Nobody answers at the press's socket; says what to do.

    ``answers`` came before that, to the first of the documents in their order: the rest were not made.
    """

    answers: Sequence[Pdf | Refusal] = ()
