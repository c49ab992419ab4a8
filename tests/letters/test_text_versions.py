"""Versions of the letters' texts: what is kept, which one is in force, and what is out of step."""

import datetime

import pytest

from accounts.versions import ChangedMeanwhile
from letters import services, text_queries
from letters.in_step import Behind, Saved, out_of_step
from letters.meanings import MEANINGS
from letters.models import Letter, Template, TemplateVersion
from letters.placeholders import Placeholder
from letters.queries import current_text
from letters.text_checks import hints, mistakes
from letters.text_queries import one_text, texts_of
from partners.models import Partnership
from tests.conftest import Cast
from tests.letters.conftest import make_letter

DAYS = [datetime.datetime(2026, 3, day, 9, tzinfo=datetime.UTC) for day in range(1, 7)]


@pytest.fixture
def districts(cast: Cast) -> Template:
    return Template.objects.get(kind="new_partner", school=None)


def typed(template: Template, **changes: str) -> dict[str, dict[str, str]]:
    """What the editor sends: all blocks of both languages, some of them changed, as `en_ask="..."`."""
    text = one_text(template)
    texts = {language: texts_of(version) for language, version in text.current.items()}
    for key, words in changes.items():
        language, _line, name = key.partition("_")
        texts[language][name] = words
    return texts


def save(cast: Cast, template: Template, *, same: bool = False, **changes: str) -> list[str]:
    template.refresh_from_db()
    by = cast.coordinator if template.school else cast.staff
    return services.save_text(
        template=template,
        version=template.version,
        texts=typed(template, **changes),
        still_the_same=same,
        by=by,
    )


def numbers(template: Template) -> list[tuple[str, int]]:
    rows = TemplateVersion.objects.filter(template=template).order_by("language", "n")
    return list(rows.values_list("language", "n"))


def test_saving_makes_a_new_version_of_the_language_that_changed_alone(
    cast: Cast, districts: Template
) -> None:
    assert save(cast, districts, en_ask="Could we talk?") == ["en"]
    assert numbers(districts) == [("en", 1), ("en", 2), ("es", 1)]
    newest = one_text(districts).current["en"]
    assert (texts_of(newest)["ask"], newest.by) == ("Could we talk?", cast.staff)


def test_saving_what_is_there_already_makes_no_version(cast: Cast, districts: Template) -> None:
    assert save(cast, districts) == []
    assert save(cast, districts, same=True) == []
    assert numbers(districts) == [("en", 1), ("es", 1)]


def test_the_second_of_two_people_is_told_and_nothing_is_written(cast: Cast, districts: Template) -> None:
    version, texts = districts.version, typed(districts, en_ask="Mine")
    save(cast, districts, en_ask="Theirs")
    with pytest.raises(ChangedMeanwhile):
        services.save_text(template=districts, version=version, texts=texts, by=cast.staff)
    assert texts_of(one_text(districts).current["en"])["ask"] == "Theirs"


def test_a_letter_keeps_the_version_that_it_began_with(
    cast: Cast, districts: Template, new_partner: Partnership
) -> None:
    letter = make_letter(cast, new_partner)
    save(cast, districts, en_ask="Could we talk?")
    again = Letter.objects.select_related("template_version").get(pk=letter.pk)
    assert (again.template_version.n, again.blocks) == (1, letter.blocks)
    assert make_letter(cast, new_partner).template_version.n == 2


def test_a_schools_own_text_begins_as_the_districts_and_is_used_there_alone(
    cast: Cast, districts: Template
) -> None:
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    assert typed(own) == typed(districts)
    save(cast, own, en_ask="Come to Quillback?")
    here = current_text("new_partner", "en", cast.quillback)
    there = current_text("new_partner", "en", cast.bellwether)
    assert (here.template, there.template) == (own, districts)
    assert services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator) == own
    assert numbers(own) == [("en", 1), ("en", 2), ("es", 1)]


def test_a_school_goes_back_to_the_districts_text_and_can_begin_anew(cast: Cast, districts: Template) -> None:
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    save(cast, own, en_ask="Come to Quillback?")
    own.refresh_from_db()
    services.use_districts_text(template=own, version=own.version, by=cast.coordinator)
    assert current_text("new_partner", "en", cast.quillback).template == districts
    again = services.make_own_text(template=districts, school=cast.quillback, by=cast.principal)
    assert (again, typed(again)) == (own, typed(districts))
    assert numbers(own) == [("en", 1), ("en", 2), ("en", 3), ("es", 1), ("es", 2)]


