"""The pages of texts, as people walk through them."""

import pytest
from django.db import connection

from accounts.urls_in import url_in
from letters import services
from letters.models import Letter, Template, TemplateVersion
from letters.text_queries import one_text, texts_of
from partners.models import Partnership
from tests.access.asking import refuse_writes
from tests.conftest import Cast, SignIn
from tests.letters.conftest import make_partnership

from .test_pages import count_queries, messages_of
from .test_text_versions import save, typed


@pytest.fixture
def districts(cast: Cast) -> Template:
    return Template.objects.get(kind="new_partner", school=None)


@pytest.fixture
def own(cast: Cast, districts: Template) -> Template:
    return services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)


def at(template: Template, name: str) -> str:
    return url_in(template.district, f"letters:{name}", uid=template.uid)


def form_of(template: Template, **changes: str) -> dict[str, str]:
    """What the browser would post of the editor."""
    template.refresh_from_db()
    texts = typed(template)
    fields = {
        f"{language}_{name}": words for language, blocks in texts.items() for name, words in blocks.items()
    }
    return {"version": str(template.version), "then": "save"} | fields | changes


def test_district_staff_change_the_districts_text(cast: Cast, districts: Template, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    saved = client.post(at(districts, "edit_text"), form_of(districts, en_ask="Could we talk?"), follow=True)
    assert messages_of(saved) == ["Saved: English. Letters written from now on have it; others keep theirs."]
    page = saved.content.decode()
    assert "The Spanish “What we ask” is from" in page
    assert "the English one changed today." in page
    assert "Ana Whitcombe" in page
    listed = client.get(url_in(cast.larkmoor, "letters:texts")).content.decode()
    assert "the English one changed today." in listed


def test_the_warning_goes_when_the_other_language_is_said_to_be_the_same(
    cast: Cast, districts: Template, sign_in: SignIn
) -> None:
    save(cast, districts, en_ask="Could we talk?")
    client = sign_in(cast.staff)
    assert "the English one changed" in client.get(at(districts, "edit_text")).content.decode()
    same = client.post(at(districts, "edit_text"), form_of(districts, still_the_same="on"), follow=True)
    assert "the English one changed" not in same.content.decode()


def test_an_unknown_placeholder_is_refused_at_its_block_and_what_was_typed_stays(
    cast: Cast, districts: Template, sign_in: SignIn
) -> None:
    refused = sign_in(cast.staff).post(
        at(districts, "edit_text"), form_of(districts, en_ask="Dear {{contact.nam}}, talk?")
    )
    words = "{{contact.nam}} is not one of our placeholders. Did you mean {{contact.name}}?"
    assert refused.context["form"].errors == {"en_ask": [words]}
    assert "Dear {{contact.nam}}, talk?" in refused.content.decode()
    assert TemplateVersion.objects.filter(template=districts).count() == 2


def test_looking_saves_nothing_and_shows_what_was_typed_with_a_partners_values(
    cast: Cast, districts: Template, new_partner: Partnership, sign_in: SignIn
) -> None:
    other = make_partnership(cast.quillback, "Zinnia House")
    client = sign_in(cast.staff)
    form = form_of(
        districts, es_ask="¿Hablamos con {{partner.name}}?", then="look_es", partnership=str(other.pk)
    )
    with connection.execute_wrapper(refuse_writes):
        looked = client.post(at(districts, "edit_text"), form)
    page = looked.content.decode()
    assert '¿Hablamos con <span class="pp-merged">Zinnia House</span>?' in page
    assert "As Zinnia House would read it, Spanish" in page
    values = {row.typed: row.value for row in looked.context["placeholders"]}
    assert (values["{{partner.name}}"], values["{{contact.name}}"]) == ("Zinnia House", "Odile Brandt")
    assert Letter.objects.count() == 0


def test_the_second_of_two_people_keeps_what_they_typed_and_sees_the_others(
    cast: Cast, districts: Template, sign_in: SignIn
) -> None:
    mine = form_of(districts, en_ask="Mine", en_why="Mine, too")
    save(cast, districts, en_ask="Theirs")
    client = sign_in(cast.staff)
    met = client.post(at(districts, "edit_text"), mine)
    page = met.content.decode()
    assert met.context["form"].non_field_errors() == [
        "Somebody saved this text meanwhile. Yours is below; compare and save again."
    ]
    assert ("Mine, too" in page, 'As it is saved now: <span lang="en">Theirs</span>' in page) == (True, True)
    version = met.context["form"]["version"].value()
    client.post(at(districts, "edit_text"), mine | {"version": version})
    assert texts_of(one_text(districts).current["en"])["ask"] == "Mine"


def test_a_long_text_and_words_that_nobody_says_are_told_and_kept(
    cast: Cast, districts: Template, new_partner: Partnership, sign_in: SignIn
) -> None:
    form = form_of(districts, en_why="Dear stakeholders, " + "we write " * 100)
    client = sign_in(cast.staff)
    looked = client.post(at(districts, "edit_text"), form | {"then": "look_en"}).content.decode()
    assert "“stakeholders”: name who they are." in looked
    assert "words for this partner; at most 180 are read." in looked
    client.post(at(districts, "edit_text"), form)
    assert one_text(districts).current["en"].n == 2


def test_a_school_begins_its_own_text_and_goes_back(cast: Cast, districts: Template, sign_in: SignIn) -> None:
    client = sign_in(cast.principal)
    assert "Make our own text of this letter" in client.get(at(districts, "text")).content.decode()
    begun = client.post(at(districts, "own_text"), {"school": cast.quillback.pk}, follow=True)
    assert messages_of(begun) == [
        "Quillback Middle School has its own text of this letter now. It begins as the district's."
    ]
    own = Template.objects.get(kind="new_partner", school=cast.quillback)
    elsewhere = client.post(at(districts, "own_text"), {"school": cast.bellwether.pk}, follow=True)
    assert messages_of(elsewhere) == ["Choose a school of yours that uses the district's text."]
    again = client.post(at(own, "districts_text"), {"version": own.version}, follow=True)
    assert messages_of(again) == [
        "Quillback Middle School uses the district's text again. Letters that have its own keep it."
    ]
    assert client.get(at(own, "text")).status_code == 404


def test_the_page_of_a_text_tells_what_each_version_changed(
    cast: Cast, own: Template, sign_in: SignIn
) -> None:
    save(cast, own, en_ask="Could we talk?")
    page = sign_in(cast.preparer).get(at(own, "text")).content.decode()
    assert '<ins lang="en">Could we talk?</ins>' in page
    assert "Change this text" not in page


def test_district_staff_approve_a_schools_text(cast: Cast, own: Template, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    rule = client.post(url_in(cast.larkmoor, "letters:text_rule"), {"needed": "yes"}, follow=True)
    assert messages_of(rule) == ["Schools' own texts are used only once you approved them."]
    save(cast, own, en_ask="Could we talk?")
    page = client.get(at(own, "text")).content.decode()
    assert ("Approve this text" in page, "This text is used once" in page) == (True, True)
    newest = one_text(own).current["en"]
    done = client.post(at(own, "review_text"), {"version": newest.pk, "approved": "yes"}, follow=True)
    assert messages_of(done) == ["Approved."]
    assert "Approved by Ana Whitcombe" in done.content.decode()


def test_a_letters_page_lists_all_placeholders_with_its_values(
    cast: Cast, draft: Letter, sign_in: SignIn
) -> None:
    page = sign_in(cast.coordinator).get(url_in(cast.larkmoor, "letters:edit", uid=draft.uid))
    values = {row.typed: row.value for row in page.context["placeholders"]}
    assert values["{{partner.name}}"] == "Tamarack Youth Counseling"


def test_the_lists_ask_as_often_for_three_as_for_one(cast: Cast, own: Template, sign_in: SignIn) -> None:
    client = sign_in(cast.staff)
    addresses = [url_in(cast.larkmoor, f"letters:{name}") for name in ("texts", "approvals")]
    save(cast, own, en_ask="Could we talk?")
    before = [count_queries(client, address) for address in addresses]
    other = Template.objects.get(kind="existing_partner", school=None)
    more = [
        services.make_own_text(template=template, school=school, by=cast.coordinator)
        for template, school in ((other, cast.quillback), (other, cast.bellwether))
    ]
    for template in more:
        save(cast, template, en_ask="Could we talk?")
    assert [count_queries(client, address) for address in addresses] == before


def test_the_editor_asks_as_often_for_three_partners_as_for_one(
    cast: Cast, districts: Template, new_partner: Partnership, sign_in: SignIn
) -> None:
    client = sign_in(cast.staff)
    before = count_queries(client, at(districts, "edit_text"))
    make_partnership(cast.quillback, "Zinnia House")
    make_partnership(cast.bellwether, "Aster Hall")
    assert count_queries(client, at(districts, "edit_text")) <= before
