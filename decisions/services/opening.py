"""A question is put to a group: its number, its method, the seats of its day, and its first round."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import clock
from accounts.models import Membership
from decisions.enums import Kind
from decisions.methods import BY_ANSWERS
from decisions.models import CharterRule, Decision, DecisionSeat, Group, Round, Seat
from decisions.queries import charter_rule, voting_sectors
from decisions.register import Sealer, append
from decisions.rule import CHOOSING, Method
from decisions.starting import starting_rule
from partners.search import normal

from .errors import (
    NoOptionsWanted,
    NotByAnswers,
    NoVotingSeats,
    OptionsWanted,
    ReasonWanted,
)


def open_decision(
    *,
    group: Group,
    question: str,
    kind: Kind | str = Kind.EVERYDAY,
    meaning: str = "",
    closes_at: datetime.datetime | None = None,
    method: Method | None = None,
    method_reason: str = "",
    options: Sequence[str] = (),
    supersedes: Decision | None = None,
    by: Membership,
) -> Decision:
    """Put a question to a group: it gets a number, the seats of today, the rule in force and its first round.

    `method`: another one than the rule's, with `method_reason`. `options`: where one is chosen, in order.
    Raises NoVotingSeats, ReasonWanted, NotByAnswers, OptionsWanted, NoOptionsWanted.
    """
    with transaction.atomic():
        Group.objects.select_for_update().get(pk=group.pk)
        today = clock.today(by.district)
        seats = _seats_on(today, group)
        rule, usual = _agreed(group, kind, today, seats)
        decision: Decision = Decision.objects.create(
            district_id=by.district_id,
            group=group,
            **_numbered(group, today.year, question.strip()),
            kind=kind,
            meaning=meaning.strip(),
            rule=rule,
            starting_rule=rule is None,
            method=_method(usual, method, method_reason).value,
            method_reason=method_reason.strip(),
            opened_at=clock.now(),
            opened_by=by,
            closes_at=closes_at,
            supersedes=supersedes,
        )
        _begin(decision, seats, _offered(Method(decision.method), options), by)
    return decision


def _seats_on(day: datetime.date, group: Group) -> list[Seat]:
    return list(Seat.objects.filter(group=group).on(day).select_related("partner", "school"))


def _method(usual: Method, wanted: Method | None, reason: str) -> Method:
    """The method that is used. Raises ReasonWanted where it is not the agreed one and nobody says why, and
    NotByAnswers."""
    if wanted not in (None, *BY_ANSWERS):
        raise NotByAnswers
    if wanted and wanted is not usual and not reason.strip():
        raise ReasonWanted
    return wanted or usual


def _offered(method: Method, options: Sequence[str]) -> list[str]:
    """The options without blanks around them. Raises OptionsWanted, NoOptionsWanted."""
    offered = [text.strip() for text in options if text.strip()]
    if method not in CHOOSING and offered:
        raise NoOptionsWanted
    alike = len({" ".join(text.split()).casefold() for text in offered}) < len(offered)
    if method in CHOOSING and (len(offered) < 2 or alike):
        raise OptionsWanted
    return offered


def _agreed(
    group: Group, kind: Kind | str, day: datetime.date, seats: list[Seat]
) -> tuple[CharterRule | None, Method]:
    """The rule in force that day (None: the starting rule) and its method. Raises NoVotingSeats."""
    sectors = voting_sectors(seats)
    if not sectors:
        raise NoVotingSeats
    rule = charter_rule(group, kind, day)
    return rule, (rule.rule if rule else starting_rule(sectors)).method


def _numbered(group: Group, year: int, question: str) -> dict[str, Any]:
    """A question with the next number of its group and year, and what the search reads of both."""
    last = group.decisions.filter(year=year).aggregate(last=Max("n"))["last"]
    n = (last or 0) + 1
    words = search_text(f"D-{year}-{n:02}", question)
    return {"year": year, "n": n, "question": question, "search_text": words}


def search_text(reference: str, question: str) -> str:
    """What the log is searched in: a space, then the words of number and question, normalized."""
    return " " + normal(f"{reference} {question}")


def _begin(decision: Decision, seats: list[Seat], options: list[str], by: Membership) -> None:
    """The seats of that day, the first round, and the line of the register."""
    copied = _copy_seats(decision, seats)
    first = open_round(decision, 1, "", options, by, decision.opened_at)
    _register_opening(decision, copied, first, by)


def _copy_seats(decision: Decision, seats: list[Seat]) -> list[DecisionSeat]:
    return list(
        DecisionSeat.objects.bulk_create(
            DecisionSeat(
                district_id=decision.district_id,
                decision=decision,
                seat=seat,
                label=seat.label,
                sector=seat.sector,
                standing=seat.standing,
            )
            for seat in seats
        )
    )


def open_round(
    decision: Decision, n: int, text: str, options: list[str], by: Membership, at: datetime.datetime
) -> Round:
    """Write a round with the text and the options that it asks about; the entry is the caller's."""
    opened: Round = Round.objects.create(
        district_id=decision.district_id,
        decision=decision,
        n=n,
        text=text,
        options=options,
        opened_by=by,
        at=at,
    )
    return opened


def options_in(opened: Round, sealer: Sealer) -> dict[str, Any]:
    """What an entry says of a round's options: how many, and the digest of what they say."""
    if not opened.options:
        return {}
    return {"choices": len(opened.options), "options": sealer.digest(options=opened.options)}


def _register_opening(decision: Decision, seats: list[DecisionSeat], first: Round, by: Membership) -> None:
    sealer, rule = Sealer(), decision.rule
    append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="opened",
        at=decision.opened_at,
        fields={
            "reference": decision.reference,
            "group": str(decision.group.uid),
            "about": decision.kind,
            "method": decision.method,
            "charter": rule.charter.n if rule else 0,
            "rule": rule.kind if rule else None,
            "until": decision.closes_at and decision.closes_at.astimezone(datetime.UTC).isoformat(),
            "replaces": str(decision.supersedes.uid) if decision.supersedes else None,
            "seats": [
                {
                    "seat": str(seat.uid),
                    "of": str(seat.seat.uid),
                    "sector": seat.sector,
                    "standing": seat.standing,
                }
                for seat in seats
            ],
            "called": sealer.digest(labels={str(seat.uid): seat.label for seat in seats}),
            "asked": sealer.digest(question=decision.question),
            "meaning": sealer.digest(meaning=decision.meaning),
            "because": sealer.digest(method_reason=decision.method_reason),
            **options_in(first, sealer),
            "by": sealer.name("opened_by", by),
        },
        sealer=sealer,
    )
