"""A partner's contact checks the listing, renews a paper and tells about the year by personal link."""

import datetime
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from accounts import clock
from accounts.links import make_token
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile
from outreach.models import Message
from outreach.tasks import take_up_and_send
from partners import services
from partners.agreed_enums import PaperState, ProposalState
from partners.models import (
    Contact,
    Paper,
    Partner,
    PartnerLink,
    Partnership,
    Proposal,
    Service,
    Site,
    YearReport,
)
from tests.access.asking import refuse_writes
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on
from tests.partners.linking import a_link, address, typed, words

PDF = b"%PDF-1.7 insurance"
MOST_BYTES = 60 * 1024


@pytest.fixture
def partner(cast: Cast) -> Partner:
    made = a_partner(cast.coordinator, website="https://tamarack.example")
    services.add_site(partner=made, by=cast.coordinator, name="Hall", city="Ferrywatch", phone="512 555 0142")
    services.add_service(partner=made, by=cast.coordinator, name="Calm Hour", schools=[cast.quillback])
    a_partnership(made, cast.quillback, cast.coordinator, stage="active")
    other = a_partner(cast.coordinator, "Umber Valley Clinic")
    services.add_site(partner=other, by=cast.coordinator, name="Umber House")
    services.add_paper(partner=other, by=cast.coordinator, kind="insurance", valid_until=on("2026-12-01"))
    return made


@pytest.fixture
def contact(cast: Cast, partner: Partner) -> Contact:
    return a_contact(partner, cast.coordinator, email="odile@tamarack.example")


@pytest.mark.parametrize("right", ["listing", "papers", "year"])
def test_a_page_is_small_writes_nothing_and_shows_this_partner_alone(
    cast: Cast, contact: Contact, right: str
) -> None:
    link = a_link(cast, contact, right)
    with connection.execute_wrapper(refuse_writes):
        page = Client().get(address(link))
    assert page.status_code == 200
    assert len(page.content) < MOST_BYTES
    assert ("Tamarack" in words(page.content), "Umber" in words(page.content)) == (True, False)
    assert (page["X-Robots-Tag"], page["Cache-Control"]) == ("noindex, nofollow", "private, no-store")
    assert "hx-" not in page.content.decode()


def test_a_page_is_in_the_contacts_language_unless_they_chose_another(cast: Cast, contact: Contact) -> None:
    Contact.objects.update(language="es")
    link = a_link(cast, contact)
    assert '<html lang="es">' in Client().get(address(link)).content.decode()
    client = Client()
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get(address(link)).content.decode()


def test_a_listing_is_confirmed_by_one_button(cast: Cast, contact: Contact, partner: Partner) -> None:
    link = a_link(cast, contact)
    page = Client().post(address(link), {"act": "right"}, follow=True)
    assert "Thank you. The listing is confirmed as of today." in words(page.content)
    partner.refresh_from_db()
    assert (partner.assured_on, partner.assured_by) == (clock.today(cast.larkmoor), "Odile Brandt")
    assert PartnerLink.objects.get().acted_at is not None


def test_changes_wait_field_by_field(cast: Cast, contact: Contact) -> None:
    link = a_link(cast, contact)
    told = Client().post(
        address(link), typed(link, site_city="Umberton", site_phone="(512) 555-0143"), follow=True
    )
    assert "We have your changes" in words(told.content)
    waiting = {(row.field, row.was, row.now) for row in Proposal.objects.all()}
    assert waiting == {("city", "Ferrywatch", "Umberton"), ("phone", "+15125550142", "+15125550143")}
    assert Site.objects.get(name="Hall").city == "Ferrywatch"
    Client().post(address(link), typed(link, site_city="Brinewater"))
    waits = {("city", "Brinewater"), ("phone", "+15125550143")}
    assert set(Proposal.objects.values_list("field", "now")) == waits
    Client().post(address(link), typed(link, site_city="Ferrywatch"))
    assert set(Proposal.objects.values_list("field", "now")) == {("phone", "+15125550143")}


