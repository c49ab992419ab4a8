"""The district's approval: a letter to a business or a faith-based body in words of one's own."""

from typing import Any

import pytest

from accounts.urls_in import url_in
from letters import services
from letters.approval import Need, needed
from letters.enums import State
from letters.models import Letter, LetterApproval, LetterEvent, Template
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.press.running import RunningPress

from .test_odd_text import with_opening
from .test_pages import at, messages_of
from .test_text_versions import save


@pytest.fixture
def church(new_partner: Partnership) -> Partnership:
    Partner.objects.filter(pk=new_partner.partner_id).update(sectors=["youth_serving", "faith"])
    new_partner.partner.refresh_from_db()
    return new_partner


@pytest.fixture
def reworded(cast: Cast, church: Partnership) -> Letter:
    """A draft to a faith-based partner whose opening is not the district's."""
    return with_opening(make_letter(cast, church), "You are our neighbors.")


@pytest.fixture
def asked(cast: Cast, reworded: Letter, press: RunningPress) -> Letter:
    services.hand_in(letter=reworded, version=reworded.version, by=cast.coordinator)
    return reworded


def of_school(cast: Cast) -> Template:
    districts = Template.objects.get(kind="new_partner", school=None)
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    save(cast, own, en_opening="You are our neighbors.")
    return own


@pytest.mark.parametrize(
    ("fields", "need"),
    [
        ({"sectors": ["faith"]}, Need.ADDRESSEE),
        ({"sectors": ["business", "media"]}, Need.ADDRESSEE),
        ({"kind": "business"}, Need.ADDRESSEE),
        ({"sectors": ["civic"]}, None),
    ],
)
def test_other_words_than_the_districts_need_approval_by_whom_they_go_to(
    cast: Cast, new_partner: Partnership, fields: dict[str, Any], need: Need | None
) -> None:
    Partner.objects.filter(pk=new_partner.partner_id).update(**fields)
    letter = make_letter(cast, new_partner)
    assert needed(Letter.objects.get(pk=letter.pk)) is None
    assert needed(with_opening(letter, "You are our neighbors.")) is need


def test_a_schools_own_text_needs_approval_to_such_a_partner_until_the_text_has_it(
    cast: Cast, church: Partnership
) -> None:
    own = of_school(cast)
    letter = make_letter(cast, church)
    assert needed(letter) is Need.ADDRESSEE
    newest = own.versions.filter(language="en").first()
    services.review_text(version=newest, approved=True, by=cast.staff)
    assert needed(letter) is None


def test_with_the_rule_a_draft_out_of_an_unapproved_text_needs_approval_whoever_gets_it(
    cast: Cast, new_partner: Partnership
) -> None:
    of_school(cast)
    letter = make_letter(cast, new_partner)
    assert needed(letter) is None
    services.set_text_rule(needed=True, by=cast.staff)
    assert needed(letter) is Need.RULE


def test_such_a_letter_cannot_be_signed_before_its_approval(
    cast: Cast, reworded: Letter, press: RunningPress
) -> None:
    with pytest.raises(services.NeedsApproval) as refused:
        services.sign_letter(letter=reworded, version=reworded.version, by=cast.principal)
    assert (refused.value.need, Letter.objects.get().state) == (Need.ADDRESSEE, State.DRAFT)


def test_it_waits_for_district_staff_and_then_for_its_signer(cast: Cast, asked: Letter) -> None:
    assert list(Letter.objects.to_sign(cast.principal)) == []
    assert list(Letter.objects.to_approve(cast.staff)) == [asked]
    assert list(Letter.objects.to_approve(cast.coordinator)) == []
    services.approve_letter(letter=asked, version=asked.version, by=cast.staff, note="Kind words.")
    assert list(Letter.objects.to_sign(cast.principal)) == [asked]
    assert list(Letter.objects.to_approve(cast.staff)) == []
    signed = services.sign_letter(letter=asked, version=asked.version, by=cast.principal)
    assert signed.letter.state == State.SIGNED
    kept = LetterApproval.objects.get()
    assert (kept.by, kept.note, kept.text["blocks"]) == (cast.staff, "Kind words.", asked.blocks)


def test_other_words_after_the_approval_need_another_one(cast: Cast, asked: Letter) -> None:
    services.approve_letter(letter=asked, version=asked.version, by=cast.staff)
    services.send_back(letter=asked, version=asked.version, note="Shorter.", by=cast.principal)
    assert needed(asked) is None
    assert needed(with_opening(asked, "You are neighbors of ours.")) is Need.ADDRESSEE


def test_district_staff_send_it_back_with_a_note(cast: Cast, asked: Letter, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    without = client.post(at(asked, "approve"), {"version": asked.version, "note": ""}, follow=True)
    assert messages_of(without) == ["Say in the note what should change."]
    back = client.post(at(asked, "approve"), {"version": asked.version, "note": "Name them."}, follow=True)
    assert messages_of(back) == ["Sent back with your note. Imogen Tasker finds it on Today."]
    letter = Letter.objects.get(pk=asked.pk)
    assert (letter.state, letter.waits_for_approval) == (State.DRAFT, False)
    assert LetterEvent.objects.filter(kind="sent_back").get().reason == "Name them."


def test_district_staff_approve_it_from_their_list(cast: Cast, asked: Letter, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    listed = client.get(url_in(cast.larkmoor, "letters:approvals")).content.decode()
    assert f'href="{at(asked, "page")}"' in listed
    assert "Approve this letter" in client.get(at(asked, "page")).content.decode()
    done = {"version": asked.version, "approved": "yes", "note": ""}
    approved = client.post(at(asked, "approve"), done, follow=True)
    assert messages_of(approved) == ["Approved. Dr. Rosalind Oyelaran finds it under “To sign”."]
    assert messages_of(client.post(at(asked, "approve"), done, follow=True)) == [
        "Somebody changed this letter meanwhile. Here it is as it stands now."
    ]


def test_a_principal_who_signs_it_is_told_that_it_waits(
    cast: Cast, reworded: Letter, press: RunningPress, sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    said = client.post(at(reworded, "sign"), {"version": reworded.version}, follow=True)
    assert messages_of(said) == [
        "Not signed yet. Its text is not the district's, and it goes to a business or a faith-based body. "
        "It waits for district staff now. Once they approved it, it is under “To sign”."
    ]
    assert [letter.state for letter in Letter.objects.to_approve(cast.staff)] == [State.TO_SIGN]
    page = client.get(at(reworded, "page")).content.decode()
    assert "Waiting for the district" in page
    assert "Sign and send" not in page


def test_today_tells_district_staff(cast: Cast, asked: Letter, sign_in: SignIn) -> None:
    today = sign_in(cast.staff).get(f"/d/{cast.larkmoor.slug}/").content.decode()
    assert "Approve a letter" in today
    assert (
        "Approve a letter" not in sign_in(cast.coordinator).get(f"/d/{cast.larkmoor.slug}/").content.decode()
    )
