"""A principal for whom district staff named a deputy is told by mail: whom, until when, and why."""

import datetime

import pytest
from django.core.mail import EmailMessage

from accounts import clock, deputies
from accounts.models import Deputy, Membership
from outreach import planning, tasks
from outreach.enums import Reason, State
from outreach.models import Message
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("tuesday")


def name(cast: Cast, by: Membership, reason: str = "") -> Deputy:
    today = clock.today(cast.larkmoor)
    return deputies.name_deputy(
        principal=cast.principal,
        deputy=cast.coordinator,
        since=today,
        until=today + datetime.timedelta(days=10),
        reason=reason,
        by=by,
    )


def test_the_principal_is_told_once(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    name(cast, cast.staff, "In hospital since Monday.")
    tasks.send()
    tasks.send()
    [sent] = mailoutbox
    assert sent.to == [f'"Dr. Rosalind Oyelaran" <{cast.principal.user.email}>']
    assert sent.subject == "Imogen Tasker signs letters for you until December 4, 2026"
    assert "Ana Whitcombe named Imogen Tasker to sign letters for you from November 24, 2026" in sent.body
    assert "Reason: In hospital since Monday." in sent.body
    assert f"/d/larkmoor/people/{cast.principal.uid}/deputies/" in sent.body


def test_whoever_names_their_own_deputy_gets_no_mail(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    name(cast, cast.principal)
    tasks.send()
    assert mailoutbox == []


def test_nothing_goes_for_a_right_that_was_ended_meanwhile(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    named = name(cast, cast.staff, "Away.")
    planning.pull()
    deputies.end_deputy(deputy=named, by=cast.principal)
    tasks.send()
    assert mailoutbox == []
    assert list(Message.objects.values_list("state", "reason")) == [(State.SKIPPED, Reason.GONE)]
