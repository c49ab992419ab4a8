"""What no letter goes without: a way to reach the contact, a day to answer by; the rest where it is used."""

import pytest

from accounts.models import Task
from accounts.urls_in import url_in
from letters import queries, services
from letters.composing import compose
from letters.forms import DraftForm
from letters.models import Letter
from partners.enums import Stage
from partners.models import Contact, Partnership, Site
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_letter, make_partnership
from tests.press.running import RunningPress

from .test_pages import at, form_of

UNREACHABLE = "The contact has no postal address and no e-mail address: the letter can't reach them."


def told(letter: Letter) -> list[str]:
    sheet = compose(queries.whole(Letter.objects.filter(pk=letter.pk)).get())
    return [problem.words for problem in sheet.problems]


def without(letter: Letter, name: str) -> None:
    """Take a placeholder out of a letter's text."""
    token = f"{{{{{name}}}}}"
    blocks = [block | {"text": block["text"].replace(token, "soon")} for block in letter.blocks]
    Letter.objects.filter(pk=letter.pk).update(blocks=blocks)
    letter.refresh_from_db()


def test_one_of_two_ways_is_enough(cast: Cast, draft: Letter):
    Contact.objects.update(email="")
    assert told(draft) == []
    Contact.objects.update(email="odile@tamarack.example")
    Site.objects.all().delete()
    assert told(draft) == []


@pytest.mark.parametrize("lacking", [{"street": ""}, {"city": "", "state": "", "postal_code": ""}])
def test_with_neither_a_whole_address_nor_an_e_mail_address_it_cannot_be_handed_in(
    lacking: dict[str, str], cast: Cast, draft: Letter, sign_in: SignIn
):
    Contact.objects.update(email="")
    Site.objects.update(**lacking)
    assert told(draft) == [UNREACHABLE]
    with pytest.raises(services.LetterIncomplete):
        services.hand_in(letter=draft, version=draft.version, by=cast.coordinator)
    page = sign_in(cast.coordinator).get(at(draft, "edit") + "?check")
    assert page.context["problems"] == [("#value-contact.reach", UNREACHABLE)]
    [row] = [row for row in page.context["rows"] if row.name == "contact.reach"]
    assert (row.label, row.remedy.words) == ("Where the letter goes", "Fill in the contact's details")


def test_the_day_to_answer_by_is_needed_whatever_the_text_says(cast: Cast, draft: Letter):
    without(draft, "letter.reply_by")
    Letter.objects.filter(pk=draft.pk).update(reply_by=None)
    assert told(draft) == ["Answer by, in “How to answer”: no date, or one that is over."]


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        (Stage.IDENTIFIED, ["suggested_by", "meeting_1", "meeting_2", "reply_by", "call_on"]),
        (Stage.ACTIVE, ["result", "meeting_1", "reply_by", "call_on"]),
        (Stage.PAUSED, ["reply_by"]),
    ],
)
def test_a_draft_asks_for_what_its_text_uses(stage: Stage, asked: list[str], cast: Cast, quillback: None):
    form = DraftForm(letter=make_letter(cast, make_partnership(cast.quillback, stage=stage)))
    shown = [field.name for field in form.own if not field.name.startswith("block_")]
    assert shown == ["version", "contact", "liaison", "goes_by", *asked]


def test_a_date_left_out_is_a_gap_that_is_named_and_loses_nothing_else(
    cast: Cast, draft: Letter, sign_in: SignIn
):
    client = sign_in(cast.coordinator)
    client.post(at(draft, "edit"), form_of(draft, meeting_2="", block_ask="On {{letter.meeting_2}}?"))
    draft.refresh_from_db()
    assert draft.meeting_2 is None
    assert told(draft) == ["Second date to meet, in “What we ask”: no date, or one that is over."]


def test_a_letter_that_promises_no_call_makes_no_task(
    cast: Cast, new_partner: Partnership, draft: Letter, press: RunningPress
):
    without(draft, "letter.call_on")
    services.sign_letter(letter=draft, version=draft.version, by=cast.principal)
    assert list(Task.objects.all()) == []


def test_the_letter_that_fits_stands_first_and_says_why(
    cast: Cast, new_partner: Partnership, sign_in: SignIn
):
    url = url_in(cast.larkmoor, "letters:write", uid=new_partner.uid)
    field = sign_in(cast.coordinator).get(url).context["form"].fields["kind"]
    assert field.choices[0] == ("Fits now", [("new_partner", "To a new partner")])
    assert (field.choices[1][0], len(field.choices[1][1])) == ("Needs a reason", 7)
    assert field.help_text == "They are a possible partner, and this letter says who you are."
