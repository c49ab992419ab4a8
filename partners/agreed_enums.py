"""The lists of agreements, papers and what each way of working needs; labels are the words of the pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """What two parties agree by. An invitation or a letter of thanks is none of these."""

    MOU = "mou", _("Memorandum of understanding (MOU)")
    MOA = "moa", _("Memorandum of agreement (MOA)")
    SERVICES = "services", _("Services contract")
    FACILITY_USE = "facility_use", _("Facility use")
    DATA_SHARING = "data_sharing", _("Data-sharing agreement")
    COMMITMENT = "commitment", _("Letter of commitment")


class AgreementStatus(models.TextChoices):
    """How far an agreement is. The first five are what people set; the last two follow from its dates."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    OUT_FOR_SIGNATURE = "out_for_signature", _("Out for signature")
    IN_FORCE = "in_force", _("In force")
    TERMINATED = "terminated", _("Ended early")
    EXPIRING = "expiring", _("Ends soon")
    EXPIRED = "expired", _("Expired")


STORED_STATUSES = (
    AgreementStatus.DRAFT,
    AgreementStatus.IN_REVIEW,
    AgreementStatus.OUT_FOR_SIGNATURE,
    AgreementStatus.IN_FORCE,
    AgreementStatus.TERMINATED,
)
ENDS_SOON = 90  # days: from then on an agreement or a paper is said to end soon


class Clause(models.TextChoices):
    """What an agreement should settle.

    Source: the MOU checklist of the Colorado Education Initiative.
    """

    SCOPE = "scope", _("Scope")
    ACTIVITIES = "activities", _("Activities")
    MEASURES = "measures", _("Success measures")
    CONTACTS = "contacts", _("Contacts")
    COST = "cost", _("Cost")
    STAFF = "staff", _("Staff and materials")
    CONTINGENCIES = "contingencies", _("Contingencies")
    COMMUNICATION = "communication", _("Communication")
    STUDENT_INFORMATION = "student_information", _("Student information and confidentiality")
    PARENT_PERMISSION = "parent_permission", _("Parent permission")
    DISPUTES = "disputes", _("Dispute resolution")
    TRANSPORT = "transport", _("Transport")
    LIABILITY = "liability", _("Liability")
    SPACE = "space", _("Space")


class ClauseState(models.TextChoices):
    """How far one clause is."""

    OPEN = "open", _("Not yet addressed")
    DISCUSSED = "discussed", _("Under discussion")
    FINAL = "final", _("Final")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class PaperKind(models.TextChoices):
    """Papers of an organization. Never a person's background record."""

    INSURANCE = "insurance", _("Certificate of insurance")
    ADDITIONAL_INSURED = "additional_insured", _("Additional-insured endorsement")
    CLEARANCE_LETTER = "clearance_letter", _("Clearance letter")
    W9 = "w9", _("W-9")
    NONPROFIT_LETTER = "nonprofit_letter", _("Nonprofit letter")
    OTHER = "other", _("Other paper")


class PaperState(models.TextChoices):
    """What became of a paper that a partner offered, or that we entered ourselves."""

    OFFERED = "offered", _("Waiting for us")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Sent back")


AGREEMENT = "agreement"
WAIVABLE = [(AGREEMENT, _("Agreement")), *PaperKind.choices]


class RosterAnswerKind(models.TextChoices):
    """What a principal says of a partner each September."""

    STILL_HERE = "still_here", _("Still here")
    GONE = "gone", _("Gone")


class LinkRight(models.TextChoices):
    """The one thing that a personal link of a partner's contact is for."""

    LISTING = "listing", _("Check the listing")
    PAPERS = "papers", _("Renew papers")
    YEAR = "year", _("Tell about the year")


class ProposalState(models.TextChoices):
    """What became of one change that a partner proposed."""

    WAITING = "waiting", _("Waiting for us")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not taken over")


class RecordKind(models.TextChoices):
    """The records of a partner that a proposal or a history line can be about."""

    PARTNER = "partner", _("Partner")
    SITE = "site", _("Place")
    SERVICE = "service", _("Service")
    CONTACT = "contact", _("Contact person")


class GoingOn(models.TextChoices):
    """Whether a partner goes on next year."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure yet")


_INSURED = (PaperKind.INSURANCE, PaperKind.ADDITIONAL_INSURED)
_WORKING = (AgreementKind.MOU, AgreementKind.MOA, AgreementKind.SERVICES)

SUBCONTRACTOR = "subcontractor"
"""The code of the profile for which a lead agency's agreement and insurance count (partners/clearance.py)."""
OF_THE_LEAD = _INSURED
"""The papers of a lead agency that count for whom it works with."""
# Code, name, kinds of agreement of which it needs one (empty: none), papers that it needs all of. A district
# edits them. Source: the partnership offices of Oakland, Baltimore, Minneapolis, Seattle and Renton.
DEFAULT_PROFILES = (
    ("unsupervised", _("On site, unsupervised"), _WORKING, (*_INSURED, PaperKind.CLEARANCE_LETTER)),
    ("supervised", _("On site, supervised"), (*_WORKING, AgreementKind.COMMITMENT), _INSURED),
    ("off_site", _("Off site"), _WORKING, (PaperKind.INSURANCE,)),
    ("one_visit", _("One visit"), (), ()),
    (
        SUBCONTRACTOR,
        _("Subcontractor of a lead agency"),
        _WORKING,
        (PaperKind.INSURANCE, PaperKind.CLEARANCE_LETTER),
    ),
)
