"""What one district wrote is read by nobody of another, and what is one school's by no other school.

Each of two districts has a mark of its own in every text that people could read. Whoever finds the other's
mark, on a page, in a PDF, in a mail or in a line of the log, has read across the wall. That each finds its
own shows that there was something to find.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client, override_settings
from django_scopes import scope, scopes_disabled

from accounts import clock
from accounts.models import Deputy, District, Membership, School
from accounts.roles import Role
from accounts.services import invite
from accounts.urls_in import url_in
from decisions.services import add_seat, create_group, open_decision
from letters.models import Letter
from outreach.models import Message
from outreach.tasks import plan, take_up_and_send
from partners.services import log_interaction
from partnership_portal import personal, purging
from partnership_portal.demo.load import load_demo
from tests.canaries import NOT_PLANTED, add_the_rest, crawl, plant, plant_in, somebody
from tests.full import FULL
from tests.outreach.factories import a_message, switch_on
from tests.press.running import running_press

pytestmark = pytest.mark.django_db

THEIRS, OURS, OTHER_SCHOOLS = "zqalder", "zqbirch", "zqcedar"

# What nobody would call personal, and another district need not read all the same. The rest of what is not
# personal are codes, figures and digests, which the portal itself reads.
NAMES = {
    "accounts.District": "name address",
    "accounts.School": "name place address",
    "partners.Need": "label label_es",
    "partners.Partner": "name sort_name website",
    "partners.Site": "city",
    "partners.ImportBatch": "source",
    "letters.Letter": "reference",
    "letters.LetterNumber": "reference",
    "letters.SignedLetter": "reference",
}
PLANTED = {f"{model}.{field}" for model, fields in NAMES.items() for field in fields.split()}

NOT_A_DISTRICTS = {"outreach.PortalMailStop.reason"}
PAGES_OF_A_KIND = 12 if FULL else 1


@dataclass(frozen=True)
class Two:
    """Two districts: of theirs and of ours each has its own mark in every text."""

    theirs: District
    ours: District


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Two]:
    """The demo's district twice, with a row of everything, and a press for what is printed afresh.

    Made once: the tests run in transactions inside this one.
    """
    assert connection.settings_dict["NAME"].startswith("test_")
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path_factory.mktemp("files")}}
    with (
        running_press() as press,
        override_settings(STORAGES={**settings.STORAGES, "default": files}),
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setenv("PRESS_SOCKET", press.path)
        theirs = marked(THEIRS)
        District.objects.filter(pk=theirs.pk).update(slug="alder", is_sample=False)
        ours = marked(OURS)
        yield Two(District.objects.get(pk=theirs.pk), ours)
        transaction.set_rollback(True)


def marked(mark: str) -> District:
    """A district like the demo's, with a mark in every text."""
    district = load_demo()
    with scope(district=district):
        add_the_rest(district)
        planted = plant(mark, district=district, more=PLANTED)
    assert (personal.personal() | PLANTED) - NOT_PLANTED - NOT_A_DISTRICTS - planted == set()
    return district


def everybody(district: District) -> dict[str, Membership]:
    """One person of each role, and a deputy of today."""
    with scope(district=district):
        people = {role.value: Membership.objects.filter(role=role).order_by("pk").first() for role in Role}
        deputy = Deputy.objects.holding(clock.today(district)).select_related("deputy__user").first()
        return people | {"deputy": deputy.deputy}


