"""A question is put to a group: its number, its method, the seats of its day, and its first round."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import clock
from accounts.models import Membership
from decisions.enums import Change, Kind, Standing
from decisions.methods import silence_assents
from decisions.models import CharterRule, Decision, DecisionSeat, Group, Meeting, Round, Seat
from decisions.queries import charter_rule, voting_sectors
from decisions.register import Sealer, append
from decisions.rule import NAMED, Method, Rule
from decisions.starting import starting_rule
from partners.search import normal

from .errors import (
    NothingToChange,
    NoVotingSeats,
    OfAnotherGroup,
    ReasonWanted,
    SilenceNeverShares,
    SilenceNotAllowed,
)
from .meetings import fitting, taken_at
from .notices import check_deadline
from .one_seat_errors import GivenByCharterAlone, NobodyDecides
from .options import offered
from .spanish import add_spanish
from .terms import lock_group


@transaction.atomic
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
    question_es: str = "",
    meaning_es: str = "",
    options_es: Sequence[str] = (),
    supersedes: Decision | None = None,
    meeting: Meeting | None = None,
    changes: Change | str = Change.REPLACES,
    by: Membership,
) -> Decision:
    """Put a question to a group: it gets a number, the seats of today, the rule in force and its first round.

    `method`: another than the rule's, with `method_reason`. `options`: where one is chosen, in order.
    `meeting`: where it is taken. `supersedes`: an earlier one, and how this `changes` it once it is adopted.
    Raises NoVotingSeats, and what `_method`, `_check`, `offered`, `add_spanish`, `_earlier`, `fitting` raise.
    """
    seats, row, agreed = _agreed(group, kind, clock.today(by.district))
    decision: Decision = Decision.objects.create(
        **_new(group, question.strip(), row, by),
        kind=kind,
        meaning=meaning.strip(),
        **_method(agreed, kind, method, method_reason.strip()),
        closes_at=closes_at,
        meeting=fitting(group, meeting, closes_at),
        **_earlier(group, supersedes, changes),
    )
    _check(decision, seats, agreed)
    _begin(decision, seats, offered(Method(decision.method), options), by)
    if question_es or options_es:
        words: dict[str, Any] = {"question_es": question_es, "meaning_es": meaning_es}
        add_spanish(decision=decision, **words, options_es=options_es, by=by)
    return decision


def _earlier(group: Group, supersedes: Decision | None, changes: Change | str) -> dict[str, Any]:
    """What a question does to an earlier decision. Raises OfAnotherGroup, NothingToChange."""
    if supersedes is None:
        return {}
    if supersedes.group_id != group.pk:
        raise OfAnotherGroup
    if not Decision.objects.standing().filter(pk=supersedes.pk).exists():
        raise NothingToChange
    return {"supersedes": supersedes, "changes": Change(changes).value}


def _seats_on(day: datetime.date, group: Group) -> list[Seat]:
    return list(Seat.objects.filter(group=group).on(day).select_related("partner", "school"))


def _method(agreed: Rule, kind: Kind | str, wanted: Method | None, reason: str) -> dict[str, str]:
    """The method that is used, and why. Raises SilenceNotAllowed and SilenceNeverShares for one that takes
    silence as a yes; GivenByCharterAlone where a matter would be given to one seat that the group did not
    give to it; ReasonWanted where it is not the agreed one and nobody says why."""
    method = wanted or agreed.method
    if method is Method.DELEGATED and agreed.method is not method:
        raise GivenByCharterAlone
    if silence_assents(method) and not agreed.silence:
        raise SilenceNotAllowed
    if silence_assents(method) and kind == Kind.SHARING:
        raise SilenceNeverShares
    if method is not agreed.method and not reason:
        raise ReasonWanted
    return {"method": method.value, "method_reason": reason}


def _check(decision: Decision, seats: Sequence[Seat], agreed: Rule) -> None:
    """Raise NobodyDecides where one seat decides and is not among those that vote, and what `check_deadline`
    raises."""
    check_deadline(decision, agreed)
    voting = {str(seat.uid) for seat in seats if seat.standing == Standing.VOTES}
    if Method(decision.method) in NAMED and agreed.decider not in voting:
        raise NobodyDecides


def _agreed(
    group: Group, kind: Kind | str, day: datetime.date
) -> tuple[list[Seat], CharterRule | None, Rule]:
    """The seats of that day, and the rule in force with its row (None: the starting rule); what else is put
    to the group at the same moment waits. Raises NoVotingSeats."""
    lock_group(group)
    seats = _seats_on(day, group)
    sectors = voting_sectors(seats)
    if not sectors:
        raise NoVotingSeats
    row = charter_rule(group, kind, day)
    return seats, row, row.rule if row else starting_rule(sectors)


def _new(group: Group, question: str, row: CharterRule | None, by: Membership) -> dict[str, Any]:
    """A question of today with the next number of its group and year, what the search reads of both, and the
    rule of the charter (None: the starting rule)."""
    year = clock.today(by.district).year
    last = group.decisions.filter(year=year).aggregate(last=Max("n"))["last"]
    n = (last or 0) + 1
    words = search_text(f"D-{year}-{n:02}", question)
    ruled = {"rule": row, "starting_rule": row is None}
    numbered = {"group": group, "year": year, "n": n, "question": question, "search_text": words}
    return {"district_id": by.district_id, "opened_at": clock.now(), "opened_by": by, **ruled, **numbered}


def search_text(reference: str, question: str) -> str:
    """What the log is searched in: a space, then the words of number and question, normalized."""
    return " " + normal(f"{reference} {question}")


def _begin(decision: Decision, seats: list[Seat], options: list[str], by: Membership) -> None:
    """The seats of that day, the first round, and the line of the register."""
    copied = _copy_seats(decision, seats)
    first = open_round(decision, 1, by, decision.opened_at, options=options)
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


def open_round(decision: Decision, n: int, by: Membership, at: datetime.datetime, **asked: Any) -> Round:
    """Write a round with the texts and the options that it asks about (`asked`, by their columns); the entry
    is the caller's."""
    opened: Round = Round.objects.create(
        district_id=decision.district_id,
        decision=decision,
        n=n,
        days=decision.days_until(at),
        opened_by=by,
        at=at,
        **asked,
    )
    return opened


def until_in(closes_at: datetime.datetime | None) -> str | None:
    """What an entry says of the end of the time to answer."""
    return closes_at.astimezone(datetime.UTC).isoformat() if closes_at else None


def options_in(opened: Round, sealer: Sealer) -> dict[str, Any]:
    """What an entry says of a round's options: how many, and the digests of what they say."""
    said = {"options": opened.options, "options_es": opened.options_es}
    digests = {name: sealer.digest(**{name: texts}) for name, texts in said.items() if texts}
    return {"choices": len(opened.options), **digests} if opened.options else {}


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
            "until": until_in(decision.closes_at),
            **taken_at(decision.meeting),
            "replaces": str(decision.supersedes.uid) if decision.supersedes else None,
            "changes": decision.changes,
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
