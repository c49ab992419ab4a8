"""The tables of this floor (docs/data-model.md, "partners")."""

from .agreements import Agreement, AgreementClause, AgreementFile, AgreementSchool, DataSharing
from .clearance import Approval, RosterAnswer, Waiver
from .coverage import NeedRating, OverlapSettlement
from .directory import Contact, Need, Partner, SchoolFigure, Service, ServiceNeed, ServiceSchool, Site
from .finding import SavedView, SearchWord
from .history import (
    AgreementEvent,
    ContactEvent,
    PaperEvent,
    PartnerEvent,
    PartnershipEvent,
    ServiceEvent,
    SiteEvent,
)
from .imports import ExternalId, ImportBatch, ImportMapping, ImportRow, SchoolAlias
from .links import PartnerLink, Proposal
from .merging import Merge, NotSame
from .nonprofits import Nonprofit
from .papers import Paper, RequirementProfile
from .partnerships import Interaction, Partnership, StageChange
from .reports import YearReport

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementEvent",
    "AgreementFile",
    "AgreementSchool",
    "Approval",
    "Contact",
    "ContactEvent",
    "DataSharing",
    "ExternalId",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Interaction",
    "Merge",
    "Need",
    "NeedRating",
    "Nonprofit",
    "NotSame",
    "OverlapSettlement",
    "Paper",
    "PaperEvent",
    "Partner",
    "PartnerEvent",
    "PartnerLink",
    "Partnership",
    "PartnershipEvent",
    "Proposal",
    "RequirementProfile",
    "RosterAnswer",
    "SavedView",
    "SchoolAlias",
    "SchoolFigure",
    "SearchWord",
    "Service",
    "ServiceEvent",
    "ServiceNeed",
    "ServiceSchool",
    "Site",
    "SiteEvent",
    "StageChange",
    "Waiver",
    "YearReport",
]
