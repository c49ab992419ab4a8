"""Puts agreements, papers, the principals' yes and waivers into the demo: not all of it is in order."""

import base64
import datetime

from accounts import clock
from partners import services
from partners.enums import Stage
from partners.models import Partner, Partnership, RequirementProfile
from partners.uploads import Upload

from .cast import Cast

DAY = datetime.timedelta(days=1)
WAYS = ("supervised", "unsupervised", "off_site", "one_visit")
INSURED_FOR = (9, 200, 120, -20, 300)  # days from today
LAST_DAY = 280  # days from today, of most agreements
SCAN = (  # one white dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)
CERTIFICATE = Upload("certificate-of-insurance.png", "image/png", base64.b64decode(SCAN))
CLAUSES = {
    "scope": ("final", "Two afternoons a week"),
    "cost": ("final", "None for the district"),
    "communication": ("discussed", "Who is called when a session is missed?"),
    "space": ("not_applicable", ""),
}


def add_clearance(cast: Cast) -> None:
    """What each working partner has, what each school chose, and what is still missing."""
    working = (Stage.ACTIVE, Stage.RENEWAL_DUE)
    partners = Partner.objects.filter(partnerships__stage__in=working).distinct().order_by("sort_name")
    for number, partner in enumerate(partners):
        _add_agreement(cast, partner, number)
        _add_papers(cast, partner, number)
    rows = Partnership.objects.filter(stage__in=working).exclude(school=None)
    for number, row in enumerate(rows.select_related("school", "partner").order_by("partner__sort_name")):
        _choose(cast, row, number)


def _add_agreement(cast: Cast, partner: Partner, number: int) -> None:
    """One each but for every sixth; one is out for signature, one is about data."""
    staff, today = cast.people["Ana Whitcombe"], clock.today(cast.district)
    if number % 6 == 5:
        return
    waits = number % 7 == 3
    contact = partner.contacts.first()
    agreement = services.add_agreement(
        partner=partner,
        by=staff,
        kind="data_sharing" if number == 4 else "mou",
        title=f"{partner.name} and the district",
        status="out_for_signature" if waits else "in_force",
        starts=today - 85 * DAY,
        ends=today + (40 if number % 5 == 1 else LAST_DAY) * DAY,
        signed_by_name=contact.name if contact and not waits else "",
        authorized_as="" if waits else "executive director, by the bylaws",
        signed_on=None if waits or contact is None else today - 90 * DAY,
    )
    services.settle_clauses(agreement=agreement, version=agreement.version, by=staff, clauses=CLAUSES)
    if number == 0:
        services.add_agreement_file(agreement=agreement, by=staff, upload=CERTIFICATE)
    if number in (0, 4):
        services.register_sharing(
            agreement=agreement,
            by=staff,
            data="Counts of visits by school and month",
            purpose="To plan the days on which they come",
            legal_basis="No student's data: counts of ten and more alone",
            receivers="Their office",
            protection="Sent by the district's own mail",
            destroyed_when="Each June 30",
        )


def _add_papers(cast: Cast, partner: Partner, number: int) -> None:
    staff, today = cast.people["Ana Whitcombe"], clock.today(cast.district)
    if number % 8 != 6:
        until = today + INSURED_FOR[number % len(INSURED_FOR)] * DAY
        upload = CERTIFICATE if number < 3 else None
        services.add_paper(partner=partner, by=staff, kind="insurance", valid_until=until, upload=upload)
    for kind in ("additional_insured", "clearance_letter"):
        services.add_paper(partner=partner, by=staff, kind=kind)
    if number % 9 == 3:
        until = today + 365 * DAY
        services.offer_paper(partner=partner, kind="insurance", upload=CERTIFICATE, valid_until=until)


def _choose(cast: Cast, row: Partnership, number: int) -> None:
    """How they work there and the principal's yes; a few are not asked yet, one was taken back."""
    if number % 10 == 9 or row.school is None:
        return
    principal = cast.principal_of(row.school.slug)
    services.choose_profile(
        partnership=row,
        version=row.version,
        by=principal,
        profile=RequirementProfile.objects.get(code=WAYS[number % len(WAYS)]),
    )
    if number % 11 == 7:
        return
    with clock.shifted(-30 * DAY):
        services.say_yes(partnership=row, by=principal)
    if number == 2:
        because = "They came without saying so at the front desk."
        services.take_back_yes(partnership=row, by=principal, because=because)
    if number % 8 == 3:
        services.waive(
            partnership=row,
            by=principal,
            waives="insurance",
            because="The city insures its own staff.",
            until=clock.today(cast.district) + 60 * DAY,
        )
