"""What this app's writes raise."""

from letters import refusals
from letters.addressing import gone_words
from letters.approval import Need
from letters.placeholders import Problem
from partners.models import Contact


class ReasonMissing(Exception):
    """The partnership's stage, or a letter that does not fit it, asks for a recorded reason."""


class NotThisState(Exception):
    """The letter is not where this act starts: it was handed in, signed or discarded before."""


class NoSuchSentence(Exception):
    """The sentence that was to go, or to come back, is not there, or is not one that may go."""


class NothingToTakeBack(Exception):
    """There is nothing of that kind to take back: it was before, or something has changed since."""


class LinkEnded(Exception):
    """There is no such link, or it ran out, or its contact has left, or its letter was withdrawn."""


class NotTheSigner(Exception):
    """Only a principal of the letter's school signs, or a deputy of theirs."""


class NotLookedAt(Exception):
    """A letter is signed together with others only by somebody who has read it."""


class ContactGone(Exception):
    """The person to whom the letter goes has left, or was erased: somebody chooses another one first."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(f"Contact {contact.pk} has left.")
        self.contact = contact

    @property
    def words(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        return gone_words(self.contact)


class LetterIncomplete(Exception):
    """Something must be filled in before the letter can be handed in or signed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.words for problem in problems))
        self.problems = problems


class LetterTooLong(Exception):
    """The letter does not fit on one page, even in the smaller type; `pages` is how many it takes.

    Two are possible where somebody says so (`two_pages`), more are not.
    """

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages


class CannotPrint(Exception):
    """The press refused the letter; its words are the reason as records keep it (see letters/refusals.py)."""

    def __init__(self, kept: str) -> None:
        super().__init__(kept)
        self.kept = kept

    @property
    def why(self) -> str:
        """The reason as a sentence in the reader's language."""
        return refusals.sentence(self.kept)


class SignatureWaits(Exception):
    """The signature is kept under its number, and the press does not answer: the sweep prints it soon."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class NeedsApproval(Exception):
    """District staff must approve the letter before anybody signs it; `need` says why."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.value)
        self.need = need


class NothingToSign(Exception):
    """No letter of the batch can be written as things stand, or nobody signs for the school."""


class ListChanged(Exception):
    """The batch has another number of letters than the page said."""
