"""What a seat to which a matter is given may decide, as a version of "How we decide" says it."""

from __future__ import annotations

from decisions.models import Charter, Decision, Sealed
from decisions.queries import Count
from decisions.register import events_of
from decisions.rule import Method

from .erasing import erased_of


def mandate_of(charter: Charter) -> str:
    """The text, or that it was erased; empty where the version has none. It is sealed beside the entry that
    put the version in force, and stands in no table.

    Reads the decision that adopted it, and one query; one more where there is no text.
    """
    uid = charter.adopted_by.uid
    sealed = Sealed.objects.filter(event__decision_uid=uid, person__has_key="mandate").first()
    return sealed.text("mandate") if sealed else erased_of(events_of(uid)).get("mandate", "")


def mandate_in(decision: Decision, counted: Count) -> str:
    """The same for a question that is given to one seat; empty for any other, without a query."""
    given = counted.rule.method is Method.DELEGATED
    return mandate_of(decision.rule.charter) if decision.rule and given else ""
