"""Handing over: all that is open goes in one step, what was signed stays, and a second time finds nothing."""

import uuid
from typing import Any

import pytest

from accounts import clock, hand_over
from accounts.models import HandOver, Membership, Task
from accounts.models.work import TaskKind
from accounts.roles import Role
from accounts.work import add_task, complete_task
from letters.models import Letter
from partners.models import Partnership
from tests.conftest import Cast, SignIn, make_member
from tests.letters.conftest import make_letter, make_partnership
from tests.outreach.factories import a_letter


def a_task(owner: Membership, title: str = "Bring the keys") -> Task:
    return add_task(kind=TaskKind.ACTION_ITEM, title=title, owner=owner, due_on=None, by=owner)


@pytest.fixture
def busy(cast: Cast) -> Membership:
    """The coordinator with a task, one done before, a partnership, a draft, and two signed letters."""
    a_task(cast.coordinator)
    complete_task(task=a_task(cast.coordinator, "Done long since"), by=cast.coordinator)
    partnership = make_partnership(cast.quillback, owner=cast.coordinator)
    make_letter(cast, partnership)
    a_letter(cast.quillback, cast.principal, cast.coordinator, number=1, partner="Asked")
    return cast.coordinator


def give(cast: Cast, giver: Membership, receiver: Membership) -> dict[str, int]:
    return hand_over.hand_over(giver=giver, receiver=receiver, by=cast.staff)


def test_everything_open_goes_in_one_step(cast: Cast, busy: Membership) -> None:
    moved = {"tasks": 1, "partnerships": 1, "letters_prepared": 1, "letters_in_touch": 2}
    assert give(cast, busy, cast.preparer) == moved
    assert Task.objects.open().get().owner == cast.preparer
    assert Partnership.objects.get(owner__isnull=False).owner == cast.preparer
    draft = Letter.objects.get(state="draft")
    assert (draft.prepared_by, draft.liaison) == (cast.preparer, cast.preparer)
    assert hand_over.open_things(busy) == []


def test_what_was_signed_keeps_its_signer_and_who_prepared_it(cast: Cast, busy: Membership) -> None:
    before = Letter.objects.values("signer", "prepared_by", "signed_at", "reference").get(state="signed")
    give(cast, cast.principal, make_member(cast.quillback, "Ines Abara", Role.PRINCIPAL))
    give(cast, busy, cast.preparer)
    after = Letter.objects.values("signer", "prepared_by", "signed_at", "reference").get(state="signed")
    assert after == before


def test_done_again_it_finds_nothing_and_writes_nothing(cast: Cast, busy: Membership) -> None:
    give(cast, busy, cast.preparer)
    assert give(cast, busy, cast.preparer) == {}
    assert HandOver.objects.count() == 1


