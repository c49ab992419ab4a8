"""Letters to many: what would go wrong is said first, and what is handed in is signed once each."""

import datetime

import pytest

from accounts import clock
from letters import services
from letters.enums import State
from letters.facts import FactsOfMany
from letters.models import Batch, BatchRow, Letter, LetterNumber, SignedLetter
from letters.queries import whole
from letters.values import values_of
from partners.enums import Stage
from partners.models import Contact, Partnership
from tests.conftest import Cast
from tests.letters.batches import a_batch, as_read, hand_in, sign, work_at
from tests.letters.conftest import make_letter, make_partnership
from tests.press.running import RunningPress

NAMES = ("Alder Choir", "Birch Clinic", "Cedar Library")


@pytest.fixture
def three(quillback: object, cast: Cast) -> list[Partnership]:
    return [make_partnership(cast.quillback, name) for name in NAMES]


@pytest.fixture
def batch(cast: Cast, three: list[Partnership]) -> Batch:
    return a_batch(cast, *three)


@pytest.fixture
def waiting_batch(cast: Cast, batch: Batch, press: RunningPress) -> Batch:
    return hand_in(cast, batch)


def against(batch: Batch) -> dict[str, list[str]]:
    """What stands against each partner's letter."""
    return {row.partner.name: list(row.against) for row in services.check_batch(as_read(batch)).rows}


def mend(cast: Cast, batch: Batch, name: str, **choice: object) -> None:
    batch = as_read(batch)
    row = batch.rows.get(partner__name=name)
    services.mend_batch(
        batch=batch,
        version=batch.version,
        choices={row.pk: services.RowChoice(**choice)},
        by=cast.coordinator,
        reason=batch.reason,
    )


def test_where_the_records_lack_nothing_all_are_ready(batch: Batch):
    assert against(batch) == {name: [] for name in NAMES}


def test_what_would_go_wrong_is_named_row_by_row(cast: Cast, three: list[Partnership], batch: Batch):
    Contact.objects.filter(partner=three[0].partner).delete()
    Contact.objects.filter(partner=three[1].partner).update(left_on=datetime.date(2026, 5, 2))
    three[2].partner.services.all().delete()
    assert against(batch) == {
        "Alder Choir": ["nobody"],
        "Birch Clinic": ["all_left"],
        "Cedar Library": ["missing"],
    }


def test_a_letter_of_the_last_month_is_told_and_can_be_written_despite(
    cast: Cast, three: list[Partnership], batch: Batch, press: RunningPress
):
    earlier = make_letter(cast, three[0])
    services.sign_letter(letter=earlier, version=earlier.version, by=cast.principal)
    assert against(batch)["Alder Choir"] == ["recent"]
    mend(cast, batch, "Alder Choir", write_despite=True)
    assert against(batch)["Alder Choir"] == []
    Letter.objects.filter(pk=earlier.pk).update(signed_at=clock.now() - datetime.timedelta(days=31))
    mend(cast, batch, "Alder Choir")
    assert against(batch)["Alder Choir"] == []


def test_a_letter_under_way_is_not_written_twice(cast: Cast, three: list[Partnership], batch: Batch):
    make_letter(cast, three[0])
    assert against(batch)["Alder Choir"] == ["under_way"]


def test_a_stage_that_asks_for_a_reason_gets_one_for_the_batch(cast: Cast, quillback: object):
    ended = make_partnership(cast.quillback, "Alder Choir", Stage.ENDED)
    active = make_partnership(cast.quillback, "Birch Clinic", Stage.ACTIVE)
    batch = a_batch(cast, ended, active)
    assert against(batch) == {"Alder Choir": ["stage"], "Birch Clinic": ["kind"]}
    services.mend_batch(
        batch=batch, version=batch.version, choices={}, by=cast.coordinator, reason="A new building"
    )
    assert against(batch) == {"Alder Choir": [], "Birch Clinic": []}


