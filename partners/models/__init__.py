"""The tables of this floor (docs/data-model.md, "partners")."""

from .directory import Contact, Need, Partner, SchoolFigure, Service, ServiceNeed, ServiceSchool, Site
from .imports import ExternalId, ImportBatch, ImportRow
from .partnerships import Interaction, Partnership, StageChange

__all__ = [
    "Contact",
    "ExternalId",
    "ImportBatch",
    "ImportRow",
    "Interaction",
    "Need",
    "Partner",
    "Partnership",
    "SchoolFigure",
    "Service",
    "ServiceNeed",
    "ServiceSchool",
    "Site",
    "StageChange",
]
