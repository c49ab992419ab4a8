"""What partners told us by personal link, on Today of those who may take it over."""

from accounts.models import Membership
from outreach.today import today_page
from partners import services
from partners.models import Partner, Proposal, YearReport
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner
from tests.partners.linking import a_link


def items(member: Membership) -> list[tuple[str, str]]:
    return [(item.what, item.about) for section in today_page(member).sections for item in section.items]


def tells(cast: Cast, name: str) -> Partner:
    """A partner of which one change and two rows of a year wait."""
    partner = a_partner(cast.coordinator, name)
    contact = a_contact(partner, cast.coordinator)
    services.propose(
        link=a_link(cast, contact), changes=[services.Change("partner", partner, "name", f"{name} Trust")]
    )
    answers = [
        services.Answer(values={"result": "Fewer were late."}),
        services.Answer(school=cast.quillback, values={"students": 42}),
    ]
    services.report_year(link=a_link(cast, contact, "year"), answers=answers)
    return partner


def test_changes_and_years_wait_on_today_each_as_one_item(cast: Cast) -> None:
    tells(cast, "Tamarack")
    assert items(cast.preparer) == [
        ("Look at a change that a partner proposes", "Tamarack"),
        ("Look at what a partner told about the year", "Tamarack"),
    ]
    tells(cast, "Harrow")
    assert items(cast.staff) == [
        ("Look at 2 changes that partners propose", "Harrow, Tamarack"),
        ("Look at what 2 partners told about the year", "Harrow, Tamarack"),
    ]
    assert (items(cast.viewer), items(cast.brightmere_staff)) == ([], [])


def test_what_was_decided_or_sent_back_waits_no_more(cast: Cast) -> None:
    tells(cast, "Tamarack")
    services.decline_proposal(proposal=Proposal.objects.get(), by=cast.preparer)
    first, second = YearReport.objects.order_by("pk")
    services.accept_report(report=first, version=first.version, by=cast.preparer)
    services.decline_report(report=second, version=second.version, by=cast.preparer, because="Is this 24?")
    assert items(cast.preparer) == []
