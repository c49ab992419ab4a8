"""Several letters at once: each was read before, each is signed on its own, and each one's end is said."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts import clock, deputies
from accounts.models import Deputy, Membership
from accounts.urls_in import url_in
from letters import services
from letters.enums import State
from letters.models import Letter, LetterNumber, Look, SignedLetter
from letters.queries import next_to_read, to_sign_page
from letters.services import several
from tests.conftest import Cast, SignIn
from tests.letters.conftest import fill_school, make_letter, make_partnership
from tests.letters.test_pages import at, count_queries, messages_of
from tests.press.running import RunningPress

NAMES = ("Tamarack Youth Counseling", "Harbor Street Library", "Open Cupboard Pantry")


def hand_in_to(cast: Cast, name: str) -> Letter:
    """A letter that waits for Quillback's principal."""
    letter = make_letter(cast, make_partnership(cast.quillback, name))
    Letter.objects.filter(pk=letter.pk).update(
        state=State.TO_SIGN, signer=cast.principal, handed_in_at=clock.now()
    )
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def three(cast: Cast, quillback: Any, press: RunningPress) -> list[Letter]:
    """Three letters that wait, the oldest first."""
    return [hand_in_to(cast, name) for name in NAMES]


def read(client: Any, letter: Letter) -> Any:
    """Open a letter's page and put it off."""
    page = client.get(at(letter, "page"))
    assert page.status_code == 200
    return client.post(at(letter, "later"), {"version": page.context["letter"].version})


def sign(client: Any, cast: Cast, *letters: Letter) -> list[str]:
    """Sign the letters together; out come the words that tell what became of them."""
    ticked = {"letter": [str(letter.uid) for letter in letters]}
    return messages_of(client.post(url_in(cast.larkmoor, "letters:sign_several"), ticked, follow=True))


def states() -> list[str]:
    return [letter.state for letter in Letter.objects.order_by("handed_in_at", "pk")]