def browser_of(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read_all(district: District, member: Membership) -> dict[str, str]:
    """What links lead a person to: one page of each kind, twelve in a full run."""
    return crawl(browser_of(member), f"/d/{district.slug}/", of_a_kind=PAGES_OF_A_KIND)


def holding(mark: str, pages: dict[str, str]) -> list[str]:
    return [path for path, words in pages.items() if mark in words.lower()]


def test_no_page_or_pdf_shows_another_districts_text(two: Two) -> None:
    for district, own, other in ((two.theirs, THEIRS, OURS), (two.ours, OURS, THEIRS)):
        for role, member in everybody(district).items():
            pages = read_all(district, member)
            assert holding(other, pages) == [], role
            assert len(holding(own, pages)) > 15, role


def test_a_search_finds_nothing_of_another_district(two: Two) -> None:
    client = browser_of(everybody(two.ours)["staff"])
    for path in ("partners/", "decisions/"):
        for mark, found in ((THEIRS, False), (OURS, True)):
            words = client.get(f"/d/{two.ours.slug}/{path}", {"q": mark}).content.decode()
            assert bool(re.search(rf"{mark} \d", words)) == found


def send_every_mail(two: Two) -> None:
    """Switch every kind on, plan, and send each message, those that ended, too, once more."""
    for district in (two.theirs, two.ours):
        staff = everybody(district)["staff"]
        with scope(district=district):
            switch_on(staff)
            invite(district=district, email=f"{district.slug}@x.example", role=Role.STAFF, by=staff)
    before = set(all_messages().values_list("pk", flat=True))
    plan()
    take_up_and_send()
    assert all_messages().exclude(pk__in=before).count() > 3
    all_messages().update(
        state="queued", ended_at=None, lease_until=None, reason="", not_before=clock.now(), attempts=0
    )
    take_up_and_send()


def test_no_mail_holds_another_districts_text(two: Two, mailoutbox: list[EmailMessage]) -> None:
    send_every_mail(two)
    marks = [marks_in(mail) for mail in mailoutbox]
    assert ({THEIRS} in marks, {OURS} in marks) == (True, True)
    assert [found for found in marks if len(found) > 1] == []


def all_messages() -> Any:
    with scopes_disabled():
        return Message.objects.all()


def marks_in(mail: EmailMessage) -> set[str]:
    """Whose text is in a mail, its head and its body."""
    words = " ".join([mail.subject, str(mail.body), mail.from_email, *mail.recipients(), *mail.reply_to])
    return {mark for mark in (THEIRS, OURS) if mark in words.lower()}


def test_no_line_of_the_log_holds_anybodys_text(two: Two, lines: Callable[[], list[str]]) -> None:
    for district in (two.theirs, two.ours):
        read_all(district, everybody(district)["staff"])
    send_every_mail(two)
    written = lines()
    assert len(written) > 100
    assert [line for line in written if THEIRS in line.lower() or OURS in line.lower()] == []


# What is a school's alone: its texts, why a stage changed, whom it talked with and what was said, what its
# groups decided, and its mail. The path leads to the school.
ALONE = {
    "letters.Letter": ("school", "reason blocks suggested_by result"),
    "letters.SignedLetter": ("letter__school", "pdf values signer"),
    "letters.LetterEvent": ("letter__school", "reason"),
    "letters.Reply": ("letter__school", "note"),
    "partners.StageChange": ("partnership__school", "because"),
    "partners.Waiver": ("partnership__school", "because"),
    "partners.Interaction": ("school", "note"),
    "decisions.Group": ("school", "name"),
    "decisions.Decision": ("group__school", "question sentence rationale"),
    "outreach.Message": ("school", "about to to_name subject body"),
}


def other_schools_letters(own: School) -> list[Letter]:
    return list(Letter.objects.exclude(school=own).select_related("partnership__partner", "school"))


def add_elsewhere(own: School) -> None:
    """What the demo has at one school alone, at another one, too."""
    staff, letter = somebody(Role.STAFF), other_schools_letters(own)[0]
    school, partner = letter.school, letter.partnership.partner
    log_interaction(partner=partner, school=school, note="x", on=clock.today(own), by=staff)
    group = create_group(name="x", school=school, by=staff)
    add_seat(group=group, partner=partner, sector="basic_needs", by=staff)
    open_decision(group=group, question="x", by=staff)
    a_message(own.district, kind="signed_letter", school=school)


def plant_at_other_schools(own: School) -> set[str]:
    """A mark in every text that is another school's alone; says in which tables."""
    done = set()
    with purging.unguarded([apps.get_model(label)._meta.db_table for label in ALONE]):
        for label, (path, fields) in ALONE.items():
            everywhere = apps.get_model(label).objects.filter(**{f"{path}__isnull": False})
            for row in everywhere.exclude(**{path: own}):
                done.add(label)
                for field in fields.split():
                    plant_in(row, field, OTHER_SCHOOLS)
    return done


def test_what_is_one_schools_alone_is_read_at_no_other(two: Two) -> None:
    with scope(district=two.ours):
        own = somebody(Role.COORDINATOR).only_school
        add_elsewhere(own)
        assert plant_at_other_schools(own) == set(ALONE)
        readers = {one.role: one for one in Membership.objects.filter(schools=own) if one.only_school == own}
        shared = {letter.partnership.partner.uid for letter in other_schools_letters(own)}
    assert set(readers) == {"principal", "coordinator", "preparer", "viewer"}
    of_partner = ("letters:of_partner", "decisions:of_partner", "outreach:of_partner")
    names = ("partners:history", *of_partner, "outreach:care_of_partner")
    tabs = [url_in(two.ours, name, uid=uid) for name in names for uid in shared]
    for role, reader in readers.items():
        assert holding(OTHER_SCHOOLS, read_all(two.ours, reader) | read(reader, tabs)) == [], role
    staff = somebody(Role.STAFF)
    assert len(holding(OTHER_SCHOOLS, read_all(two.ours, staff) | read(staff, tabs))) > 10


def read(member: Membership, paths: list[str]) -> dict[str, str]:
    client = browser_of(member)
    return {path: client.get(path).content.decode() for path in paths}
