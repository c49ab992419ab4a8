"""A nonprofit of the register becomes a possible partner, since somebody picks it."""

from django.db import transaction

from accounts.models import Membership, School
from partners.enums import PartnerKind, Stage
from partners.models import Nonprofit, Partner
from partners.nonprofit_queries import written
from partners.ntee import sector_of

from .partnerships import start_partnership
from .records import add_site, create_partner


class PartnerAlready(Exception):
    """The nonprofit is a partner of the district; the argument is the partner."""


@transaction.atomic
def pick_nonprofit(*, nonprofit: Nonprofit, school: School | None, by: Membership) -> Partner:
    """A partner with the nonprofit's name, EIN, sector and address, possible for a school, or the district.

    Raises PartnerAlready.
    """
    ein = written(nonprofit.ein)
    there = Partner.objects.current().filter(ein__in=(ein, nonprofit.ein)).first()
    if there is not None:
        raise PartnerAlready(there)
    partner = create_partner(
        by=by,
        name=nonprofit.name,
        kind=PartnerKind.NONPROFIT,
        sectors=[sector_of(nonprofit.ntee)],
        ein=ein,
    )
    add_site(
        partner=partner,
        by=by,
        street=nonprofit.street,
        city=nonprofit.city,
        state=nonprofit.state,
        postal_code=nonprofit.postal_code,
        is_mailing=True,
    )
    start_partnership(partner=partner, school=school, by=by, stage=Stage.IDENTIFIED)
    return partner
