"""Partners that may be the one somebody is about to add: by name, tax number, domain or telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.phones import as_e164

from .domains import own_domain
from .families import standing
from .models import Contact, Partner, Site
from .querysets import PartnerQuerySet
from .search import spelled_out

MOST = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """A partner that is there, and what it has in common with what was typed."""

    partner: Partner
    because: str


def alike(
    membership: Membership,
    *,
    names: Iterable[str] = (),
    ein: str = "",
    website: str = "",
    email: str = "",
    phone: str = "",
    other_than: Partner | None = None,
) -> list[Alike]:
    """The first partners of the directory that share one of these; each once, by what tells most."""
    current = Partner.objects.for_member(membership).current().defer("lexemes", "extra", "description")
    if other_than is not None:
        current = current.exclude(pk=other_than.pk)
    domain = own_domain(website) or own_domain(email)
    number = as_e164(phone)
    found: dict[int, Alike] = {}
    for partners, because in (
        (_named(current, list(names)), _("the same name")),
        (current.filter(ein=ein) if ein else (), _("the same tax number")),
        (_at(current, domain) if domain else (), _("the same website or e-mail domain")),
        (_called(current, number) if number.startswith("+") else (), _("the same telephone number")),
    ):
        for partner in islice(partners, MOST):
            found.setdefault(partner.pk, Alike(partner, because))
    return list(found.values())[:MOST]


def _named(current: PartnerQuerySet, names: list[str]) -> PartnerQuerySet:
    """Those with one of the names, however it is spelled, or with one of them as another name."""
    spelled = [spelled_out(name)[:255] for name in names if spelled_out(name)]
    return current.filter(Q(sort_name__in=spelled) | Q(aliases__overlap=names))


def _at(current: PartnerQuerySet, domain: str) -> list[Partner]:
    """Those with a website of this domain, or somebody who is written to there."""
    written_to = Contact.objects.here().filter(email__iendswith=f"@{domain}").values_list(standing())
    rows = current.filter(Q(website__icontains=domain) | Q(pk__in=written_to)).order_by("pk")
    mailed = {key for (key,) in written_to}
    return [row for row in rows if row.pk in mailed or own_domain(row.website) == domain]


def _called(current: PartnerQuerySet, number: str) -> PartnerQuerySet:
    """Those who are called at this number, themselves or somebody there."""
    at_places = Site.objects.filter(phone=number).values_list(standing())
    people = Contact.objects.here().filter(phone=number).values_list(standing())
    return current.filter(Q(pk__in=at_places) | Q(pk__in=people)).order_by("pk")
