"""This app's writes: keyword-only, atomic, by somebody, raising named errors."""

from .afterwards import withdraw_letter, write_anew
from .answers import answer_by_link, open_reply_link, record_reply, take_reply_back
from .approving import approve_letter, ask_approval
from .batch_checks import check_batch
from .batch_signing import run_batch, sign_batch
from .batches import RowChoice, cancel_batch, hand_in_batch, mend_batch, send_back_batch, start_batch
from .errors import (
    CannotPrint,
    ContactGone,
    LetterIncomplete,
    LetterTooLong,
    LinkEnded,
    ListChanged,
    NeedsApproval,
    NoSuchSentence,
    NothingToSign,
    NothingToTakeBack,
    NotLookedAt,
    NotTheSigner,
    NotThisState,
    ReasonMissing,
    SignatureWaits,
)
from .going_out import (
    make_links,
    note_batch_posted,
    note_mailed,
    note_posted,
    take_batch_posting_back,
    take_posting_back,
    want_mail,
)
from .missing import leave_out, put_back
from .pictures import put_logo, put_signature, take_logo_away, take_signature_away
from .several import look_at, sign_several
from .signing import finish_number, sign_letter, unfinished_numbers
from .stages import take_stage_back
from .texts import make_own_text, review_text, save_text, set_text_rule, use_districts_text
from .writing import (
    address_to,
    count_pages,
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
    "LinkEnded",
    "ListChanged",
    "NeedsApproval",
    "NoSuchSentence",
    "NotLookedAt",
    "NotTheSigner",
    "NotThisState",
    "NothingToSign",
    "NothingToTakeBack",
    "ReasonMissing",
    "RowChoice",
    "SignatureWaits",
    "address_to",
    "answer_by_link",
    "approve_letter",
    "ask_approval",
    "cancel_batch",
    "check_batch",
    "count_pages",
    "discard_letter",
    "edit_draft",
    "finish_number",
    "hand_in",
    "hand_in_batch",
    "leave_out",
    "look_at",
    "made_already",
    "make_links",
    "make_own_text",
    "mend_batch",
    "note_batch_posted",
    "note_mailed",
    "note_posted",
    "open_reply_link",
    "prepare_letter",
    "propose_letter",
    "put_back",
    "put_logo",
    "put_signature",
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
    "take_batch_posting_back",
    "take_logo_away",
    "take_posting_back",
    "take_reply_back",
    "take_signature_away",
    "take_stage_back",
    "unfinished_numbers",
    "use_districts_text",
    "want_mail",
    "withdraw_letter",
    "write_anew",
]
