"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py).

The body of an event holds digests in the place of what is personal; its texts stand in Sealed.
"""

PERSONAL = {
    "Group": "name",
    "Seat": "people_label",
    "SeatHolder": "name reach",
    "Decision": "question meaning search_text method_reason sentence rationale dissent",
    "DecisionSeat": "label",
    "Round": "text options",
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
