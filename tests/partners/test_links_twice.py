"""What comes twice by personal link, since somebody tapped twice or lost the answer, counts once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django.test import Client

from accounts import clock
from partners import services
from partners.models import PartnerLink, YearReport
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner
from tests.partners.linking import a_link, address


def test_a_year_that_is_told_by_two_taps_at_once_is_told_once(committed_cast: Cast) -> None:
    cast = committed_cast
    link = a_link(cast, a_contact(a_partner(cast.coordinator), cast.coordinator), "year")

    def tap() -> int:
        try:
            answers = {"row0-students": "42"}
            return Client(raise_request_exception=False).post(address(link), answers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.report_year(link=link, answers=[services.Answer(values={"students": 42})])
            second = pool.submit(tap)
            while not second.done() and not waits_for_a_lock():
                pass
        assert second.result() == 302
    report = YearReport.objects.get()
    assert (report.students, report.version) == (42, 1)


def waits_for_a_lock() -> bool:
    """Whether a statement of another connection waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


def test_a_listing_that_is_confirmed_twice_is_confirmed_once(cast: Cast) -> None:
    partner = a_partner(cast.coordinator)
    link = a_link(cast, a_contact(partner, cast.coordinator))
    versions = []
    for opened in [PartnerLink.objects.select_related("partner").get(pk=link.pk) for _tap in range(2)]:
        services.confirm_listing(link=opened)
        partner.refresh_from_db()
        versions.append(partner.version)
    assert versions == [2, 2]
    assert (partner.assured_on, partner.assured_by) == (clock.today(cast.larkmoor), "Odile Brandt")