def test_a_form_that_changes_nothing_confirms_nothing(cast: Cast, contact: Contact, partner: Partner) -> None:
    link = a_link(cast, contact)
    told = Client().post(address(link), typed(link), follow=True)
    assert "You changed nothing." in words(told.content)
    partner.refresh_from_db()
    assert (partner.assured_on, Proposal.objects.count()) == (None, 0)


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(cast: Cast, contact: Contact) -> None:
    link = a_link(cast, contact)
    told = Client().post(address(link), typed(link, contact_email="odile at tamarack", site_city="Umberton"))
    html = told.content.decode()
    assert ("odile at tamarack" in html, "Umberton" in html, Proposal.objects.count()) == (True, True, 0)
    assert "can&#x27;t be sent yet" in html or "can’t be sent yet" in html


@pytest.fixture
def proposed(cast: Cast, contact: Contact, partner: Partner) -> list[Proposal]:
    link = a_link(cast, contact)
    site, service = Site.objects.get(name="Hall"), Service.objects.get(name="Calm Hour")
    return services.propose(
        link=link,
        changes=[
            services.Change("site", site, "city", "Umberton"),
            services.Change("service", service, "name", "Calm Hours"),
        ],
    )


def test_staff_take_over_field_by_field(cast: Cast, proposed: list[Proposal], sign_in: SignIn) -> None:
    client = sign_in(cast.preparer)
    html = words(client.get("/d/larkmoor/partners/said/").content)
    assert ("Ferrywatch" in html, "Umberton" in html, "Odile Brandt" in html) == (True, True, True)
    city, name = proposed
    client.post(url_in(cast.larkmoor, "partners:accept_change", uid=city.uid))
    client.post(url_in(cast.larkmoor, "partners:leave_change", uid=name.uid))
    assert Site.objects.get(name="Hall").city == "Umberton"
    assert Service.objects.get().name == "Calm Hour"
    states = dict(Proposal.objects.values_list("field", "state"))
    assert states == {"city": ProposalState.ACCEPTED, "name": ProposalState.DECLINED}
    with pytest.raises(services.AlreadyDecided):
        services.accept_proposal(proposal=city, by=cast.preparer)
    assert "Nothing waits for you" in words(client.get("/d/larkmoor/partners/said/").content)


def test_a_record_that_changed_meanwhile_is_said(
    cast: Cast, proposed: list[Proposal], partner: Partner, sign_in: SignIn
) -> None:
    site = Site.objects.get(name="Hall")
    services.edit_site(site=site, version=site.version, by=cast.coordinator, city="Saltmarsh")
    client = sign_in(cast.coordinator)
    html = words(client.get("/d/larkmoor/partners/said/").content)
    assert "Changed meanwhile. Now: Saltmarsh" in html
    accept = url_in(cast.larkmoor, "partners:accept_change", uid=proposed[0].uid)
    assert "Our record changed meanwhile." in words(client.post(accept, follow=True).content)
    every = url_in(cast.larkmoor, "partners:accept_changes", uid=partner.uid)
    told = words(client.post(every, follow=True).content)
    assert ("1 change taken over." in told, "1 waits on" in told) == (True, True)
    assert Site.objects.get(name="Hall").city == "Saltmarsh"
    client.post(accept, {"anyway": "1"})
    assert Site.objects.get(name="Hall").city == "Umberton"


def test_what_was_taken_over_is_found(cast: Cast, proposed: list[Proposal], partner: Partner) -> None:
    services.accept_all(partner=partner, by=cast.coordinator)
    assert f"d{cast.larkmoor.pk}xumberton" in Partner.objects.get(pk=partner.pk).lexemes


