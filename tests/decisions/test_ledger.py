"""The chain: what is whole passes, and whatever was changed is found, with its place."""

import hashlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.ledger import GENESIS, Problem, Verified, canonical, chained, in_fours, shortened, verify


@dataclass(frozen=True)
class Event:
    seq: int
    decision_uid: str
    body: str
    prev: str
    hash: str


def chain(*words):
    """One event a word, each of a decision of its own."""
    events, prev = [], GENESIS
    for n, word in enumerate(words, 1):
        body = canonical(n, f"uid-{n}", {"what": word})
        events.append(Event(n, f"uid-{n}", body, prev, chained(prev, body)))
        prev = events[-1].hash
    return events


def renumbered(events):
    """The same rows, numbered anew: what a careful forger would do."""
    return [replace(event, seq=n) for n, event in enumerate(events, 1)]


def test_the_stored_text_has_one_writing():
    assert canonical(7, "abc", {"b": 1, "a": ["é", None, True]}) == (
        '{"seq":7,"decision":"abc","a":["é",null,true],"b":1}'
    )


@pytest.mark.parametrize("value", [0.5, {"x": 0.5}, [0.5]])
def test_a_fraction_is_refused(value):
    with pytest.raises(ValueError, match="whole numbers"):
        canonical(1, "abc", {"a": value})


def test_the_hash_can_be_repeated_by_anybody():
    assert chained(GENESIS, "text") == hashlib.sha256(b"0" * 64 + b"text").hexdigest()


def test_an_empty_register_is_whole():
    assert verify([]) == Verified(0, GENESIS)


def test_a_whole_chain_is_found_whole():
    events = chain("opened", "answered", "closed")
    assert verify(events, head=events[-1].hash) == Verified(3, events[-1].hash)


def test_a_changed_text_is_found():
    events = chain("opened", "answered", "closed")
    events[1] = replace(events[1], body=events[1].body.replace("answered", "answerex"))
    assert verify(events).problem == Problem(2, "changed")


def test_a_changed_text_with_its_own_hash_made_new_is_found_at_the_next():
    events = chain("opened", "answered", "closed")
    body = events[1].body.replace("answered", "answerex")
    events[1] = replace(events[1], body=body, hash=chained(events[1].prev, body))
    assert verify(events).problem == Problem(3, "broken")


def test_a_missing_event_is_found():
    events = chain("opened", "answered", "closed")
    assert verify([events[0], events[2]]).problem == Problem(3, "gap")
    assert verify(renumbered([events[0], events[2]])).problem == Problem(2, "moved")


def test_an_event_given_to_another_decision_is_found():
    events = chain("opened", "answered")
    events[1] = replace(events[1], decision_uid="uid-1")
    assert verify(events).problem == Problem(2, "moved")


def test_a_cut_tail_is_found_by_a_hash_known_elsewhere():
    events = chain("opened", "answered", "closed")
    assert verify(events[:2]).problem is None
    assert verify(events[:2], head=events[2].hash).problem == Problem(3, "cut")


def test_a_code_that_somebody_holds_may_be_that_of_any_entry():
    events = chain("opened", "answered", "closed")
    assert [verify(events, known=event.hash).problem for event in events] == [None] * 3
    assert verify(events, known="a" * 64).problem == Problem(4, "unknown")


def test_a_shortened_code_is_as_good_for_its_digits():
    events = chain("opened", "answered", "closed")
    code = shortened(events[1].hash).replace(" ", "")
    assert verify(events, known=code).problem is None
    for wrong in (code[:-1] + "x", "x" + code[1:], code[:16]):
        assert verify(events, known=wrong).problem == Problem(4, "unknown")


def test_a_register_written_anew_is_found_by_a_code_known_elsewhere():
    known = chain("opened", "answered", "closed")[1].hash
    forged = chain("opened", "answerex", "closed")
    assert verify(forged, head=forged[-1].hash).problem is None
    assert verify(forged, head=forged[-1].hash, known=known).problem == Problem(4, "unknown")


def test_a_code_is_read_in_fours():
    assert in_fours("9f2c51d8e0") == "9f2c 51d8 e0"


@given(st.lists(st.text(), min_size=2, max_size=8, unique=True), st.data())
def test_any_swap_deletion_or_insertion_is_found(words, data):
    events = chain(*words)
    i = data.draw(st.integers(0, len(events) - 1))
    j = data.draw(st.integers(0, len(events) - 1).filter(lambda n: n != i))
    head = events[-1].hash
    swapped = list(events)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    without = events[:i] + events[i + 1 :]
    doubled = [*events[: i + 1], *events[i:]]
    for forged in (swapped, without, doubled):
        assert verify(forged, head=head).problem is not None
        assert verify(renumbered(forged), head=head).problem is not None
