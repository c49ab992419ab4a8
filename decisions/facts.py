"""What the entries of one decision say that its tables hold.

Pure. The pages read tables, not the chain: a table that was changed afterward is found by comparing the two.
An entry names a fact or it does not (those written earlier name fewer); only what it names is compared. A
text that was erased must be gone from the tables too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

DECISION, SEAT, ROUND, ANSWER, RECUSAL, CHARTER, RULE = (
    "decision",
    "seat",
    "round",
    "answer",
    "recusal",
    "charter",
    "rule",
)
UNRECORDED = "unrecorded"
"""A row of a decision that has no entry."""
ERASED_QUESTION = "Erased · Borrada"
"""What stands in place of a question that was erased, in lists and as a heading, in either language."""
ERASED_OPTION = "…"
"""What stands in place of an option that was erased; its number and its answers stay."""
Fact = dict[str, Any]
Facts = Mapping[str, Sequence[Fact]]
Entry = Mapping[str, Any]
Texts = Mapping[str, Mapping[str, Any] | None]
"""What is sealed beside a decision's entries, by digest; None where it is erased."""
TEXTS_OF: Mapping[str, Mapping[str, Sequence[str]]] = {
    "opened": {"asked": ("question",), "meaning": ("meaning",), "because": ("method_reason",)},
    "round": {"asked": ("text",)},
    "closed": {"why": ("rationale",), "against": ("dissent",), "sealed": ("rationale", "dissent")},
}
"""By kind of entry: each field that seals texts, and the names of those texts. (One seal covered both texts
of a close before each had its own.)"""


def left_of(name: str) -> str:
    """What the tables hold in place of an erased text."""
    return ERASED_QUESTION if name == "question" else ""


def blanked(choices: int) -> list[str]:
    """So many options of which nothing is said any more."""
    return [ERASED_OPTION] * choices


def recorded(entries: Iterable[Entry], texts: Texts) -> Facts:
    """By table, the rows that these entries recorded, in their order."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for entry in entries:
        if entry["kind"] in RECORDS:
            RECORDS[entry["kind"]](facts, entry, texts)
    return {table: facts[table] for table in (DECISION, SEAT, ROUND, ANSWER, RECUSAL, CHARTER, RULE)}


def differs(said: Facts, held: Facts) -> str:
    """The first table that holds something else than was recorded, or nothing."""
    return next((table for table in said if not _fits(said[table], held[table])), "")


def _fits(said: Sequence[Fact], held: Sequence[Fact]) -> bool:
    return len(said) == len(held) and all(
        name in row and row[name] == value
        for fact, row in zip(said, held, strict=True)
        for name, value in fact.items()
    )


def _opened(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    names = ("reference", "about", "method", "charter", "question", "group", "rule", "until", "replaces")
    nothing_yet = dict.fromkeys(("figures", "effective", "review", "closed_at", "closed_by"))
    blank = dict.fromkeys(("outcome", "sentence", "rationale", "dissent"), "")
    facts[DECISION].append(
        {name: entry[name] for name in names if name in entry}
        | {"state": "open", "starting_rule": not entry["charter"], **nothing_yet, **blank}
        | _said(entry, texts)
        | _who_and_when(entry, texts, "opened_by", who="opened_by", when="opened_at")
    )
    labels = (texts.get(entry.get("called", "")) or {}).get("labels", {})
    facts[SEAT] += sorted(
        (
            {**seat, "label": labels[seat["seat"]]} if seat["seat"] in labels else seat
            for seat in entry["seats"]
        ),
        key=lambda seat: str(seat["seat"]),
    )
    first = {"n": 1, "text": "", "options": _options(entry, texts)}
    facts[ROUND].append(first | _who_and_when(entry, texts, "opened_by"))


def _round(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    facts[ROUND].append(
        {"n": entry["round"], "options": _options(entry, texts)}
        | ({"text": entry["text"]} if "text" in entry else {})
        | _said(entry, texts)
        | _who_and_when(entry, texts, "opened_by")
    )


def _options(entry: Entry, texts: Texts) -> list[str]:
    """The options of a round; each is blanked where they are erased, so that answers still count."""
    if "options" not in entry:
        return []
    person = texts.get(entry["options"])
    kept: list[str] = blanked(entry["choices"]) if person is None else person["options"]
    return kept


def _answered(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    common = {"round": entry["round"]} | _who_and_when(entry, texts, "recorded_by")
    facts[ANSWER] += [{**one, **common} for one in entry["answers"]]


def _stepped_out(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    own = {"seat": entry["seat"], "sealed": entry["sealed"]}
    facts[RECUSAL].append(own | _who_and_when(entry, texts, "recorded_by"))


def _closed(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    names = ("outcome", "figures", "sentence", "effective", "review")
    for decision in facts[DECISION]:
        for name in ("closed_at", "closed_by"):
            del decision[name]
        decision |= {"state": "closed"} | {name: entry[name] for name in names}
        decision |= _said(entry, texts)
        decision |= _who_and_when(entry, texts, "closed_by", who="closed_by", when="closed_at")


def _charter(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    own = {"group": entry["group"], "n": entry["version"], "from": entry["from"]}
    facts[CHARTER].append(own | _who_and_when(entry, texts, "recorded_by"))
    facts[RULE] += [
        {"kind": kind, "method": rule["method"], "params": {k: v for k, v in rule.items() if k != "method"}}
        for kind, rule in sorted(entry["rules"].items())
    ]


RECORDS: Mapping[str, Callable[[dict[str, list[Fact]], Entry, Texts], None]] = {
    "opened": _opened,
    "round": _round,
    "answered": _answered,
    "stepped_out": _stepped_out,
    "closed": _closed,
    "charter": _charter,
}


def _said(entry: Entry, texts: Texts) -> Fact:
    """The texts that an entry seals and that the tables hold a copy of."""
    found: Fact = {}
    for field, names in TEXTS_OF[entry["kind"]].items():
        if field in entry:
            person = texts.get(entry[field])
            found |= {name: left_of(name) if person is None else person.get(name, "") for name in names}
    return found


def _who_and_when(entry: Entry, texts: Texts, name: str, *, who: str = "by", when: str = "at") -> Fact:
    """Who acted, as the number of their membership beside the sealed name, and when. Entries of the first
    form name no number, and their own instant."""
    person = texts.get(entry.get("by", "")) or {}
    found = {who: person[f"{name}_id"]} if f"{name}_id" in person else {}
    return found | ({when: entry["at"]} if entry.get("form") else {})
