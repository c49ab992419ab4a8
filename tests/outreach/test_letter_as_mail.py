"""The mail of a letter is the letter: the same words as text and as HTML, the PDF, a link to answer."""

import re

import pytest
from django.core.mail import EmailMessage

from accounts.models import School
from letters.models import Letter
from outreach import mail, planning, tasks
from outreach.enums import State
from outreach.models import Message
from partners.enums import Stage
from partners.models import Contact, Partner, Partnership
from tests.conftest import Cast
from tests.outreach.factories import FRIDAY, PDF, a_letter, keep_as_signed, switch_on
from tests.outreach.test_wanted_mail import tuesday_now

pytestmark = pytest.mark.usefixtures("tuesday")
CODE = "7KQM-4TXR-92AB-CDEF-GH14"


@pytest.fixture
def letter(cast: Cast) -> Letter:
    made = a_letter(cast.quillback, cast.principal, cast.coordinator)
    keep_as_signed(made)
    Letter.objects.update(mail_wanted_at=tuesday_now())
    return made


def words_of(html: str) -> list[str]:
    return re.findall(r"[\w.@-]+", re.sub(r"<[^>]+>", " ", html))


def html_of(sent: EmailMessage) -> str:
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    return str(html)


def test_text_and_html_have_the_letters_words_the_link_and_the_code(
    letter: Letter, mailoutbox: list[EmailMessage]
) -> None:
    tasks.send()
    [sent] = mailoutbox
    html, link = html_of(sent), f"http://localhost:8000/answer/{letter.reply_link.token}/"
    paragraphs = sent.body.split("\n\n")
    letter_itself = paragraphs[: paragraphs.index("Sincerely,")]
    assert len(letter_itself) > 4
    for paragraph in letter_itself:
        assert " ".join(words_of(paragraph)) in " ".join(words_of(html))
    for part in (link, CODE, "localhost:8000/check", "creates no obligation"):
        assert (part in sent.body, part in html) == (True, True)
    assert f'<a href="{link}">Answer this letter: yes, talk to me, or not now</a>' in html
    assert sent.attachments == [("QMS-2627-014.pdf", PDF, "application/pdf")]


def test_the_html_has_a_language_headings_and_no_table(
    letter: Letter, mailoutbox: list[EmailMessage]
) -> None:
    tasks.send()
    html = html_of(mailoutbox[0])
    assert '<html lang="en">' in html
    assert re.findall(r"<h\d>(.*?)</h\d>", html) == [
        "An invitation from Quillback Middle School",
        "Your answer",
    ]
    assert not re.search(r"<table|<img|style=|<script", html)


def test_a_spanish_letter_is_mailed_in_spanish(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    keep_as_signed(a_letter(cast.quillback, cast.principal, language="es"))
    Letter.objects.update(mail_wanted_at=tuesday_now())
    tasks.send()
    html = html_of(mailoutbox[0])
    assert '<html lang="es">' in html
    assert "Apreciable Ms. Brandt:" in html
    assert "Apreciable Ms. Brandt:" in mailoutbox[0].body


def test_what_the_records_say_since_changes_nothing(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    Partner.objects.update(name="Renamed Partner")
    School.objects.update(name="Renamed School")
    Contact.objects.update(salutation="Dr. Somebody")
    tasks.send()
    [sent] = mailoutbox
    for text in (sent.body, html_of(sent), sent.from_email):
        assert not re.search("Renamed|Somebody", text)
    assert sent.from_email.startswith('"Dr. Rosalind Oyelaran, Quillback Middle School"')


def test_the_link_lies_nowhere_but_in_the_mail(letter: Letter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    tasks.send()
    message, token = Message.objects.get(), letter.reply_link.token
    assert mail.LINK_MARK in message.body
    assert (token in message.body, token in caplog.text) == (False, False)


def test_the_stage_follows_once_the_mail_has_gone(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    Partnership.objects.update(stage=Stage.IDENTIFIED)
    planning.pull()
    assert Partnership.objects.get().stage == Stage.IDENTIFIED
    tasks.send()
    assert (Message.objects.get().state, Partnership.objects.get().stage) == (State.SENT, Stage.CONTACTED)


def test_the_reminder_brings_the_same_link(
    cast: Cast, letter: Letter, mailoutbox: list[EmailMessage]
) -> None:
    Letter.objects.update(mail_wanted_at=None, reply_by=FRIDAY)
    switch_on(cast.staff)
    planning.plan()
    message = Message.objects.get(kind="letter_no_reply")
    link = f"http://localhost:8000/answer/{letter.reply_link.token}/"
    assert (mail.LINK_MARK in message.body, link in message.body) == (True, False)
    assert link in mail.full_body(message)


def test_mail_that_has_not_gone_moves_no_stage(letter: Letter, mailoutbox: list[EmailMessage]) -> None:
    Partnership.objects.update(stage=Stage.IDENTIFIED)
    Contact.objects.update(left_on=tuesday_now().date())
    tasks.send()
    assert (mailoutbox, Partnership.objects.get().stage) == ([], Stage.IDENTIFIED)
