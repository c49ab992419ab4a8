"""How a group decides: its versions, each adopted by a decision of the group itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import clock
from accounts.models import Membership
from decisions.enums import Kind, Standing
from decisions.methods import silence_assents
from decisions.models import Charter, CharterRule, Decision, Group
from decisions.register import Sealer, append
from decisions.rule import NAMED, Method, Outcome, Rule

from .errors import NotAdopted, SilenceNeverShares, SilenceNotAllowed
from .one_seat_errors import MandateWanted, NobodyDecides
from .terms import lock_group


def adopt_charter(
    *,
    group: Group,
    decision: Decision,
    rules: Mapping[str, Rule],
    mandate: str = "",
    in_force_from: datetime.date | None = None,
    by: Membership,
) -> Charter:
    """The next version of how a group decides: one rule a kind of decision, under "" the one for all others.
    `mandate`: what the seat that decides alone may decide; it is sealed, as whatever people type.

    Raises NobodyDecides for a method by which one seat decides that is not named, MandateWanted where a
    matter is given to it and nothing says which; SilenceNotAllowed for a method that takes silence as a yes
    where its rule does not, SilenceNeverShares where that would decide on sharing data; and NotAdopted unless
    `decision` is an adopted one of this group about how we decide, not used before.
    """
    mandate = mandate.strip()
    if any(rule.method in NAMED and not _is_of(rule.decider, group) for rule in rules.values()):
        raise NobodyDecides
    if any(rule.method is Method.DELEGATED for rule in rules.values()) and not mandate:
        raise MandateWanted
    if any(silence_assents(rule.method) and not rule.silence for rule in rules.values()):
        raise SilenceNotAllowed
    ours = decision.group_id == group.pk and decision.kind == Kind.CHARTER
    if not ours or decision.outcome != Outcome.ADOPTED or "" not in rules:
        raise NotAdopted
    if silence_assents(rules.get(Kind.SHARING, rules[""]).method):
        raise SilenceNeverShares
    try:
        with transaction.atomic():
            return _adopt(group, decision, rules, mandate, in_force_from or clock.today(by.district), by)
    except IntegrityError as clash:
        raise NotAdopted from clash


def _is_of(uid: str, group: Group) -> bool:
    """Whether a seat of the group has that uid, and votes."""
    voting = group.seats.filter(standing=Standing.VOTES).values_list("uid", flat=True)
    return uid in {str(one) for one in voting}


def _adopt(
    group: Group,
    decision: Decision,
    rules: Mapping[str, Rule],
    mandate: str,
    since: datetime.date,
    by: Membership,
) -> Charter:
    lock_group(group)
    n = (group.charters.aggregate(last=Max("n"))["last"] or 0) + 1
    charter: Charter = Charter.objects.create(
        district_id=by.district_id,
        group=group,
        n=n,
        adopted_by=decision,
        in_force_from=since,
        recorded_by=by,
        at=clock.now(),
    )
    CharterRule.objects.bulk_create(
        CharterRule(
            district_id=by.district_id,
            charter=charter,
            kind=kind,
            method=rule.method.value,
            params=rule.params(),
        )
        for kind, rule in rules.items()
    )
    _register(charter, rules, mandate, by)
    return charter


def _register(charter: Charter, rules: Mapping[str, Rule], mandate: str, by: Membership) -> None:
    sealer = Sealer()
    append(
        district_id=charter.district_id,
        decision_uid=charter.adopted_by.uid,
        kind="charter",
        at=charter.at,
        fields={
            "group": str(charter.group.uid),
            "version": charter.n,
            "from": charter.in_force_from.isoformat(),
            "rules": {kind: {"method": rule.method.value, **rule.params()} for kind, rule in rules.items()},
            "sealed": sealer.digest(mandate=mandate),
            "by": sealer.name("recorded_by", by),
        },
        sealer=sealer,
    )
