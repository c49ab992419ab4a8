"""Keeps what the search reads in step with the records."""

from collections import defaultdict
from collections.abc import Collection

from partners.models import Contact, Partner, Service, Site
from partners.search import lexemes, spelled_out

BATCH = 500


def refresh_search(partner_ids: Collection[int]) -> None:
    """Write `sort_name` and `lexemes` of these partners anew, from the records as they stand.

    Found by: name, other names, cities, services, contacts who have not left. Five queries a batch.
    """
    partners = list(Partner.objects.filter(pk__in=partner_ids).defer("extra", "description"))
    texts: dict[int, list[str]] = defaultdict(list)
    for rows in (
        Site.objects.filter(partner__in=partner_ids).values_list("partner_id", "city"),
        Service.objects.filter(partner__in=partner_ids).values_list("partner_id", "name"),
        Contact.objects.filter(partner__in=partner_ids, left_on=None).values_list("partner_id", "name"),
    ):
        for partner_id, text in rows:
            texts[partner_id].append(text)
    for partner in partners:
        partner.sort_name = spelled_out(partner.name)[:255]
        partner.lexemes = lexemes(partner.district_id, [partner.name, *partner.aliases, *texts[partner.pk]])
    Partner.objects.bulk_update(partners, ["sort_name", "lexemes"], batch_size=BATCH)
