"""What the records say of the time before a letter: agreement, papers, meetings, letters, what was reported.

A value for a sentence of its own has words for the case that there is nothing, so that a letter needs no
typing; a bare date or name is empty then, and a gap. Values bring no period: the text has it.
"""

import datetime
from collections.abc import Callable, Collection

from django.db.models import Max, Q, QuerySet
from django.utils.formats import date_format

from accounts import clock
from partners.agreed_enums import ENDS_SOON, AgreementStatus, PaperKind, PaperState
from partners.enums import WORKING, Channel
from partners.families import family
from partners.models import Agreement, Interaction, Paper, Partner, Partnership, YearReport
from partners.spans import LAST

from .enums import State
from .models import Letter
from .phrases import PHRASES, Phrases, join
from .placeholders import Placeholder

SOON = datetime.timedelta(days=ENDS_SOON)
FACE_TO_FACE = (Channel.MEETING, Channel.VISIT)

Values = dict[str, str]


def past_of(letter: Letter, wanted: Collection[str] = tuple(Placeholder)) -> Values:
    """The values of a letter's past, in its language, which is active; one query for each subject.

    A subject of which no name is `wanted` is not read, and its values are empty.
    """
    values: Values = {}
    for names, read in SUBJECTS.items():
        values |= read(letter) if any(name in wanted for name in names) else dict.fromkeys(names, "")
    return values


def works_elsewhere(partnership: Partnership) -> Partnership | None:
    """The partnership that the same partner has with another school of the district, where it is active."""
    others = at_work_with_a_school().filter(partner__in=family(partnership.partner.winner))
    found: Partnership | None = others.exclude(pk=partnership.pk).first()
    return found


def at_work_with_a_school() -> QuerySet[Partnership]:
    """All partnerships of the district's schools that are at work, the oldest first, each with its school."""
    rows: QuerySet[Partnership] = Partnership.objects.filter(stage__in=WORKING, school__isnull=False)
    return rows.select_related("school").order_by("active_since", "pk")


def reported(letter: Letter) -> str:
    """The latest result that the partner reported itself and we accepted, with its school year; "" for none.

    One for this school comes before one for all. One query.
    """
    own_or_all = Q(school=letter.school_id) | Q(school=None)
    reports = YearReport.objects.filter(own_or_all, partner__in=family(_partner(letter)))
    told = reports.exclude(result="").exclude(accepted_at=None)
    report = told.order_by("-school_year", "school", "pk").first()
    if report is None:
        return ""
    year = f"{report.school_year}–{(report.school_year + 1) % 100:02d}"
    return _words(letter).reported.format(result=report.result.strip().rstrip("."), year=year)


def agreement_of(partner: Partner, school_id: int, today: datetime.date) -> Agreement | None:
    """The agreement to speak of at a school: of those that hold or will, and are not renewed, the one that
    ends first; else the one that ended last. One query."""
    begun = (AgreementStatus.IN_FORCE, AgreementStatus.TERMINATED)
    rows = Agreement.objects.filter(partner__in=family(partner), status__in=begun)
    here = rows.filter(Q(schools=None) | Q(schools=school_id)).distinct()
    ends: dict[Agreement, datetime.date] = {row: row.span.last for row in here if row.span}
    renewed = {agreement.renews_id for agreement, last in ends.items() if last >= today}
    standing = [one for one, last in ends.items() if last >= today and one.pk not in renewed]
    if standing:
        return min(standing, key=lambda one: (ends[one], one.pk))
    return max(ends, key=lambda one: (ends[one], one.pk), default=None)


def _agreement(letter: Letter) -> Values:
    words, today = _words(letter), clock.today(letter.school)
    agreement = agreement_of(_partner(letter), letter.school_id, today)
    last = agreement.span.last if agreement and agreement.span else None
    ends = "" if last in (None, LAST) else _day(last, letter)
    if last is None:
        standing = words.agreement_none
    elif last == LAST:
        standing = words.agreement_open
    else:
        standing = (words.agreement_over if last < today else words.agreement_until).format(day=ends)
    title = agreement.title if agreement else ""
    return {
        Placeholder.AGREEMENT: standing,
        Placeholder.AGREEMENT_TITLE: title,
        Placeholder.AGREEMENT_ENDS: ends,
    }


