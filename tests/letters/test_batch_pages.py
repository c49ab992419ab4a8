"""The pages of letters to many: what would go wrong, the signature of all, and what goes out."""

import csv
import io
import zipfile
from typing import Any

import pypdf
import pytest
from django.test import Client

from letters.going_out import POSTING, on_paper
from letters.models import Batch, BatchRow, Letter, LetterEvent, SignedLetter
from letters.numbers import shown
from partners.models import Contact, Partnership
from tests.conftest import Cast, SignIn
from tests.letters.batches import a_batch, as_read, hand_in, sign, work_at
from tests.letters.conftest import make_partnership
from tests.letters.test_pages import messages_of
from tests.partners.test_import_page import words
from tests.pdf import text_of
from tests.press.running import RunningPress

LIST = "/d/larkmoor/letters/many/"


@pytest.fixture
def three(quillback: object, cast: Cast) -> list[Partnership]:
    return [
        make_partnership(cast.quillback, name) for name in ("Alder Choir", "Birch Clinic", "Cedar Library")
    ]


def url(batch: Batch, act: str = "") -> str:
    return f"{LIST}{batch.uid}/{act}"


def fields(batch: Batch, **more: Any) -> dict[str, Any]:
    keys = ",".join(str(key) for key in batch.rows.values_list("pk", flat=True))
    return {"version": batch.version, "by_mail": "True", "rows": keys, **more}


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


@pytest.fixture
def principal(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.principal)


@pytest.fixture
def signed_batch(cast: Cast, three: list[Partnership], press: RunningPress) -> Batch:
    """Signed: the first goes by e-mail, the two others on paper."""
    Contact.objects.exclude(partner=three[0].partner).update(email="")
    batch = hand_in(cast, a_batch(cast, *three))
    work_at(sign(cast, batch))
    return as_read(batch)


def test_each_row_says_what_would_go_wrong_and_leads_to_where_it_is_mended(
    cast: Cast, three: list[Partnership], coordinator: Client
):
    Contact.objects.filter(partner=three[0].partner).delete()
    three[1].partner.services.all().delete()
    batch = a_batch(cast, *three)
    html = coordinator.get(url(batch)).content.decode()
    key = batch.rows.get(partner=three[0].partner).pk
    back = f"next=%2Fd%2Flarkmoor%2Fletters%2Fmany%2F{batch.uid}%2F"
    assert f"/contacts/add/?{back}%23row-{key}" in html
    assert f"/services/add/?{back}" in html
    text = words(coordinator.get(url(batch)))
    assert "2 letters would go wrong" in text
    assert "No contact: a letter needs a named person." in text
    assert "What they offer: no value." in text
    assert "Hand in this 1 letter for signature" in text


def test_what_is_mended_is_kept_and_looked_at_again(
    cast: Cast, three: list[Partnership], coordinator: Client
):
    batch = a_batch(cast, *three)
    row = batch.rows.get(partner=three[0].partner)
    coordinator.post(url(batch, "mend/"), fields(batch, out=[row.pk], then="save"))
    text = words(coordinator.get(url(batch)))
    assert "Kept, and looked at again." in text
    assert "Ready: 2. To mend: 0. Left out: 1." in text


def test_the_second_of_two_people_is_told(cast: Cast, three: list[Partnership], coordinator: Client):
    batch = a_batch(cast, *three)
    old = fields(batch, then="save")
    coordinator.post(url(batch, "mend/"), old)
    answer = coordinator.post(url(batch, "mend/"), old, follow=True)
    assert "Somebody changed this meanwhile." in words(answer)


def test_handed_in_signed_and_seen(
    cast: Cast, three: list[Partnership], coordinator: Client, principal: Client, press: RunningPress
):
    batch = a_batch(cast, *three)
    answer = coordinator.post(url(batch, "mend/"), fields(batch, then="hand_in", shown=3), follow=True)
    assert "3 letters are handed in. Dr. Rosalind Oyelaran finds them under “To sign”." in words(answer)
    assert "3 letters to many" in words(principal.get("/d/larkmoor/letters/to-sign/"))
    page = words(principal.get(url(batch)))
    assert "Sign these 3 letters" in page
    assert "Dear Ms. Brandt:" in page
    assert "Cedar Library" in page
    batch = as_read(batch)
    answer = principal.post(url(batch, "sign/"), {"version": batch.version}, follow=True)
    assert "The letters are being signed" in words(answer)
    assert "You can leave this page." in words(answer)
    work_at(as_read(batch).job)
    assert "3 of 3 letters signed" in words(coordinator.get(url(batch)))


def test_a_list_that_changed_is_not_handed_in(cast: Cast, three: list[Partnership], coordinator: Client):
    batch = a_batch(cast, *three)
    data = fields(batch, then="hand_in", shown=2)
    answer = coordinator.post(url(batch, "mend/"), data, follow=True)
    assert "The number of letters has changed meanwhile." in words(answer)
    assert Letter.objects.count() == 0


def test_sent_back_its_note_stands_over_the_table(
    cast: Cast, three: list[Partnership], principal: Client, coordinator: Client, press: RunningPress
):
    batch = hand_in(cast, a_batch(cast, *three))
    principal.post(url(batch, "send-back/"), {"version": batch.version, "note": "Not the choir"})
    assert "It was sent back: Not the choir" in words(coordinator.get(url(batch)))


