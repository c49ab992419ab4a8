"""Keeps what the search reads in step with the records."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from partners.domains import own_domain
from partners.models import Contact, Partner, SearchWord, Service, Site
from partners.search import correctable, lexemes, spelled_out, words_of

BATCH = 500
WORDS = 2000  # looked up, and added, at once


@dataclass(slots=True)
class Said:
    """What the records say of one partner: texts that it is found by, and its addresses, the surest first."""

    texts: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def refresh_search(partner_ids: Collection[int], *, district_id: int) -> None:
    """Write what the search reads of these partners anew, and add the words that their district had not."""
    remember_words(district_id, rewrite_search(partner_ids))


def rewrite_search(partner_ids: Collection[int]) -> set[str]:
    """Write `sort_name`, `lexemes` and `domain` of these partners anew, from the records as they stand.

    Found by: name, other names, cities, services, needs, contacts who have not left. A partner is also found
    by all that leads to one that was merged into it, so it is written anew with that one. Out: all their
    words, for `remember_words`. Six queries a batch.
    """
    standing = Partner.objects.filter(pk__in=partner_ids).values("merged_into")
    partners = list(
        Partner.objects.filter(Q(pk__in=partner_ids) | Q(pk__in=standing)).defer("extra", "description")
    )
    said: dict[int, Said] = {partner.pk: Said() for partner in partners}
    winners = _hear_the_merged(said)
    everybody = {*said, *winners}
    for rows in (
        Site.objects.filter(partner__in=everybody).values_list("partner_id", "city"),
        Service.objects.filter(partner__in=everybody).values_list(
            "partner_id", "name", "needs__label", "needs__label_es"
        ),
    ):
        for partner_id, *texts in rows:
            for key in said.keys() & {partner_id, winners.get(partner_id)}:
                said[key].texts += filter(None, texts)
    here = Contact.objects.here().filter(partner__in=everybody).order_by("pk")
    for partner_id, name, email in here.values_list("partner_id", "name", "email"):
        for key in said.keys() & {partner_id, winners.get(partner_id)}:
            said[key].texts.append(name)
            said[key].addresses.append(email)
    words: set[str] = set()
    for partner in partners:
        words |= complete(partner, said[partner.pk])
    Partner.objects.bulk_update(partners, ["sort_name", "lexemes", "domain"], batch_size=BATCH)
    return words


def _hear_the_merged(said: dict[int, Said]) -> dict[int, int]:
    """Add what partners that were merged into these are called. Out: the winner of each, by key."""
    winners: dict[int, int] = {}
    merged = Partner.objects.filter(merged_into__in=said).order_by("pk")
    for loser in merged.only("name", "aliases", "website", "merged_into"):
        winners[loser.pk] = loser.merged_into_id
        said[loser.merged_into_id].texts += [loser.name, *loser.aliases]
        said[loser.merged_into_id].addresses.append(loser.website)
    return winners


def complete(partner: Partner, said: Said) -> set[str]:
    """Set what the search reads of one partner, in memory. Out: its words."""
    words = words_of([partner.name, *partner.aliases, *said.texts])
    partner.sort_name = spelled_out(partner.name)[:255]
    partner.lexemes = lexemes(partner.district_id, words)
    partner.domain = next(filter(None, map(own_domain, [partner.website, *said.addresses])), "")
    return words


def remember_words(district_id: int, words: Iterable[str]) -> None:
    """Add the words that the district has not had yet.

    In the order of the alphabet, so that two who add the same ones wait for each other, and never both.
    """
    wanted = sorted(correctable(words))
    for start in range(0, len(wanted), WORDS):
        some = wanted[start : start + WORDS]
        known = set(
            SearchWord.objects.filter(district=district_id, word__in=some).values_list("word", flat=True)
        )
        SearchWord.objects.bulk_create(
            [SearchWord(district_id=district_id, word=word) for word in some if word not in known],
            ignore_conflicts=True,
        )
