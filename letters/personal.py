"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py)."""

PERSONAL = {
    "TemplateVersion": "blocks",
    "Letter": "reason blocks supplied left_out suggested_by result",
    "LetterNumber": "fixed void_reason",
    "SignedLetter": "pdf values recipient signer",
    "LetterEvent": "reason",
    "Reply": "note",
    "TextReview": "note",
    "LetterApproval": "text note",
    "Batch": "reason note",
    "BatchRow": "result",
    "Picture": "jpeg alt",
}
NOT_PERSONAL = {
    "Letter": "reference",
    "LetterNumber": "reference code",
    "SignedLetter": "reference code sha256",
    "Look": "sheet",
    "Picture": "sha256",
}