def test_stopped_the_page_says_what_is_signed_and_the_signer_goes_on(
    cast: Cast, three: list[Partnership], principal: Client, press: RunningPress
):
    batch = hand_in(cast, a_batch(cast, *three))
    job = sign(cast, batch)
    principal.post(f"/d/larkmoor/jobs/{job.uid}/cancel/")
    assert "Go on signing" in words(principal.get(url(batch)))
    batch = as_read(batch)
    principal.post(url(batch, "sign/"), {"version": batch.version})
    assert work_at(as_read(batch).job).state == "done"
    assert SignedLetter.objects.count() == 3


def test_the_print_file_holds_the_very_pages_that_were_signed_in_the_order_of_the_envelopes(
    signed_batch: Batch, coordinator: Client
):
    answer = coordinator.get(url(signed_batch, "print/1.pdf"))
    kept = [row.letter.signed for row in BatchRow.objects.order_by("n")][1:]
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert [page.get_contents().get_data() for page in pages] == [
        pypdf.PdfReader(io.BytesIO(bytes(one.pdf))).pages[0].get_contents().get_data() for one in kept
    ]
    text = text_of(answer.content)
    assert [shown(one.code) in text and one.reference in text for one in kept] == [True, True]
    assert coordinator.get(url(signed_batch, "print/2.pdf")).status_code == 404


def test_the_print_file_is_tagged_and_passes_as_pdf_ua(signed_batch: Batch, coordinator: Client):
    import page

    content = coordinator.get(url(signed_batch, "print/1.pdf")).content
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert list(report.failures) == []
    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert [kid.get_object()["/S"] for kid in root["/StructTreeRoot"]["/K"]] == ["/Document", "/Document"]


def test_the_list_names_each_letter_with_its_address_and_the_way_it_goes(
    signed_batch: Batch, coordinator: Client
):
    content = coordinator.get(url(signed_batch, "letters.csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    first, second = (row.letter.signed for row in BatchRow.objects.order_by("n")[:2])
    address = ["18 Quarry Lane", "Larkmoor TX 00000"]
    assert rows[0][:6] == ["Place", "Partner", "Name", "Reference", "Code", "Goes by"]
    assert rows[1:3] == [
        *[
            [
                str(n),
                name,
                "Odile Brandt",
                kept.reference,
                shown(kept.code),
                way,
                "Odile Brandt",
                "Executive Director",
                name,
                *address,
            ]
            for n, name, kept, way in (
                (1, "Alder Choir", first, "E-mail"),
                (2, "Birch Clinic", second, "Paper"),
            )
        ]
    ]


def test_the_zip_holds_each_pdf_as_it_was_signed(signed_batch: Batch, coordinator: Client):
    answer: Any = coordinator.get(url(signed_batch, "letters.zip"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    rows = BatchRow.objects.order_by("n")
    assert found == {f"{row.n:03d}-{row.letter.reference}.pdf": bytes(row.letter.signed.pdf) for row in rows}


@pytest.mark.parametrize("count", [1, 3])
def test_no_page_of_a_batch_costs_a_query_more_for_more_letters(
    cast: Cast,
    three: list[Partnership],
    coordinator: Client,
    press: RunningPress,
    count: int,
    django_assert_max_num_queries: Any,
):
    batch = a_batch(cast, *three[:count])
    with django_assert_max_num_queries(24):
        coordinator.get(url(batch))
    batch = hand_in(cast, batch)
    with django_assert_max_num_queries(28):
        coordinator.get(url(batch))
    work_at(sign(cast, batch))
    with django_assert_max_num_queries(16):
        coordinator.get(url(batch))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_batches_costs_one_query_however_many_there_are(
    cast: Cast, three: list[Partnership], coordinator: Client, count: int, django_assert_max_num_queries: Any
):
    for partnership in three[:count]:
        a_batch(cast, partnership)
    with django_assert_max_num_queries(10):
        text = words(coordinator.get(LIST))
    assert text.count("Being prepared") == count


def test_all_letters_on_paper_are_said_to_be_posted_at_once_and_that_is_taken_back(
    signed_batch: Batch, coordinator: Client
):
    assert "0 of 2 are posted." in coordinator.get(url(signed_batch)).content.decode()
    told = coordinator.post(url(signed_batch, "posted/"), follow=True)
    assert messages_of(told) == ["2 letters are kept as posted today."]
    assert (postings(signed_batch), stages(signed_batch)) == (["printed"] * 2, ["contacted"] * 2)
    page = told.content.decode()
    assert ("2 of 2 are posted." in page, "I have posted all of them" in page) == (True, False)
    told = coordinator.post(url(signed_batch, "posted/"), follow=True)
    assert messages_of(told) == ["All of them were posted before."]
    told = coordinator.post(url(signed_batch, "not-posted/"), follow=True)
    assert messages_of(told) == ["Taken back: 2 letters wait to be posted."]
    assert postings(signed_batch) == ["printed"] * 2 + ["undone"] * 2
    assert stages(signed_batch) == ["identified"] * 2
    told = coordinator.post(url(signed_batch, "not-posted/"), follow=True)
    assert messages_of(told) == [
        "There is nothing to take back: it was before, or something has changed since."
    ]


def postings(batch: Batch) -> list[str]:
    events = LetterEvent.objects.filter(letter__batch_row__batch=batch, kind__in=POSTING)
    return list(events.order_by("pk").values_list("kind", flat=True))


def stages(batch: Batch) -> list[str]:
    """Where those on paper stand."""
    return list(on_paper(batch).values_list("partnership__stage", flat=True))