def test_the_partners_page_says_what_waits(
    cast: Cast, proposed: list[Proposal], partner: Partner, contact: Contact, sign_in: SignIn
) -> None:
    page = url_in(cast.larkmoor, "partners:page", uid=partner.uid)
    client = sign_in(cast.preparer)
    html = client.get(page).content.decode()
    today = date_format(clock.today(cast.larkmoor), "MONTH_DAY_FORMAT")
    assert f"Odile Brandt sent 2 changes on {today}. Look at them" in words(html.encode())
    [there] = re.findall(r'href="([^"]*/partners/said/)#(of-[^"]*)"', html)
    assert f'id="{there[1]}"' in client.get(there[0]).content.decode()
    year = a_link(cast, contact, "year")
    services.report_year(link=year, answers=[services.Answer(values={"students": 42})])
    Contact.objects.update(name="Odile B. Ames")
    services.accept_proposal(proposal=proposed[0], by=cast.preparer)
    told = f"Odile B. Ames sent a change on {today}. Odile B. Ames told about the year on {today}."
    assert told in words(client.get(page).content)
    services.decline_proposal(proposal=proposed[1], by=cast.preparer)
    services.accept_report(report=YearReport.objects.get(), version=1, by=cast.preparer)
    assert "Look at them" not in words(client.get(page).content)


def test_what_waits_is_asked_in_one_query_and_only_for_those_who_take_it_over(
    cast: Cast, partner: Partner, contact: Contact, sign_in: SignIn
) -> None:
    page = url_in(cast.larkmoor, "partners:page", uid=partner.uid)
    asked = []
    for changes in range(3):
        services.propose(
            link=a_link(cast, contact),
            changes=[services.Change("partner", partner, "name", str(n)) for n in range(changes)],
        )
        of = []
        for member in (cast.coordinator, cast.viewer):
            client = sign_in(member)
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                html = client.get(page).content.decode()
            of.append(sum("reported_at" in query["sql"] for query in queries))
            assert ("Look at them" in html) == (changes > 0 and member == cast.coordinator)
        asked.append(tuple(of))
    assert asked == [(1, 0)] * 3


def a_paper(cast: Cast, partner: Partner, **values: Any) -> Paper:
    end = clock.today(cast.larkmoor) + datetime.timedelta(days=9)
    said = {"kind": "insurance", "valid_until": end, **values}
    return services.add_paper(partner=partner, by=cast.coordinator, **said)


def test_a_paper_is_handed_over_and_waits_for_us(cast: Cast, contact: Contact, partner: Partner) -> None:
    a_paper(cast, partner, school=cast.quillback)
    link = a_link(cast, contact, "papers")
    page = Client().get(address(link))
    assert "1 paper of Tamarack Youth Counseling ends soon" in words(page.content)
    upload = SimpleUploadedFile("new.pdf", PDF, "application/pdf")
    typed = {"kind": "insurance", "upload": upload, "valid_until": "2027-11-30"}
    told = Client().post(address(link), typed, follow=True)
    assert "We have your paper" in words(told.content)
    offered = Paper.objects.get(state=PaperState.OFFERED)
    assert (offered.partner, offered.school, offered.valid_until) == (
        partner,
        cast.quillback,
        on("2027-11-30"),
    )
    assert (offered.file.name, offered.link) == ("new.pdf", link)


def test_a_file_that_is_none_of_these_kinds_is_refused(cast: Cast, contact: Contact) -> None:
    link = a_link(cast, contact, "papers")
    upload = SimpleUploadedFile("new.pdf", b"<script>", "application/pdf")
    told = Client().post(address(link), {"kind": "insurance", "upload": upload})
    assert "This is no PDF, PNG, JPEG or Word file" in words(told.content)
    assert Paper.objects.filter(state=PaperState.OFFERED).count() == 0


