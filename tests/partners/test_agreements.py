"""Agreements: drawn up, in force, renewed, ended early; clauses, files, and the register of shared data."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import clock
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.models import Agreement, AgreementClause, AgreementFile, DataSharing, Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, on
from tests.partners.test_partner_page import text

DAY = datetime.timedelta(1)


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return a_partner(cast.coordinator)


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.staff)


def agree(cast: Cast, partner: Partner, **values: Any) -> Agreement:
    return services.add_agreement(
        **{
            "partner": partner,
            "by": cast.staff,
            "kind": "mou",
            "title": "Calm Hour",
            "status": "in_force",
            "starts": on("2026-08-01"),
            **values,
        }
    )


def get(client: Client, path: str) -> str:
    answer = client.get(f"/d/larkmoor/agreements/{path}")
    assert answer.status_code == 200
    return text(answer.content.decode())


def post(client: Client, path: str, **data: Any) -> str:
    answer = client.post(f"/d/larkmoor/agreements/{path}", data, follow=True)
    assert answer.status_code == 200
    return text(answer.content.decode())


TYPED = {"title": "Calm Hour", "kind": "mou", "status": "draft", "version": "1"}


def test_an_agreement_is_drawn_up_with_its_schools_and_who_may_sign(
    cast: Cast, partner: Partner, client: Client
) -> None:
    page = post(
        client,
        f"partner/{partner.uid}/add/",
        **TYPED,
        schools=[cast.quillback.pk],
        signed_by_name="Odile Brandt",
        authorized_as="executive director, by the bylaws",
        signed_on="2026-07-30",
    )
    agreement = Agreement.objects.get()
    assert list(agreement.schools.all()) == [cast.quillback]
    assert "Odile Brandt, July 30, 2026 May sign because: executive director, by the bylaws" in page
    assert "Draft" in get(client, f"partner/{partner.uid}/")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": "in_force"}, "An agreement in force has a first day."),
        ({"starts": "2027-01-01", "ends": "2026-12-31"}, "The last day comes before the first."),
        ({"signed_on": "2026-07-30"}, "Write who signed."),
        ({"district_signed_on": "2026-07-30"}, "Write who signed."),
        ({"lead_partner": "Nobody"}, "The directory has no other partner of just this name."),
        ({"lead_partner": "Tamarack Youth Counseling"}, "The directory has no other partner"),
        ({"status": "terminated"}, "Something is missing or wrong How far along it is"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    partner: Partner, client: Client, wrong: dict[str, str], words: str
) -> None:
    assert words in post(client, f"partner/{partner.uid}/add/", **{**TYPED, **wrong})
    assert Agreement.objects.count() == 0


def test_the_lead_agency_is_found_by_its_name(cast: Cast, partner: Partner, client: Client) -> None:
    lead = a_partner(cast.staff, "St. Brendan’s Family Services")
    post(client, f"partner/{partner.uid}/add/", **TYPED, lead_partner="saint brendan's family services")
    assert Agreement.objects.get().lead_partner == lead


def test_an_edit_goes_by_version(cast: Cast, partner: Partner, client: Client) -> None:
    agreement = agree(cast, partner, schools=[cast.quillback])
    post(client, f"{agreement.uid}/edit/", **{**TYPED, "title": "Calm Hours"})
    agreement.refresh_from_db()
    assert (agreement.title, agreement.status, list(agreement.schools.all())) == ("Calm Hours", "draft", [])
    said = post(client, f"{agreement.uid}/edit/", **{**TYPED, "title": "Mine"})
    assert "Somebody changed this record since you opened it" in said
    assert Agreement.objects.get().title == "Calm Hours"


def test_a_renewal_takes_the_clauses_over_and_happens_once(
    cast: Cast, partner: Partner, client: Client
) -> None:
    old = agree(cast, partner, ends=on("2027-06-30"))
    services.settle_clauses(
        agreement=old, version=1, by=cast.staff, clauses={"scope": ("final", "Two days a week")}
    )
    typed = {**TYPED, "status": "in_force", "starts": "2027-07-01", "ends": "2028-06-30"}
    post(client, f"{old.uid}/renew/", **typed)
    new = Agreement.objects.get(renews=old)
    assert [(row.code, row.state, row.note) for row in new.clauses.all()] == [
        ("scope", "final", "Two days a week")
    ]
    partner.refresh_from_db()
    assert partner.ends_on == on("2028-06-30")
    assert "Somebody renewed it meanwhile." in post(client, f"{old.uid}/renew/", **typed)
    assert Agreement.objects.count() == 2


def test_it_is_ended_early_from_a_day_on(cast: Cast, partner: Partner, client: Client) -> None:
    today = clock.today(cast.larkmoor)
    agreement = agree(cast, partner, starts=today - 9 * DAY, ends=today + 200 * DAY)
    said = post(client, f"{agreement.uid}/end/", on=today - 10 * DAY, version=1)
    assert "It had not begun on this day." in said
    page = post(client, f"{agreement.uid}/end/", on=today, version=1)
    assert "Ended early on " in page
    agreement.refresh_from_db()
    assert agreement.span == (today - 9 * DAY, today - DAY)
    partner.refresh_from_db()
    assert partner.ends_on is None
    with pytest.raises(services.NotInForce):
        services.end_agreement(agreement=agreement, version=2, by=cast.staff, on=today)


def test_each_clause_says_how_far_it_is(cast: Cast, partner: Partner, client: Client) -> None:
    agreement = agree(cast, partner)
    assert "0 of 14 are final or do not apply." in get(client, f"{agreement.uid}/")
    form = client.get(f"/d/larkmoor/agreements/{agreement.uid}/clauses/").context["form"]
    typed = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    page = post(
        client,
        f"{agreement.uid}/clauses/",
        **{**typed, "cost": "discussed", "cost_note": "Who pays the bus?", "space": "not_applicable"},
    )
    assert "1 of 14 are final or do not apply." in page
    assert "Cost Under discussion Who pays the bus?" in page
    assert AgreementClause.objects.get(code="space").state == "not_applicable"
    with pytest.raises(ChangedMeanwhile):
        services.settle_clauses(agreement=agreement, version=1, by=cast.staff, clauses={})


def test_its_files_come_back_byte_for_byte(
    cast: Cast, partner: Partner, client: Client, sign_in: SignIn
) -> None:
    agreement, content = agree(cast, partner), b"%PDF-1.7 signed"
    assert "Something is missing or wrong File" in post(client, f"{agreement.uid}/files/add/", warned="")
    post(client, f"{agreement.uid}/files/add/", upload=SimpleUploadedFile("signed.pdf", content))
    kept = AgreementFile.objects.select_related("file").get()
    path = f"/d/larkmoor/agreements/{agreement.uid}/files/{kept.file.uid}/"
    answer = client.get(path)
    assert (answer.content, answer["X-Content-Type-Options"]) == (content, "nosniff")
    assert answer["Content-Disposition"] == 'attachment; filename="signed.pdf"'
    assert sign_in(cast.viewer).get(path).status_code == 403
    other = agree(cast, partner)
    assert client.get(f"/d/larkmoor/agreements/{other.uid}/files/{kept.file.uid}/").status_code == 404


def test_shared_data_is_registered_reviewed_and_taken_out(
    cast: Cast, partner: Partner, client: Client
) -> None:
    agreement = agree(cast, partner, kind="data_sharing")
    typed = {
        "data": "Counts of visits by month",
        "purpose": "Planning",
        "legal_basis": "Consent",
        "receivers": "Their office",
        "protection": "=cmd()",
        "destroyed_when": "Each June",
    }
    page = post(client, f"{agreement.uid}/shared-data/", version=1, **typed)
    assert "Counts of visits by month" in page
    entry = DataSharing.objects.get()
    assert "not yet" in get(client, "shared-data/")
    post(client, f"shared-data/{entry.uid}/reviewed/")
    entry.refresh_from_db()
    assert (entry.reviewed_on, entry.reviewed_by) == (clock.today(cast.larkmoor), cast.staff)
    file = client.get("/d/larkmoor/agreements/shared-data/register.csv")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[1].startswith("Tamarack Youth Counseling,Calm Hour,Counts of visits by month,Planning,")
    assert ",=cmd()" not in lines[1]


def test_what_ends_soon_or_ended_stands_until_it_is_renewed(
    cast: Cast, partner: Partner, client: Client
) -> None:
    today = clock.today(cast.larkmoor)
    for days, title in ((-400, "Over"), (9, "Soon"), (45, "Later"), (80, "Last"), (91, "Not yet")):
        agree(cast, partner, title=title, starts=today - 500 * DAY, ends=today + days * DAY)
    services.add_paper(partner=partner, by=cast.staff, kind="insurance", valid_until=today + 20 * DAY)
    services.offer_paper(partner=partner, kind="w9", upload=None)
    shown = {days: get(client, f"?within={days}") for days in (30, 60, 90)}
    found = {
        days: [
            name
            for name in ("Over", "Soon", "Certificate of insurance", "Later", "Last", "Not yet")
            if f"Tamarack Youth Counseling {name} End" in words
        ]
        for days, words in shown.items()
    }
    assert found == {
        30: ["Over", "Soon", "Certificate of insurance"],
        60: ["Over", "Soon", "Certificate of insurance", "Later"],
        90: ["Over", "Soon", "Certificate of insurance", "Later", "Last"],
    }
    assert "Tamarack Youth Counseling: W-9" in shown[30]
    file = client.get("/d/larkmoor/agreements/ending.csv?within=30")
    assert b"".join(file.streaming_content).count(b"\n") == 4  # type: ignore[attr-defined]


def test_the_lists_take_as_many_queries_for_one_row_as_for_three(
    cast: Cast, partner: Partner, client: Client, django_assert_num_queries: Any
) -> None:
    soon = clock.today(cast.larkmoor) + DAY
    counts = {"": 10, f"partner/{partner.uid}/": 10, "shared-data/": 8}
    for n in (1, 2, 3):
        agreement = agree(cast, partner, title=f"No. {n}", ends=soon, schools=[cast.quillback])
        values = {"data": "x", "purpose": "x", "legal_basis": "x", "receivers": "x"}
        services.register_sharing(agreement=agreement, by=cast.staff, **values)
        services.offer_paper(partner=partner, kind="w9", upload=None)
        if n == 2:
            continue
        for path, count in counts.items():
            get(client, path)
            with django_assert_num_queries(count):
                get(client, path)
