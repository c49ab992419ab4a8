"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py)."""

PERSONAL = {
    "Partner": "aliases tags description assured_by extra lexemes",
    "Site": "name street street2 phone extra",
    "Service": "name description extra",
    "Contact": "name salutation role email phone extra",
    "SchoolFigure": "sentence sentence_es source",
    "StageChange": "because",
    "Interaction": "note",
    "ImportBatch": "kept",
    "ImportRow": "file_name problem raw",
    "ExternalId": "last_values",
}
NOT_PERSONAL = {
    "Need": "code label label_es",
    "Partner": "name sectors website ein sort_name",
    "Site": "city state postal_code",
    "Service": "tiers grades languages",
    "ImportBatch": "source kind figures",
    "ImportRow": "entity",
    "ExternalId": "source entity external_id",
}
