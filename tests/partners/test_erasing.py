"""A person who asks is erased: nothing of them stays in a table of the directory; what is signed stays."""

import datetime
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts import clock
from accounts.acting import acting
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.enums import RowState
from partners.history import history
from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import read
from partners.interchange.source import from_folder
from partners.models import (
    Approval,
    Contact,
    ExternalId,
    ImportBatch,
    ImportRow,
    Interaction,
    Merge,
    Paper,
    Partner,
    PartnerLink,
    Proposal,
    SearchWord,
    StageChange,
    Waiver,
    YearReport,
)
from partners.personal import BY_ERASING, NOT_STRUCK, PERSONAL, struck_fields
from partnership_portal.purging import unguarded
from tests.canaries import planted
from tests.conftest import Cast, SignIn
from tests.partners.factories import a_contact, a_partner, a_partnership, on

SAMPLE = Path(__file__).parent / "data" / "hsds-sample"
MARK = "zqmarker"
EMAIL = f"{MARK}@tamarack.example"
NAME = f"{MARK.title()} Brandt"
PHONE = "+15125550142"


@pytest.fixture
def partner(cast: Cast) -> Partner:
    with acting(cast.staff):
        return a_partner(cast.staff)


@pytest.fixture
def contact(cast: Cast, partner: Partner) -> Contact:
    """A person who stands wherever the directory can hold one."""
    with acting(cast.staff):
        made = a_contact(
            partner, cast.staff, NAME, salutation=f"Ms. {MARK}", role=f"{MARK} lead", email=EMAIL, phone=PHONE
        )
        services.edit_contact(contact=made, version=1, by=cast.staff, phone=PHONE, extra={"note": MARK})
    now = clock.now()
    of = {"district": cast.larkmoor}
    link = PartnerLink.objects.create(
        **of,
        partner=partner,
        contact=made,
        right="listing",
        expires_at=now + datetime.timedelta(days=9),
        created_at=now,
    )
    for target, was, new in ((made.uid, MARK, "x"), (None, "", NAME), (partner.uid, "", f"Ask {EMAIL}.")):
        Proposal.objects.create(
            **of,
            partner=partner,
            link=link,
            contact=made,
            target_kind="contact",
            target_uid=target,
            batch=uuid.uuid4(),
            field="name",
            was=was,
            now=new,
            at=now,
        )
    batch = ImportBatch.objects.create(
        **of, source="211", kind="hsds", at=now, by=cast.staff, kept={"phones.csv": [{"who": NAME}]}
    )
    row = {**of, "batch": batch, "file_name": "a.csv", "row": 2, "state": RowState.NEW}
    ImportRow.objects.create(**row, entity="contact", target_uid=made.uid, raw={"name": MARK})
    ImportRow.objects.create(
        **row, entity="organization", raw={"org": "Tamarack", "contact": NAME.upper(), "n": [PHONE]}
    )
    ExternalId.objects.create(
        **of,
        source="211",
        entity="contact",
        external_id="7",
        object_id=made.pk,
        last_values={"name": MARK, "organization": "3"},
        batch=batch,
    )
    services.log_interaction(
        partner=partner, by=cast.staff, on=on("2026-11-02"), contact=made, note=f"{NAME} called ({EMAIL})."
    )
    Partner.objects.filter(pk=partner.pk).update(assured_on=on("2026-11-02"), assured_by=NAME)
    return made


