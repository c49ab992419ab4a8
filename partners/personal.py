"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py).

And from which of them a person is struck who asks to be erased.
"""

from collections.abc import Iterator

PERSONAL = {
    "Agreement": "title signed_by_name signed_by_title authorized_as"
    " district_signed_by_name district_signed_by_title district_authorized_as",
    "AgreementClause": "note",
    "AgreementEvent": "title signed_by_name signed_by_title authorized_as"
    " district_signed_by_name district_signed_by_title district_authorized_as",
    "Approval": "because",
    "DataSharing": "data purpose legal_basis receivers protection destroyed_when",
    "Merge": "fields",
    "NeedRating": "source",
    "OverlapSettlement": "text",
    "Paper": "note declined_because",
    "PaperEvent": "note declined_because",
    "Partner": "aliases tags description assured_by extra lexemes",
    "PartnerEvent": "aliases tags description",
    "Proposal": "was now",
    "SavedView": "name query",
    "SearchWord": "word",
    "Waiver": "because",
    "YearReport": "in_kind_method result declined_because",
    "Site": "name street street2 phone extra",
    "SiteEvent": "name street street2 phone",
    "Service": "name description extra",
    "ServiceEvent": "name description",
    "Contact": "name salutation role email phone extra",
    "SchoolFigure": "sentence sentence_es source",
    "StageChange": "because",
    "Interaction": "note",
    "ImportBatch": "kept options",
    "ImportMapping": "mapping",
    "ImportRow": "file_name problem raw changes before",
    "ExternalId": "last_values",
}
NOT_PERSONAL = {
    "AgreementEvent": "pgh_label pgh_context",
    "ContactEvent": "pgh_label pgh_context",
    "PaperEvent": "pgh_label pgh_context",
    "PartnerEvent": "pgh_label pgh_context name sectors website ein",
    "PartnershipEvent": "pgh_label pgh_context",
    "ServiceEvent": "pgh_label pgh_context tiers grades languages",
    "SiteEvent": "pgh_label pgh_context city state postal_code",
    "Need": "code label label_es",
    "Merge": "kept",
    "Nonprofit": "ein name sort_name street city state postal_code ntee subsection ruling",
    "Partner": "name sectors website domain ein sort_name",
    "PartnerLink": "paper_kinds",
    "Proposal": "field",
    "RequirementProfile": "code name name_es agreement_kinds paper_kinds",
    "SchoolAlias": "alias",
    "Site": "city state postal_code",
    "Service": "tiers grades languages",
    "ImportBatch": "source kind figures",
    "ImportMapping": "header_hash",
    "ImportRow": "entity",
    "YearReport": "source",
    "ExternalId": "source entity external_id",
}

PARTNER_OF = {
    "Interaction": "partner",
    "Paper": "partner",
    "PaperEvent": "partner",
    "Partner": "pk",
    "PartnerEvent": "pgh_obj",
    "Site": "partner",
    "SiteEvent": "partner",
    "Service": "partner",
    "ServiceEvent": "partner",
    "Contact": "partner",
    "StageChange": "partnership__partner",
    "Approval": "partnership__partner",
    "Waiver": "partnership__partner",
    "YearReport": "partner",
    "Merge": "winner",
}
"""How tables lead to the partner that they are about: who is erased there is struck from their texts."""
NOT_STRUCK = {
    # As signed, agreed and decided.
    "Agreement": PERSONAL["Agreement"],
    "AgreementClause": PERSONAL["AgreementClause"],
    "AgreementEvent": PERSONAL["AgreementEvent"],
    "DataSharing": PERSONAL["DataSharing"],
    "OverlapSettlement": PERSONAL["OverlapSettlement"],
    # About schools, and what members keep for themselves.
    "NeedRating": PERSONAL["NeedRating"],
    "SchoolFigure": PERSONAL["SchoolFigure"],
    "SavedView": PERSONAL["SavedView"],
    "ImportMapping": PERSONAL["ImportMapping"],
    # An organization's own names and numbers, and those of others who are there.
    "Partner": "aliases",
    "PartnerEvent": "aliases",
    "Site": "phone",
    "SiteEvent": "phone",
    "Contact": "name salutation email phone",
}
"""What stays when a person is erased."""
BY_ERASING = {
    "Partner": "assured_by lexemes",
    "SearchWord": "word",
    "Proposal": "was now",
    "ImportBatch": "kept options",
    "ImportRow": "file_name problem raw changes before",
    "ExternalId": "last_values",
}
"""What erasing sees to by other means (services/erasing.py, services/striking.py)."""


def struck_fields() -> Iterator[tuple[str, str, list[str]]]:
    """Table by table, how it leads to its partner and which of its texts a person is struck from.

    Records come before the history that tells of them.
    """
    for label in sorted(PARTNER_OF, key=lambda label: (label.endswith("Event"), label)):
        others = f"{NOT_STRUCK.get(label, '')} {BY_ERASING.get(label, '')}".split()
        yield label, PARTNER_OF[label], [name for name in PERSONAL[label].split() if name not in others]