def test_a_day_that_can_stand_on_no_paper_of_today_is_asked_again(cast: Cast, contact: Contact) -> None:
    link, today = a_link(cast, contact, "papers"), clock.today(cast.larkmoor)
    taken = {}
    for days in (-800, -300, 3600, 3700):
        upload = SimpleUploadedFile("new.pdf", PDF, "application/pdf")
        day = today + datetime.timedelta(days=days)
        typed = {"kind": "w9", "upload": upload, "valid_until": day.isoformat()}
        taken[days] = "Look at the year" not in words(Client().post(address(link), typed).content)
    assert taken == {-800: False, -300: True, 3600: True, 3700: False}
    assert Paper.objects.count() == 3  # one is of another partner
    for never in ("0001-01-01", "9999-12-31"):
        upload = SimpleUploadedFile("new.pdf", PDF, "application/pdf")
        told = Client().post(address(link), {"kind": "w9", "upload": upload, "valid_until": never})
        assert "Look at the year" in words(told.content)


def test_the_year_is_told_by_school_and_service_and_what_is_empty_is_not_reported(
    cast: Cast, contact: Contact
) -> None:
    link = a_link(cast, contact, "year")
    assert "Calm Hour, Quillback Middle School" in words(Client().get(address(link)).content)
    answers = {
        "row0-students": "42",
        "row0-hours": "",
        "in_kind": "1250.50",
        "in_kind_method": "Hours at a rate",
        "result": "Fewer were late.",
        "going_on": "yes",
    }
    told = Client().post(address(link), answers, follow=True)
    assert "We have your answers" in words(told.content)
    row = YearReport.objects.get(service__isnull=False)
    assert (row.students, row.hours, row.school, row.school_year) == (42, None, cast.quillback, 2026)
    whole = YearReport.objects.get(service=None)
    assert (whole.in_kind_cents, whole.in_kind_method, whole.going_on) == (125050, "Hours at a rate", "yes")
    assert (whole.students, whole.accepted_at) == (None, None)


def test_a_value_without_its_method_is_asked_for(cast: Cast, contact: Contact) -> None:
    link = a_link(cast, contact, "year")
    told = Client().post(address(link), {"in_kind": "100"})
    assert "Say how you found the value" in words(told.content)
    assert YearReport.objects.count() == 0


def test_an_answer_is_taken_over_as_it_was_seen(cast: Cast, contact: Contact, sign_in: SignIn) -> None:
    link = a_link(cast, contact, "year")
    services.report_year(link=link, answers=[services.Answer(values={"students": 7})])
    client = sign_in(cast.coordinator)
    html = words(client.get("/d/larkmoor/partners/said/").content)
    assert ("fewer than 10" in html, "not reported" in html, "2026-27" in html) == (True, True, True)
    report = YearReport.objects.get()
    accept = url_in(cast.larkmoor, "partners:accept_report", uid=report.uid)
    services.report_year(link=link, answers=[services.Answer(values={"students": 12})])
    assert "They changed their answer meanwhile." in words(
        client.post(accept, {"version": report.version}, follow=True).content
    )
    for unseen in ("²", "9" * 5000, "x", ""):
        assert client.post(accept, {"version": unseen}).status_code == 302
    report.refresh_from_db()
    assert report.accepted_at is None
    client.post(accept, {"version": report.version})
    report.refresh_from_db()
    assert (report.students, report.accepted_by) == (12, cast.coordinator)


