"""Several taps on one button at once: one partnership or draft begins, and all get to the same page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from accounts.urls_in import url_in
from letters.models import Letter
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_partnership

TAPS = 6


def at_once(tap: Callable[[], tuple[int, str]]) -> set[tuple[int, str]]:
    start = Barrier(TAPS)

    def one(_: int) -> tuple[int, str]:
        try:
            start.wait()
            return tap()
        finally:
            connection.close()

    with ThreadPoolExecutor(TAPS) as pool:
        return set(pool.map(one, range(TAPS)))


def test_taps_at_once_begin_one_partnership(committed_cast: Cast, sign_in: SignIn) -> None:
    cast = committed_cast
    partner: Partner = make_partnership(cast.bellwether).partner
    client = sign_in(cast.coordinator)
    write = url_in(cast.larkmoor, "letters:start", uid=partner.uid)
    begin = url_in(cast.larkmoor, "partners:start", uid=partner.uid)

    def tap_write() -> tuple[int, str]:
        answer = client.post(write, {"school": cast.quillback.pk})
        return answer.status_code, answer.url

    answered = at_once(tap_write)
    begun = Partnership.objects.get(partner=partner, school=cast.quillback)
    assert answered == {(302, url_in(cast.larkmoor, "letters:write", uid=begun.uid))}

    district_staff = sign_in(cast.staff)

    def tap_begin() -> tuple[int, str]:
        answer = district_staff.post(begin, {"school": "district", "stage": "identified"})
        return answer.status_code, getattr(answer, "url", "")

    page = url_in(cast.larkmoor, "partners:page", uid=partner.uid)
    assert at_once(tap_begin) <= {(302, page), (200, "")}
    assert Partnership.objects.filter(partner=partner, school=None).count() == 1


def test_taps_at_once_make_one_draft(committed_cast: Cast, sign_in: SignIn) -> None:
    cast = committed_cast
    partnership = make_partnership(cast.quillback)
    client = sign_in(cast.coordinator)
    write = url_in(cast.larkmoor, "letters:write", uid=partnership.uid)
    contact = partnership.partner.contacts.get().pk
    once = client.get(write).context["form"].initial["once"]
    choice = {"once": once, "contact": contact, "kind": "new_partner", "language": "en", "then": "write"}

    def tap() -> tuple[int, str]:
        answer = client.post(write, choice)
        return answer.status_code, answer.url

    answered = at_once(tap)
    assert answered == {(302, url_in(cast.larkmoor, "letters:edit", uid=Letter.objects.get().uid))}
