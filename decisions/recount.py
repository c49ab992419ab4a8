"""A decision counted once more from what its entries say: seats, answers, and the rule in force.

Pure. Tables and entries can agree with each other and both be wrong; an outcome that does not follow from the
answers that were recorded is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decisions.ballots import read
from decisions.enums import Standing
from decisions.outcome import Result, Voice, WrongAnswer, decide
from decisions.rule import Method, Rule
from decisions.starting import starting_rule

MISCOUNTED = "miscounted"
"""An outcome or a figure that does not follow from the entries."""
Entry = Mapping[str, Any]
Charters = Mapping[tuple[str, int], Mapping[str, Any]]
"""The rules that entries put in force, by the group's uid and the version, then by kind."""
LATER = {"objects"}
"""Figures that entries of before do not name."""


def charters_in(entries: Iterable[Entry]) -> Charters:
    """The rules of each version."""
    return {(one["group"], one["version"]): one["rules"] for one in entries if one["kind"] == "charter"}


def miscounted(entries: Sequence[Entry], charters: Charters) -> str:
    """MISCOUNTED where a closed decision's outcome or figures do not follow from its entries, else nothing.

    Entries of the first form that name a charter without its group can't be counted again.
    """
    by_kind = {one["kind"]: one for one in entries}
    opened = by_kind.get("opened", {})
    if "closed" not in by_kind or (opened.get("charter") and "group" not in opened):
        return ""
    try:
        result = recounted(entries, opened, by_kind["closed"]["round"], charters)
    except (KeyError, ValueError, TypeError, WrongAnswer):
        return MISCOUNTED
    return "" if _same(result, by_kind["closed"]) else MISCOUNTED


def _same(result: Result, closed: Entry) -> bool:
    said: dict[str, Any] = closed["figures"]
    counted = dict(result.figures)
    missing = counted.keys() - said.keys()
    same = said == {name: value for name, value in counted.items() if name not in missing}
    return same and missing <= LATER and closed["outcome"] == result.outcome.value


def recounted(entries: Sequence[Entry], opened: Entry, round_n: int, charters: Charters) -> Result:
    """Count the answers that entries recorded in a round. Raises KeyError, ValueError or TypeError where they
    name something that is not there, WrongAnswer for an answer that the method does not take."""
    voting = {seat["seat"]: seat["sector"] for seat in opened["seats"] if seat["standing"] == Standing.VOTES}
    latest = {
        one["seat"]: one["answer"]
        for entry in entries
        if entry["kind"] == "answered" and entry["round"] == round_n
        for one in entry["answers"]
    }
    out = {entry["seat"] for entry in entries if entry["kind"] == "stepped_out"}
    voices = [
        Voice(sector, read(latest[seat]) if seat in latest else None, recused=seat in out)
        for seat, sector in voting.items()
    ]
    choices = {
        entry.get("round", 1): entry.get("choices", 0)
        for entry in entries
        if entry["kind"] in ("opened", "round")
    }
    rule = _rule(opened, list(voting.values()), charters)
    return decide(voices, rule, round_n=round_n, options=choices[round_n])


def _rule(opened: Entry, sectors: Sequence[str], charters: Charters) -> Rule:
    method = Method(opened["method"])
    if not opened["charter"]:
        return starting_rule(sectors).by(method)
    rules = charters[opened["group"], opened["charter"]]
    params = dict(rules.get(opened["about"]) or rules[""])
    return Rule.from_params(params.pop("method"), params).by(method)
