"""Partners that may be the one somebody is about to add: by name, tax number, domain or telephone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.phones import as_e164

from .domains import own_domain
from .families import standing
from .models import Contact, Partner, SearchWord, Site
from .near_names import SHORTEST, are_near, is_slip, telling
from .querysets import PartnerQuerySet
from .search import query, spelled_out

MOST = 5
LOOKED_AT = 1000  # names that hold the words of one


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
    """The first partners of the directory that share one of these; each once, by what tells most.

    Of `names` the first is its own: almost the same one is looked for, too.
    """
    current = Partner.objects.for_member(membership).current().defer("lexemes", "extra", "description")
    if other_than is not None:
        current = current.exclude(pk=other_than.pk)
    names = list(names)
    domain = own_domain(website) or own_domain(email)
    number = as_e164(phone)
    found: dict[int, Alike] = {}
    for partners, because in (
        (_named(current, names), _("the same name")),
        (_nearly_named(current, membership.district_id, names[:1]), _("almost the same name")),
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


def _nearly_named(current: PartnerQuerySet, district_id: int, names: list[str]) -> Iterator[Partner]:
    """Those whose name is almost one of these: three queries a name."""
    for name in names:
        wanted = telling(spelled_out(name))
        near = _slips({word for word in wanted if len(word) >= SHORTEST - 1})
        rows = current.matching(query(district_id, " ".join(wanted), near)).values_list("pk", "sort_name")
        found = [key for key, there in rows.order_by("pk")[:LOOKED_AT] if are_near(wanted, telling(there))]
        yield from current.filter(pk__in=found[:MOST]).order_by("pk")


def _slips(words: set[str]) -> dict[str, list[str]]:
    """By word: the district's words of which it may be a misspelling, or they of it. One query."""
    asked = [
        Q(word__startswith=word[0], length__range=(len(word) - 1, len(word) + 1)) for word in sorted(words)
    ]
    if not asked:
        return {}
    there = SearchWord.objects.annotate(length=Length("word")).filter(reduce(or_, asked))
    known = list(there.values_list("word", flat=True))
    return {word: [other for other in known if other != word and is_slip(word, other)] for word in words}


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