def tables_with(mark: str) -> list[str]:
    """The tables of the directory in which any column of any row holds a text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("partners").get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{mark}%"])
            if cursor.fetchone() != (0,):
                found.append(model.__name__)
    return sorted(found)


def erase(cast: Cast, contact: Contact) -> None:
    with acting(cast.staff):
        services.erase_contact(contact=contact, version=contact.version, by=cast.staff)


def test_nothing_of_the_person_is_found_in_any_table(cast: Cast, contact: Contact) -> None:
    holding = ["Contact", "ExternalId", "ImportBatch", "ImportRow", "Interaction", "Partner", "Proposal"]
    assert tables_with(MARK) == [*holding, "SearchWord"]
    erase(cast, contact)
    assert tables_with(MARK) == []
    assert tables_with("5550142") == []


def test_every_text_that_can_hold_a_person_is_struck_or_said_to_stay() -> None:
    struck = {(label, name) for label, _path, names in struck_fields() for name in names}
    stays = {(label, name) for label, names in NOT_STRUCK.items() for name in names.split()}
    erased = {(label, name) for label, names in BY_ERASING.items() for name in names.split()}
    every = {(label, name) for label, names in PERSONAL.items() for name in names.split()}
    assert struck | stays | erased == every
    assert (struck & stays, struck & erased, stays & erased) == (set(), set(), set())


def test_a_person_is_struck_from_every_text_about_the_partner_and_its_history(
    cast: Cast, contact: Contact, partner: Partner
) -> None:
    with acting(cast.staff):
        a_row_of_everything(cast, partner)
    for label, path, names in struck_fields():
        model = apps.get_model("partners", label)
        rows = model.objects.filter(**{path: partner.pk})
        rows = rows.exclude(pk=contact.pk) if model is Contact else rows
        assert rows.exists(), label
        with unguarded([model._meta.db_table]):
            for row in rows:
                rows.filter(pk=row.pk).update(**{name: planted(row, name, NAME) for name in names})
    step = services.add_next_step(partner=partner, what=f"Ring {NAME}", due_on=None, by=cast.staff)
    erase(cast, contact)
    step.refresh_from_db()
    assert (tables_with(MARK), step.title) == ([], "Ring …")
    assert StageChange.objects.first().because.startswith("… ")


def a_row_of_everything(cast: Cast, partner: Partner) -> None:
    """A row in each table whose texts are about a partner, and one in its history."""
    of = {"district": cast.larkmoor}
    now, today = clock.now(), clock.today(cast.larkmoor)
    a_contact(partner, cast.staff, "Marisol Vega")
    services.add_site(partner=partner, by=cast.staff, name="Hall")
    services.add_service(partner=partner, by=cast.staff, name="Calm Hour")
    services.offer_paper(partner=partner, kind="w9", upload=None)
    paper = Paper.objects.get()
    services.decline_paper(paper=paper, version=1, by=cast.staff, because="x")
    partnership = a_partnership(partner, cast.quillback, cast.staff)
    done = {**of, "partnership": partnership, "because": "x", "at": now, "by": cast.staff}
    Approval.objects.create(**done, is_yes=False)
    Waiver.objects.create(**done, waives="agreement", since=today, until=today)
    YearReport.objects.create(**of, partner=partner, school_year=2026, reported_at=now, source="letter")
    other = a_partner(cast.staff, "Tamarak")
    Merge.objects.create(
        **of, winner=partner, loser=other, at=now, by=cast.staff, undone_at=now, undone_by=cast.staff
    )


def test_nothing_else_of_the_history_is_changed(cast: Cast, partner: Partner) -> None:
    a_partnership(partner, cast.quillback, cast.staff)
    with unguarded([StageChange._meta.db_table]):
        StageChange.objects.update(because="Ring Ana at 50%")
    for said in ("Ring Bo at 50%", "", "Ring … at 60%", "Ring Ana at 50%"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StageChange.objects.update(because=said)
    with pytest.raises(IntegrityError), transaction.atomic():
        StageChange.objects.update(because="Ring … at 50%", now="active")
    assert StageChange.objects.update(because="Ring … at 50%") == 1


def test_what_is_not_of_the_person_stays(cast: Cast, contact: Contact, partner: Partner) -> None:
    erase(cast, contact)
    assert Interaction.objects.get().note == "… called (…)."
    assert ImportRow.objects.get(entity="organization").raw == {"org": "Tamarack", "contact": "…", "n": ["…"]}
    assert ExternalId.objects.get().last_values == {"organization": "3"}
    assert set(SearchWord.objects.values_list("word", flat=True)) >= {"tamarack", "youth"}
    partner.refresh_from_db()
    assert (partner.assured_by, partner.assured_on) == ("Tamarack Youth Counseling", on("2026-11-02"))
    assert PartnerLink.objects.get().revoked_at is not None


def test_the_record_says_that_somebody_was_there_and_the_history_who_erased_them(
    cast: Cast, contact: Contact, partner: Partner
) -> None:
    erase(cast, contact)
    stored = Contact.objects.get()
    assert (str(stored), stored.left_on) == ("A person whose name was erased", clock.today(cast.larkmoor))
    told = [line.text for line in history(cast.viewer, partner)]
    assert "Ana Whitcombe erased what was known of a person." in told
    assert MARK not in "".join(told).lower()


def test_a_word_by_which_another_is_found_is_kept(cast: Cast, contact: Contact) -> None:
    a_partner(cast.staff, "Brandt Foundation")
    erase(cast, contact)
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert ("brandt" in words, MARK in words) == (True, False)


def test_a_name_of_one_word_is_left_where_it_is_a_word_like_any_other(cast: Cast, partner: Partner) -> None:
    may = a_contact(partner, cast.staff, "May")
    services.log_interaction(
        partner=partner, by=cast.staff, on=on("2026-11-02"), note="They may come in May."
    )
    erase(cast, may)
    assert Interaction.objects.get().note == "They may come in May."


def test_nobody_is_erased_twice_or_unseen(cast: Cast, contact: Contact) -> None:
    with pytest.raises(ChangedMeanwhile):
        services.erase_contact(contact=contact, version=1, by=cast.staff)
    erase(cast, contact)
    with pytest.raises(services.AlreadyErased):
        services.erase_contact(contact=contact, version=contact.version, by=cast.staff)


def test_the_page_says_what_stays_before_the_button_erases(
    cast: Cast, contact: Contact, partner: Partner, sign_in: SignIn
) -> None:
    client = sign_in(cast.staff)
    url = url_in(cast.larkmoor, "partners:erase_contact", uid=contact.uid)
    assert url in page(client, url_in(cast.larkmoor, "partners:edit_contact", uid=contact.uid))
    assert "Signed letters, agreements and closed decisions keep the name as it stood." in page(client, url)
    stale = client.post(url, {"version": "1"}).content.decode()
    assert "Somebody changed this record since you opened it." in stale
    version = re.search(r'name="version" value="(\d+)"', stale)
    assert version
    done = client.post(url, {"version": version[1]}, follow=True).content.decode()
    assert ("What was known of this person is erased." in done, MARK in done.lower()) == (True, False)
    assert "A person whose name was erased" in done
    assert client.get(url).status_code == 404


def test_a_file_brings_nobody_back(cast: Cast) -> None:
    bring_in(cast)
    person = Contact.objects.exclude(name="").order_by("pk").first()
    name = person.name
    erase(cast, person)
    assert tables_with(name) == []
    bring_in(cast)
    assert (tables_with(name), Contact.objects.get(pk=person.pk).name) == ([], "")


def bring_in(cast: Cast) -> None:
    batch = new_batch(district=cast.larkmoor)
    take_in(directory=read(from_folder(SAMPLE)), batch=batch, leave_out=True)


def page(client: Any, url: str) -> str:
    return str(client.get(url).content.decode())