def test_a_link_asks_for_the_papers_that_were_ticked(
    cast: Cast, contact: Contact, partner: Partner, mailoutbox: list[Any]
) -> None:
    end = a_paper(cast, partner, school=cast.quillback).valid_until
    a_paper(cast, partner, kind="nonprofit_letter", valid_until=None)
    link = a_link(cast, contact, "papers", papers=["w9", "insurance"], mail=True)
    page = Client().get(address(link))
    shown = words(page.content)
    day = date_format(end, "DATE_FORMAT")
    assert "We ask Tamarack Youth Counseling for these 2 papers." in shown
    assert f"Certificate of insurance, Quillback Middle School: until {day}" in shown
    assert ("W-9: we have none yet" in shown, "Nonprofit letter" in shown) == (True, False)
    form = page.context["form"]
    assert [kind for kind, _label in form.fields["kind"].choices] == ["w9", "insurance"]
    assert form["kind"].value() == "insurance"
    upload = SimpleUploadedFile("new.pdf", PDF, "application/pdf")
    refused = Client().post(address(link), {"kind": "nonprofit_letter", "upload": upload})
    assert (refused.status_code, Paper.objects.filter(state=PaperState.OFFERED).count()) == (200, 0)
    services.offer_paper(partner=partner, kind="insurance", upload=None, link=link)
    assert Client().get(address(link)).context["form"]["kind"].value() == "w9"
    take_up_and_send()
    [mail] = mailoutbox
    assert mail.subject == (
        "Larkmoor School District asks for 2 papers of Tamarack Youth Counseling (3 minutes)"
    )
    assert "\n- W-9\n- Certificate of insurance\n\nhttp" in mail.body


def test_what_is_missing_or_ends_soon_is_ticked_to_begin_with(
    cast: Cast, contact: Contact, partner: Partner, sign_in: SignIn
) -> None:
    profile = services.add_profile(
        by=cast.staff,
        name="In the kitchen",
        name_es="",
        needs_agreement=False,
        agreement_kinds=[],
        paper_kinds=["clearance_letter", "additional_insured", "nonprofit_letter"],
    )
    partnership = Partnership.objects.get(partner=partner)
    services.choose_profile(
        partnership=partnership, profile=profile, version=partnership.version, by=cast.staff
    )
    a_paper(cast, partner)
    a_paper(cast, partner, kind="w9", valid_until=clock.today(cast.larkmoor) + datetime.timedelta(days=99))
    a_paper(cast, partner, kind="nonprofit_letter", valid_until=None)
    services.offer_paper(partner=partner, kind="additional_insured", upload=None)
    make = url_in(cast.larkmoor, "partners:make_link", uid=contact.uid)
    client = sign_in(cast.preparer)
    assert client.get(make).context["form"]["papers"].value() == ["insurance", "clearance_letter"]
    refused = client.post(make, {"right": "papers", "way": "copy"})
    assert ("Tick the papers" in words(refused.content), PartnerLink.objects.count()) == (True, 0)
    client.post(make, {"right": "papers", "way": "copy", "papers": ["w9", "insurance"]})
    client.post(make, {"right": "listing", "way": "copy", "papers": ["w9"]})
    made = PartnerLink.objects.order_by("pk").values_list("right", "paper_kinds")
    assert list(made) == [("papers", ["w9", "insurance"]), ("listing", [])]
    assert "Certificate of insurance" in words(client.get(make.replace("link/", "")).content)


@pytest.fixture
def told(cast: Cast, contact: Contact) -> PartnerLink:
    """A year of which one service and the whole were told."""
    link = a_link(cast, contact, "year")
    Client().post(
        address(link),
        {"row0-students": "420", "row0-hours": "12", "in_kind": "1250.50", "in_kind_method": "A bill"},
    )
    return link


def send_back(client: Client, report: YearReport, because: str = "Is this 42?", **sent: Any) -> str:
    url = url_in(report.district, "partners:decline_report", uid=report.uid)
    said = {"because": because, "version": report.version, **sent}
    return words(client.post(url, said, follow=True).content)


def as_shown(link: PartnerLink, **changed: str) -> dict[str, str]:
    """The year's form as it is shown, with some fields otherwise."""
    page = Client().get(address(link))
    values: dict[str, str] = {}
    for form in (*page.context["rows"], page.context["form"]):
        for name in form.fields:
            value = form[name].value()
            values[form.add_prefix(name)] = "" if value is None else str(value)
    return values | changed


