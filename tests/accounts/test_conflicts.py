"""Where two people act on one record at once, the second is told what happened, and nothing breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F, Model
from django.test import Client

from accounts import clock
from accounts import services as people
from accounts.models import Membership
from letters import services as letters
from letters.models import Letter
from partners import services as partners
from partners.models import Contact
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter, make_partnership
from tests.partners.factories import a_contact, a_partner


@pytest.fixture
def somebody_is_faster(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets somebody else change a record between the moment a view reads it and the moment it writes."""

    def arrange(where: Any, service: str, record: Model, **changes: Any) -> None:
        honest = getattr(where, service)

        def late(**values: Any) -> Any:
            type(record)._default_manager.filter(pk=record.pk).update(version=F("version") + 1, **changes)
            return honest(**values)

        monkeypatch.setattr(where, service, late)

    return arrange


def told(answer: Any, back: str) -> bool:
    """Whether the page says that somebody was faster, and leads back."""
    html = answer.content.decode()
    return (
        answer.status_code == 409
        and "Somebody changed this meanwhile" in html
        and f'href="{back}">See' in html
    )


def last_day(cast: Cast) -> dict[str, str]:
    return {"last_day": clock.today(cast.larkmoor).isoformat()}


def test_ending_a_role_that_was_changed_just_now_is_told(
    cast: Cast, sign_in: SignIn, somebody_is_faster: Callable[..., None]
) -> None:
    somebody_is_faster(people, "end_membership", cast.viewer)
    client = sign_in(cast.staff)
    page = "http://testserver/d/larkmoor/people/"
    answer = client.post(
        f"/d/larkmoor/people/{cast.viewer.uid}/end/", last_day(cast), headers={"Referer": page}
    )
    assert told(answer, back=page)
    assert Membership.objects.get(pk=cast.viewer.pk).until is None


def test_a_contact_that_was_changed_just_now_has_not_left(
    cast: Cast, sign_in: SignIn, somebody_is_faster: Callable[..., None]
) -> None:
    contact = a_contact(a_partner(cast.coordinator), cast.coordinator)
    somebody_is_faster(partners, "contact_left", contact)
    client = sign_in(cast.coordinator)
    answer = client.post(f"/d/larkmoor/partners/contacts/{contact.uid}/left/")
    assert told(answer, back="/")
    assert Contact.objects.get().left_on is None


def test_the_way_back_never_leads_elsewhere(
    cast: Cast, sign_in: SignIn, somebody_is_faster: Callable[..., None]
) -> None:
    somebody_is_faster(people, "end_membership", cast.viewer)
    client = sign_in(cast.staff)
    for page in ("https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example/"):
        answer = client.post(
            f"/d/larkmoor/people/{cast.viewer.uid}/end/", last_day(cast), headers={"Referer": page}
        )
        assert told(answer, back="/")


def test_it_is_told_in_the_language_of_the_person(
    cast: Cast, sign_in: SignIn, somebody_is_faster: Callable[..., None]
) -> None:
    cast.staff.user.language = "es"
    cast.staff.user.save()
    somebody_is_faster(people, "end_membership", cast.viewer)
    answer = sign_in(cast.staff).post(f"/d/larkmoor/people/{cast.viewer.uid}/end/", last_day(cast))
    assert (answer.status_code, "Alguien cambió esto" in answer.content.decode()) == (409, True)


def test_a_draft_that_was_handed_in_just_now_is_shown_as_it_stands(
    cast: Cast, sign_in: SignIn, somebody_is_faster: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = make_letter(cast, make_partnership(cast.quillback, "Tamarack"))
    client: Client = sign_in(cast.coordinator)
    form = client.get(f"/d/larkmoor/letters/{letter.uid}/edit/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    def handed_in(**values: Any) -> None:
        Letter.objects.update(state="in_review")
        raise letters.NotThisState("in_review")

    monkeypatch.setattr(letters, "edit_draft", handed_in)
    answer = client.post(f"/d/larkmoor/letters/{letter.uid}/edit/", typed, follow=True)
    assert answer.redirect_chain == [(f"/d/larkmoor/letters/{letter.uid}/", 302)]
    assert "This letter is not waiting for that any more." in answer.content.decode()
