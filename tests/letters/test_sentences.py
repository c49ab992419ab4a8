"""The sentence that a missing value takes with it: that one, whole, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.blocks import default_blocks, to_html
from letters.enums import Kind
from letters.placeholders import Placeholder, names_in
from letters.sentences import put_back, sentence_with, without

GAP = "{{school.figure}}"
NAME = "school.figure"


@pytest.mark.parametrize(
    ("text", "sentence", "left"),
    [
        (f"One here. Two {GAP} there. Three.", f"Two {GAP} there.", "One here. Three."),
        (f"Two {GAP} there. Three.", f"Two {GAP} there.", "Three."),
        (f"One here. Two {GAP} there.", f"Two {GAP} there.", "One here."),
        (f"{GAP}. You know them.", f"{GAP}.", "You know them."),
        (f"Only {GAP}", f"Only {GAP}", ""),
        (f"One? Two {GAP}! Three… Four.", f"Two {GAP}!", "One? Three… Four."),
        (f"He said “One {GAP}.” Two.", f"He said “One {GAP}.”", "Two."),
        (f"¿Uno {GAP}? ¡Dos!", f"¿Uno {GAP}?", "¡Dos!"),
        (f"At {{{{school.name}}}} we saw {GAP}. Two.", f"At {{{{school.name}}}} we saw {GAP}.", "Two."),
        (f"One. {{{{ school.figure }}}} again. {GAP}.", "{{ school.figure }} again.", f"One. {GAP}."),
    ],
)
def test_the_sentence_goes_and_the_others_stay(text: str, sentence: str, left: str) -> None:
    assert (sentence_with(text, NAME), without(text, NAME)) == (sentence, left)


@pytest.mark.parametrize(
    "inside",
    [
        "Ms. Ortiz",
        "Mr. Lee and Dr. Oyelaran",
        "la Sra. Ortiz y el Dr. Lee",
        "J. R. Lee",
        "a las 3:30 p. m. en la escuela",
        "at 3:30 p.m. Tuesday",
        "in the U.S. Capitol",
        "desde EE. UU. hasta aquí",
        "room No. 5",
        "on Nov. 24, 2026",
        "el 24 de nov. 2026",
        "3.5 of 10 students",
        "11.24.2026",
        "what they do, e.g. tutoring",
        "the library (12 Quarry St.) and more",
        "odile@tamarack.example today",
        "**two. Dates** here",
        "version 2.0.1",
    ],
)
def test_what_has_a_period_and_ends_nothing(inside: str) -> None:
    sentence = f"We saw {inside} with {GAP}."
    assert sentence_with(f"One. {sentence} Three.", NAME) == sentence


@pytest.mark.parametrize(
    "first",
    ["Since 2026.", "Write to a@b.example.", "Answer by **Friday.**", "On March 1st.", "See 12. It is."],
)
def test_what_ends_a_sentence_all_the_same(first: str) -> None:
    assert sentence_with(f"{first} We saw {GAP}.", NAME) == f"We saw {GAP}."


def test_a_value_that_is_a_sentence_of_its_own_does_not_go_with_the_next_one() -> None:
    text = "Families know you. {{letter.heard_of_you}} I am from {{school.place}}. Hello."
    assert without(text, "school.place") == "Families know you. {{letter.heard_of_you}} Hello."
    assert without(text, "letter.heard_of_you") == "Families know you. I am from {{school.place}}. Hello."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"First.\n\nOnly {GAP}.\n\nLast.", "First.\n\nLast."),
        (f"First.\n\nOnly {GAP}.", "First."),
        (f"We bring:\n\n- one\n- two {GAP}\n- three", "We bring:\n\n- one\n- three"),
        (f"We bring:\n\n- one {GAP}\n- two", "We bring:\n\n- two"),
        (f"We bring:\n- one {GAP}\n- two", "We bring:\n\n- two"),
        (f"We bring:\n1. one {GAP}\n2. two", "We bring:\n\n2. two"),
        (f"- one\n- two {GAP}\n\nLast.", "- one\n\nLast."),
        (f"- one\n- Two. Three {GAP}.\n- four", "- one\n- Two.\n- four"),
        (f"One {GAP}.\nTwo.", "Two."),
        (f"One. Two {GAP}.\nThree.", "One.\nThree."),
        (f"One.\nTwo {GAP}. Three.", "One.\nThree."),
    ],
)
def test_an_emptied_paragraph_or_item_goes_too(text: str, left: str) -> None:
    assert without(text, NAME) == left


def test_nothing_goes_where_the_placeholder_does_not_stand() -> None:
    assert (sentence_with("One. Two.", NAME), without("One.  Two. ", NAME)) == (None, "One.  Two. ")


def test_it_comes_back_where_it_stood_or_at_the_end_of_what_was_changed_meanwhile() -> None:
    before = f"One. Two {GAP}. Three."
    assert put_back(without(before, NAME), before, NAME) == before
    assert put_back("Mine.", before, NAME) == f"Mine.\n\nTwo {GAP}."
    assert put_back("", before, NAME) == f"Two {GAP}."


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", Kind.values)
def test_each_sentence_of_our_texts_can_go_without_the_others(kind: str, language: str) -> None:
    for block in default_blocks(Kind(kind), language):
        for name in names_in(block["text"]):
            sentence, left = sentence_with(block["text"], name), without(block["text"], name)
            assert name in names_in(sentence or "")
            assert "".join((left + (sentence or "")).split()) in rearranged(block["text"], sentence or "")
            assert "**" not in to_html(left)


def rearranged(text: str, sentence: str) -> str:
    """A text without its spaces, one of its sentences moved to the end."""
    return "".join((text.replace(sentence, "", 1) + sentence).split())


def has(sentence: str, name: str) -> bool:
    return name in names_in(sentence)


# Texts are put together of many draws: on a busy machine that takes longer than the library likes.
BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOKENS = st.sampled_from(Placeholder.values).map(lambda name: f"{{{{{name}}}}}")
WORDS = st.sampled_from(
    ["Ms. Ortiz", "we", "3.5", "p. m.", "Lincoln", "a@b.example", "**bold**", "año", "x,"]
)
PIECES = st.lists(st.one_of(TOKENS.filter(lambda token: "heard" not in token), WORDS), min_size=1, max_size=4)
SENTENCES = PIECES.map(lambda pieces: "So " + " ".join(pieces) + " ends.")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=3)


@BUSY
@given(TEXTS, st.data())
def test_of_sentences_put_together_the_first_with_the_placeholder_is_taken_out(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(Placeholder.values))
    flat = [(n, m) for n, part in enumerate(paragraphs) for m, one in enumerate(part) if has(one, name)]
    text = "\n\n".join(" ".join(part) for part in paragraphs)
    if not flat:
        assert without(text, name) == text
        return
    n, m = flat[0]
    assert sentence_with(text, name) == paragraphs[n][m]
    left = [[one for k, one in enumerate(part) if (j, k) != (n, m)] for j, part in enumerate(paragraphs)]
    assert without(text, name) == "\n\n".join(" ".join(part) for part in left if part)


@BUSY
@given(st.lists(SENTENCES, min_size=1, max_size=5), st.sampled_from(["- ", "* ", "1. "]), st.data())
def test_of_a_list_only_the_item_goes(items: list[str], mark: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(Placeholder.values))
    gone = next((n for n, item in enumerate(items) if has(item, name)), None)
    left = [item for n, item in enumerate(items) if n != gone]
    text = "\n".join(mark + item for item in items)
    assert without(text, name) == "\n".join(mark + item for item in left)


ANYTHING = st.lists(
    st.one_of(TOKENS, st.text(alphabet="aB.!?… \n-*_1)(\"'“”é{}", max_size=8)), max_size=12
).map("".join)


@BUSY
@given(ANYTHING)
def test_whatever_the_text_no_more_than_the_sentence_goes(text: str) -> None:
    for name in dict.fromkeys(names_in(text)):
        sentence, left = sentence_with(text, name), without(text, name)
        if name not in Placeholder.values:
            continue
        assert sentence is not None
        assert sentence in text
        gone = list(names_in(sentence))
        rest = list(names_in(text.replace(sentence, "\n", 1)))
        assert name in gone
        assert sorted(names_in(left)) == sorted(rest)
        assert put_back(left, text, name) == text
