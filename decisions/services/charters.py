"""How a group decides: its versions, each adopted by a decision of the group itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import clock
from accounts.models import Membership
from decisions.enums import Kind
from decisions.methods import BY_ANSWERS
from decisions.models import Charter, CharterRule, Decision, Group
from decisions.register import Sealer, append
from decisions.rule import Outcome, Rule

from .errors import NotAdopted, NotByAnswers


def adopt_charter(
    *,
    group: Group,
    decision: Decision,
    rules: Mapping[str, Rule],
    in_force_from: datetime.date | None = None,
    by: Membership,
) -> Charter:
    """The next version of how a group decides: one rule a kind of decision, under "" the one for all others.

    Raises NotByAnswers for a method that can't be counted yet, and NotAdopted unless `decision` is an adopted
    one of this group about how we decide, not used before.
    """
    if not {rule.method for rule in rules.values()} <= {*BY_ANSWERS}:
        raise NotByAnswers
    ours = decision.group_id == group.pk and decision.kind == Kind.CHARTER
    if not ours or decision.outcome != Outcome.ADOPTED or "" not in rules:
        raise NotAdopted
    try:
        with transaction.atomic():
            return _adopt(group, decision, rules, in_force_from or clock.today(by.district), by)
    except IntegrityError as clash:
        raise NotAdopted from clash


def _adopt(
    group: Group, decision: Decision, rules: Mapping[str, Rule], since: datetime.date, by: Membership
) -> Charter:
    Group.objects.select_for_update().get(pk=group.pk)
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
    sealer = Sealer()
    append(
        district_id=by.district_id,
        decision_uid=decision.uid,
        kind="charter",
        at=charter.at,
        fields={
            "group": str(group.uid),
            "version": n,
            "from": since.isoformat(),
            "rules": {kind: {"method": rule.method.value, **rule.params()} for kind, rule in rules.items()},
            "by": sealer.name("recorded_by", by),
        },
        sealer=sealer,
    )
    return charter
