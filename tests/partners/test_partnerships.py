"""A partnership goes its road, and every step is kept with who, when and why."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.enums import Level
from partners.models import Partnership, StageChange
from tests.conftest import Cast
from tests.partners.factories import a_partner, a_partnership, on


@pytest.fixture
def partnership(cast: Cast) -> Partnership:
    return a_partnership(a_partner(cast.coordinator), cast.quillback, cast.coordinator)


def history(partnership: Partnership) -> list[tuple[str, str, str]]:
    return [(change.was, change.now, change.because) for change in partnership.stage_changes.all()]


def test_history_begins_with_the_partnership(cast: Cast, partnership: Partnership) -> None:
    assert history(partnership) == [("", "identified", "")]
    assert partnership.stage_since == clock.today(cast.larkmoor)


def test_a_partner_stands_with_a_school_once(cast: Cast, partnership: Partnership) -> None:
    with pytest.raises(services.PartnershipExists):
        a_partnership(partnership.partner, cast.quillback, cast.coordinator)


def test_a_partner_stands_with_the_district_once(cast: Cast, partnership: Partnership) -> None:
    a_partnership(partnership.partner, None, cast.staff)
    with pytest.raises(services.PartnershipExists):
        a_partnership(partnership.partner, None, cast.staff)


def test_a_change_of_stage_is_kept_with_its_cause(cast: Cast, partnership: Partnership) -> None:
    letter = uuid.uuid4()
    change = services.set_stage(
        partnership=partnership,
        stage="contacted",
        because="First letter",
        by=cast.principal,
        cause_uid=letter,
    )
    assert change is not None
    assert (change.was, change.now, change.because, change.by, change.cause_uid) == (
        "identified",
        "contacted",
        "First letter",
        cast.principal,
        letter,
    )
    partnership.refresh_from_db()
    assert (partnership.stage, partnership.version) == ("contacted", 2)
    assert history(partnership) == [("identified", "contacted", "First letter"), ("", "identified", "")]


def test_the_same_stage_again_changes_nothing(cast: Cast, partnership: Partnership) -> None:
    assert services.set_stage(partnership=partnership, stage="identified", by=cast.coordinator) is None
    assert history(partnership) == [("", "identified", "")]


@pytest.mark.parametrize("stage", ["paused", "declined", "ended"])
def test_beside_the_road_a_reason_is_needed(cast: Cast, partnership: Partnership, stage: str) -> None:
    with pytest.raises(services.ReasonMissing):
        services.set_stage(partnership=partnership, stage=stage, because=" ", by=cast.coordinator)
    assert history(partnership) == [("", "identified", "")]


def test_the_second_of_two_people_is_told(cast: Cast, partnership: Partnership) -> None:
    seen = partnership.version
    services.set_stage(partnership=partnership, stage="contacted", by=cast.coordinator, version=seen)
    with pytest.raises(ChangedMeanwhile):
        services.set_stage(partnership=partnership, stage="exploring", by=cast.principal, version=seen)
    assert Partnership.objects.get().stage == "contacted"


def test_a_letter_moves_a_stage_however_long_ago_the_row_was_read(
    cast: Cast, partnership: Partnership
) -> None:
    stale = Partnership.objects.get()
    services.set_stage(partnership=partnership, stage="contacted", by=cast.coordinator)
    services.set_stage(partnership=stale, stage="exploring", by=cast.principal)
    assert (stale.stage, stale.version) == ("exploring", 3)


def test_since_when_they_work_together_is_kept_through_a_pause_and_begins_anew_after_an_end(
    cast: Cast, partnership: Partnership
) -> None:
    Partnership.objects.update(stage="active", active_since=on("2022-09-01"))
    since = []
    for stage in ("paused", "active", "renewal_due", "ended", "active"):
        services.set_stage(partnership=partnership, stage=stage, because="It is so", by=cast.coordinator)
        since.append(partnership.active_since)
    today = clock.today(cast.larkmoor)
    assert since == [on("2022-09-01")] * 4 + [today]


def test_a_stage_holds_from_the_local_day(cast: Cast, partnership: Partnership) -> None:
    local = clock.now().astimezone(cast.quillback.tz).date()
    services.set_stage(partnership=partnership, stage="contacted", by=cast.coordinator)
    assert partnership.stage_since == local


def test_a_partnership_that_began_earlier_says_so(cast: Cast) -> None:
    partnership = a_partnership(
        a_partner(cast.staff), cast.quillback, cast.staff, stage="active", since=on("2022-09-01")
    )
    assert (partnership.stage_since, partnership.active_since) == (on("2022-09-01"), on("2022-09-01"))


def test_who_looks_after_it_is_changed_by_compare_and_set(cast: Cast, partnership: Partnership) -> None:
    services.edit_partnership(
        partnership=partnership,
        version=1,
        owner=cast.coordinator,
        level=Level.COORDINATION,
        by=cast.coordinator,
    )
    assert (partnership.owner, partnership.level) == (cast.coordinator, 3)
    with pytest.raises(ChangedMeanwhile):
        services.edit_partnership(
            partnership=partnership, version=1, owner=None, level=Level.NONE, by=cast.principal
        )


def test_the_history_is_kept_as_written(cast: Cast, partnership: Partnership) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StageChange.objects.update(because="Something else")
    assert history(partnership) == [("", "identified", "")]


def test_a_call_is_logged_once_it_took_place(cast: Cast, partnership: Partnership) -> None:
    today = clock.today(cast.quillback)
    call = services.log_interaction(
        partner=partnership.partner, school=cast.quillback, note="Talked.", on=today, by=cast.coordinator
    )
    assert (call.channel, call.direction, call.on, call.by) == ("call", "out", today, cast.coordinator)
    with pytest.raises(services.InTheFuture):
        services.log_interaction(
            partner=partnership.partner,
            school=cast.quillback,
            note="Not yet.",
            on=today + datetime.timedelta(days=1),
            by=cast.coordinator,
        )
