"""Puts agreements, papers and the principals' word into the demo: cleared, ending, ended, waived."""

import datetime

from accounts import clock
from partners.agreed_enums import AgreementKind, AgreementStatus, PaperKind
from partners.models import Partner, Partnership, RequirementProfile
from partners.services.agreements import add_agreement
from partners.services.clearance import choose_profile, say_yes, waive
from partners.services.papers import add_paper, offer_paper

from .cast import Cast

WORKING_HERE = {
    # partner: (how it works at Quillback, days until its insurance ends, whether the principal said yes)
    "Tamarack Youth Counseling": ("unsupervised", 214, True),
    "Harbor Steps Mentoring": ("unsupervised", 9, True),
    "Big Oak Mentors": ("supervised", -14, True),
    "Open Cupboard Pantry": ("off_site", 120, True),
    "Seventh Grade Buddies": ("supervised", 200, False),
    "Larkmoor Police Department": ("one_visit", None, True),
}
INSURED = (PaperKind.INSURANCE, PaperKind.ADDITIONAL_INSURED)
PAPERS_OF = {"Harbor Steps Mentoring": (*INSURED, PaperKind.CLEARANCE_LETTER)}


def add_papers(cast: Cast) -> None:
    """What each partner at Quillback has in hand, and what waits for us."""
    today = clock.today(cast.district)
    profiles = {profile.code: profile for profile in RequirementProfile.objects.all()}
    principal = cast.people["Dr. Rosalind Oyelaran"]
    for name, (profile, left, is_welcome) in WORKING_HERE.items():
        partner = Partner.objects.get(name=name)
        partnership = Partnership.objects.get(partner=partner, school=cast.schools["quillback"])
        choose_profile(
            partnership=partnership,
            version=partnership.version,
            profile=profiles[profile],
            by=cast.people["Imogen Tasker"],
        )
        if is_welcome:
            say_yes(partnership=partnership, by=principal)
        if left is not None:
            _hold(cast, partner, today + datetime.timedelta(days=left))
    waived = Partnership.objects.get(
        partner__name="Tamarack Youth Counseling", school=cast.schools["quillback"]
    )
    waive(
        partnership=waived,
        waives=PaperKind.CLEARANCE_LETTER,
        because="The county sends it in December.",
        until=today + datetime.timedelta(days=60),
        by=cast.people["Ana Whitcombe"],
    )
    offer_paper(partner=Partner.objects.get(name="Big Oak Mentors"), kind=PaperKind.W9, upload=None)


def _hold(cast: Cast, partner: Partner, until: datetime.date) -> None:
    """An agreement in force, and insurance until a day."""
    staff = cast.people["Ana Whitcombe"]
    today = clock.today(cast.district)
    begun = today - datetime.timedelta(days=300)
    add_agreement(
        partner=partner,
        by=staff,
        kind=AgreementKind.MOU,
        status=AgreementStatus.IN_FORCE,
        title=f"Working together with {partner.name}",
        starts=begun,
        ends=today + datetime.timedelta(days=230),
        signed_by_name=str(partner.contacts.first()),
        signed_on=begun,
        district_signed_by_name="Ana Whitcombe",
        district_authorized_as="Board resolution of August",
        district_signed_on=begun,
    )
    for kind in PAPERS_OF.get(partner.name, INSURED):
        add_paper(partner=partner, by=staff, kind=kind, valid_from=begun, valid_until=until)
