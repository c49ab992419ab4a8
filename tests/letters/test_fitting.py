"""Which letter fits where a partnership stands, and which needs a reason."""

import pytest

from letters.enums import Kind
from letters.fitting import fitting
from letters.models import Letter
from letters.queries import fit_for, kind_for, needs_reason
from partners.enums import Stage
from partners.models import Partnership
from tests.conftest import Cast
from tests.letters.conftest import make_letter, make_partnership

FITS = [
    (Stage.IDENTIFIED, False, (), [Kind.NEW_PARTNER]),
    (Stage.IDENTIFIED, True, (), [Kind.NEW_HERE]),
    (Stage.CONTACTED, False, (Kind.NEW_PARTNER,), [Kind.FOLLOW_UP]),
    (Stage.CONTACTED, False, (), [Kind.FOLLOW_UP, Kind.NEW_PARTNER]),
    (Stage.CONTACTED, True, (), [Kind.FOLLOW_UP, Kind.NEW_HERE]),
    (Stage.EXPLORING, False, (Kind.NEW_PARTNER,), [Kind.THANKS, Kind.MEETING]),
    (Stage.EXPLORING, False, (Kind.NEW_PARTNER, Kind.THANKS), [Kind.MEETING]),
    (Stage.AGREEMENT_PENDING, False, (), [Kind.FOLLOW_UP, Kind.MEETING]),
    (Stage.ACTIVE, True, (), [Kind.EXISTING_PARTNER, Kind.MEETING]),
    (Stage.RENEWAL_DUE, False, (), [Kind.RENEWAL]),
    (Stage.PAUSED, False, (), [Kind.PAUSE]),
]


@pytest.mark.parametrize(("stage", "elsewhere", "written", "kinds"), FITS)
def test_the_stage_chooses_and_every_other_letter_needs_a_reason(
    stage: Stage, elsewhere: bool, written: tuple[Kind, ...], kinds: list[Kind]
):
    fit = fitting(stage, elsewhere=elsewhere, written=written)
    assert list(fit.kinds) == kinds
    assert [kind for kind in Kind if not fit.needs_reason(kind)] == sorted(kinds, key=list(Kind).index)
    assert str(fit.why).endswith(".")


@pytest.mark.parametrize(
    ("stage", "first"), [(Stage.DECLINED, Kind.NEW_PARTNER), (Stage.ENDED, Kind.EXISTING_PARTNER)]
)
def test_who_declined_or_has_ended_gets_no_letter_without_a_reason(stage: Stage, first: Kind):
    fit = fitting(stage, elsewhere=False, written=())
    assert fit.first == first
    assert [kind for kind in Kind if not fit.needs_reason(kind)] == []


def test_every_stage_has_its_letter():
    assert [str(fitting(stage, elsewhere=False, written=()).first) for stage in Stage] == [
        *("new_partner", "follow_up", "thanks", "follow_up", "existing_partner", "renewal", "pause"),
        *("new_partner", "existing_partner"),
    ]


def test_the_records_say_where_else_they_work_and_what_this_school_wrote(cast: Cast, quillback: None):
    partnership = make_partnership(cast.quillback)
    assert kind_for(partnership) == Kind.NEW_PARTNER
    Partnership.objects.create(
        district=cast.larkmoor,
        partner=partnership.partner,
        school=cast.bellwether,
        stage=Stage.ACTIVE,
        stage_since=partnership.stage_since,
        active_since=partnership.stage_since,
    )
    assert kind_for(partnership) == Kind.NEW_HERE
    partnership.stage = Stage.EXPLORING
    thanks = make_letter(cast, partnership)
    assert (thanks.kind, needs_reason(partnership, Kind.THANKS)) == (Kind.THANKS, False)
    Letter.objects.filter(pk=thanks.pk).update(
        state="signed", signed_at=thanks.created_at, reference="QMS-2627-003", signer=cast.principal
    )
    assert list(fit_for(partnership).kinds) == [Kind.MEETING]
    assert needs_reason(partnership, Kind.THANKS)
