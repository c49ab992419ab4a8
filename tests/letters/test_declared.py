"""No output of a letter holds a value that the letter did not declare: neither paper nor preview nor mail."""

import datetime
import html
from dataclasses import replace

import pytest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import School, User
from letters.models import Letter
from letters.placeholders import Placeholder
from letters.sheet import Sheet, parts, preview
from outreach.sources.signed_letters import in_plain_text
from partners.enums import Stage
from partners.models import Contact, Need, Partner, Partnership, SchoolFigure, Service
from tests.conftest import Cast
from tests.full import FULL
from tests.letters.conftest import make_letter, make_partnership
from tests.letters.printed import one_line, printed, sheet_of, text_of
from tests.press.running import RunningPress

EXAMPLES = 200 if FULL else 20
FIXED = {  # what stands around the blocks of every letter: letterhead, address, salutation, signature, cc
    Placeholder.CONTACT_NAME,
    Placeholder.PARTNER_NAME,
    Placeholder.SCHOOL_NAME,
    Placeholder.SCHOOL_PHONE,
    Placeholder.DISTRICT_NAME,
    Placeholder.SIGNER_NAME,
    Placeholder.LIAISON_NAME,
}
NEVER = [
    "Unsaid-reason",
    "Unsaid-contact",
    "Unsaid-service",
    "Unsaid-figure",
    "Unsaid-spanish",
    "Unsaid-alias",
]
FREE = ("opening", "why", "why_you", "ask", "gain", "how", "reply", "close")
declared = st.lists(st.tuples(st.sampled_from(FREE), st.sampled_from(Placeholder.values)), max_size=8)


def fill(cast: Cast) -> Partnership:
    """Records in which each value is a word that stands nowhere else."""
    school, other = cast.quillback, cast.bellwether
    School.objects.filter(pk=school.pk).update(
        name="Canaryschool", place="Canaryplace", phone="(555) 555-0191", pupils=7431
    )
    School.objects.filter(pk=other.pk).update(name="Canaryelsewhere")
    User.objects.filter(pk=cast.principal.user_id).update(name="Canarysigner")
    User.objects.filter(pk=cast.coordinator.user_id).update(name="Canaryliaison", email="canary@mail.example")
    cast.larkmoor.name = "Canarydistrict"
    cast.larkmoor.save()
    since, before = datetime.date(2021, 5, 3), datetime.date(2019, 9, 2)
    partnership = make_partnership(
        School.objects.get(pk=school.pk), "Canarypartner", Stage.ACTIVE, owner=cast.coordinator
    )
    Partnership.objects.filter(pk=partnership.pk).update(active_since=since)
    Partner.objects.filter(pk=partnership.partner_id).update(aliases=["Unsaid-alias"])
    Contact.objects.update(
        name="Canarycontact", salutation="Ms. Canarycontact", email="details@canary.example"
    )
    Service.objects.update(name="Canaryservice")
    elsewhere = Partnership(
        district=cast.larkmoor, partner=partnership.partner, school=other, stage=Stage.ACTIVE
    )
    elsewhere.stage_since = elsewhere.active_since = before
    elsewhere.save()
    make_partnership(School.objects.get(pk=school.pk), "Canaryneighbor", Stage.ACTIVE)
    figure(cast, "attendance", "Canaryfigure")
    return Partnership.objects.get(pk=partnership.pk)


def figure(cast: Cast, need: str, sentence: str) -> None:
    fields = {"sentence": sentence, "sentence_es": "Unsaid-spanish", "source": "Unsaid-source", "year": 2026}
    SchoolFigure.objects.create(
        district=cast.larkmoor, school=cast.quillback, need=Need.objects.get(code=need), **fields
    )


@pytest.fixture
def full(cast: Cast) -> Sheet:
    """A sheet whose values are all there, each its own; and records beside it that no letter speaks of."""
    partnership = fill(cast)
    everything = " ".join(f"{{{{{name}}}}}" for name in Placeholder.values)
    changes = {"blocks": [{"name": "opening", "text": everything}], "result": "Canaryresult"}
    letter = make_letter(cast, partnership, suggested_by="Canaryteller", **changes)
    Letter.objects.filter(pk=letter.pk).update(reason="Unsaid-reason")
    figure(cast, "trauma", "Unsaid-figure")
    Contact.objects.create(district=cast.larkmoor, partner=partnership.partner, name="Unsaid-contact")
    sheet = sheet_of(letter)
    invented = {name: f"Canary of {name}" for name in Placeholder.values if not sheet.values.get(name)}
    return replace(sheet, values=sheet.values | invented)


def held(text: str, values: dict[str, str]) -> set[str]:
    """The placeholders whose value stands in a text."""
    line = one_line(text)
    return {name for name, value in values.items() if one_line(value) in line}


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chosen=declared)
def test_no_output_holds_a_value_that_its_letter_did_not_declare(
    full: Sheet, press: RunningPress, chosen: list[tuple[str, str]]
) -> None:
    blocks = [
        {"name": name, "text": "; ".join(f"{{{{{each}}}}}" for place, each in chosen if place == name) or "x"}
        for name in FREE
    ]
    sheet = replace(full, blocks=[{"name": "subject", "text": "Hello"}, *blocks])
    named = {name for _place, name in chosen}
    on_paper = text_of(printed(sheet))
    on_page = html.unescape(strip_tags(preview(sheet)))
    in_mail = in_plain_text(parts(sheet)["parts"][0])["body"]
    assert held(on_paper, full.values) == held(on_page, full.values) == named | FIXED
    assert held(in_mail, full.values) == named
    assert [word for word in NEVER if word in on_paper + on_page + in_mail] == []
