"""Partners of Larkmoor for the tests: small functions, named as the tests speak."""

import datetime
from typing import Any

from accounts.models import Membership, School
from partners import services
from partners.models import Contact, Nonprofit, Partner, Partnership
from partners.search import spelled_out


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


def a_nonprofit(ein: str = "010180687", name: str = "Windmill Youth Corps", **values: Any) -> Nonprofit:
    place = {"street": "7 Mill St", "city": "Larkmoor", "state": "TX", "postal_code": "00000"}
    row: Nonprofit = Nonprofit.objects.create(
        **{
            "ein": ein,
            "name": name,
            "sort_name": spelled_out(name),
            "as_of": on("2026-04-01"),
            **place,
            **values,
        }
    )
    return row
