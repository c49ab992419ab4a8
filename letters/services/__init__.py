"""This app's writes: keyword-only, atomic, by somebody, raising named errors."""

from .afterwards import record_reply, want_mail, withdraw_letter
from .errors import (
    CannotPrint,
    LetterIncomplete,
    LetterTooLong,
    NoSuchSentence,
    NotTheSigner,
    NotThisState,
    ReasonMissing,
    SignatureWaits,
)
from .missing import leave_out, put_back
from .signing import finish_number, sign_letter, unfinished_numbers
from .writing import (
    discard_letter,
    edit_draft,
    hand_in,
    made_already,
    prepare_letter,
    propose_letter,
    send_back,
)

__all__ = [
    "CannotPrint",
    "LetterIncomplete",
    "LetterTooLong",
    "NoSuchSentence",
    "NotTheSigner",
    "NotThisState",
    "ReasonMissing",
    "SignatureWaits",
    "discard_letter",
    "edit_draft",
    "finish_number",
    "hand_in",
    "leave_out",
    "made_already",
    "prepare_letter",
    "propose_letter",
    "put_back",
    "record_reply",
    "send_back",
    "sign_letter",
    "unfinished_numbers",
    "want_mail",
    "withdraw_letter",
]
