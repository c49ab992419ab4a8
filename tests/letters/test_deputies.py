"""A deputy signs for the principal: on the sheet, in what is kept, on the public page and on Today."""

import datetime
import io
from typing import Any

import pytest
from pypdf import PdfReader

from accounts import clock, deputies
from accounts.models import Deputy, Membership
from letters import services
from letters.models import Letter, SignedLetter
from letters.queries import to_sign_page
from press.documents import Refusal
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter, make_partnership

FOR = "Dr. Rosalind Oyelaran, Principal"


@pytest.fixture
def deputy(cast: Cast) -> Membership:
    """The coordinator, who signs for Quillback's principal for ten days."""
    today = clock.today(cast.larkmoor)
    deputies.name_deputy(
        principal=cast.principal,
        deputy=cast.coordinator,
        since=today,
        until=today + datetime.timedelta(days=10),
        by=cast.principal,
    )
    return cast.coordinator


@pytest.fixture
def signed_for(deputy: Membership, waiting: Letter) -> SignedLetter:
    return services.sign_letter(letter=waiting, version=waiting.version, by=deputy)


def test_the_signature_says_who_signed_and_for_whom(cast: Cast, signed_for: SignedLetter) -> None:
    assert signed_for.signer == {"name": "Imogen Tasker", "title": "Coordinator", "for": FOR}
    letter = Letter.objects.get()
    assert (letter.signer, letter.signed_for) == (cast.coordinator, cast.principal)
    [page] = PdfReader(io.BytesIO(bytes(signed_for.pdf))).pages
    lines = page.extract_text().splitlines()
    place = lines.index("Coordinator")
    assert (lines[place - 1], lines[place + 1]) == ("Imogen Tasker", f"for {FOR}")


def test_the_text_stays_the_principals(signed_for: SignedLetter) -> None:
    assert signed_for.values["signer.name"] == "Dr. Rosalind Oyelaran"


def test_anybody_who_checks_the_code_reads_for_whom(signed_for: SignedLetter, client: Any) -> None:
    words = " ".join(client.get(f"/check/{signed_for.code}/").content.decode().split())
    assert f"Imogen Tasker, Coordinator<br>for {FOR}" in words


def test_the_letters_page_says_so(cast: Cast, signed_for: SignedLetter, sign_in: SignIn) -> None:
    words = sign_in(cast.preparer).get(f"/d/larkmoor/letters/{signed_for.letter.uid}/").content.decode()
    assert f"Signed by Imogen Tasker for {FOR} on" in words


def test_a_letter_of_the_principals_own_names_nobody_else(
    cast: Cast, deputy: Membership, waiting: Letter
) -> None:
    kept = services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal)
    assert kept.signer == {"name": "Dr. Rosalind Oyelaran", "title": "Principal"}
    assert Letter.objects.get().signed_for is None


def test_a_deputy_finds_it_in_the_navigation_on_today_and_in_the_list(
    deputy: Membership, waiting: Letter, sign_in: SignIn
) -> None:
    client = sign_in(deputy)
    today = client.get("/d/larkmoor/").content.decode()
    assert "Sign a letter" in today
    assert '/d/larkmoor/letters/to-sign/"' in today
    listed = client.get("/d/larkmoor/letters/to-sign/").content.decode()
    assert "You sign for Dr. Rosalind Oyelaran until" in listed
    page = client.get(f"/d/larkmoor/letters/{waiting.uid}/").content.decode()
    assert "You sign for Dr. Rosalind Oyelaran; the letter says so." in page
    answer = client.post(f"/d/larkmoor/letters/{waiting.uid}/sign/", {"version": waiting.version})
    assert answer.status_code == 302
    assert SignedLetter.objects.get().signer["for"] == FOR


def test_a_deputy_sees_only_what_waits_where_they_sign(
    cast: Cast, deputy: Membership, waiting: Letter
) -> None:
    other = make_letter(cast, make_partnership(cast.bellwether, "Elsewhere"))
    Letter.objects.filter(pk=other.pk).update(
        state="to_sign", signer=cast.bellwether_principal, handed_in_at=clock.now()
    )
    Membership.objects.filter(pk=deputy.pk).update(whole_district=True)
    assert to_sign_page(Membership.objects.get(pk=deputy.pk)) == [waiting]


def test_once_the_right_is_over_nothing_can_be_signed(
    cast: Cast, deputy: Membership, waiting: Letter, sign_in: SignIn
) -> None:
    deputies.end_deputy(deputy=Deputy.objects.get(), by=cast.principal)
    client = sign_in(deputy)
    assert client.get("/d/larkmoor/letters/to-sign/").status_code == 404
    answer = client.post(f"/d/larkmoor/letters/{waiting.uid}/sign/", {"version": waiting.version})
    assert answer.status_code == 403
    with pytest.raises(services.NotTheSigner):
        services.sign_letter(letter=waiting, version=waiting.version, by=Membership.objects.get(pk=deputy.pk))
    assert Letter.objects.get().state == "to_sign"


def test_the_principal_reads_on_today_what_was_signed_for_them(
    cast: Cast, signed_for: SignedLetter, sign_in: SignIn
) -> None:
    words = sign_in(cast.principal).get("/d/larkmoor/").content.decode()
    assert f"signed letter {signed_for.reference} to Tamarack Youth Counseling for you." in words


def test_a_letter_that_could_not_be_printed_waits_for_the_principal_again(
    deputy: Membership, cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Refusal(services.signing.Reason.TOO_LARGE, "Too much.")
    monkeypatch.setattr(services.signing.client, "render", lambda documents: [refused])
    with pytest.raises(services.CannotPrint):
        services.sign_letter(letter=waiting, version=waiting.version, by=deputy)
    letter = Letter.objects.get()
    assert (letter.state, letter.signer, letter.signed_for) == ("to_sign", cast.principal, None)


def test_a_spanish_letter_says_it_in_spanish(
    cast: Cast, deputy: Membership, quillback: Any, press: Any
) -> None:
    letter = make_letter(cast, make_partnership(quillback), language="es")
    kept = services.sign_letter(letter=letter, version=letter.version, by=deputy)
    [page] = PdfReader(io.BytesIO(bytes(kept.pdf))).pages
    assert f"en nombre de {FOR}" in page.extract_text().splitlines()
