"""What the pages of letters to many show: what would go wrong and what to do, how far the signing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import Job, Membership
from accounts.models.work import JobState
from accounts.urls_in import coming_back, url_in

from .batch_enums import Against
from .batch_files import Part, parts
from .composing import as_it_stands
from .enums import Kind, State
from .going_out import on_paper, with_posting
from .models import Batch, BatchRow, Letter
from .placeholders import Placeholder, Problem
from .queries import whole
from .reading import remedy
from .services.batch_checks import BatchCheck, RowCheck, check_batch
from .sheet import Sheet, preview

LISTED = 50
NOT_SIGNED = (State.DRAFT, State.TO_SIGN, State.SIGNING)


@dataclass(frozen=True)
class Trouble:
    """One thing that stands against a letter, in words; and where it is mended: in words, and the address."""

    words: str
    act: str = ""
    url: str = ""


@dataclass(frozen=True)
class RowShown:
    """A row of the table of what would go wrong."""

    check: RowCheck
    troubles: Sequence[Trouble]

    @property
    def can_be_written_despite(self) -> bool:
        """Whether there is a letter of the last 30 days that a person may overrule."""
        return self.check.recent is not None

    @property
    def lacks_result(self) -> bool:
        """Whether it has a field for what no record knows: a result since then."""
        letter = self.check.letter
        return letter is not None and letter.kind == Kind.EXISTING_PARTNER


@dataclass(frozen=True)
class PreparingPage:
    """A batch before it is handed in."""

    batch: Batch
    check: BatchCheck
    for_all: Sequence[Trouble]
    wrong: Sequence[RowShown]
    left_out: Sequence[RowShown]
    ready: Sequence[RowShown]

    @property
    def asks_for_reason(self) -> bool:
        """Whether some rows need a reason, or one was given."""
        asking = {Against.STAGE, Against.KIND}
        return bool(self.batch.reason) or any(asking & {*row.check.against} for row in self.wrong)


def preparing_page(batch: Batch, by: Membership) -> PreparingPage:
    """The table of what would go wrong, each with what to do: a dozen queries and one for each value that is
    missing in all letters."""
    check = check_batch(batch)

    def shown(rows: Sequence[RowCheck]) -> list[RowShown]:
        return [RowShown(row, _troubles(row, batch, by)) for row in rows]

    sample = next((row.letter for row in check.rows if row.letter), None)
    for_all = [_missing(problem, sample, batch, by) for problem in check.for_all] if sample else []
    if sample is not None and sample.signer is None:
        for_all.append(Trouble(_("No principal signs for this school. District staff can invite one.")))
    return PreparingPage(batch, check, for_all, shown(check.wrong), shown(check.left_out), shown(check.ready))


def _troubles(row: RowCheck, batch: Batch, by: Membership) -> list[Trouble]:
    found = []
    for code in row.against:
        if code == Against.MISSING and row.letter is not None:
            found += [_missing(problem, row.letter, batch, by) for problem in row.own_problems]
        else:
            found.append(_trouble(code, row, batch))
    return found


def _trouble(code: Against, row: RowCheck, batch: Batch) -> Trouble:
    district = batch.school.district
    if code in (Against.NOBODY, Against.ALL_LEFT):
        add = url_in(district, "partners:add_contact", uid=row.partner.uid)
        return Trouble(f"{code.label}.", _("Add a contact"), coming_back(add, page_of(batch, row)))
    if code == Against.RECENT and row.recent is not None:
        return Trouble(_recent_words(row.recent))
    if code == Against.UNDER_WAY and row.under_way is not None:
        page = url_in(district, "letters:page", uid=row.under_way.uid)
        return Trouble(f"{code.label}.", _("Open that letter"), page)
    if code in (Against.STAGE, Against.KIND):
        words = _("It is marked “%(stage)s”: this letter needs a reason.")
        stage = row.partnership.get_stage_display()
        return Trouble(words % {"stage": stage}, _("Give one reason for all"), "#id_reason")
    return Trouble(f"{code.label}.")


def _recent_words(letter: Letter) -> str:
    words = _("%(school)s wrote to it on %(day)s (%(reference)s).")
    day = date_format(letter.signed_at.astimezone(letter.school.tz)) if letter.signed_at else ""
    return words % {"school": letter.school, "day": day, "reference": letter.reference}


def _missing(problem: Problem, letter: Letter, batch: Batch, by: Membership) -> Trouble:
    """A missing value, and where it is filled in, which leads back to the batch."""
    if problem.name == Placeholder.RESULT:
        return Trouble(_("%(value)s: no value. Fill it in here.") % {"value": problem.label})
    words = _("%(value)s: no value.") % {"value": problem.label}
    if not problem.known:
        return Trouble(problem.words)
    found = remedy(letter, problem.name, by)
    form, has_way_back, _next = found.url.partition("?")
    return Trouble(words, found.words, coming_back(form, page_of(batch)) if has_way_back else "")


def page_of(batch: Batch, row: RowCheck | None = None) -> str:
    """The address of a batch's page, at one of its rows."""
    page = url_in(batch.school.district, "letters:batch", uid=batch.uid)
    return f"{page}#row-{row.row.pk}" if row else page


