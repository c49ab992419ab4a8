"""What the list gives out comes back through the import of sheets: to the same partners, or to other ones."""

from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Membership
from partners import services
from partners.enums import PartnerKind, Sector, Stage, Tier
from partners.filters import Filters
from partners.interchange.apply import new_batch, take_in
from partners.interchange.hsds import Directory
from partners.interchange.list_out import list_sheet
from partners.interchange.preview import likely_of
from partners.interchange.sheet_fields import guess
from partners.interchange.sheet_records import records_of
from partners.interchange.sheets import read_sheet
from partners.interchange.sheets_out import csv_file, workbook_file
from partners.interchange.staging import our_own
from partners.interchange.vocabulary import vocabulary
from partners.models import Contact, ImportBatch, Need, Partner, Partnership, Service, Site
from partners.queries import matching
from partners.search import normal, spelled_out
from tests.conftest import Cast, SignIn, make_school
from tests.partners.factories import a_contact, a_partner, a_partnership
from tests.partners.importing import Importing, words
from tests.partners.test_import import directory_tables

SHEETS = ("csv", "xlsx")
LANGUAGES = ("en", "es")
FIELDS = [
    *("name", "aliases", "kind", "sectors", "description", "street", "city", "state", "zip", "stage"),
    *("left_out", "left_out", "left_out", "left_out", "contact", "role", "email", "phone"),
    *("service", "needs", "tiers", "tags", "ein", "website", "id"),
]


def taken_out(by: Membership, kind: str = "csv", language: str = "en") -> bytes:
    """The whole list as a file."""
    lines = list(list_sheet(by, matching(by, Filters()), Filters(), language=language))
    return b"".join(csv_file(lines) if kind == "csv" else workbook_file(lines, title="Partners"))


def read_again(by: Membership, content: bytes) -> tuple[ImportBatch, Directory]:
    """The file as an import of this member's district understands it."""
    table = read_sheet("partners.csv", content)
    batch = new_batch(district=by.district, source="Our list", by=by, kind="sheet")
    return batch, records_of(table, guess(table), vocabulary(by.district, by))


def in_words(by: Membership) -> list[list[str]]:
    """What the list says, without what no file can say of a partner, and its ids."""
    rows = list(list_sheet(by, matching(by, Filters()), Filters(), language="en"))
    kept = [place for place, field in enumerate(FIELDS) if field not in ("left_out", "id")]
    return [[row[place] for place in kept] for row in rows]


def in_full(cast: Cast) -> Partner:
    """A partner of which everything is known that a sheet tells."""
    by = cast.staff
    partner = a_partner(
        by,
        "=Umber Clinic",
        aliases=["Umber, Old & Sons", "U;C"],
        kind="public",
        sectors=["government", "basic_needs"],
        tags=["summer, late", "-grant"],
        description="=Health\nfor “all”; and | more, too.",
        website="https://umber.example/a",
        ein="01-1901000",
        owner=by,
    )
    services.add_site(
        partner=partner, by=by, street="5 Mill St", city="Ferrywatch", state="TX", postal_code="00501"
    )
    a_contact(partner, by, "Odile Brandt", role="@Nurse", email="o@umber.example", phone="512 555 0142 x7")
    needs = {need.code: need for need in Need.objects.all()}
    services.add_service(
        partner=partner, by=by, name="Calm Hour", tiers=[2, 3], needs=[needs["safety"], needs["trauma"]]
    )
    services.add_service(partner=partner, by=by, name="Visit: home, school", needs=[needs["learning"]])
    a_partnership(partner, cast.quillback, cast.coordinator, "active", owner=cast.coordinator)
    a_partnership(partner, cast.bellwether, by, "exploring")
    a_partnership(partner, None, by, "renewal_due")
    return partner


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEETS)
def test_each_column_of_the_list_is_known_again(cast: Cast, kind: str, language: str) -> None:
    in_full(cast)
    assert list(guess(read_sheet(f"list.{kind}", taken_out(cast.staff, kind, language))).values()) == FIELDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEETS)
