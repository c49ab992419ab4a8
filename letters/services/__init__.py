"""This app's writes: keyword-only, atomic, by somebody, raising named errors."""

from .afterwards import record_reply, want_mail, withdraw_letter
from .approving import approve_letter, ask_approval
from .batch_checks import check_batch
from .batch_signing import run_batch, sign_batch
from .batches import RowChoice, cancel_batch, hand_in_batch, mend_batch, send_back_batch, start_batch
from .errors import (
    CannotPrint,
    ContactGone,
    LetterIncomplete,
    LetterTooLong,
    ListChanged,
    NeedsApproval,
    NoSuchSentence,
    NothingToSign,
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
    "ListChanged",
    "NeedsApproval",
    "NoSuchSentence",
    "NotLookedAt",
    "NotTheSigner",
    "NotThisState",
    "NothingToSign",
    "ReasonMissing",
    "RowChoice",
    "SignatureWaits",
    "address_to",
    "approve_letter",
    "ask_approval",
    "cancel_batch",
    "check_batch",
    "discard_letter",
    "edit_draft",
    "finish_number",
    "hand_in",
    "hand_in_batch",
    "leave_out",
    "look_at",
    "made_already",
    "make_own_text",
    "mend_batch",
    "prepare_letter",
    "propose_letter",
    "put_back",
    "record_reply",
    "review_text",
    "run_batch",
    "save_text",
    "send_back",
    "send_back_batch",
    "set_text_rule",
    "sign_batch",
    "sign_letter",
    "sign_several",
    "start_batch",
    "unfinished_numbers",
    "use_districts_text",
    "want_mail",
    "withdraw_letter",
]