def test_answers_of_a_year_are_sent_back_put_right_and_sent_again(
    cast: Cast, told: PartnerLink, sign_in: SignIn
) -> None:
    report = YearReport.objects.get(service__isnull=False)
    client = sign_in(cast.preparer)
    page = url_in(cast.larkmoor, "partners:decline_report", uid=report.uid)
    assert "420" in words(client.get(page).content)
    day = date_format(told.expires_at.astimezone(cast.larkmoor.tz), "DATE_FORMAT")
    assert f"Their link says so, and works until {day}." in send_back(client, report)
    report.refresh_from_db()
    kept = (report.declined_by, report.declined_because, report.accepted_at, report.students)
    assert kept == (cast.preparer, "Is this 42?", None, 420)
    assert "420" not in words(client.get("/d/larkmoor/partners/said/").content)

    shown = words(Client().get(address(told)).content)
    assert ("Sent back: Is this 42?" in shown, "We sent some of it back" in shown) == (True, True)
    corrected = as_shown(told, **{"row0-students": "42"})
    assert (corrected["row0-hours"], corrected["in_kind"]) == ("12", "1250.50")
    assert "We have your answers" in words(Client().post(address(told), corrected, follow=True).content)
    assert "Sent back" not in words(Client().get(address(told)).content)
    said = words(client.get("/d/larkmoor/partners/said/").content)
    assert ("42" in said, "Sent back before: Is this 42?" in said) == (True, True)
    report.refresh_from_db()
    services.accept_report(report=report, version=report.version, by=cast.coordinator)
    report.refresh_from_db()
    assert (report.students, report.accepted_by, report.declined_at) == (42, cast.coordinator, None)


def test_what_was_sent_back_and_comes_again_unchanged_waits_again(
    cast: Cast, told: PartnerLink, sign_in: SignIn
) -> None:
    report = YearReport.objects.get(service__isnull=False)
    send_back(sign_in(cast.coordinator), report)
    whole = YearReport.objects.get(service=None)
    Client().post(address(told), as_shown(told))
    report.refresh_from_db()
    assert (report.declined_at, report.students, report.version) == (None, 420, 3)
    assert YearReport.objects.get(service=None).version == whole.version


def test_sending_back_needs_a_reason_and_is_done_once(cast: Cast, told: PartnerLink, sign_in: SignIn) -> None:
    report = YearReport.objects.get(service__isnull=False)
    client = sign_in(cast.coordinator)
    assert "What is wrong with it" in send_back(client, report, because="")
    report.refresh_from_db()
    assert report.declined_at is None
    seen = report.version
    Client().post(address(told), as_shown(told, **{"row0-students": "42"}))
    assert "They changed their answer meanwhile." in send_back(client, report, version=seen)
    report.refresh_from_db()
    assert report.declined_at is None
    services.accept_report(report=report, version=report.version, by=cast.coordinator)
    report.refresh_from_db()
    assert "This was decided already." in send_back(client, report)
    with pytest.raises(ChangedMeanwhile):
        services.decline_report(report=report, version=report.version, by=cast.coordinator, because="x")


def test_where_the_link_has_ended_a_new_one_shows_what_was_sent_back(
    cast: Cast, told: PartnerLink, contact: Contact, sign_in: SignIn
) -> None:
    services.take_back(link=told, by=cast.coordinator)
    said = send_back(sign_in(cast.coordinator), YearReport.objects.get(service__isnull=False))
    assert "Their link has ended: make a new one on the contact" in said
    assert "Is this 42?" in words(Client().get(address(a_link(cast, contact, "year"))).content)