def test_in_the_same_district_nothing_is_new(cast: Cast, kind: str, language: str) -> None:
    in_full(cast)
    before = directory_tables()
    batch, directory = read_again(cast.staff, taken_out(cast.staff, kind, language))
    assert (directory.problems, likely_of(batch, directory)) == ([], {})
    take_in(directory=directory, batch=batch)
    assert (batch.figures["same"], batch.figures["new"], batch.figures["changed"]) == (5, 0, 0)
    after = directory_tables()
    assert {table for table in after if after[table] != before[table]} == {"partners_externalid"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEETS)
def test_in_another_district_all_is_as_it_was(cast: Cast, kind: str, language: str) -> None:
    in_full(cast)
    said, content = in_words(cast.staff), taken_out(cast.staff, kind, language)
    with scope(district=cast.brightmere):
        for name, code in (("Quillback Middle School", "QMS"), ("Bellwether High School", "BHS")):
            make_school(cast.brightmere, name, code.lower(), code)
        batch, directory = read_again(cast.brightmere_staff, content)
        assert directory.problems == []
        take_in(directory=directory, batch=batch)
        assert in_words(cast.brightmere_staff) == said
        partner = Partner.objects.get()
        assert (partner.extra, partner.ein, Contact.objects.get().phone) == (
            {},
            "01-1901000",
            "+15125550142;ext=7",
        )
        by_name = {one.name: one for one in Service.objects.all()}
        assert by_name["Calm Hour"].tiers == [2, 3]
        assert [need.code for need in by_name["Visit: home, school"].needs.all()] == ["learning"]


NO_TEXT = ("Cs", "Cc", "Zl", "Zp", "Zs", "Cn")
ODD = ["=1+1", "'=1", "-5", "@x", "a, b", "a; b", "a|b", '"a"', '"a" b', "a: b", "a & b", "None", "a  b"]
LINE = st.text(st.characters(codec="utf-8", exclude_categories=NO_TEXT), min_size=1, max_size=30)
WORD = st.one_of(LINE, st.sampled_from(ODD))
SPOKEN = WORD.filter(lambda text: normal(text))  # a name without a letter or digit names nothing
NEEDS = ["safety", "trauma", "learning", "attendance"]


def several_of(values: Any, most: int = 3) -> Any:
    return st.lists(values, max_size=most, unique=True)