def test_one_is_led_from_letter_to_letter_and_signs_them_together(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    led = [read(client, letter).url for letter in three]
    assert led == [at(three[1], "page"), at(three[2], "page"), url_in(cast.larkmoor, "letters:to_sign")]
    page = client.get(led[2]).content.decode()
    assert page.count(" checked>") == 3
    told = sign(client, cast, *three)
    kept = list(SignedLetter.objects.order_by("pk"))
    assert [one.reference[-3:] for one in kept] == ["001", "002", "003"]
    each = "; ".join(
        f'<a href="{at(letter, "page")}">{one.reference}</a>, to {name}'
        for letter, one, name in zip(three, kept, NAMES, strict=True)
    )
    assert told == [f"3 letters are signed: {each}."]
    assert states() == [State.SIGNED] * 3


def test_opening_a_letter_is_not_enough_and_neither_is_a_forged_form(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    client.get(at(three[0], "page"))
    draft = make_letter(cast, three[0].partnership)
    assert set(sign(client, cast, three[0], draft)) == {
        f'Not signed, to <a href="{at(letter, "page")}">{NAMES[0]}</a>: {why}'
        for letter, why in (
            (three[0], "Read it first."),
            (draft, "It does not wait for a signature any more."),
        )
    }
    assert LetterNumber.objects.count() == 0


def test_what_another_person_read_is_not_read(
    cast: Cast, three: list[Letter], sign_in: SignIn, deputy: Membership
) -> None:
    read(sign_in(deputy), three[0])
    assert "Read it first." in sign(sign_in(cast.principal), cast, three[0])[0]
    assert LetterNumber.objects.count() == 0


def test_nothing_ticked_and_names_of_nothing_sign_nothing(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client, url = sign_in(cast.principal), url_in(cast.larkmoor, "letters:sign_several")
    for ticked in ([], ["no letter"], ["3f0f2c9e-7d4b-4b58-9d0e-0c5c6e0a1b2c"]):
        told = messages_of(client.post(url, {"letter": ticked}, follow=True))
        assert told == ["Tick the letters that you want to sign."]


def test_a_letter_of_another_school_is_not_even_named(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    told = sign(sign_in(cast.bellwether_principal), cast, three[0])
    assert told == ["Tick the letters that you want to sign."]
    assert states() == [State.TO_SIGN] * 3


def test_a_letter_changed_since_it_was_read_is_read_again(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    for letter in three[:2]:
        read(client, letter)
    services.send_back(letter=three[0], version=three[0].version, note="Shorter.", by=cast.principal)
    services.hand_in(letter=three[0], version=three[0].version, by=cast.coordinator)
    listed = to_sign_page(cast.principal)
    assert [(letter.pk, letter.was_read) for letter in listed] == [
        (three[2].pk, False),
        (three[0].pk, False),
        (three[1].pk, True),
    ]
    told = sign(client, cast, *three[:2])
    assert told[1] == (
        f'Not signed, to <a href="{at(three[0], "page")}">{NAMES[0]}</a>: '
        "It reads otherwise than when you read it. Read it again."
    )
    assert [letter.pk for letter in Letter.objects.filter(state=State.SIGNED)] == [three[1].pk]


def test_a_letter_whose_records_changed_since_it_was_read_is_read_again(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    read(client, three[0])
    three[0].contact.role = "Former director"
    three[0].contact.save()
    assert "It reads otherwise than when you read it." in sign(client, cast, three[0])[0]
    read(client, three[0])
    assert sign(client, cast, three[0])[0].startswith("1 letter is signed:")


def test_a_letter_read_yesterday_is_signed_today(cast: Cast, three: list[Letter], sign_in: SignIn) -> None:
    with clock.shifted(datetime.timedelta(days=-1)):
        services.look_at(letter=three[0], version=three[0].version, by=cast.principal)
    assert sign(sign_in(cast.principal), cast, three[0])[0].startswith("1 letter is signed:")


def test_one_that_cannot_be_signed_holds_up_no_other(
    cast: Cast, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(cast.principal)
    Letter.objects.filter(pk=three[0].pk).update(meeting_1=clock.now() - datetime.timedelta(hours=1))
    for letter in three:
        read(client, letter)
    told = sign(client, cast, *three)
    assert told[0].startswith("2 letters are signed:")
    assert told[1] == (
        f'Not signed, to <a href="{at(three[0], "page")}">{NAMES[0]}</a>: '
        "First date to meet, in “What we ask”: no date, or one that is over."
    )
    assert states() == [State.TO_SIGN, State.SIGNED, State.SIGNED]


def test_a_silent_press_stops_the_rest_and_says_so(
    cast: Cast, three: list[Letter], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(cast.principal)
    for letter in three:
        read(client, letter)
    monkeypatch.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
    told = sign(client, cast, *three)
    number = LetterNumber.objects.get()
    assert told == [
        f'<a href="{at(three[0], "page")}">{NAMES[0]}</a>: signed as {number.reference}. '
        "The PDF is being made; there is nothing left for you to do.",
        "2 letters were not begun and wait as before. Sign them now.",
    ]
    assert states() == [State.SIGNING, State.TO_SIGN, State.TO_SIGN]


def test_no_letter_is_begun_once_the_time_of_a_request_runs_out(
    cast: Cast, three: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    for letter in three:
        services.look_at(letter=letter, version=letter.version, by=cast.principal)
    with monkeypatch.context() as late:
        late.setattr(several, "SECONDS", -1.0)
        assert services.sign_several(letters=three, by=cast.principal) == []
    monkeypatch.setattr(several, "MOST", 2)
    assert len(services.sign_several(letters=three, by=cast.principal)) == 2
    assert states() == [State.SIGNED, State.SIGNED, State.TO_SIGN]


def test_later_needs_the_version_that_was_shown(cast: Cast, three: list[Letter], sign_in: SignIn) -> None:
    client = sign_in(cast.principal)
    for version in (three[0].version - 1, "", "x"):
        answer = client.post(at(three[0], "later"), {"version": version}, follow=True)
        assert messages_of(answer) == ["Somebody changed this letter meanwhile. Here it is as it stands now."]
    services.sign_letter(letter=three[0], version=three[0].version, by=cast.principal)
    with pytest.raises(services.NotThisState):
        services.look_at(letter=three[0], version=three[0].version, by=cast.principal)
    assert Look.objects.count() == 0


def test_the_list_takes_as_many_queries_for_three_read_letters_as_for_one(
    cast: Cast, three: list[Letter], sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client, url = sign_in(cast.principal), url_in(cast.larkmoor, "letters:to_sign")
    Letter.objects.exclude(pk=three[0].pk).update(state=State.DRAFT)
    read(client, three[0])
    with_one = count_queries(client, url)
    Letter.objects.update(state=State.TO_SIGN)
    for letter in three[1:]:
        read(client, letter)
    assert count_queries(client, url) == with_one
    assert cast.principal.covers(three[0].school_id)  # a request knows the membership's schools already
    with django_assert_num_queries(1):
        assert [letter.was_read for letter in to_sign_page(cast.principal)] == [True] * 3
    with django_assert_num_queries(1):
        assert next_to_read(cast.principal) is None


# Deputies.


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


def test_a_deputy_signs_several_for_the_principal(
    cast: Cast, deputy: Membership, three: list[Letter], sign_in: SignIn
) -> None:
    client = sign_in(deputy)
    for letter in three:
        read(client, letter)
    assert "You sign for Dr. Rosalind Oyelaran until" in client.get(
        url_in(cast.larkmoor, "letters:to_sign")
    ).content.decode().replace("\n", " ")
    assert sign(client, cast, *three)[0].startswith("3 letters are signed:")
    assert {(letter.signer, letter.signed_for) for letter in Letter.objects.all()} == {
        (cast.coordinator, cast.principal)
    }


def test_after_the_last_day_a_deputy_finds_nothing_to_sign(
    cast: Cast, deputy: Membership, three: list[Letter], sign_in: SignIn
) -> None:
    read(sign_in(deputy), three[0])
    yesterday = clock.today(cast.larkmoor) - datetime.timedelta(days=1)
    Deputy.objects.update(since=yesterday, until=yesterday)
    client, ticked = sign_in(deputy), {"letter": [str(three[0].uid)], "version": three[0].version}
    codes = [
        client.post(url, ticked).status_code
        for url in (
            url_in(cast.larkmoor, "letters:sign_several"),
            at(three[0], "later"),
            at(three[0], "sign"),
            at(three[0], "send_back"),
        )
    ]
    assert (codes, states()) == ([404, 403, 403, 403], [State.TO_SIGN] * 3)
    tried = services.sign_several(letters=three[:1], by=Membership.objects.get(pk=deputy.pk))
    assert [type(one.refused) for one in tried] == [services.NotTheSigner]


# Two tabs.


def at_once(tap: Callable[[], list[Any]], times: int) -> list[Any]:
    start = Barrier(times)

    def one(_: int) -> list[Any]:
        try:
            start.wait()
            return tap()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_two_tabs_sign_each_letter_once(committed_cast: Cast, press: RunningPress, sign_in: SignIn) -> None:
    cast = committed_cast
    fill_school(cast.quillback)
    letters = [hand_in_to(cast, name) for name in NAMES]
    client = sign_in(cast.principal)
    for letter in letters:
        read(client, letter)
    ticked = {"letter": [str(letter.uid) for letter in letters]}
    url = url_in(cast.larkmoor, "letters:sign_several")

    def tap() -> list[Any]:
        return [client.post(url, ticked).status_code]

    assert at_once(tap, 3) == [[302]] * 3
    assert states() == [State.SIGNED] * 3
    assert sorted(LetterNumber.objects.values_list("number", "voided_at")) == [(n, None) for n in (1, 2, 3)]
    assert SignedLetter.objects.count() == 3
