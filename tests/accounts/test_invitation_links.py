"""Where no mail leaves the portal, staff copy the link of whom they invited; in production nobody sees it."""

from typing import Any

from accounts.models import Invitation
from tests.conftest import Cast, SignIn


def invite(cast: Cast, sign_in: SignIn) -> tuple[str, str]:
    """The page on which staff land after inviting somebody, and that person's link."""
    typed = {"email": "sam.okonjo@larkmoor.example", "role": "preparer", "schools": [cast.quillback.pk]}
    page = sign_in(cast.staff).post("/d/larkmoor/people/invite/", typed, follow=True)
    return page.content.decode(), f"/invitation/{Invitation.objects.get().token}/"


def test_the_link_can_be_copied_where_mail_is_kept(cast: Cast, sign_in: SignIn) -> None:
    html, link = invite(cast, sign_in)
    assert "Mail is not sent here. Copy the link below and give it to sam.okonjo@larkmoor.example." in html
    assert f"http://localhost:8000{link}" in html


def test_production_never_shows_it(cast: Cast, sign_in: SignIn, settings: Any) -> None:
    settings.PRODUCTION = True
    html, link = invite(cast, sign_in)
    assert ("sam.okonjo@larkmoor.example is invited." in html, "Mail is not sent here." in html) == (
        True,
        False,
    )
    assert link not in html


def test_a_label_says_optional_only_where_a_field_may_always_stay_empty(cast: Cast, sign_in: SignIn) -> None:
    html = sign_in(cast.staff).get("/d/larkmoor/people/invite/").content.decode()
    labels = {
        name: "(optional)" in html.split(f'id="div_id_{name}"')[1][:300] for name in ("title", "schools")
    }
    assert labels == {"title": True, "schools": False}
    assert "Not needed for the whole district, nor for district staff." in html
