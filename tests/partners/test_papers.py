"""Papers: entered, renewed, handed over and decided; their files leave by the access rule alone."""

import datetime
import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import clock
from accounts.models import StoredFile
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.models import Paper, Partner
from partners.uploads import MOST_BYTES, Upload
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_partner, on
from tests.partners.test_partner_page import open_page, text

PDF = b"%PDF-1.7 certificate"


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return a_partner(cast.coordinator)


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def add(client: Client, partner: Partner, **data: Any) -> Any:
    typed = {"kind": "insurance", "valid_until": "2027-03-03", "version": "1", **data}
    return client.post(f"/d/larkmoor/partners/{partner.uid}/papers/add/", typed)


def act(client: Client, paper: Paper, name: str, **data: Any) -> Any:
    return client.post(f"/d/larkmoor/partners/papers/{paper.uid}/{name}", {"version": paper.version, **data})


def a_file(content: bytes = PDF, name: str = "insurance.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def a_paper(cast: Cast, partner: Partner, **values: Any) -> Paper:
    return services.add_paper(**{"partner": partner, "by": cast.coordinator, "kind": "insurance", **values})


def offered(partner: Partner, **values: Any) -> Paper:
    upload = Upload("insurance.pdf", "application/pdf", PDF)
    return services.offer_paper(partner=partner, kind="insurance", upload=upload, **values)


def test_a_paper_is_kept_with_its_file_outside_the_static_tree(
    cast: Cast, partner: Partner, client: Client
) -> None:
    assert add(client, partner, upload=a_file(), note="Policy of the board").status_code == 302
    paper = Paper.objects.select_related("file").get()
    assert (paper.kind, paper.valid_until, paper.state) == ("insurance", on("2027-03-03"), "accepted")
    assert paper.decided_by == cast.coordinator
    assert paper.file is not None
    assert paper.file.sha256 == hashlib.sha256(PDF).hexdigest()
    words = text(open_page(client, partner, "papers/"))
    assert "Certificate of insurance All schools. Policy of the board" in words


def test_the_file_comes_back_byte_for_byte_to_be_saved(cast: Cast, partner: Partner, client: Client) -> None:
    add(client, partner, upload=a_file(name="Póliza.pdf"))
    answer = client.get(f"/d/larkmoor/partners/papers/{Paper.objects.get().uid}/file/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''P%C3%B3liza.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_paper_without_a_file_has_none_to_open(cast: Cast, partner: Partner, client: Client) -> None:
    paper = a_paper(cast, partner)
    assert client.get(f"/d/larkmoor/partners/papers/{paper.uid}/file/").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90 a program", "This is no PDF, PNG, JPEG or Word file (DOCX)."),
        (b"%PDF-" + b"x" * MOST_BYTES, "This file is larger than 10 MB."),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    partner: Partner, client: Client, content: bytes, words: str
) -> None:
    answer = add(client, partner, upload=a_file(content), note="Policy of the board")
    assert words in text(answer.content.decode())
    assert "Policy of the board" in answer.content.decode()
    assert (Paper.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_note_or_a_name_like_a_students_record_is_warned_of_once(partner: Partner, client: Client) -> None:
    name = "student ID 4411223.pdf"
    answer = add(client, partner, upload=a_file(name=name))
    assert "looks like a student" in answer.content.decode()
    assert Paper.objects.count() == 0
    add(client, partner, upload=a_file(name=name), warned="upload:id_number")
    assert Paper.objects.count() == 1


def test_the_days_are_in_order(partner: Partner, client: Client) -> None:
    answer = add(client, partner, valid_from="2027-03-04")
    assert "The last day comes before the first." in answer.content.decode()


def test_a_renewal_is_a_new_paper_to_which_the_old_one_points(
    cast: Cast, partner: Partner, client: Client
) -> None:
    old = a_paper(cast, partner, valid_until=on("2027-03-03"))
    page = client.get(f"/d/larkmoor/partners/papers/{old.uid}/renew/").content.decode()
    assert '<option value="insurance" selected>' in page
    act(client, old, "renew/", kind="insurance", valid_from="2027-03-01", valid_until="2028-03-03")
    old.refresh_from_db()
    assert old.superseded_by == Paper.objects.exclude(pk=old.pk).get()
    partner.refresh_from_db()
    assert partner.ends_on == on("2028-03-03")
    answer = act(client, old, "renew/", kind="insurance", valid_until="2029-03-03")
    assert answer.status_code == 302
    assert Paper.objects.count() == 2


def test_what_was_typed_wrong_is_put_right_by_version(cast: Cast, partner: Partner, client: Client) -> None:
    paper = a_paper(cast, partner, upload=Upload("a.pdf", "application/pdf", PDF))
    act(client, paper, "", kind="insurance", valid_until="2027-03-04", school=cast.quillback.pk)
    paper.refresh_from_db()
    assert (paper.valid_until, paper.school, paper.version) == (on("2027-03-04"), cast.quillback, 2)
    assert paper.file is not None
    paper.version = 1
    answer = act(client, paper, "", kind="w9", note="mine")
    assert "Somebody changed this record since you opened it" in answer.content.decode()
    assert Paper.objects.get().kind == "insurance"


def test_what_a_partner_hands_over_counts_once_it_is_accepted(
    cast: Cast, partner: Partner, client: Client
) -> None:
    old = a_paper(cast, partner, valid_until=on("2027-03-03"))
    paper = offered(partner, valid_until=on("2028-03-03"))
    assert paper.span is None
    page = client.get(f"/d/larkmoor/partners/papers/{paper.uid}/accept/").content.decode()
    assert f'<option value="{old.pk}" selected>' in page
    act(client, paper, "accept/", valid_until="2028-03-02", renews=old.pk)
    paper.refresh_from_db()
    old.refresh_from_db()
    assert (paper.state, paper.decided_by, paper.valid_until) == (
        "accepted",
        cast.coordinator,
        on("2028-03-02"),
    )
    assert old.superseded_by == paper
    assert paper.span == (clock.today(cast.larkmoor), on("2028-03-02"))


def test_what_a_partner_hands_over_is_sent_back_with_the_reason(
    cast: Cast, partner: Partner, client: Client
) -> None:
    paper = offered(partner)
    assert "Write it" not in act(client, paper, "send-back/", because="").content.decode()
    assert Paper.objects.get().state == "offered"
    act(client, paper, "send-back/", because="The page with the date is missing.")
    paper.refresh_from_db()
    assert (paper.state, paper.declined_because) == ("declined", "The page with the date is missing.")
    words = text(open_page(client, partner, "papers/"))
    assert "Sent back The page with the date is missing." in words


def test_a_paper_is_decided_once(cast: Cast, partner: Partner, client: Client) -> None:
    paper = offered(partner)
    services.decline_paper(paper=paper, version=1, by=cast.staff, because="Too dark to read")
    for name in ("accept/", "send-back/", ""):
        answer = client.post(
            f"/d/larkmoor/partners/papers/{paper.uid}/{name}", {"version": 2, "because": "x"}, follow=True
        )
        assert "Somebody decided this meanwhile." in answer.content.decode()
    with pytest.raises(services.NotThisPaper):
        services.accept_paper(paper=paper, version=2, by=cast.staff, valid_from=None, valid_until=None)
    again = offered(partner)
    with pytest.raises(ChangedMeanwhile):
        services.accept_paper(paper=again, version=7, by=cast.staff, valid_from=None, valid_until=None)


def test_the_list_knows_the_soonest_end_of_what_is_not_renewed(cast: Cast, partner: Partner) -> None:
    a_paper(cast, partner, valid_until=on("2028-03-03"))
    first = a_paper(cast, partner, kind="w9", valid_until=on("2027-01-31"))
    a_paper(cast, partner, kind="other")
    partner.refresh_from_db()
    assert partner.ends_on == on("2027-01-31")
    a_paper(cast, partner, kind="w9", renews=first)
    partner.refresh_from_db()
    assert partner.ends_on == on("2028-03-03")


def test_each_paper_says_how_it_stands(cast: Cast, partner: Partner, client: Client) -> None:
    today = clock.today(cast.larkmoor)
    soon, later = today + datetime.timedelta(9), today + datetime.timedelta(200)
    a_paper(cast, partner, valid_until=today - datetime.timedelta(1))
    a_paper(cast, partner, valid_until=soon)
    a_paper(cast, partner, valid_from=soon, valid_until=later)
    a_paper(cast, partner)
    offered(partner)
    words = text(open_page(client, partner, "papers/"))
    assert words.index("Waiting for us") < words.index("Ended ")
    assert "Accepted, no end date" in words
    assert "Begins " in words


def test_a_viewer_reads_the_list_and_opens_no_file(cast: Cast, partner: Partner, sign_in: SignIn) -> None:
    paper = a_paper(cast, partner, upload=Upload("a.pdf", "application/pdf", PDF))
    page = open_page(sign_in(cast.viewer), partner, "papers/")
    assert "Certificate of insurance" in page
    assert f"{paper.uid}" not in page


def test_the_tab_takes_as_many_queries_for_one_paper_as_for_three(
    cast: Cast, partner: Partner, client: Client, django_assert_num_queries: Any
) -> None:
    address = f"/d/larkmoor/partners/{partner.uid}/papers/"
    a_paper(cast, partner, school=cast.quillback, upload=Upload("a.pdf", "application/pdf", PDF))
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
    for kind in ("w9", "other"):
        a_paper(cast, partner, kind=kind, school=cast.quillback)
    with django_assert_num_queries(9):
        client.get(address)