def test_a_value_that_no_record_knows_is_filled_in_in_its_row(cast: Cast, existing_partner: Partnership):
    batch = a_batch(cast, existing_partner, kind="existing_partner")
    assert against(batch) == {"Harbor Street Library": ["missing"]}
    mend(cast, batch, "Harbor Street Library", result="24 students had a counselor")
    assert against(batch) == {"Harbor Street Library": []}


def test_the_facts_of_many_are_those_that_each_letter_asks_for_itself(
    cast: Cast, three: list[Partnership], bellwether_too: None
):
    make_partnership(cast.quillback, "Open Cupboard Pantry", Stage.ACTIVE)
    letters = [make_letter(cast, partnership) for partnership in three]
    facts = FactsOfMany([partnership.partner for partnership in three], cast.quillback)
    wholes = list(whole(Letter.objects.filter(pk__in=[letter.pk for letter in letters])))
    assert [values_of(one, facts=facts) for one in wholes] == [values_of(one) for one in wholes]


@pytest.fixture
def bellwether_too(cast: Cast, three: list[Partnership]) -> None:
    """The first of the three works with Bellwether already."""
    Partnership.objects.create(
        district=cast.larkmoor,
        partner=three[0].partner,
        school=cast.bellwether,
        stage=Stage.ACTIVE,
        stage_since=datetime.date(2022, 3, 1),
        active_since=datetime.date(2022, 3, 1),
    )


def test_handed_in_they_are_ordinary_letters_in_the_order_of_their_envelopes(
    cast: Cast, three: list[Partnership], batch: Batch, press: RunningPress
):
    three[2].partner.sites.update(postal_code="00001")
    three[0].partner.sites.update(postal_code="00002")
    three[1].partner.sites.all().delete()
    batch = hand_in(cast, batch)
    rows = list(batch.rows.values_list("n", "partner__name", "letter__state", "letter__signer"))
    assert rows == [
        (1, "Cedar Library", "to_sign", cast.principal.pk),
        (2, "Alder Choir", "to_sign", cast.principal.pk),
        (3, "Birch Clinic", "to_sign", cast.principal.pk),
    ]
    assert (batch.state, batch.signer) == ("to_sign", cast.principal)


def test_what_still_goes_wrong_is_left_out_with_its_reason(
    cast: Cast, three: list[Partnership], batch: Batch, press: RunningPress
):
    Contact.objects.filter(partner=three[0].partner).delete()
    mend(cast, batch, "Birch Clinic", left_out=True)
    batch = hand_in(cast, as_read(batch))
    left_out = dict(batch.rows.exclude(left_out="").values_list("partner__name", "left_out"))
    assert left_out == {"Alder Choir": "nobody", "Birch Clinic": "by_hand"}
    assert Letter.objects.count() == 1


def test_one_that_the_school_does_not_know_becomes_a_possible_partner(
    cast: Cast, batch: Batch, three: list[Partnership], press: RunningPress
):
    Partnership.objects.filter(pk=three[0].pk).delete()
    hand_in(cast, batch)
    assert Partnership.objects.get(partner=three[0].partner).stage == Stage.IDENTIFIED


def test_a_list_that_changed_since_it_was_shown_is_not_handed_in(cast: Cast, batch: Batch):
    with pytest.raises(services.ListChanged):
        services.hand_in_batch(batch=batch, version=batch.version, shown=2, by=cast.coordinator)
    assert Letter.objects.count() == 0


def test_signed_in_one_act_each_has_its_number_and_its_pdf(cast: Cast, waiting_batch: Batch):
    job = work_at(sign(cast, waiting_batch))
    assert (job.state, job.outcome, job.done, job.total) == ("done", {"not_signed": []}, 3, 3)
    assert as_read(waiting_batch).state == "done"
    rows = BatchRow.objects.order_by("n").values_list("letter__reference", "letter__state", "partner__name")
    assert [(reference[-3:], state, name) for reference, state, name in rows] == [
        ("001", "signed", "Alder Choir"),
        ("002", "signed", "Birch Clinic"),
        ("003", "signed", "Cedar Library"),
    ]
    assert SignedLetter.objects.count() == 3
    assert set(Letter.objects.values_list("partnership__stage", flat=True)) == {
        Stage.IDENTIFIED
    }  # not sent yet
    assert Letter.objects.filter(mail_wanted_at=None).count() == 0


