"""Puts the demo's partners into the directory, through the same services as a person would."""

import datetime
import unicodedata

from accounts import clock
from accounts.models import Membership
from accounts.models.work import TaskKind
from accounts.work import add_task
from partners import services
from partners.enums import WORKING, Level, Stage
from partners.models import Need, Partner

from .cast import Cast
from .directory import ORGS, Org

REASONS = {
    Stage.PAUSED: "Moving house; they will call in spring.",
    Stage.DECLINED: "No reporter to spare this year.",
    Stage.ENDED: "The group dissolved.",
}
KNOWN_FOR = (90, 90, 300, 90, 90, 90, 90, 90)  # days since a partner came into the directory, by its place


def add_partners(cast: Cast) -> None:
    """Every partner with its site, contact, services and partnerships, and what was talked about."""
    for number, org in enumerate(ORGS):
        _add(cast, org, number)
    _add_talks(cast)
    _add_tasks(cast)


def _add(cast: Cast, org: Org, number: int) -> None:
    staff = cast.people["Ana Whitcombe"]
    with clock.shifted(datetime.timedelta(days=-KNOWN_FOR[number % len(KNOWN_FOR)])):
        partner = services.create_partner(
            by=staff,
            name=org.name,
            kind=org.kind,
            sectors=list(org.sectors),
            aliases=list(org.aliases),
            description=f"They {org.does}." if org.contact[3] == "en" else org.does.capitalize() + ".",
            website=f"https://{_slug(org.name)}.example",
        )
    services.add_site(
        partner=partner,
        by=staff,
        street=org.street,
        city="Larkmoor",
        state="TX",
        postal_code="00000",
        phone=f"(555) 555-01{16 + number:02}",
        is_mailing=True,
    )
    name, salutation, role, language = org.contact
    services.add_contact(
        partner=partner,
        by=staff,
        name=name,
        salutation=salutation,
        role=role,
        language=language,
        email=f"office@{_slug(org.name)}.example",
        phone=f"(555) 555-01{16 + number:02}",
    )
    _add_offers(cast, org, partner)
    _add_partnerships(cast, org, partner, number)


def _add_offers(cast: Cast, org: Org, partner: Partner) -> None:
    for offer in org.offers:
        services.add_service(
            partner=partner,
            by=cast.people["Ana Whitcombe"],
            name=offer.name,
            needs=Need.objects.filter(code__in=offer.needs),
            schools=[cast.schools[slug] for slug in offer.schools],
            tiers=list(offer.tiers),
            grades=offer.grades,
            languages=list(offer.languages),
            capacity=offer.places,
        )


def _add_partnerships(cast: Cast, org: Org, partner: Partner, number: int) -> None:
    today = clock.today(cast.district)
    for school, stage in org.stages.items():
        partnership = services.start_partnership(
            partner=partner,
            school=cast.schools[school] if school else None,
            by=cast.people["Ana Whitcombe"],
            stage=Stage(stage),
            because=REASONS.get(Stage(stage), ""),
            since=today - datetime.timedelta(days=(400 if stage in WORKING else 20) + 11 * number),
            owner=_owner(cast, school),
        )
        if stage in WORKING:
            services.edit_partnership(
                partnership=partnership,
                version=partnership.version,
                owner=partnership.owner,
                level=Level(1 + number % 4),
                by=cast.people["Ana Whitcombe"],
            )


def _owner(cast: Cast, school: str) -> Membership:
    owners = {
        "quillback": "Imogen Tasker",
        "bellwether": "Mei Castellano",
        "harbor-street": "Tomás Echeverría",
    }
    return cast.people[owners.get(school, "Ana Whitcombe")]


def _add_talks(cast: Cast) -> None:
    today = clock.today(cast.district)
    talks = (
        ("Tamarack Youth Counseling", "meeting", "both", 1, "Both want a second day next year."),
        ("Saltbox Hill Public Library", "call", "in", 6, "They can stay open until eight in winter, too."),
        ("Big Oak Mentors", "call", "out", 20, "Nobody picked up; left a message about the renewal."),
        ("New Leaf Recovery", "meeting", "both", 12, "Will send the agreement to their board."),
        (
            "Harbor Steps Mentoring",
            "call",
            "in",
            280,
            "Two of their mentors moved away; they look for others.",
        ),
    )
    for name, channel, direction, days, note in talks:
        partner = Partner.objects.get(name=name)
        ago = datetime.timedelta(days=days)
        with clock.shifted(-ago):
            services.log_interaction(
                partner=partner,
                by=cast.people["Imogen Tasker"],
                school=cast.schools["quillback"],
                contact=partner.contacts.first(),
                channel=channel,
                direction=direction,
                on=today - ago,
                note=note,
            )


def _add_tasks(cast: Cast) -> None:
    """An action item that is late, and a next step of each kind of person."""
    today = clock.today(cast.district)
    items = (
        ("Imogen Tasker", TaskKind.ACTION_ITEM, "Send the referral form to all partners", -4),
        ("Dr. Rosalind Oyelaran", TaskKind.NEXT_STEP, "Show the new mentors around the building", 2),
        ("Ana Whitcombe", TaskKind.NEXT_STEP, "Ask the foundation what it funds next year", -1),
        ("Luis O'Hara", TaskKind.NEXT_STEP, "Order letterhead paper for December", 3),
    )
    for name, kind, title, days in items:
        add_task(
            kind=kind,
            title=title,
            owner=cast.people[name],
            due_on=today + datetime.timedelta(days=days),
            by=cast.people["Imogen Tasker"],
        )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(character for character in plain if character.isalnum())[:40]