@pytest.mark.parametrize("end", ["unknown", "taken back", "over", "left", "another kind"])
def test_a_link_that_ended_opens_nothing(cast: Cast, contact: Contact, end: str) -> None:
    link = a_link(cast, contact)
    token = link.token
    if end == "taken back":
        services.take_back(link=link, by=cast.coordinator)
    elif end == "over":
        PartnerLink.objects.update(expires_at=clock.now())
    elif end == "left":
        services.contact_left(contact=contact, on=on("2026-11-02"), version=1, by=cast.coordinator)
    elif end == "another kind":
        token = make_token("invitation", link.uid)
    else:
        token = "nobody"
    answer = Client().post(reverse("by_link:page", kwargs={"token": token}), {"act": "right"})
    assert (answer.status_code, Partner.objects.exclude(assured_on=None).count()) == (410, 0)
    assert "This link has ended" in words(answer.content)


def test_a_new_link_ends_the_open_one_for_the_same_thing(cast: Cast, contact: Contact) -> None:
    first, papers = a_link(cast, contact), a_link(cast, contact, "papers")
    second = a_link(cast, contact)
    revoked = set(PartnerLink.objects.exclude(revoked_at=None))
    assert (revoked, {papers, second} & revoked) == ({first}, set())


def test_a_link_is_made_copied_and_taken_back_from_the_contacts_page(
    cast: Cast, contact: Contact, sign_in: SignIn
) -> None:
    client = sign_in(cast.preparer)
    make = url_in(cast.larkmoor, "partners:make_link", uid=contact.uid)
    shown = client.post(make, {"right": "listing", "way": "copy"})
    link = PartnerLink.objects.get()
    assert address(link) in shown.content.decode()
    assert link.copied_at is not None
    card = url_in(cast.larkmoor, "partners:edit_contact", uid=contact.uid)
    assert "Copied on" in words(client.get(card).content)
    assert link.token not in client.get(card).content.decode()
    client.post(url_in(cast.larkmoor, "partners:take_back_link", uid=link.uid))
    assert "Taken back" in words(client.get(card).content)
    copy = url_in(cast.larkmoor, "partners:copy_link", uid=link.uid)
    assert "This link was taken back." in words(client.post(copy, follow=True).content)


def test_who_left_gets_no_link(cast: Cast, contact: Contact) -> None:
    services.contact_left(contact=contact, on=on("2026-11-02"), version=1, by=cast.coordinator)
    with pytest.raises(services.ContactGone):
        a_link(cast, contact)


@pytest.mark.parametrize(
    ("right", "subject"),
    [
        ("listing", "Larkmoor School District asks you to check what we say about Tamarack"),
        ("papers", "Larkmoor School District asks you to renew a paper of Tamarack Youth"),
        ("year", "Larkmoor School District asks five questions about your year (5 minutes)"),
    ],
)
def test_a_wanted_link_goes_by_mail_at_once(
    cast: Cast, contact: Contact, right: str, subject: str, mailoutbox: list[Any]
) -> None:
    link = a_link(cast, contact, right, mail=True)
    take_up_and_send()
    [mail] = mailoutbox
    assert mail.subject.startswith(subject)
    assert (address(link) in mail.body, mail.to) == (True, ["Odile Brandt <odile@tamarack.example>"])
    assert link.token not in Message.objects.get().body


def test_a_link_that_was_taken_back_does_not_go(cast: Cast, contact: Contact, mailoutbox: list[Any]) -> None:
    services.take_back(link=a_link(cast, contact, mail=True), by=cast.coordinator)
    take_up_and_send()
    assert mailoutbox == []


def test_the_page_of_what_partners_said_costs_the_same_however_long_it_is(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    counts = []
    for names in (["Ash"], ["Birch", "Cedar"]):
        for name in names:
            partner = a_partner(cast.coordinator, name)
            contact = a_contact(partner, cast.coordinator)
            services.propose(
                link=a_link(cast, contact),
                changes=[services.Change("partner", partner, "name", f"{name} Trust")],
            )
            services.report_year(
                link=a_link(cast, contact, "year"), answers=[services.Answer(values={"hours": 3})]
            )
        with CaptureQueriesContext(connection) as queries:
            client.get("/d/larkmoor/partners/said/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
