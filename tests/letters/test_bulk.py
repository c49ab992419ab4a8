"""Letters to many begin in the directory's list, and lead to the table of what would go wrong."""

from typing import Any

import pytest
from django.test import Client

from letters.models import Batch, Letter
from letters.services import batches
from partners.models import Partner
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner

MANY = "/d/larkmoor/partners/many/"


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def write_to(client: Client, cast: Cast, *partners: Partner) -> Any:
    data = {
        "which": "ticked",
        "partner": [str(one.uid) for one in partners],
        "query": "?",
        "counted": len(partners),
        "letters-school": cast.quillback.pk,
        "letters-kind": "new_partner",
        "letters-language": "own",
        "letters-way": "mail",
    }
    return client.post(f"{MANY}do/letters/", data)


def test_a_batch_begins_and_no_letter_is_written_yet(cast: Cast, client: Client) -> None:
    new, nobody = (a_partner(cast.staff, name) for name in ("New", "Nobody"))
    a_contact(new, cast.staff)
    answer = write_to(client, cast, new, nobody)
    batch = Batch.objects.get()
    assert answer["Location"] == f"/d/larkmoor/letters/many/{batch.uid}/"
    assert (batch.school, batch.kind, batch.language, batch.by_mail, batch.state, batch.by) == (
        cast.quillback,
        "new_partner",
        "own",
        True,
        "preparing",
        cast.coordinator,
    )
    assert set(batch.rows.values_list("partner__name", flat=True)) == {"New", "Nobody"}
    assert Letter.objects.count() == 0


def test_too_many_at_once_are_refused_in_words(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.bulk.MOST", 1)
    monkeypatch.setattr(batches, "MOST", 1)
    answer = write_to(client, cast, a_partner(cast.staff, "One"), a_partner(cast.staff, "Two"))
    assert "Letters go to at most 1 partner at a time. Choose fewer." in answer.content.decode()
    assert Batch.objects.count() == 0


def test_letters_of_another_school_are_not_theirs_to_begin(cast: Cast) -> None:
    with pytest.raises(ValueError, match="one's own school"):
        batches.start_batch(
            school=cast.bellwether,
            kind="new_partner",
            partners=[a_partner(cast.staff).pk],
            by=cast.coordinator,
        )
