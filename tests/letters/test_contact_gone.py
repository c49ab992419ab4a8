"""A letter to somebody who has left is neither handed in nor signed until somebody else is chosen."""

import datetime
from typing import Any

import pytest

from accounts import clock
from accounts.urls_in import url_in
from letters import services
from letters.enums import EventKind, State
from letters.models import Letter, LetterNumber
from partners.models import Contact, Partnership
from tests.conftest import Cast, SignIn
from tests.letters.test_pages import at, form_of, messages_of

LEFT = "Odile Brandt left on November 2."
CHOOSE = "Choose to whom this letter goes."


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of November 23, 2026."""
    noon = datetime.datetime(2026, 11, 23, 18, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def left(november: None, draft: Letter) -> Letter:
    """A draft whose contact has left since."""
    Contact.objects.update(left_on=datetime.date(2026, 11, 2))
    return Letter.objects.get(pk=draft.pk)


@pytest.fixture
def maya(left: Letter) -> Contact:
    """Somebody else at the partner."""
    contact: Contact = Contact.objects.create(
        district=left.school.district,
        partner=left.partnership.partner,
        name="Maya Cole",
        salutation="Ms. Cole",
        email="maya@tamarack.example",
    )
    return contact


def wait(letter: Letter, cast: Cast) -> Letter:
    """The letter, once it waits for the principal."""
    Letter.objects.filter(pk=letter.pk).update(
        state=State.TO_SIGN, signer=cast.principal, handed_in_at=clock.now()
    )
    return Letter.objects.get(pk=letter.pk)


def test_writing_offers_nobody_who_has_left(cast: Cast, left: Letter, maya: Contact, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator).get(url_in(cast.larkmoor, "letters:write", uid=left.partnership.uid))
    assert list(page.context["form"].fields["contact"].queryset) == [maya]
    choice = {"kind": "new_partner", "language": "en", "by": cast.coordinator}
    with pytest.raises(services.ContactGone) as told:
        services.prepare_letter(partnership=left.partnership, contact=left.contact, **choice)
    assert told.value.words == f"{LEFT} {CHOOSE}"


def test_handing_in_and_signing_are_refused_with_a_named_error(cast: Cast, left: Letter) -> None:
    with pytest.raises(services.ContactGone):
        services.hand_in(letter=left, version=left.version, by=cast.coordinator)
    with pytest.raises(services.ContactGone):
        services.sign_letter(letter=left, version=left.version, by=cast.principal)
    waiting = wait(left, cast)
    services.look_at(letter=waiting, version=waiting.version, by=cast.principal)
    [tried] = services.sign_several(letters=[waiting], by=cast.principal)
    assert isinstance(tried.refused, services.ContactGone)
    with pytest.raises(services.ContactGone):
        services.sign_letter(letter=waiting, version=waiting.version, by=cast.principal)
    assert (Letter.objects.get().state, LetterNumber.objects.count()) == (State.TO_SIGN, 0)


def test_a_draft_keeps_its_person_until_another_is_chosen(
    cast: Cast, left: Letter, maya: Contact, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    page = client.get(at(left, "edit"))
    shown = page.content.decode()
    assert f"<b>{LEFT}</b> {CHOOSE}" in shown
    assert "Odile Brandt, left on November 2</option>" in shown
    assert page.context["form"].initial["contact"] == left.contact_id
    client.post(at(left, "edit"), form_of(left, block_ask="My own question?"))
    saved = Letter.objects.get()
    assert (saved.contact, saved.blocks[4]["text"]) == (left.contact, "My own question?")
    refused = client.post(at(left, "edit"), form_of(saved, then="hand_in"))
    assert refused.url == at(left, "edit") + "?check#errors"
    page = client.get(at(left, "edit") + "?check")
    assert page.context["problems"][0] == ("#id_contact", f"{LEFT} {CHOOSE}")
    client.post(at(left, "edit"), form_of(Letter.objects.get(), contact=maya.pk))
    assert (Letter.objects.get().contact, LEFT in client.get(at(left, "edit")).content.decode()) == (
        maya,
        False,
    )


def test_a_letter_that_waits_is_given_to_somebody_else_and_then_signed(
    cast: Cast, left: Letter, maya: Contact, sign_in: SignIn, press: Any
) -> None:
    waiting, client = wait(left, cast), sign_in(cast.principal)
    page = client.get(at(waiting, "page")).content.decode()
    assert f"<b>{LEFT}</b> {CHOOSE}" in page
    assert (at(waiting, "sign") in page, page.count("btn-primary")) == (False, 1)
    refused = client.post(at(waiting, "sign"), {"version": waiting.version}, follow=True)
    assert messages_of(refused) == [f"{LEFT} {CHOOSE}"]
    chosen = {"version": waiting.version, "contact": maya.pk}
    done = client.post(at(waiting, "address"), chosen, follow=True)
    assert messages_of(done) == ["The letter goes to Maya Cole now. Read it once more."]
    again = client.post(at(waiting, "address"), chosen, follow=True)
    assert messages_of(again) == ["Somebody changed this letter meanwhile. Here it is as it stands now."]
    now = Letter.objects.get()
    assert [event.kind for event in now.events.all()] == [EventKind.ADDRESSED]
    client.post(at(now, "sign"), {"version": now.version})
    kept = Letter.objects.get().signed
    assert (kept.recipient["lines"][0], kept.letter.state) == ("Maya Cole", State.SIGNED)


def test_nobody_who_has_left_and_nobody_elsewhere_is_chosen(
    cast: Cast, left: Letter, maya: Contact, existing_partner: Partnership, sign_in: SignIn
) -> None:
    waiting, client = wait(left, cast), sign_in(cast.coordinator)
    elsewhere = existing_partner.partner.contacts.get()
    for chosen in (left.contact_id, elsewhere.pk, ""):
        typed = {"version": waiting.version, "contact": chosen}
        assert messages_of(client.post(at(waiting, "address"), typed, follow=True)) == [CHOOSE]
    with pytest.raises(services.ContactGone):
        services.address_to(
            letter=waiting, version=waiting.version, contact=left.contact, by=cast.coordinator
        )
    with pytest.raises(ValueError, match="its own partner"):
        services.address_to(letter=waiting, version=waiting.version, contact=elsewhere, by=cast.coordinator)
    assert Letter.objects.get().contact == left.contact


def test_of_somebody_who_was_erased_it_is_said_without_a_name(cast: Cast, left: Letter) -> None:
    Contact.objects.update(
        erased_at=clock.now(), name="", salutation="", role="", email="", phone="", extra={}
    )
    with pytest.raises(services.ContactGone) as told:
        services.hand_in(letter=left, version=left.version, by=cast.coordinator)
    assert told.value.words == (f"The person to whom this letter goes was erased from the records. {CHOOSE}")


def test_where_nobody_else_is_there_the_page_leads_to_adding_somebody_and_back(
    cast: Cast, left: Letter, sign_in: SignIn
) -> None:
    partner = left.partnership.partner
    add = url_in(cast.larkmoor, "partners:add_contact", uid=partner.uid)
    write = url_in(cast.larkmoor, "letters:write", uid=left.partnership.uid)
    client = sign_in(cast.coordinator)
    for address, back in ((at(left, "edit"), at(left, "page")), (write, write)):
        assert f'href="{add}?next={back.replace("/", "%2F")}"' in client.get(address).content.decode()
    typed = {"name": "Maya Cole", "language": "en"}
    added = client.post(f"{add}?next={write}", typed)
    assert added.url == write
    assert [str(one) for one in client.get(write).context["form"].fields["contact"].queryset] == ["Maya Cole"]