def test_nobody_but_who_signs_for_the_school_signs_a_batch(cast: Cast, waiting_batch: Batch):
    for member in (cast.coordinator, cast.preparer, cast.staff, cast.viewer, cast.bellwether_principal):
        with pytest.raises(services.NotTheSigner):
            services.sign_batch(batch=waiting_batch, version=waiting_batch.version, by=member)
    assert LetterNumber.objects.count() == 0


def test_printed_only_no_mail_of_it_is_wanted(cast: Cast, three: list[Partnership], press: RunningPress):
    batch = hand_in(cast, a_batch(cast, *three, by_mail=False))
    work_at(sign(cast, batch))
    assert Letter.objects.filter(mail_wanted_at=None, state=State.SIGNED).count() == 3


def test_a_letter_that_cannot_be_signed_any_more_is_named_and_the_others_are_signed(
    cast: Cast, waiting_batch: Batch, three: list[Partnership]
):
    three[1].partner.services.all().delete()
    job = work_at(sign(cast, waiting_batch))
    letter = Letter.objects.get(partnership=three[1])
    assert job.outcome == {
        "not_signed": [[str(letter.uid), "What they offer, in “Opening”: no value."]],
    }
    assert (letter.state, SignedLetter.objects.count()) == ("to_sign", 2)
    assert [number.number for number in LetterNumber.objects.order_by("number")] == [1, 2]


def test_while_it_waits_its_letters_do_not_fill_the_list_of_what_is_to_be_signed(
    cast: Cast, waiting_batch: Batch
):
    assert list(Letter.objects.to_sign(cast.principal)) == []
    assert list(Batch.objects.to_sign(cast.principal)) == [waiting_batch]


def test_sent_back_it_is_prepared_again_and_handed_in_again(cast: Cast, waiting_batch: Batch):
    services.send_back_batch(
        batch=waiting_batch, version=waiting_batch.version, note="Not the choir", by=cast.principal
    )
    batch = as_read(waiting_batch)
    assert (batch.state, batch.note) == ("preparing", "Not the choir")
    assert set(Letter.objects.values_list("state", flat=True)) == {State.DISCARDED}
    mend(cast, batch, "Alder Choir", left_out=True)
    work_at(sign(cast, hand_in(cast, as_read(batch))))
    assert SignedLetter.objects.count() == 2


def test_cancelled_no_letter_of_it_waits(cast: Cast, waiting_batch: Batch):
    services.cancel_batch(batch=waiting_batch, version=waiting_batch.version, by=cast.coordinator)
    assert set(Letter.objects.values_list("state", flat=True)) == {State.DISCARDED}
    with pytest.raises(services.NotThisState):
        sign(cast, as_read(waiting_batch))


def test_where_the_press_is_away_what_was_taken_is_finished_later(
    cast: Cast, waiting_batch: Batch, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as away:
        away.setenv("PRESS_SOCKET", "/tmp/nobody.sock")
        job = work_at(sign(cast, waiting_batch))
    assert job.state == "failed"
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SIGNING}
    assert work_at(sign(cast, as_read(waiting_batch))).state == "done"
    assert [number.number for number in LetterNumber.objects.order_by("number")] == [1, 2, 3]
    assert SignedLetter.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_checking_costs_no_query_more_for_more_rows(
    cast: Cast, three: list[Partnership], count: int, django_assert_num_queries: object
):
    batch = a_batch(cast, *three[:count])
    with django_assert_num_queries(15):
        services.check_batch(batch)
