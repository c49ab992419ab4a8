"""Which organizations of a file are probably partners of ours already: for all of its rows at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.domains import own_domain
from partners.models import Contact, Partner, Site
from partners.near_names import near_pairs
from partners.search import spelled_out

from .columns import ORGANIZATION
from .hsds import Directory, Record
from .problems import Problem
from .staging import our_own

NAME, NEAR, EIN, DOMAIN, PHONE = "name", "near", "ein", "domain", "phone"
BECAUSE: dict[str, Promise] = {
    NAME: _("the same name"),
    NEAR: _("almost the same name"),
    EIN: _("the same tax number"),
    DOMAIN: _("the same website or e-mail domain"),
    PHONE: _("the same telephone number"),
}
CERTAIN = (EIN, NAME)
ASKED = 100  # so many are asked about at once


@dataclass(frozen=True, slots=True)
class Likely:
    """A partner of ours that an organization of a file may be, and what they share, as a key of BECAUSE."""

    partner: int
    uid: str
    name: str
    shares: str

    @property
    def is_certain(self) -> bool:
        """Whether it is taken for the same unless somebody says no."""
        return self.shares in CERTAIN

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept in a row."""
        return asdict(self)


def likely_partners(records: list[Record], known: Iterable[str]) -> dict[str, Likely]:
    """For each organization, by its external id, the partner that it shares most with; seven queries.

    `known` are the ids of those that the source brought before, which are not looked for; nor are those that
    an export of ours names. What tells most comes first: tax number, name, almost the same name, domain,
    telephone.
    """
    before = {*known, *our_own(record.organization_id for record in records)}
    signs: dict[str, dict[str, set[str]]] = {shares: defaultdict(set) for shares in BECAUSE}
    for record in records:
        if record.organization_id not in before:
            for shares, sign in _signs(record):
                signs[shares][sign].add(record.organization_id)
    found: dict[str, Likely] = {}
    for shares in (EIN, NAME, NEAR, DOMAIN, PHONE):
        for partner, sign in _sharing(shares, signs[shares]):
            for own in signs[shares].get(sign, ()):
                found.setdefault(own, Likely(partner["pk"], str(partner["uid"]), partner["name"], shares))
    return found


def first_asked(directory: Directory, likely: Mapping[str, Likely]) -> list[str]:
    """The organizations, by external id, that a preview asks about: the first ASKED of those that are likely
    partners of ours."""
    own = (record.external_id for record in directory.records if record.entity == ORGANIZATION)
    return [one for one in own if one in likely][:ASKED]


def without_unasked(directory: Directory, likely: Mapping[str, Likely], asked: Collection[str]) -> Directory:
    """The directory without those that may be partners of ours and that nobody was asked about, nor what
    belongs to them: their rows are left out, each with that reason."""
    left = likely.keys() - asked
    kept = [record for record in directory.records if record.organization_id not in left]
    problems: dict[tuple[str, int], Problem] = {}
    counts = Counter(directory.counts)
    for record in directory.records:
        if record.organization_id in left:
            place, name = (record.row.file, record.row.number), likely[record.organization_id].name
            if place in problems:  # a sheet's row holds several records, and is left out once
                counts[record.entity] -= 1
            problems[place] = record.row.problem("not_asked", name=name)
    return replace(
        directory,
        records=kept,
        problems=[*directory.problems, *problems.values()],
        counts=dict(counts),
        begins=[begin for begin in directory.begins if begin.organization_id not in left],
    )


def _signs(record: Record) -> Iterator[tuple[str, str]]:
    said = record.fields
    if record.entity == ORGANIZATION:
        yield from ((shares, spelled_out(said["name"])[:255]) for shares in (NAME, NEAR))
        if said.get("ein"):
            yield EIN, said["ein"]
    if domain := own_domain(said.get("website", "")) or own_domain(said.get("email", "")):
        yield DOMAIN, domain
    if (number := said.get("phone", "")).startswith("+"):
        yield PHONE, number


def _sharing(shares: str, signs: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Current partners with one of these signs, each with the sign: one query, two of some."""
    current = Partner.objects.current().order_by("pk")
    if shares == NEAR:
        yield from _nearly_named(list(signs))
        return
    if shares == PHONE:
        for rows in (Site.objects.all(), Contact.objects.here()):
            there = rows.filter(phone__in=list(signs), partner__in=current).order_by("pk")
            for key, uid, name, sign in there.values_list(
                "partner_id", "partner__uid", "partner__name", "phone"
            ):
                yield {"pk": key, "uid": uid, "name": name}, sign
        return
    column = {NAME: "sort_name", EIN: "ein", DOMAIN: "domain"}[shares]
    for row in current.filter(**{f"{column}__in": list(signs)}).values("pk", "uid", "name", column):
        yield row, row[column]


def _nearly_named(names: Collection[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """Current partners with almost one of these names, each with it: two queries, none for no names."""
    asked = dict(enumerate(names, start=1))
    current = Partner.objects.current()
    ours = current.exclude(sort_name="").values_list("pk", "sort_name") if asked else ()
    pairs = near_pairs([*((-place, name) for place, name in asked.items()), *ours])
    found = sorted((key, asked[-place]) for place, key in pairs if place < 0 < key)
    rows = current.filter(pk__in={key for key, _name in found}).values("pk", "uid", "name")
    partners = {row["pk"]: row for row in rows}
    yield from ((partners[key], name) for key, name in found)
