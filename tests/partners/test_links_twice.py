"""What comes twice by personal link, since somebody tapped twice or lost the answer, counts once."""

from concurrent.futures import ThreadPoolExecutor

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from accounts import clock
from partners import services
from partners.models import Paper, PartnerLink, Proposal, YearReport
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner
from tests.partners.linking import a_link, address, typed, words


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


def test_a_paper_that_is_handed_over_twice_waits_once(cast: Cast) -> None:
    link = a_link(cast, a_contact(a_partner(cast.coordinator), cast.coordinator), "papers")
    day = clock.today(cast.larkmoor)
    for content, until in ((b"a", day), (b"a", day), (b"b", day), (b"a", None)):
        upload = SimpleUploadedFile("new.pdf", b"%PDF-1.7 " + content, "application/pdf")
        said = {"kind": "insurance", "upload": upload, "valid_until": until or ""}
        assert "We have your paper" in words(Client().post(address(link), said, follow=True).content)
    assert Paper.objects.count() == 3


def test_what_is_added_twice_waits_once(cast: Cast) -> None:
    link = a_link(cast, a_contact(a_partner(cast.coordinator), cast.coordinator))
    form = typed(link, more_service_name="Open Table")
    for _tap in range(2):
        assert "We have your changes" in words(Client().post(address(link), form, follow=True).content)
    assert [row.now for row in Proposal.objects.all()] == [{"name": "Open Table"}]