SERVICE = st.fixed_dictionaries(
    {
        "name": SPOKEN,
        "needs": several_of(st.sampled_from(NEEDS)),
        "tiers": several_of(st.sampled_from(Tier.values)),
    }
)
PARTNER = st.fixed_dictionaries(
    {
        "name": SPOKEN,
        "aliases": several_of(WORD),
        "kind": st.sampled_from(PartnerKind.values),
        "sectors": several_of(st.sampled_from(Sector.values)),
        "tags": several_of(WORD),
        "description": st.one_of(st.just(""), WORD, st.just("Two\r\nlines, a\ttab")),
    }
)
PARTNERS = st.lists(
    st.tuples(
        PARTNER,
        st.lists(SERVICE, max_size=3, unique_by=lambda one: normal(one["name"])),
        st.fixed_dictionaries({"street": SPOKEN, "city": st.one_of(st.just(""), SPOKEN)}),
        st.fixed_dictionaries({"name": SPOKEN, "role": st.one_of(st.just(""), WORD)}),
        st.sampled_from(Stage.values),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: spelled_out(one[0]["name"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(partners=PARTNERS, kind=st.sampled_from(SHEETS), language=st.sampled_from(LANGUAGES))
def test_whatever_partners_are_called_they_come_back_as_they_were(
    cast: Cast, partners: list[Any], kind: str, language: str
) -> None:
    needs = {need.code: need for need in Need.objects.all()}
    with Undone():
        for values, offers, place, person, stands in partners:
            partner = a_partner(cast.staff, **values)
            for offer in offers:
                chosen = [needs[code] for code in offer["needs"]]
                services.add_service(partner=partner, by=cast.staff, **{**offer, "needs": chosen})
            services.add_site(partner=partner, by=cast.staff, **place)
            a_contact(partner, cast.staff, **person)
            a_partnership(partner, None, cast.staff, stands, because="So it is.")
        said, content = in_words(cast.staff), taken_out(cast.staff, kind, language)
        batch, directory = read_again(cast.staff, content)
        take_in(directory=directory, batch=batch)
        assert (directory.problems, in_words(cast.staff)) == ([], said)
        assert (batch.figures["new"], batch.figures["changed"]) == (0, 0)
        with scope(district=cast.brightmere):
            batch, directory = read_again(cast.brightmere_staff, content)
            take_in(directory=directory, batch=batch)
            assert (directory.problems, in_words(cast.brightmere_staff)) == ([], said)


def test_a_sheet_of_ours_is_shown_as_the_same_and_a_partner_of_a_file_by_another_name_is_ours(
    cast: Cast, importing: Importing
) -> None:
    partner = in_full(cast)
    importing.hand_over(taken_out(cast.staff))
    assert "Same as before 1 partner" in words(importing.look())
    services.edit_partner(partner=partner, version=1, by=cast.staff, name="Umber Health", tags=["b"])
    content = taken_out(cast.staff).replace(b"Umber Health", b"Umber Care").replace(b",b,", b",b; c,")
    page = words(importing.whole(content, theirs="all"))
    assert "Imported: 1 organization." in page
    assert [(one.name, one.tags) for one in Partner.objects.all()] == [("Umber Care", ["b", "c"])]


def test_who_has_one_school_begins_nothing_by_a_sheet_of_ours(
    cast: Cast, importing: Importing, sign_in: SignIn
) -> None:
    in_full(cast)
    a_partner(cast.staff, "Nowhere yet")
    before = directory_tables()
    importing.client = sign_in(cast.coordinator)
    importing.hand_over(taken_out(cast.coordinator))
    page = words(importing.look())
    assert ("Same as before 2 partners" in page, "with a note" in page, "begin" in page) == (
        True,
        False,
        False,
    )
    importing.post("apply/")
    after = directory_tables()
    assert {table for table in after if after[table] != before[table]} == {"partners_externalid"}


def test_what_was_merged_is_one_row_and_stays_one(cast: Cast) -> None:
    by = cast.staff
    loser = in_full(cast)
    content = taken_out(by)
    winner = a_partner(by, "Umber Clinic")
    services.merge_partners(winner=winner, loser=loser, by=by)
    for said in (content, taken_out(by)):
        batch, directory = read_again(by, said)
        take_in(directory=directory, batch=batch)
        assert [list(Partner.objects.current()), batch.figures["new"]] == [[winner], 0]
        assert [model.objects.count() for model in (Contact, Site, Service, Partnership)] == [1, 1, 2, 3]


def test_a_partner_of_another_district_is_never_the_same(cast: Cast) -> None:
    in_full(cast)
    content = taken_out(cast.staff)
    with scope(district=cast.brightmere):
        assert our_own([str(uid) for uid in Partner._base_manager.values_list("uid", flat=True)]) == {}
        batch, directory = read_again(cast.brightmere_staff, content)
        take_in(directory=directory, batch=batch)
        assert batch.figures["new"] == 5


def test_each_word_that_is_none_of_ours_is_named_with_its_column(cast: Cast, importing: Importing) -> None:
    importing.hand_over(
        b"Agency,Sector,Kind,Program,Need,Tier,Status,Tags\n"
        b"Umber,Youth; Frogs,Guild,Art; Music,Art: Trauma; Moss,Music: 2; Art: 9,Sometimes," + b"t" * 41
    )
    page = words(importing.look())
    for said in (
        "column Kind Guild is no kind of organization that we know",
        "Sector: Frogs is no sector that we know",
        "Need: Moss is no need on your list",
        "Tier: Art: 9 does not tell for how many students it is",
        "Status: Sometimes is no stage that we know",
        f"Tags: {'t' * 41} is longer than 40 characters",
    ):
        assert said in page
    importing.post("apply/")
    assert Partner.objects.get().sectors == ["youth"]
    found = {one.name: ([str(need) for need in one.needs.all()], one.tiers) for one in Service.objects.all()}
    assert found == {"Art": (["Trauma and toxic stress"], []), "Music": ([], [2])}


def test_of_no_service_a_tier_is_kept_aside(cast: Cast) -> None:
    content = b"Agency,Tier\nUmber,Tier 1\n"
    batch, directory = read_again(cast.staff, content)
    take_in(directory=directory, batch=batch)
    assert (Partner.objects.get().extra, Service.objects.count()) == ({"Tier": "Tier 1"}, 0)


class Undone:
    """Take back what is written inside."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(*error)
