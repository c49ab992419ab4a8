"""Kinds of mail of the tests' own, "notice" and "nag"; a clock that stands on Tuesday, November 24, 2026."""

import dataclasses
from collections.abc import Iterator

import pytest
import time_machine
from django.core.mail import EmailMessage

from outreach import registry
from outreach.registry import MailSource
from tests.outreach.factories import at


@pytest.fixture
def tuesday() -> Iterator[time_machine.Traveller]:
    """Tuesday, November 24, 2026, 10:00 in Larkmoor."""
    with time_machine.travel(at("2026-11-24 16:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def notices() -> Iterator[MailSource]:
    """A kind of mail that goes when it is asked for, and that nothing makes moot."""
    source = MailSource(
        kind="notice",
        label="Notices",
        says="A notice.",
        reminder=False,
        needs_switch=False,
        drafts=lambda district, window: [],
        moot=lambda messages: {},
    )
    registry.add_mail(source)
    yield source
    registry._mail.pop("notice")


@pytest.fixture
def nags(notices: MailSource) -> Iterator[MailSource]:
    """A reminder."""
    source = dataclasses.replace(notices, kind="nag", label="Nags", says="A nag.", reminder=True)
    registry.add_mail(source)
    yield source
    registry._mail.pop("nag")


@pytest.fixture
def tidings(nags: MailSource) -> Iterator[MailSource]:
    """A notice without a deadline, which leaves room for the reminders."""
    source = dataclasses.replace(nags, kind="tiding", label="Tidings", says="A tiding.", can_wait=True)
    registry.add_mail(source)
    yield source
    registry._mail.pop("tiding")


def ids(box: list[EmailMessage]) -> list[str]:
    """The Message-IDs of what was sent."""
    return [mail.extra_headers["Message-ID"] for mail in box]
