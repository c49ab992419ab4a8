"""Partners of Larkmoor for the tests: small functions, named as the tests speak."""

import datetime
from typing import Any

from accounts.models import Membership, School
from partners import services
from partners.models import Contact, Partner, Partnership


def a_partner(by: Membership, name: str = "Tamarack Youth Counseling", **values: Any) -> Partner:
    return services.create_partner(by=by, name=name, **values)


def a_partnership(
    partner: Partner, school: School | None, by: Membership, stage: str = "identified", **values: Any
) -> Partnership:
    return services.start_partnership(partner=partner, school=school, by=by, stage=stage, **values)


def a_contact(partner: Partner, by: Membership, name: str = "Odile Brandt", **values: Any) -> Contact:
    return services.add_contact(partner=partner, by=by, name=name, **values)


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
