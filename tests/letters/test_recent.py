"""What a partner got in the last 60 days, from whichever school, is shown before one more is signed."""

import datetime
from typing import Any

import pytest

from accounts import clock
from accounts.urls_in import url_in
from letters import services
from letters.enums import Answer, Source, State
from letters.models import Letter
from letters.recent import recent_letters
from partners.enums import Stage
from partners.models import Partner, Partnership
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter
from tests.letters.test_pages import at


def wrote(partnership: Partnership, school: Any, signer: Any, days_ago: int, number: int = 1) -> Letter:
    """A letter that a school signed some days ago to the partner of a partnership."""
    own = Partnership.objects.filter(partner=partnership.partner, school=school).first()
    own = own or Partnership.objects.create(
        district=school.district,
        partner=partnership.partner,
        school=school,
        stage=Stage.CONTACTED,
        stage_since=clock.today(school),
    )
    letter = services.propose_letter(
        partnership=own,
        contact=partnership.partner.contacts.get(),
        kind="new_partner",
        language="en",
        by=signer,
    )
    letter.state, letter.reference, letter.signer = State.SIGNED, f"{school.code}-2627-{number:03}", signer
    letter.signed_at = clock.now() - datetime.timedelta(days=days_ago)
    letter.save()
    return letter


def told(partnership: Partnership, cast: Cast, by: Any) -> tuple[list[str], list[str]]:
    found = recent_letters(partnership.partner, cast.quillback, by)
    return [row.outcome for row in found.rows], found.warnings


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of November 23, 2026."""
    noon = datetime.datetime(2026, 11, 23, 18, tzinfo=datetime.UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)


def test_all_of_the_district_are_warned_and_the_answer_is_told_to_who_may_read_it(
    cast: Cast, new_partner: Partnership, november: None
) -> None:
    letter = wrote(new_partner, cast.bellwether, cast.bellwether_principal, 20)
    here = "Bellwether High School wrote to them on November 3"
    assert told(new_partner, cast, cast.coordinator) == (
        ["The answer is known to the school."],
        [f"{here}. Ask there what they answered."],
    )
    assert told(new_partner, cast, cast.staff) == (["No answer yet."], [f"{here}; no answer yet."])
    services.record_reply(
        letter=letter, answer=Answer.NOT_NOW, source=Source.PHONE, by=cast.bellwether_coordinator
    )
    assert told(new_partner, cast, cast.staff) == (
        ["They answered “Not now”."],
        [f"{here}; they answered “Not now”."],
    )
    assert told(new_partner, cast, cast.coordinator)[1] == [f"{here}. Ask there what they answered."]
    services.withdraw_letter(
        letter=letter, version=letter.version, reason="Wrong date.", by=cast.bellwether_principal
    )
    for reader in (cast.staff, cast.coordinator):
        assert told(new_partner, cast, reader) == (["Withdrawn"], [])


def test_ones_own_letters_are_shown_and_warn_of_nothing_and_after_60_days_neither(
    cast: Cast, new_partner: Partnership
) -> None:
    wrote(new_partner, cast.quillback, cast.principal, 59)
    wrote(new_partner, cast.quillback, cast.principal, 61, number=2)
    wrote(new_partner, cast.bellwether, cast.bellwether_principal, 61)
    assert told(new_partner, cast, cast.coordinator) == (["No answer yet."], [])


def test_letters_to_a_partner_that_was_merged_into_this_one_count(
    cast: Cast, new_partner: Partnership
) -> None:
    wrote(new_partner, cast.bellwether, cast.bellwether_principal, 5)
    winner = Partner.objects.create(
        district=cast.larkmoor,
        name="Tamarack",
        sort_name="tamarack",
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    Partner.objects.filter(pk=new_partner.partner_id).update(merged_into=winner)
    loser = Partner.objects.get(pk=new_partner.partner_id)
    for partner in (winner, loser):
        assert len(recent_letters(partner, cast.quillback, cast.coordinator).rows) == 1


def test_it_is_one_query_however_many_there_are(
    cast: Cast, new_partner: Partnership, django_assert_num_queries: Any
) -> None:
    schools = ((cast.bellwether, cast.bellwether_principal), (cast.quillback, cast.principal))
    reader = cast.coordinator
    assert reader.covers(cast.quillback.pk)  # a request knows the membership's schools already
    for number in (1, 2, 3):
        for school, signer in schools:
            wrote(new_partner, school, signer, number, number=number)
        with django_assert_num_queries(1):
            found = recent_letters(new_partner.partner, cast.quillback, reader)
            assert [str(row.letter.school) for row in found.rows][-1] == "Bellwether High School"
        assert (len(found.rows), len(found.warnings)) == (2 * number, 1)


def test_it_stands_on_each_page_before_the_signature_with_links_where_one_may_read(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
) -> None:
    theirs = wrote(new_partner, cast.bellwether, cast.bellwether_principal, 5)
    ours = wrote(new_partner, cast.quillback, cast.principal, 6)
    letter = make_letter(cast, new_partner)
    client = sign_in(cast.principal)
    pages = [
        client.get(url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)).content.decode(),
        client.get(at(letter, "edit")).content.decode(),
    ]
    Letter.objects.filter(pk=letter.pk).update(
        state=State.TO_SIGN, signer=cast.principal, handed_in_at=clock.now()
    )
    pages.append(client.get(at(letter, "page")).content.decode())
    for page in pages:
        assert "Letters to them in the last 60 days" in page
        assert "Bellwether High School wrote to them on" in page
        assert "To a new partner, by Devin Achterberg, to Odile Brandt" in page
        assert (at(ours, "page") in page, at(theirs, "page") in page) == (True, False)
    assert pages[2].index("Letters to them") < pages[2].index(f'action="{at(letter, "sign")}"')


def test_where_nobody_wrote_nothing_is_said(cast: Cast, draft: Letter, sign_in: SignIn) -> None:
    page = sign_in(cast.principal).get(at(draft, "edit")).content.decode()
    assert "in the last 60 days" not in page