@dataclass(frozen=True)
class WaitingPage:
    """A batch that waits for its signature: a letter of each language, and every addressee with what is their
    own in it."""

    batch: Batch
    samples: Sequence[Any]
    rows: Sequence[BatchRow]
    left_out: Sequence[BatchRow]


def waiting_page(batch: Batch) -> WaitingPage:
    """What the principal reads before signing all: some twenty queries, however many letters there are."""
    rows = written(batch)
    samples = []
    for language in sorted({row.letter.language for row in rows if row.letter}):
        letter = next(row.letter for row in rows if row.letter and row.letter.language == language)
        samples.append((letter, preview(_sheet_of(letter))))
    return WaitingPage(batch, samples, rows, left_out(batch))


def _sheet_of(letter: Letter) -> Sheet:
    return as_it_stands(whole(Letter.objects.filter(pk=letter.pk)).get())


def written(batch: Batch) -> list[BatchRow]:
    """The rows with a letter, in the order of their envelopes: one query."""
    rows = batch.rows.filter(letter__isnull=False)
    return list(rows.select_related("partner", "letter__contact", "letter__partnership"))


def left_out(batch: Batch) -> list[BatchRow]:
    """Those left out, by name: one query."""
    return list(batch.rows.exclude(left_out="").select_related("partner").order_by("partner__sort_name"))


@dataclass(frozen=True)
class SignedPage:
    """A batch that is being signed, or is signed: how far it is, and what goes out of it."""

    batch: Batch
    job: Job
    rows: Sequence[BatchRow]
    left_out: Sequence[BatchRow]
    printed: int
    posted: int

    @property
    def signed(self) -> int:
        """How many letters are signed."""
        return sum(row.letter is not None and row.letter.signed_at is not None for row in self.rows)

    @property
    def waiting(self) -> list[tuple[BatchRow, str]]:
        """Those that are not signed, each with why."""
        why = dict(self.job.outcome.get("not_signed", ()))
        unsigned = [row for row in self.rows if row.letter and row.letter.state in NOT_SIGNED]
        return [(row, why.get(str(row.letter.uid), "")) for row in unsigned if row.letter]

    @property
    def mailed(self) -> int:
        """How many go by e-mail."""
        return sum(row.letter is not None and row.letter.mail_wanted_at is not None for row in self.rows)

    @property
    def parts(self) -> list[Part]:
        """The files for the printer."""
        return parts(self.printed)

    @property
    def progress(self) -> str:
        """ "24 of 38, about 10 seconds left"."""
        done, total = self.job.done, self.job.total
        if self.job.state != JobState.RUNNING or not total or self.job.begun_at is None:
            return ""
        words = _("%(done)d of %(total)d") % {"done": done, "total": total}
        if not done:
            return words
        left = round((clock.now() - self.job.begun_at).total_seconds() / done * (total - done)) or 1
        more = ngettext("about %(n)d second left", "about %(n)d seconds left", left) % {"n": left}
        return f"{words}, {more}"


def signed_page(batch: Batch) -> SignedPage:
    """Four queries, however many letters there are."""
    assert batch.job is not None  # a batch that is being signed has one
    paper = with_posting(on_paper(batch)).aggregate(
        printed=Count("pk"), posted=Count("pk", filter=Q(is_posted=True))
    )
    return SignedPage(batch, batch.job, written(batch), left_out(batch), **paper)


def batches_page(membership: Membership) -> list[Batch]:
    """The latest batches of one's schools, each with `count`, its letters, and `signed`: one query."""
    has_letter = Count("rows", filter=Q(rows__letter__isnull=False))
    signed = Count("rows", filter=Q(rows__letter__signed_at__isnull=False))
    rows = Batch.objects.for_member(membership).whole()
    return list(rows.annotate(partners=Count("rows"), count=has_letter, signed=signed)[:LISTED])


def batches_to_sign(membership: Membership) -> list[Batch]:
    """What waits for this person's signature as a whole, longest waiting first: one query."""
    rows = Batch.objects.to_sign(membership).whole()
    count = Count("rows", filter=Q(rows__letter__state=State.TO_SIGN))
    return list(rows.annotate(count=count).order_by("handed_in_at", "pk"))