def test_with_the_rule_a_schools_text_is_used_once_it_was_approved(cast: Cast, districts: Template) -> None:
    services.set_text_rule(needed=True, by=cast.staff)
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    assert current_text("new_partner", "en", cast.quillback).template == own  # it says the same
    save(cast, own, en_ask="Come to Quillback?")
    assert current_text("new_partner", "en", cast.quillback).n == 1
    [waiting] = text_queries.texts_to_approve(cast.staff)
    services.review_text(version=waiting, approved=True, by=cast.staff)
    assert current_text("new_partner", "en", cast.quillback) == waiting
    assert text_queries.texts_to_approve(cast.staff) == []


def test_a_text_that_was_not_approved_is_not_used_and_its_note_is_needed(
    cast: Cast, districts: Template
) -> None:
    services.set_text_rule(needed=True, by=cast.staff)
    own = services.make_own_text(template=districts, school=cast.quillback, by=cast.coordinator)
    save(cast, own, en_ask="Come to Quillback?")
    newest = one_text(own).current["en"]
    with pytest.raises(services.ReasonMissing):
        services.review_text(version=newest, approved=False, by=cast.staff)
    services.review_text(version=newest, approved=False, note="Ask one thing.", by=cast.staff)
    assert current_text("new_partner", "en", cast.quillback).n == 1
    services.set_text_rule(needed=False, by=cast.staff)
    assert current_text("new_partner", "en", cast.quillback) == newest


def behind(template: Template) -> list[tuple[str, str]]:
    return [(late.language, late.block) for late in one_text(template).behind]


def test_a_language_is_behind_until_its_block_is_saved_or_is_said_to_be_the_same(
    cast: Cast, districts: Template
) -> None:
    assert behind(districts) == []
    save(cast, districts, en_ask="Could we talk?", en_why="Because.")
    assert sorted(behind(districts)) == [("es", "ask"), ("es", "why")]
    save(cast, districts, es_ask="¿Podemos hablar?")
    assert behind(districts) == [("es", "why")]
    assert save(cast, districts, same=True) == ["en", "es"]
    assert behind(districts) == []


def test_both_languages_saved_at_once_are_in_step(cast: Cast, districts: Template) -> None:
    save(cast, districts, en_ask="Could we talk?", es_ask="¿Podemos hablar?")
    assert behind(districts) == []


def test_a_change_with_the_word_that_the_other_says_the_same_is_in_step(
    cast: Cast, districts: Template
) -> None:
    assert save(cast, districts, same=True, en_ask="Could we talk?") == ["en", "es"]
    assert behind(districts) == []


def test_who_is_behind_is_told_from_the_days_of_the_versions() -> None:
    both = [Saved("en", DAYS[0], {"ask": "a"}), Saved("es", DAYS[0], {"ask": "á"})]
    changed = Saved("en", DAYS[1], {"ask": "b"})
    assert out_of_step(both) == []
    assert out_of_step([*both, changed]) == [Behind("ask", "es", DAYS[0], "en", DAYS[1])]
    assert out_of_step([*both, changed, Saved("es", DAYS[2], {"ask": "b́"})]) == []
    assert out_of_step([*both, changed, Saved("es", DAYS[2], {"ask": "á"})]) == []
    twice = Saved("en", DAYS[3], {"ask": "c"})
    assert out_of_step([*both, changed, twice]) == [Behind("ask", "es", DAYS[0], "en", DAYS[3])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear {{contact.name}}", []),
        (
            "{{contact.nam}}",
            ["{{contact.nam}} is not one of our placeholders. Did you mean {{contact.name}}?"],
        ),
        ("{{shoe size}}", ["{{shoe size}} is not one of our placeholders."]),
        ("[us](https://a.example)", []),
        (
            "[us](https://{{school.name}})",
            ["The address of a link cannot hold a placeholder: write “https://{{school.name}}” out."],
        ),
        (
            "[us](www.a.example)",
            ["“www.a.example” is no address for a link. Begin it with https:// or mailto:."],
        ),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_words(text: str, words: list[str]) -> None:
    assert mistakes(text) == words


def test_words_that_nobody_says_get_a_hint() -> None:
    assert hints("Our Stakeholders find synergies.") == [
        "“Stakeholders”: name who they are.",
        "“synergies”: say what becomes easier together.",
    ]
    assert hints("We talk with families.") == []


def test_each_placeholder_says_what_it_means() -> None:
    assert set(Placeholder.values) - set(MEANINGS) == set()