def test_what_fails_halfway_leaves_everything_where_it_was(
    cast: Cast, busy: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(giver: Membership) -> Any:
        raise RuntimeError("halfway")

    was = hand_over.open_things(busy)
    last = hand_over.Part("zzz", str, broken, "owner")
    monkeypatch.setattr(hand_over, "_parts", {**hand_over._parts, "zzz": last})
    with pytest.raises(RuntimeError):
        give(cast, busy, cast.preparer)
    monkeypatch.undo()
    assert hand_over.open_things(busy) == was
    assert HandOver.objects.count() == 0


def test_the_preview_counts_what_goes_and_what_stays(cast: Cast) -> None:
    giver = make_member(cast.larkmoor, "Wilma Ortega", Role.COORDINATOR)
    make_partnership(cast.quillback, "Here", owner=giver)
    make_partnership(cast.bellwether, "There", owner=giver)
    seen = hand_over.preview(giver, cast.preparer)
    assert (seen.going, seen.staying) == (["1 partnership to look after"], ["1 partnership to look after"])
    assert give(cast, giver, cast.preparer) == {"partnerships": 1}
    assert Partnership.objects.get(owner=giver).school == cast.bellwether


def test_only_a_principal_takes_over_what_waits_for_a_signature(cast: Cast) -> None:
    letter = make_letter(cast, make_partnership(cast.quillback))
    Letter.objects.filter(pk=letter.pk).update(state="to_sign", handed_in_at=clock.now())
    assert hand_over.preview(cast.principal, cast.preparer).staying == ["1 letter for their signature"]
    second = make_member(cast.quillback, "Ines Abara", Role.PRINCIPAL)
    assert give(cast, cast.principal, second) == {"letters_to_sign": 1}
    assert Letter.objects.get().signer == second


def test_a_letter_open_elsewhere_is_told_that_it_changed(cast: Cast) -> None:
    letter = make_letter(cast, make_partnership(cast.quillback))
    give(cast, cast.coordinator, cast.preparer)
    assert Letter.objects.get().version > letter.version


@pytest.mark.parametrize("who", ["viewer", "bellwether_coordinator", "ended", "coordinator"])
def test_who_cannot_work_on_it_receives_nothing(cast: Cast, busy: Membership, who: str) -> None:
    with pytest.raises(hand_over.CannotReceive):
        give(cast, busy, getattr(cast, who))


def test_a_person_whose_role_ended_hands_over_too(cast: Cast) -> None:
    a_task(cast.ended)
    assert give(cast, cast.ended, cast.coordinator) == {"tasks": 1}


def test_the_page_shows_the_counts_before_the_button(cast: Cast, sign_in: SignIn, busy: Membership) -> None:
    client, page = sign_in(cast.staff), f"/d/larkmoor/people/{busy.uid}/hand-over/"
    assert "1 open task or promised call" in client.get(page).content.decode()
    words = client.get(page, {"to": cast.preparer.uid}).content.decode()
    assert "Hand 5 things over to Luis O&#x27;Hara" in words
    assert Task.objects.open().get().owner == busy
    words = client.post(page, {"to": cast.preparer.uid}, follow=True).content.decode()
    assert "Handed over from Imogen Tasker to Luis O&#x27;Hara: 1 open task or promised call, " in words
    assert Task.objects.open().get().owner == cast.preparer


def test_ending_a_role_offers_to_hand_over_in_the_same_step(
    cast: Cast, sign_in: SignIn, busy: Membership
) -> None:
    client, page = sign_in(cast.staff), f"/d/larkmoor/people/{busy.uid}/end/"
    assert "1 letter under way" in client.get(page).content.decode()
    today = clock.today(cast.larkmoor)
    client.post(page, {"last_day": today.isoformat(), "to": cast.preparer.uid})
    busy.refresh_from_db()
    assert (busy.until, Task.objects.open().get().owner) == (today, cast.preparer)


def test_ending_a_role_can_leave_everything_as_it_is(cast: Cast, sign_in: SignIn, busy: Membership) -> None:
    today = clock.today(cast.larkmoor).isoformat()
    sign_in(cast.staff).post(f"/d/larkmoor/people/{busy.uid}/end/", {"last_day": today, "to": ""})
    assert Task.objects.open().get().owner == busy
    assert HandOver.objects.count() == 0


def test_nobody_is_chosen_who_is_not_offered(cast: Cast, sign_in: SignIn, busy: Membership) -> None:
    client, page = sign_in(cast.staff), f"/d/larkmoor/people/{busy.uid}/hand-over/"
    for uid in (cast.viewer.uid, cast.brightmere_staff.uid, uuid.uuid4()):
        client.post(page, {"to": uid})
    assert HandOver.objects.count() == 0


def test_the_receiver_is_told_on_today(cast: Cast, sign_in: SignIn, busy: Membership) -> None:
    give(cast, busy, cast.preparer)
    words = sign_in(cast.preparer).get("/d/larkmoor/").content.decode()
    assert "handed over to you: 1 open task or promised call, 1 partnership to look after" in words
