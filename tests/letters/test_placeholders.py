"""One pass, every value escaped, nothing unknown or empty in print."""

import re

from hypothesis import given
from hypothesis import strategies as st

from letters.blocks import ELEMENTS, to_html
from letters.isolating import isolated
from letters.placeholders import Placeholder, Problem, fill, fill_for_reading, names_in, problems

names = st.sampled_from(Placeholder.values)
anything = st.text(max_size=60)
values = st.dictionaries(names, anything.filter(lambda text: text.strip() and not text.endswith("."))).map(
    lambda some: dict.fromkeys(Placeholder.values, "something") | some
)
pieces = st.lists(
    st.one_of(
        anything.filter(lambda text: "{" not in text and "}" not in text), names.map("{{{{{}}}}}".format)
    )
)


@given(pieces, values)
def test_each_placeholder_becomes_its_escaped_value_and_all_else_stays(
    parts: list[str], known: dict[str, str]
):
    expected = "".join(isolated(known[part[2:-2]]) if part.startswith("{{") else part for part in parts)
    assert fill("".join(parts), known) == expected


def test_a_value_that_ends_in_a_period_ends_its_sentence_too():
    known = {"letter.meeting_1": "Tuesday, March 4, at 3:30 p.m.", "partner.name": "Harbor House"}
    assert fill("We meet on {{letter.meeting_1}}. See {{partner.name}}.", known) == (
        "We meet on Tuesday, March 4, at 3:30 p.m. See Harbor House."
    )


@given(names)
def test_a_value_is_not_read_again(name: str):
    assert fill(f"{{{{{name}}}}}", {name: "{{letter.result}}"}) == "{{letter.result}}"


@given(values)
def test_a_value_cannot_bring_markup(known: dict[str, str]):
    known["partner.name"] = "<script>alert(1)</script><b>&"
    assert fill("{{partner.name}}", known) == "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;"


@given(anything)
def test_what_people_type_becomes_a_few_safe_elements(text: str):
    found = re.findall(r"<(/?)([a-zA-Z0-9]+)([^>]*)>", to_html(text))
    assert {name for _, name, _ in found} <= ELEMENTS
    assert {attributes for _, _, attributes in found} <= {""}


@given(
    st.sampled_from(
        ["<img src=x onerror=y>", "# Title", "[a](javascript:x)", "![a](file:///x)", "<b>x</b>", "| a |"]
    )
)
def test_headings_links_to_elsewhere_images_and_html_stay_characters(text: str):
    assert set(re.findall(r"<(\w+)", to_html(text))) <= {"p"}


def test_bold_italic_and_lists_are_known():
    assert to_html("**Yes**, *maybe*\n\n- one\n- two") == (
        "<p><strong>Yes</strong>, <em>maybe</em></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_placeholders_survive_markdown():
    for name in Placeholder.values:
        assert list(names_in(to_html(f"Before **{{{{{name}}}}}** after"))) == [name]


def test_an_unknown_and_an_empty_name_are_named_with_their_block():
    blocks = [{"name": "ask", "text": "{{contact.shoe_size}} {{ partner.name }} {{letter.result}}"}]
    found = problems(blocks, {"partner.name": "Tamarack", "letter.result": " "})
    assert found == [Problem("contact.shoe_size", "ask", False), Problem("letter.result", "ask", True)]
    assert [problem.words for problem in found] == [
        "“{{contact.shoe_size}}”, in “What we ask”, is not one of our placeholders.",
        "A result since then, in “What we ask”: no value.",
    ]


def test_a_reader_sees_values_marked_and_gaps_named():
    text = fill_for_reading("{{partner.name}} {{letter.result}} {{x}}", {"partner.name": "A & B"})
    assert text == (
        '<span class="pp-merged">A &amp; B</span> '
        '<mark class="pp-gap">A result since then: no value</mark> '
        '<mark class="pp-gap">x: no value</mark>'
    )
