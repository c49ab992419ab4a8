"""This app's writes: keyword-only, atomic, by somebody, raising named errors."""

from .afterwards import record_reply, want_mail, withdraw_letter
from .approving import approve_letter, ask_approval
from .errors import (
    CannotPrint,
    ContactGone,
    LetterIncomplete,
    LetterTooLong,
    NeedsApproval,
    NoSuchSentence,
    NotLookedAt,
    NotTheSigner,
    NotThisState,
    ReasonMissing,
    SignatureWaits,
)
from .missing import leave_out, put_back
from .several import look_at, sign_several
from .signing import finish_number, sign_letter, unfinished_numbers
from .texts import make_own_text, review_text, save_text, set_text_rule, use_districts_text
from .writing import (
    address_to,
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
    "ContactGone",
    "LetterIncomplete",
    "LetterTooLong",
    "NeedsApproval",
    "NoSuchSentence",
    "NotLookedAt",
    "NotTheSigner",
    "NotThisState",
    "ReasonMissing",
    "SignatureWaits",
    "address_to",
    "approve_letter",
    "ask_approval",
    "discard_letter",
    "edit_draft",
    "finish_number",
    "hand_in",
    "leave_out",
    "look_at",
    "made_already",
    "make_own_text",
    "prepare_letter",
    "propose_letter",
    "put_back",
    "record_reply",
    "review_text",
    "save_text",
    "send_back",
    "set_text_rule",
    "sign_letter",
    "sign_several",
    "unfinished_numbers",
    "use_districts_text",
    "want_mail",
    "withdraw_letter",
]
