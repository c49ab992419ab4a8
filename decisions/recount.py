"""A decision counted once more from what its entries say: seats, answers, and the rule in force.

Pure. Tables and entries can agree with each other and both be wrong; an outcome that does not follow from the
answers that were recorded is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from decisions.ballots import read
from decisions.enums import Standing
from decisions.outcome import Result, Voice, WrongAnswer, decide
from decisions.poll import Beside, said_by
from decisions.rule import NAMED, Method, Rule
from decisions.starting import starting_rule

MISCOUNTED = "miscounted"
"""An outcome or a figure that does not follow from the entries."""
Entry = Mapping[str, Any]
Charters = Mapping[tuple[str, int], Mapping[str, Any]]
"""The rules that entries put in force, by the group's uid and the version, then by kind."""
ENDS = ("closed", "withdrawn")
"""The kinds of entries that end a decision; each has one of them at most."""
LATER = {"objects"}
"""Figures that entries of before do not name."""


def charters_in(entries: Iterable[Entry]) -> Charters:
    """The rules of each version."""
    return {(one["group"], one["version"]): one["rules"] for one in entries if one["kind"] == "charter"}


def miscounted(entries: Sequence[Entry], charters: Charters) -> str:
    """MISCOUNTED where a closed decision's outcome or figures do not follow from its entries, or where it
    ends twice, else nothing.

    Entries of the first form that name a charter without its group can't be counted again.
    """
    opened = next((one for one in entries if one["kind"] == "opened"), {})
    ends = [one for one in entries if one["kind"] in ENDS]
    if len(ends) > 1:
        return MISCOUNTED
    if not ends or (opened.get("charter") and "group" not in opened):
        return ""
    try:
        result = recounted(entries, opened, ends[0], charters)
    except (KeyError, ValueError, TypeError, WrongAnswer):
        return MISCOUNTED
    return "" if _same(result, ends[0]) else MISCOUNTED


def _same(result: Result, end: Entry) -> bool:
    """Whether an entry that ends a decision says what was counted. One that withdraws it names no outcome,
    since its kind does, and the figures as they stood."""
    said: dict[str, Any] = end["figures"]
    counted = dict(result.figures)
    missing = counted.keys() - said.keys()
    same = said == {name: value for name, value in counted.items() if name not in missing}
    outcome = None if end["kind"] == "withdrawn" else result.outcome.value
    return same and missing <= LATER and end.get("outcome") == outcome


def recounted(entries: Sequence[Entry], opened: Entry, closed: Entry, charters: Charters) -> Result:
    """Count the answers that entries recorded in the round that was closed. Raises KeyError, ValueError or
    TypeError where they name something that is not there, WrongAnswer for an answer that the method does not
    take."""
    round_n = closed["round"]
    voting = {seat["seat"]: seat["sector"] for seat in opened["seats"] if seat["standing"] == Standing.VOTES}
    latest = {
        one["seat"]: one["answer"]
        for entry in entries
        if entry["kind"] == "answered" and entry["round"] == round_n
        for one in entry["answers"]
    }
    out = {entry["seat"] for entry in entries if entry["kind"] == "stepped_out"}
    told = {seat for entry in entries if entry["kind"] == "told" for seat in entry["seats"]} | latest.keys()
    here = closed.get("present", ())
    began = {one.get("round", 1): one for one in entries if one["kind"] in ("opened", "round")}[round_n]
    agreed = _rule(opened, list(voting.values()), charters)
    rule = agreed.in_round(round_n, began.get("days", 0))
    named = _named(opened, rule)
    decider = None if named in out else named
    asked = {named} if rule.method is Method.DELEGATED else voting.keys()
    voices = [
        Voice(sector, read(latest[seat]) if seat in latest else None, seat in out, seat in here, seat in told)
        for seat, sector in voting.items()
        if seat != decider and seat in asked
    ]
    beside = Beside(_is_over(opened, closed), said_by(read(latest[decider])) if decider in latest else None)
    return decide(voices, rule, round_n=round_n, options=began.get("choices", 0), beside=beside)


def _named(opened: Entry, rule: Rule) -> str | None:
    """The seat that the rule names to decide alone, where one does; it may have stepped out."""
    if rule.method not in NAMED:
        return None
    found: str = next(seat["seat"] for seat in opened["seats"] if seat["of"] == rule.decider)
    return found


def _is_over(opened: Entry, closed: Entry) -> bool:
    """Whether it was closed after its deadline."""
    until, at = opened.get("until"), closed.get("at")
    if until is None or at is None:
        return False
    return datetime.fromisoformat(at) > datetime.fromisoformat(until)


def _rule(opened: Entry, sectors: Sequence[str], charters: Charters) -> Rule:
    method = Method(opened["method"])
    if not opened["charter"]:
        return starting_rule(sectors).by(method)
    rules = charters[opened["group"], opened["charter"]]
    params = dict(rules.get(opened["about"]) or rules[""])
    return Rule.from_params(params.pop("method"), params).by(method)
