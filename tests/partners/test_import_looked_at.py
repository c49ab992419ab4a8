"""What comes in is what somebody looked at: no choice counts of another look, or during a step."""

import pytest
from celery import current_app

from accounts.models import Job
from partners.interchange import likely
from partners.models import ImportBatch, Partner
from tests.conftest import Cast
from tests.partners.factories import a_partner
from tests.partners.importing import ADDRESS, Importing, words

SHEET = b"Agency,Other\r\nUmber Youth Club,Tamarack\r\n"
UNDER_WAY = "A step of this import is under way, so your choice was not taken."
LOOKED_AGAIN = "This file was looked at again since you opened its page."


@pytest.fixture
def importing(importing: Importing) -> Importing:
    """With a sheet handed over."""
    importing.hand_over(SHEET)
    return importing


@pytest.fixture
def slow(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> Importing:
    """Its file was looked at and is to come in, but no worker has begun."""
    importing.look()
    monkeypatch.setattr(current_app, "send_task", lambda *args, **how: None)
    importing.post("apply/")
    return importing


def names() -> list[str]:
    return list(Partner.objects.values_list("name", flat=True))


def test_the_page_of_an_earlier_look_takes_nothing_in(importing: Importing) -> None:
    importing.look()
    seen = str(importing.batch.job.uid)
    importing.look(Agency="notes", Other="name")
    assert LOOKED_AGAIN in words(importing.post("apply/", look=seen))
    assert names() == []
    importing.post("apply/")
    assert names() == ["Tamarack"]


def test_the_page_names_the_look_that_it_shows(importing: Importing) -> None:
    page = importing.look().content.decode()
    assert f'name="look" value="{importing.batch.job.uid}"' in page


def test_a_page_that_names_no_look_takes_nothing_in(importing: Importing) -> None:
    importing.look()
    assert LOOKED_AGAIN in words(importing.post("apply/", look=""))
    assert names() == []


@pytest.mark.parametrize("step", ["columns/", "schools/", "apply/"])
def test_while_a_step_is_under_way_no_choice_is_taken(slow: Importing, step: str) -> None:
    ImportBatch.objects.update(options={**slow.batch.options, "unknown": {"QMS": 1}})
    before = slow.batch.options
    data = {"column-0": "notes", "column-1": "name", "school-0": "", "same": "umber youth club"}
    said = {"stage": before["stage"], "school": before["school"]}
    assert UNDER_WAY in words(slow.post(step, **data, **said))
    assert (slow.batch.options, Job.objects.count()) == (before, 2)


def test_once_the_file_is_in_a_late_page_says_so(importing: Importing) -> None:
    importing.whole(SHEET)
    page = importing.client.post(f"{ADDRESS}{importing.batch.uid}/apply/", {"look": "x"}, follow=True)
    assert "This file is in already, so your choice was not taken." in words(page)


def test_who_may_be_here_already_waits_until_somebody_was_asked(
    importing: Importing, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likely, "ASKED", 2)
    ours = [a_partner(cast.coordinator, f"Tamarack {n}") for n in (1, 2, 3)]
    sheet = b"Agency,Contact\r\nTamarack 1,Ana\r\nTamarack 2,Bo\r\nTamarack 3,Cy\r\nUmber,Di\r\n"
    importing.hand_over(sheet)
    page = words(importing.look())
    waits = "perhaps here already as “Tamarack 3”, about which nobody was asked yet"
    assert "Rows in the file 4 Perhaps here already 2 partners New 1 partner Rows left out 1" in page
    assert waits in page
    importing.post("apply/", shown=["tamarack 1", "tamarack 2"], same=["tamarack 1"])
    asked = ["Tamarack 1", "Tamarack 2", "Tamarack 2", "Tamarack 3", "Umber"]
    assert (sorted(names()), list(ours[2].contacts.all())) == (asked, [])
    importing.whole(sheet)
    assert sorted(names()) == asked
    assert [contact.name for contact in ours[2].contacts.all()] == ["Cy"]
