"""What I get by mail: one of us does without a kind of reminder, for what waits already too."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from outreach import outbox, services
from outreach.enums import EVERY_REMINDER, Reason, State, SuppressedBecause
from outreach.models import Message, Suppression
from outreach.registry import MailSource
from partnership_portal.voice import NOT_ON_THE_LIST
from tests.conftest import Cast, SignIn
from tests.outreach.factories import a_message, a_nag, at

pytestmark = pytest.mark.usefixtures("tuesday")
PAGE = "/d/larkmoor/what-i-get/"
ALL = ["decision_due", "decision_outcome", "letter_no_reply", "nag"]
WITHOUT_NAGS = ALL[:-1]
ASKED, BY_THEM = SuppressedBecause.ASKED, SuppressedBecause.UNSUBSCRIBED


def stopped() -> list[tuple[str, str]]:
    return sorted(Suppression.objects.values_list("kind", "because"))


def ticked(sign_in: SignIn, cast: Cast) -> list[str]:
    return list(sign_in(cast.viewer).get(PAGE).context["form"]["kinds"].value())


def test_the_page_offers_all_that_comes_by_itself_and_all_of_it_is_ticked(
    cast: Cast, sign_in: SignIn, nags: MailSource
):
    page = sign_in(cast.viewer).get(PAGE)
    assert sorted(kind for kind, _label in page.context["form"].fields["kinds"].choices) == ALL
    assert sorted(ticked(sign_in, cast)) == ALL
    assert "priya.nair@larkmoor.example" in page.content.decode()


def test_every_role_reaches_it_from_its_menu(cast: Cast, sign_in: SignIn):
    for member in (cast.viewer, cast.coordinator, cast.principal, cast.staff):
        words = sign_in(member).get("/d/larkmoor/me/").content.decode()
        assert f'href="{reverse("outreach:preferences", kwargs={"district": "larkmoor"})}"' in words


def test_a_kind_that_is_left_out_comes_no_more_and_what_waits_of_it_ends(
    cast: Cast, sign_in: SignIn, nags: MailSource, mailoutbox: list[EmailMessage]
):
    to = cast.viewer.user.email
    nag, others = a_nag(cast.larkmoor, 1, to=to), a_nag(cast.larkmoor, 2, to=cast.staff.user.email)
    answer = sign_in(cast.viewer).post(PAGE, {"kinds": WITHOUT_NAGS}, follow=True)
    assert "Saved." in answer.content.decode()
    assert (stopped(), Suppression.objects.get().by) == ([("nag", BY_THEM)], cast.viewer)
    nag.refresh_from_db()
    assert (nag.state, nag.reason, nag.events.get().by) == (State.SUPPRESSED, Reason.BLOCKED, cast.viewer)
    a_nag(cast.larkmoor, 3, to=to)
    letter = a_message(cast.larkmoor, 4, to=to)
    outbox.drain()
    assert Message.objects.get(subject="Notice 3").state == State.SUPPRESSED
    assert [sent.extra_headers["Message-ID"] for sent in mailoutbox] == [others.message_id, letter.message_id]
    assert sorted(ticked(sign_in, cast)) == WITHOUT_NAGS


def test_a_kind_that_is_ticked_again_comes_again(cast: Cast, sign_in: SignIn, nags: MailSource):
    page = sign_in(cast.viewer)
    later = a_nag(cast.larkmoor, to=cast.viewer.user.email, not_before=at("2026-12-01 15:00"))
    page.post(PAGE, {})
    page.post(PAGE, {})
    assert stopped() == [(kind, BY_THEM) for kind in ALL]
    page.post(PAGE, {"kinds": ALL})
    assert stopped() == []
    assert [(step.state, step.by) for step in later.events.all()] == [
        (State.SUPPRESSED, cast.viewer),
        (State.QUEUED, cast.viewer),
    ]


def test_who_once_stopped_all_as_an_outsider_chooses_anew(cast: Cast, sign_in: SignIn, nags: MailSource):
    services.unsubscribe(district=cast.larkmoor, address=cast.viewer.user.email, kind=EVERY_REMINDER)
    assert ticked(sign_in, cast) == []
    sign_in(cast.viewer).post(PAGE, {"kinds": ["nag"]})
    assert stopped() == [(kind, BY_THEM) for kind in WITHOUT_NAGS]


def test_what_district_staff_stopped_stays_so_and_the_page_says_it(
    cast: Cast, sign_in: SignIn, nags: MailSource
):
    services.suppress(district=cast.larkmoor, address=cast.viewer.user.email, because=ASKED, by=cast.staff)
    page = sign_in(cast.viewer)
    page.post(PAGE, {"kinds": ALL})
    assert stopped() == [("", ASKED)]
    assert "District staff stopped all mail to your address." in page.get(PAGE).content.decode()


def test_a_kind_that_is_not_offered_is_refused(cast: Cast, sign_in: SignIn, nags: MailSource):
    answer = sign_in(cast.viewer).post(PAGE, {"kinds": ["signed_letter"]})
    assert (answer.status_code, stopped()) == (200, [])
    assert answer.context["form"].errors["kinds"] == [str(NOT_ON_THE_LIST)]
