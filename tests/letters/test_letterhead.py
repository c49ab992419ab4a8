"""Logos and signatures: who puts them up, who sees them, and how they stand on paper."""

import io
from typing import Any

import page
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from PIL import Image

from accounts import clock
from accounts.deputies import name_deputy
from accounts.models import Membership
from accounts.urls_in import url_in
from letters import pictures, services
from letters.composing import as_it_stands, compose, with_signature
from letters.models import Letter, LetterNumber, Picture, SignedLetter
from letters.picture_queries import bytes_for, logo_for, logo_of, signature_of
from letters.queries import whole
from letters.sheet import Sheet, document, preview
from letters.tasks import sweep_signatures
from press import client
from press.documents import Document, Pdf
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.drawing import encoded, logo, made_logo, made_signature, signature
from tests.letters.test_pages import count_queries, messages_of
from tests.letters.test_signing import sign, take
from tests.press.running import RunningPress


def upload(content: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def at(cast: Cast, route: str, **where: Any) -> str:
    return url_in(cast.larkmoor, f"letters:{route}", **where)


def picture_at(cast: Cast, picture: Picture) -> str:
    return at(cast, "picture", uid=picture.uid)


def put_signature(cast: Cast, of: Membership) -> Picture:
    return services.put_signature(made=made_signature(), by=of)


def figures(content: bytes) -> list[str]:
    """The alternative texts of a PDF's pictures, in the order in which they are read."""
    pdf = pikepdf.open(io.BytesIO(content))
    found: list[str] = []

    def look(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                look(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S == "/Figure":
                found.append(str(node.Alt))
            look(node.get("/K", pikepdf.Array()))

    look(pdf.Root.StructTreeRoot.K)
    return found


def test_a_principal_puts_up_a_signature_sees_it_and_takes_it_away(cast: Cast, sign_in: SignIn):
    browser, here = sign_in(cast.principal), at(cast, "my_signature")
    assert "No signature yet" in browser.get(here).content.decode()
    kept = browser.post(here, {"made": upload(signature())}, follow=True)
    assert messages_of(kept) == ["Kept. It stands on letters from now on."]
    mine = signature_of(cast.principal)
    assert f'src="{picture_at(cast, mine)}"' in kept.content.decode()
    image = browser.get(picture_at(cast, mine))
    assert (image["Content-Type"], image["Cache-Control"], image["X-Content-Type-Options"]) == (
        "image/jpeg",
        "private, no-store",
        "nosniff",
    )
    assert Image.open(io.BytesIO(image.content)).format == "JPEG"
    gone = browser.post(here, {"then": "remove"}, follow=True)
    assert messages_of(gone) == ["Taken away. Letters that were signed keep it."]
    assert signature_of(cast.principal) is None
    browser.post(here, {"then": "remove"})
    assert Picture.objects.count() == 2


def test_a_signature_is_found_by_its_owner_alone(cast: Cast, sign_in: SignIn):
    address = picture_at(cast, put_signature(cast, cast.principal))
    others = [cast.staff, cast.coordinator, cast.preparer, cast.viewer, cast.bellwether_principal]
    assert [sign_in(other).get(address).status_code for other in others] == [404] * 5
    assert sign_in(cast.principal).get(address).status_code == 200


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(cast: Cast, sign_in: SignIn):
    browser, here = sign_in(cast.principal), at(cast, "my_signature")
    large = encoded(Image.new("1", (6000, 5000)))
    for content, words in (
        (b"<svg/>", "This file is no PNG or JPEG picture. Save it as one of these first."),
        (large, "This picture is 6000 x 5000 pixels. Make it at most 20 megapixels."),
    ):
        answer = browser.post(here, {"made": upload(content)})
        assert answer.context["form"].errors["made"] == [words]
    assert browser.post(here, {}).context["form"].errors["made"] == ["Choose a file."]
    assert Picture.objects.count() == 0


def test_a_school_s_logo_is_put_up_by_its_people_and_seen_by_the_district(cast: Cast, sign_in: SignIn):
    here = at(cast, "school_logo", uid=cast.quillback.uid)
    for person in (cast.principal, cast.coordinator, cast.staff):
        answer = sign_in(person).post(here, {"made": upload(logo()), "alt": " A quill "}, follow=True)
        assert messages_of(answer) == ["Kept. It stands on letters from now on."]
        assert (logo_of(cast.quillback).by, logo_of(cast.quillback).alt) == (person, "A quill")
    image = sign_in(cast.bellwether_coordinator).get(picture_at(cast, logo_of(cast.quillback)))
    assert (image.status_code, image["Cache-Control"]) == (200, "private, max-age=31536000, immutable")


def test_the_schools_pages_lead_to_the_logos(cast: Cast, sign_in: SignIn):
    school, schools = (
        url_in(cast.larkmoor, "schools:page", uid=cast.quillback.uid),
        url_in(cast.larkmoor, "schools:list"),
    )
    link = f'href="{at(cast, "school_logo", uid=cast.quillback.uid)}"'
    seen = [link in sign_in(one).get(school).content.decode() for one in (cast.coordinator, cast.preparer)]
    assert seen == [True, False]
    district = f'href="{at(cast, "district_logo")}"'
    seen = [district in sign_in(one).get(schools).content.decode() for one in (cast.staff, cast.coordinator)]
    assert seen == [True, False]


def test_one_s_settings_lead_to_the_signature_of_who_signs(cast: Cast, sign_in: SignIn):
    link = f'href="{at(cast, "my_signature")}"'
    me = url_in(cast.larkmoor, "people:me")
    seen = [link in sign_in(one).get(me).content.decode() for one in (cast.principal, cast.coordinator)]
    assert seen == [True, False]


def test_a_school_without_a_logo_has_the_district_s(cast: Cast):
    assert logo_for(cast.quillback) is None
    of_district = services.put_logo(made=made_logo(), school=None, by=cast.staff)
    assert logo_for(cast.quillback) == of_district
    own = services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal)
    assert (logo_for(cast.quillback), logo_for(cast.bellwether)) == (own, of_district)
    services.take_logo_away(school=cast.quillback, by=cast.principal)
    assert (logo_of(cast.quillback), logo_for(cast.quillback)) == (None, of_district)


def test_pictures_are_kept_as_put_up(cast: Cast):
    put_signature(cast, cast.principal)
    with pytest.raises(IntegrityError, match="kept as written"), transaction.atomic():
        Picture.objects.update(alt="another")
    with pytest.raises(IntegrityError, match="kept as written"), transaction.atomic():
        connection.cursor().execute("DELETE FROM letters_picture")


@pytest.mark.parametrize(
    ("language", "logo_words", "words"),
    [
        ("en", "Logo of Quillback Middle School", "Signature of Dr. Rosalind Oyelaran"),
        ("es", "Logotipo de Quillback Middle School", "Firma de Dr. Rosalind Oyelaran"),
    ],
)
def test_a_signed_letter_shows_both_with_their_words_and_fails_no_rule(
    language: str, logo_words: str, words: str, cast: Cast, new_partner: Any, press: RunningPress
):
    services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal)
    put_signature(cast, cast.principal)
    kept = sign(make_letter(cast, new_partner, language=language), cast)
    assert figures(bytes(kept.pdf))[:2] == [logo_words, words]
    assert len(figures(bytes(kept.pdf))) == 3  # and the code
    report = page.validate_pdf_bytes(bytes(kept.pdf), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_a_logo_s_own_words_stand_in_the_pdf(cast: Cast, draft: Letter, press: RunningPress):
    services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal, alt="A quill over water")
    assert figures(bytes(sign(draft, cast).pdf))[0] == "A quill over water"


def test_a_letter_signed_without_a_picture_is_signed_in_type(cast: Cast, draft: Letter, press: RunningPress):
    kept = sign(draft, cast)
    assert len(figures(bytes(kept.pdf))) == 1
    assert kept.number.fixed["sheet"]["signature"] == {}


def test_a_proof_and_others_previews_are_without_the_signature(cast: Cast, waiting: Letter):
    mine = put_signature(cast, cast.principal)
    sheet = compose(whole(Letter.objects.filter(pk=waiting.pk)).get())
    assert (sheet.signature, bytes_for(sheet)) == ({}, {})
    sign(waiting, cast)
    signed = as_it_stands(Letter.objects.get(pk=waiting.pk))
    address = picture_at(cast, mine)
    seen = [address in preview(signed, by) for by in (cast.principal, cast.staff, cast.coordinator, None)]
    assert seen == [True, False, False, False]


def test_who_is_to_sign_sees_the_own_signature_on_the_letter_that_waits(
    cast: Cast, waiting: Letter, sign_in: SignIn
):
    address = picture_at(cast, put_signature(cast, cast.principal))
    where = at(cast, "page", uid=waiting.uid)
    seen = [address in sign_in(one).get(where).content.decode() for one in (cast.principal, cast.coordinator)]
    assert seen == [True, False]


def test_a_deputy_signs_with_the_deputy_s_own_signature(cast: Cast, waiting: Letter):
    put_signature(cast, cast.principal)
    own = put_signature(cast, cast.coordinator)
    today = clock.today(cast.larkmoor)
    name_deputy(
        principal=cast.principal, deputy=cast.coordinator, since=today, until=today, by=cast.principal
    )
    kept = services.sign_letter(letter=waiting, version=waiting.version, by=cast.coordinator)
    assert kept.number.fixed["sheet"]["signature"] == {
        "uid": str(own.uid),
        "sha256": own.sha256,
        "owner": str(cast.coordinator.uid),
    }
    assert "Signature of Imogen Tasker" in figures(bytes(kept.pdf))


def test_the_sweep_prints_the_picture_of_the_signature_not_a_later_one(
    cast: Cast, waiting: Letter, monkeypatch: pytest.MonkeyPatch
):
    first = put_signature(cast, cast.principal)
    number = take(waiting, cast)
    services.take_signature_away(by=cast.principal)
    LetterNumber.objects.filter(pk=number.pk).update(taken_at=clock.now() - services.signing.GRACE * 2)
    sent: list[Document] = []
    real = client.render
    monkeypatch.setattr(client, "render", lambda documents: sent.extend(documents) or real(documents))
    assert sweep_signatures() == 1
    assert sent[0].assets == {"signature.jpg": bytes(first.jpeg)}
    assert figures(bytes(SignedLetter.objects.get().pdf))[0] == "Signature of Dr. Rosalind Oyelaran"


def test_a_sheet_whose_picture_is_not_the_one_that_was_fixed_is_refused(
    cast: Cast, waiting: Letter, press: RunningPress
):
    put_signature(cast, cast.principal)
    number = take(waiting, cast)
    number.fixed["sheet"]["signature"]["sha256"] = "0" * 64
    with pytest.raises(services.CannotPrint, match="missing asset"):
        services.finish_number(number=number)


def test_a_sheet_that_was_fixed_before_there_were_pictures_still_prints(
    cast: Cast, waiting: Letter, press: RunningPress
):
    number = take(waiting, cast)
    for name in ("logo", "signature"):
        del number.fixed["sheet"][name]
    del number.fixed["pages"]
    assert isinstance(Sheet(**number.fixed["sheet"]), Sheet)
    assert services.finish_number(number=number).reference == number.reference


def test_a_picture_is_at_most_six_tenths_of_an_inch_high(cast: Cast, draft: Letter, press: RunningPress):
    """A long signature and a tall one: neither pushes the letter onto a second page."""
    for size in ((2000, 200), (200, 2000)):
        made = pictures.made_signature(encoded(Image.new("RGB", size, "black")))
        services.put_signature(made=made, by=cast.principal)
        sheet = with_signature(compose(whole(Letter.objects.filter(pk=draft.pk)).get()), cast.principal)
        [printed] = client.render([document(sheet, bytes_for(sheet))])
        assert isinstance(printed, Pdf)
        assert printed.pages == 1


def test_pages_with_pictures_ask_the_database_no_more_often(cast: Cast, sign_in: SignIn):
    browser: Client = sign_in(cast.principal)
    services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal)
    here = at(cast, "school_logo", uid=cast.quillback.uid)
    once = count_queries(browser, here)
    for _ in range(2):
        services.put_logo(made=made_logo(), school=cast.quillback, by=cast.principal)
    assert count_queries(browser, here) == once
