"""A committee whose seats can be asked by link: each with somebody who sits in it."""

from django.urls import reverse

from decisions.models import AnswerLink, Decision, DecisionSeat, Group
from decisions.services import name_holder, send_links
from partners.models import Contact
from tests.conftest import Cast
from tests.decisions.conftest import voting


def seat_people(cast: Cast, group: Group) -> None:
    """A contact with an address for each organization but the police; a parent who reads Spanish and is
    reached by telephone; the principal for the school."""
    for seat in group.seats.select_related("partner", "school"):
        if seat.partner and "Police" not in seat.partner.name:
            contact = Contact.objects.create(
                district=cast.larkmoor,
                partner=seat.partner,
                name=f"Noor of {seat.partner.name.split()[0]}",
                email=f"noor@{seat.partner.name.split()[0].lower()}.example",
            )
            name_holder(seat=seat, contact=contact, by=cast.coordinator)
        elif seat.people_label.startswith("Parent"):
            name_holder(
                seat=seat, name="Guadalupe Moreno", reach="(555) 555-0198", language="es", by=cast.coordinator
            )
        elif seat.school:
            name_holder(seat=seat, membership=cast.principal, by=cast.coordinator)


def link_of(decision: Decision, starts: str) -> AnswerLink:
    """The newest link of the seat whose name starts so."""
    link: AnswerLink = AnswerLink.objects.filter(
        decision_seat__decision=decision, decision_seat__label__startswith=starts
    ).latest("pk")
    return link


def seat_of(decision: Decision, starts: str) -> DecisionSeat:
    """The seat whose name starts so."""
    return next(seat for seat in voting(decision) if seat.label.startswith(starts))


def asked_by_mail(cast: Cast, decision: Decision) -> AnswerLink:
    """Ask all whom mail reaches. Out: the link of the pantry."""
    send_links(decision=decision, by=cast.coordinator)
    return link_of(decision, "Open Cupboard")


def address(link: AnswerLink) -> str:
    """The address of a link's page."""
    return reverse("decide:page", kwargs={"token": link.token})
