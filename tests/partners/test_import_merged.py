"""What a file says of a partner that was merged into another one reaches the one that stands, three-way."""

import pytest

from partners import services
from partners.models import Contact, ExternalId, Merge, Partner, Partnership
from tests.conftest import Cast
from tests.partners.importing import Importing, words

SHEET = (
    b"Agency,Website,Contact,Role,Schools\r\n"
    b"Umber Youth Club,https://umber.example,Ana Ruiz,Director,QMS\r\n"
    b"Tamarack,https://tamarack.example,Bo Lee,,\r\n"
)


@pytest.fixture
def merge(cast: Cast, importing: Importing) -> Merge:
    """What a sheet brought was merged into a partner of our own, whose website is its own."""
    ours = services.create_partner(by=cast.staff, name="The Umber Club", website="https://ours.example")
    importing.whole(SHEET)
    loser = Partner.objects.get(name="Umber Youth Club")
    return services.merge_partners(winner=ours, loser=loser, by=cast.staff)


def test_what_the_sheet_changes_is_written_on_the_one_that_stands(importing: Importing, merge: Merge) -> None:
    was = Partner.objects.values().get(pk=merge.loser_id)
    page = words(importing.whole(SHEET.replace(b"Schools", b"Sector").replace(b"QMS", b"Youth")))
    assert "Imported: 1 organization." in page
    assert Partner.objects.get(pk=merge.winner_id).sectors == ["youth"]
    assert Partner.objects.values().get(pk=merge.loser_id) == was


def test_what_stands_there_stays_where_the_sheet_says_what_it_said(
    importing: Importing, merge: Merge
) -> None:
    assert "Nothing new." in words(importing.whole(SHEET))
    assert Partner.objects.get(pk=merge.winner_id).name == "The Umber Club"


def test_where_both_changed_ours_stays_and_the_preview_says_so(importing: Importing, merge: Merge) -> None:
    news = SHEET.replace(b"umber.example", b"new.example")
    importing.hand_over(news)
    assert "https://ours.example → https://new.example (ours stays)" in words(importing.look())
    importing.post("apply/")
    assert Partner.objects.get(pk=merge.winner_id).website == "https://ours.example"
    importing.whole(news.replace(b"new.example", b"newer.example"), theirs="all")
    assert Partner.objects.get(pk=merge.winner_id).website == "https://newer.example"


def test_what_is_new_hangs_on_the_one_that_stands_and_what_was_there_stays_where_it_is(
    importing: Importing, merge: Merge
) -> None:
    importing.whole(SHEET + b"Umber Youth Club,,Cy Ott,Driver,\r\nUmber Youth Club,,Ana Ruiz,,\r\n")
    assert Contact.objects.get(name="Cy Ott").partner_id == merge.winner_id
    assert Contact.objects.get(name="Ana Ruiz").partner_id == merge.loser_id


def test_no_second_partnership_begins_where_the_merged_one_has_one(
    importing: Importing, merge: Merge
) -> None:
    importing.whole(SHEET.replace(b"QMS", b"QMS; BHS"))
    begun = Partnership.objects.filter(partner__in=(merge.winner_id, merge.loser_id))
    assert sorted(begun.values_list("partner", "school__code")) == sorted(
        [(merge.loser_id, "QMS"), (merge.winner_id, "BHS")]
    )


def test_a_person_of_another_list_is_found_below_the_one_that_was_merged(
    importing: Importing, merge: Merge
) -> None:
    importing.hand_over(b"Agency,Contact,E-mail\r\nThe Umber Club,Ana Ruiz,ana@umber.example\r\n", source="B")
    importing.look()
    importing.post("apply/", shown="the umber club", same="the umber club")
    assert Contact.objects.get(name="Ana Ruiz").email == "ana@umber.example"


def test_once_the_merge_is_undone_the_sheet_reaches_its_own_partner_again(
    cast: Cast, importing: Importing, merge: Merge
) -> None:
    importing.whole(SHEET.replace(b"Schools", b"Sector").replace(b"QMS", b"Youth"))
    services.undo_merge(merge=merge, by=cast.staff)
    importing.whole(SHEET.replace(b"umber.example", b"new.example"))
    standing = Partner.objects.order_by("name").values_list("name", "website")
    assert list(standing) == [
        ("Tamarack", "https://tamarack.example"),
        ("The Umber Club", "https://ours.example"),
        ("Umber Youth Club", "https://new.example"),
    ]


def test_an_import_that_reached_the_one_that_stands_is_undone_there(
    importing: Importing, merge: Merge
) -> None:
    said = ExternalId.objects.get(entity="organization", object_id=merge.loser_id).last_values
    importing.whole(SHEET.replace(b"Schools", b"Sector").replace(b"QMS", b"Youth"))
    importing.post("undo/")
    assert Partner.objects.get(pk=merge.winner_id).sectors == []
    assert ExternalId.objects.get(entity="organization", object_id=merge.loser_id).last_values == said


def test_two_of_one_sheet_that_were_merged_are_both_known_and_undone_together(
    cast: Cast, importing: Importing
) -> None:
    importing.whole(SHEET)
    umber, tamarack = Partner.objects.order_by("-name")
    services.merge_partners(winner=umber, loser=tamarack, by=cast.staff)
    assert "Nothing new." in words(importing.whole(SHEET))
    importing.whole(
        b"Agency,Tags,EIN\r\nUmber Youth Club,sports,\r\nTamarack,,55-0142001\r\n",
    )
    umber.refresh_from_db()
    assert (umber.tags, umber.ein) == (["sports"], "55-0142001")
    importing.post("undo/")
    umber.refresh_from_db()
    assert (umber.tags, umber.ein) == ([], "")
