"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py).

The body of an event holds digests in the place of what is personal; its texts stand in Sealed.
"""

PERSONAL = {
    "Group": "name",
    "Seat": "people_label",
    "SeatHolder": "name reach",
    "AnswerLink": "name email",
    "Decision": "question meaning question_es meaning_es search_text method_reason"
    " sentence rationale dissent",
    "DecisionSeat": "label",
    "Meeting": "place link interpreter notes agenda minutes",
    "Round": "text text_es options options_es",
    "Sealed": "person salt",
}
NOT_PERSONAL = {
    "CharterRule": "params",
    "Decision": "figures",
    "Position": "answer",
    "Event": "body prev hash",
    "ChainHead": "hash",
    "Sealed": "digest",
}
