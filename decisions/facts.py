"""What the entries of one decision say that its tables hold.

Pure. The pages read tables, not the chain: a table that was changed afterward is found by comparing the two.
An entry names a fact or it does not (those written earlier name fewer); only what it names is compared. A
text that was erased must be gone from the tables too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

DECISION, SEAT, ROUND, ANSWER, RECUSAL, NOTICE, CHARTER, RULE, FILE, EVIDENCE = TABLES = (
    "decision",
    "seat",
    "round",
    "answer",
    "recusal",
    "notice",
    "charter",
    "rule",
    "file",
    "evidence",
)
UNRECORDED = "unrecorded"
"""A row of a decision that has no entry."""
ERASED_QUESTION = "Erased · Borrada"
"""What stands in place of a question that was erased, in lists and as a heading, in either language."""
ERASED_OPTION = "…"
"""What stands in place of an option that was erased; its number and its answers stay."""
ERASED_FILE = "…"
"""What stands in place of the name of a file that was erased; its SHA-256 stays."""
Fact = dict[str, Any]
Facts = Mapping[str, Sequence[Fact]]
Entry = Mapping[str, Any]
Texts = Mapping[str, Mapping[str, Any] | None]
"""What is sealed beside a decision's entries, by digest; None where it is erased."""
TEXTS_OF: Mapping[str, Mapping[str, Sequence[str]]] = {
    "opened": {"asked": ("question",), "meaning": ("meaning",), "because": ("method_reason",)},
    "in_spanish": {"sealed": ("question_es", "meaning_es"), "asked": ("text_es",)},
    "round": {"asked": ("text", "text_es")},
    "closed": {"why": ("rationale",), "against": ("dissent",), "sealed": ("rationale", "dissent")},
    "withdrawn": {"why": ("rationale",)},
    "kept": {"why": ("kept_because",)},
    "charter": {"sealed": ("mandate",)},
}
"""By kind of entry: each field that seals texts, and the names of those texts. (One seal covered both texts
of a close before each had its own. Why a decision was kept, and what a seat that decides alone may decide,
stand in no table: pages read what is sealed.)"""


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
    return {table: facts[table] for table in TABLES}


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
    names = (
        "reference",
        "about",
        "method",
        "charter",
        "question",
        "group",
        "rule",
        "until",
        "replaces",
        "meeting",
    )
    nothing_yet = dict.fromkeys(("figures", "effective", "review", "closed_at", "closed_by"))
    texts_to_come = ("outcome", "sentence", "rationale", "dissent", "question_es", "meaning_es")
    blank = dict.fromkeys(texts_to_come, "")
    facts[DECISION].append(
        {name: entry[name] for name in names if name in entry}
        | {"state": "open", "starting_rule": not entry["charter"], **nothing_yet, **blank}
        | _changes(entry)
        | ({"rule_of": entry["group"] if entry["charter"] else None} if "group" in entry else {})
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
    facts[ROUND].append(_begun(entry, texts) | _who_and_when(entry, texts, "opened_by"))


def _begun(entry: Entry, texts: Texts) -> Fact:
    """A round as it begins. Entries of before name no days, and no rule of theirs counts them."""
    options = {name: _options(entry, texts, name) for name in ("options", "options_es")}
    text = {"text": entry.get("text", ""), "text_es": ""}
    return {"n": entry.get("round", 1), "days": entry.get("days", 0), **text, **options}


def _changes(entry: Entry) -> Fact:
    """What it does to an earlier decision; those that named one before this was asked took its place."""
    if "replaces" not in entry:
        return {}
    return {"changes": entry.get("changes", "replaces") if entry["replaces"] else ""}


def _in_spanish(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    said = _said(entry, texts)
    for decision in facts[DECISION]:
        decision |= {name: text for name, text in said.items() if name in decision}
    for one in facts[ROUND]:
        if one["n"] == entry.get("round"):
            one |= {"text_es": said["text_es"]} if "text_es" in said else {}
            one |= {"options_es": _options(entry, texts, "options_es")} if "options_es" in entry else {}


def _agenda(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    for decision in facts[DECISION]:
        decision["meeting"] = entry["meeting"]


def _round(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    for decision in facts[DECISION]:
        decision |= {name: entry[name] for name in ("until", "meeting") if name in entry}
    facts[ROUND].append(_begun(entry, texts) | _said(entry, texts) | _who_and_when(entry, texts, "opened_by"))


def _options(entry: Entry, texts: Texts, name: str) -> list[str]:
    """The options that an entry seals under a name; each is blanked where they are erased, so that answers
    still count."""
    if name not in entry:
        return []
    person = texts.get(entry[name])
    kept: list[str] = blanked(entry["choices"]) if person is None else person[name]
    return kept


def _answered(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    common = {"round": entry["round"]} | _who_and_when(entry, texts, "recorded_by")
    facts[ANSWER] += [{**one, **common} for one in entry["answers"]]
    if "shown" in entry:
        facts[EVIDENCE].append(_file(entry, entry["evidence"], entry["shown"], texts, "recorded_by"))


def _attached(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    facts[FILE].append(_file(entry, entry["file"], entry["sealed"], texts, "added_by"))


def _file(entry: Entry, uid: str, sealed: str, texts: Texts, who: str) -> Fact:
    """A file as an entry names it, or (no SHA-256) a text alone. An erased one has neither name nor path."""
    person, named = texts.get(sealed), Fact()
    if "sha256" in entry:
        named = {"name": ERASED_FILE, "path": ""} if person is None else {"name": person["file"]}
    own = {"uid": uid, "sha256": entry.get("sha256"), "sealed": sealed}
    return own | named | _who_and_when(entry, texts, who)


def _stepped_out(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    own = {"seat": entry["seat"], "sealed": entry["sealed"]}
    facts[RECUSAL].append(own | _who_and_when(entry, texts, "recorded_by"))


def _told(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    common = {"how": entry["how"]} | _who_and_when(entry, texts, "recorded_by")
    facts[NOTICE] += [{"seat": seat, **common} for seat in entry["seats"]]


def _closed(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    names = ("outcome", "figures", "sentence", "effective", "review")
    _ended(facts, entry, texts, {name: entry[name] for name in names})


def _withdrawn(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    own = {name: entry[name] for name in ("figures", "sentence")}
    _ended(facts, entry, texts, own | {"outcome": "withdrawn"})


def _ended(facts: dict[str, list[Fact]], entry: Entry, texts: Texts, own: Fact) -> None:
    for decision in facts[DECISION]:
        for name in ("closed_at", "closed_by"):
            decision.pop(name, None)
        decision |= {"state": "closed"} | own
        decision |= {"meeting": entry["meeting"]} if "meeting" in entry else {}
        decision |= _said(entry, texts)
        decision |= _who_and_when(entry, texts, "closed_by", who="closed_by", when="closed_at")


def _kept(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    for decision in facts[DECISION]:
        decision |= {"review": entry["review"]}


def _charter(facts: dict[str, list[Fact]], entry: Entry, texts: Texts) -> None:
    own = {"group": entry["group"], "n": entry["version"], "from": entry["from"]}
    facts[CHARTER].append(own | _who_and_when(entry, texts, "recorded_by"))
    facts[RULE] += [
        {"kind": kind, "method": rule["method"], "params": {k: v for k, v in rule.items() if k != "method"}}
        for kind, rule in sorted(entry["rules"].items())
    ]


RECORDS: Mapping[str, Callable[[dict[str, list[Fact]], Entry, Texts], None]] = {
    "opened": _opened,
    "in_spanish": _in_spanish,
    "agenda": _agenda,
    "round": _round,
    "answered": _answered,
    "attached": _attached,
    "stepped_out": _stepped_out,
    "told": _told,
    "closed": _closed,
    "withdrawn": _withdrawn,
    "kept": _kept,
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