def papers_due(
    partner: Partner, school_id: int, today: datetime.date
) -> list[tuple[PaperKind, datetime.date]]:
    """The papers that end within 90 days or have ended, the first to end first, without those of which a new
    one waits for us. One query."""
    papers = Paper.objects.filter(Q(school=None) | Q(school=school_id), partner__in=family(partner))
    rows = papers.filter(superseded_by=None).exclude(state=PaperState.DECLINED)
    ends: dict[str, datetime.date] = {}
    for kind, state, until in rows.values_list("kind", "state", "valid_until"):
        last = until if until and state == PaperState.ACCEPTED else LAST
        ends[kind] = max(last, ends.get(kind, last))
    due = sorted((last, kind) for kind, last in ends.items() if last <= today + SOON)
    return [(PaperKind(kind), last) for last, kind in due]


def _papers(letter: Letter) -> Values:
    words, today = _words(letter), clock.today(letter.school)
    due = [
        (words.paper_over if last < today else words.paper_until).format(
            paper=_within_a_sentence(str(kind.label)), day=_day(last, letter)
        )
        for kind, last in papers_due(_partner(letter), letter.school_id, today)
    ]
    told = words.papers_due.format(papers=join(due, letter.language)) if due else words.papers_none
    return {Placeholder.PAPERS: told}


def _talks(letter: Letter) -> Values:
    """When the school last met them, and last had to do with them, as its contact log has it."""
    words = _words(letter)
    log = Interaction.objects.filter(
        partner__in=family(_partner(letter)), school=letter.school_id, on__lte=clock.today(letter.school)
    )
    last = log.aggregate(met=Max("on", filter=Q(channel__in=FACE_TO_FACE)), contact=Max("on"))
    met_on = _day(last["met"], letter)
    return {
        Placeholder.LAST_MEETING: words.met_on.format(day=met_on) if met_on else words.met,
        Placeholder.LAST_MEETING_ON: met_on,
        Placeholder.LAST_CONTACT_ON: _day(last["contact"], letter),
    }


def _letters(letter: Letter) -> Values:
    """The last letter of the school to them that stands."""
    words = _words(letter)
    before = Letter.objects.filter(
        partnership__partner__in=family(_partner(letter)), school=letter.school_id, state=State.SIGNED
    ).exclude(pk=letter.pk)
    last = before.only("signed_at", "reference").order_by("-signed_at", "-pk").first()
    if last is None:
        return {
            Placeholder.LAST_LETTER: words.wrote,
            Placeholder.LAST_LETTER_ON: "",
            Placeholder.LAST_LETTER_REFERENCE: "",
        }
    day = _day(clock.local_day(last.signed_at, letter.school), letter)
    return {
        Placeholder.LAST_LETTER: words.wrote_on.format(day=day, reference=last.reference),
        Placeholder.LAST_LETTER_ON: day,
        Placeholder.LAST_LETTER_REFERENCE: last.reference,
    }


SUBJECTS: dict[tuple[Placeholder, ...], Callable[[Letter], Values]] = {
    (Placeholder.AGREEMENT, Placeholder.AGREEMENT_TITLE, Placeholder.AGREEMENT_ENDS): _agreement,
    (Placeholder.PAPERS,): _papers,
    (Placeholder.LAST_MEETING, Placeholder.LAST_MEETING_ON, Placeholder.LAST_CONTACT_ON): _talks,
    (Placeholder.LAST_LETTER, Placeholder.LAST_LETTER_ON, Placeholder.LAST_LETTER_REFERENCE): _letters,
}


def _words(letter: Letter) -> Phrases:
    return PHRASES[letter.language]


def _partner(letter: Letter) -> Partner:
    partner: Partner = letter.partnership.partner.winner
    return partner


def _day(day: datetime.date | None, letter: Letter) -> str:
    return date_format(day, _words(letter).day) if day else ""


def _within_a_sentence(label: str) -> str:
    """A label without its capital, but for one such as "W-9"."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label
