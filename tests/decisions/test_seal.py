"""Seals: a text fits its digest, or an event says that it was erased."""

import json
from dataclasses import dataclass, replace

from decisions.ledger import Problem, canonical
from decisions.seal import Kept, Seals, sealed, seals_of

SALT = "a" * 32
PERSON = {"reason": "Noor Castellane asked for it."}


@dataclass(frozen=True)
class Event:
    seq: int
    body: str
    decision_uid: str = "uid"
    prev: str = ""
    hash: str = ""


def event(seq, **fields):
    return Event(seq, canonical(seq, "uid", {"kind": "opened", **fields}))


def text(person=PERSON, whose=()):
    return Kept(sealed(SALT, person), SALT, person, whose, None)


def erased(kept, at):
    return replace(kept, salt="", person=None, erasure=at)


def walked(*events, beside):
    """What each event's misfit is, and what is left at the end."""
    seals = Seals(lambda seq: beside.get(seq, []))
    return [seals.misfit(event) for event in events], seals.left()


def test_a_digest_needs_its_salt():
    assert sealed(SALT, PERSON) == sealed(SALT, dict(PERSON))
    assert sealed(SALT, PERSON) != sealed("b" * 32, PERSON)


def test_each_digest_is_found_with_the_answer_that_it_belongs_to():
    answers = [{"seat": "s", "answer": "yes", "source": "phone", "sealed": "d1"}]
    entry = json.loads(canonical(1, "uid", {"kind": "answered", "round": 2, "answers": answers, "by": "d2"}))
    assert seals_of(entry) == {"d1": (2, "s", "yes", "phone"), "d2": ()}
    assert seals_of({"kind": "stepped_out", "seat": "s", "sealed": "d3"}) == {"d3": ("s",)}
    assert seals_of({"kind": "closed", "why": "d4", "against": "d5", "by": "d6"}) == dict.fromkeys(
        ("d4", "d5", "d6"), ()
    )


def test_what_fits_passes():
    assert walked(event(1, by=text().digest), beside={1: [text()]}) == ([""], None)


def test_a_changed_text_or_salt_is_found():
    for changed in (
        replace(text(), person={"reason": "No."}),
        replace(text(), salt="b" * 32),
        replace(text(), erasure=2),
        replace(text(), person=None, erasure=2),
    ):
        assert walked(event(1, by=text().digest), beside={1: [changed]})[0] == ["altered"]


def test_a_text_that_is_gone_or_was_never_there_is_found():
    assert walked(event(1, by=text().digest), beside={})[0] == ["lost"]
    assert walked(event(1), beside={1: [text()]})[0] == ["strange"]


def test_a_text_beside_another_answer_is_found():
    assert walked(event(1, by=text().digest), beside={1: [text(whose=("s",))]})[0] == ["moved_answer"]


def test_an_erased_text_needs_the_event_that_says_so():
    first = event(1, by=text().digest)
    says_so = event(2, kind="erased", digest=text().digest)
    gone = {1: [erased(text(), 2)]}
    assert walked(first, says_so, beside=gone) == (["", ""], None)
    assert walked(first, beside=gone) == ([""], Problem(1, "lost"))
    assert walked(first, event(2), beside=gone) == (["", ""], Problem(1, "lost"))
    assert walked(first, beside={1: [erased(text(), None)]})[0] == ["lost"]


def test_an_erasure_that_did_not_happen_is_found():
    first = event(1, by=text().digest)
    says_so = event(2, kind="erased", digest=text().digest)
    assert walked(first, says_so, beside={1: [text()]})[0] == ["", "untrue"]
    assert walked(first, says_so, beside={1: [erased(text(), 3)]})[0] == ["", "untrue"]


def test_a_text_that_cannot_be_read_is_said_so():
    assert walked(Event(1, '{"seq":1,"decision":"uid",x'), beside={})[0] == ["garbled"]
    assert walked(Event(1, '{"seq":1,"decision":"uid","by":["x"]}'), beside={})[0] == ["garbled"]
