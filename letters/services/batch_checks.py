"""What would go wrong with the letters of a batch, before one of them is written: reads, writes nothing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts import clock
from accounts.models import School
from letters import approval
from letters.batch_enums import Against, BatchLanguage
from letters.composing import compose
from letters.facts import FactsOfMany
from letters.fitting import Fit
from letters.models import Batch, BatchRow, Letter
from letters.placeholders import Problem
from letters.querysets import OPEN_STATES, SENT_STATES
from letters.sheet import Sheet
from partners.families import each_once, families, standing
from partners.models import Contact, Partner, Partnership

from .writing import propose_letter

RECENT = datetime.timedelta(days=30)
OF_ALL = ("school", "district", "signer")  # records that all letters of a batch share


@dataclass
class RowCheck:
    """One partner of a batch: the letter as it would be, and what stands against it, the gravest first."""

    row: BatchRow
    partnership: Partnership
    contacts: list[Contact]
    contact: Contact | None
    recent: Letter | None = None
    under_way: Letter | None = None
    letter: Letter | None = None
    sheet: Sheet | None = None
    postal_code: str = ""
    against: list[Against] = field(default_factory=list)

    @property
    def partner(self) -> Partner:
        """Whom it is for."""
        return self.row.partner

    @property
    def is_ready(self) -> bool:
        """Whether its letter goes out when the batch is handed in."""
        return not self.row.left_out and not self.against

    @property
    def own_problems(self) -> list[Problem]:
        """Values that this partner's records lack; what all letters share is told once for all."""
        problems = self.sheet.problems if self.sheet else []
        return [problem for problem in problems if problem.name.partition(".")[0] not in OF_ALL]


@dataclass(frozen=True)
class BatchCheck:
    """All rows of a batch, by name, and the values that all of its letters lack."""

    rows: list[RowCheck]
    for_all: list[Problem]

    @property
    def ready(self) -> list[RowCheck]:
        """Those whose letters go out, in the order of their envelopes: by postal code, then by name."""
        ready = [row for row in self.rows if row.is_ready]
        return sorted(ready, key=lambda row: (not row.postal_code, row.postal_code, row.partner.sort_name))

    @property
    def wrong(self) -> list[RowCheck]:
        """Those that are to be mended, or left out."""
        return [row for row in self.rows if row.against and not row.row.left_out]

    @property
    def left_out(self) -> list[RowCheck]:
        """Those that somebody left out."""
        return [row for row in self.rows if row.row.left_out]

    @property
    def longest(self) -> list[Sheet]:
        """The longest letter of those ready in each language: where it fits on a page, so do the others."""
        of_language: dict[str, Sheet] = {}
        for sheet in (row.sheet for row in self.ready if row.sheet):
            if sheet.words > (of_language[sheet.language].words if sheet.language in of_language else -1):
                of_language[sheet.language] = sheet
        return [of_language[language] for language in sorted(of_language)]


def check_batch(batch: Batch) -> BatchCheck:
    """Check every row that has no letter yet: fifteen queries, however many rows there are.

    `batch` has its school, its district and who prepares it at hand (BatchQuerySet.whole).
    """
    rows = batch.rows.filter(letter=None).select_related("partner__merged_into", "partner__owner__user")
    found = sorted(rows.select_related("partner", "contact"), key=lambda row: row.partner.sort_name)
    partners = [row.partner for row in found]
    facts = FactsOfMany(partners, batch.school)
    contacts, at_school = _contacts(partners), _partnerships(partners, batch.school)
    recent, under_way = _recent(partners), _under_way(partners, batch.school)
    checks = []
    for row in found:
        key = row.partner.winner.pk
        here = [one for one in contacts[key] if one.left_on is None]
        check = RowCheck(
            row=row,
            partnership=at_school.get(key) or _possible(row.partner, batch),
            contacts=here,
            contact=next((one for one in here if one.pk == row.contact_id), next(iter(here), None)),
            recent=recent.get(key),
            under_way=under_way.get(key),
        )
        _compose(check, batch, facts)
        fit = facts.fit(check.partnership)
        check.against = _against(check, batch, fit, all_left=bool(contacts[key]) and not here)
        checks.append(check)
    return BatchCheck(checks, _shared(checks))


def _compose(check: RowCheck, batch: Batch, facts: FactsOfMany) -> None:
    """The letter as it would be; none where there is nobody to write to."""
    site = facts.site(check.partner.winner)
    check.postal_code = site.postal_code if site else ""
    if check.contact is None:
        return
    own = batch.language == BatchLanguage.OWN
    check.letter = propose_letter(
        partnership=check.partnership,
        contact=check.contact,
        kind=batch.kind,
        language=check.contact.language if own else batch.language,
        by=batch.by,
        reason=batch.reason,
        facts=facts,
    )
    check.letter.result = check.row.result
    check.sheet = compose(check.letter, facts=facts)


def _against(check: RowCheck, batch: Batch, fit: Fit, *, all_left: bool) -> list[Against]:
    needs_reason = fit.needs_reason(batch.kind) and not batch.reason
    gone = check.partner.archived_at is not None or check.partner.merged_into_id is not None
    found = {
        Against.GONE: gone,
        Against.UNDER_WAY: check.under_way is not None,
        Against.ALL_LEFT: all_left,
        Against.NOBODY: check.contact is None and not all_left,
        Against.STAGE: needs_reason and fit.always_reason,
        Against.KIND: needs_reason and not fit.always_reason,
        Against.APPROVAL: check.letter is not None and approval.needed(check.letter) is not None,
        Against.RECENT: check.recent is not None and not check.row.write_despite,
        Against.MISSING: check.sheet is not None and bool(check.sheet.problems or not check.sheet.signer),
    }
    return [code for code, holds in found.items() if holds]


def _shared(checks: Iterable[RowCheck]) -> list[Problem]:
    problems = [problem for check in checks if check.sheet for problem in check.sheet.problems]
    shared = [problem for problem in problems if problem.name.partition(".")[0] in OF_ALL]
    return list({problem.name: problem for problem in shared}.values())


def _contacts(partners: list[Partner]) -> dict[int, list[Contact]]:
    """Everybody at these partners whose name is still known, also those who left."""
    rows = Contact.objects.filter(partner__in=_families(partners), erased_at=None)
    of: dict[int, list[Contact]] = defaultdict(list)
    for contact in rows.select_related("partner__merged_into").annotate(own=standing()):
        of[contact.own].append(contact)
    return of


def _partnerships(partners: list[Partner], school: School) -> dict[int, Partnership]:
    rows = Partnership.objects.filter(partner__in=_families(partners), school=school)
    people = ("partner__merged_into", "partner__owner__user", "owner__user", "school__district")
    found = each_once(rows.select_related(*people))
    for partnership in found.values():
        partnership.school = school
    return found


def _possible(partner: Partner, batch: Batch) -> Partnership:
    """One that the school does not know yet: a possible partner from the handing-in on; not saved."""
    return Partnership(
        district_id=batch.district_id,
        partner=partner,
        school=batch.school,
        stage_since=clock.today(batch.school),
    )


def _recent(partners: list[Partner]) -> dict[int, Letter]:
    """The latest letter of the last 30 days to each of these partners, from whichever school."""
    since = clock.now() - RECENT
    rows = _letters(partners).filter(state__in=SENT_STATES, signed_at__gte=since).order_by("signed_at", "pk")
    return {letter.own: letter for letter in rows}


def _under_way(partners: list[Partner], school: School) -> dict[int, Letter]:
    rows = _letters(partners).filter(state__in=OPEN_STATES, school=school).order_by("changed_at", "pk")
    return {letter.own: letter for letter in rows}


def _letters(partners: list[Partner]):  # type: ignore[no-untyped-def]
    rows = Letter.objects.filter(partnership__partner__in=_families(partners))
    return rows.select_related("school").annotate(own=standing("partnership__partner"))


def _families(partners: list[Partner]):  # type: ignore[no-untyped-def]
    return families([partner.winner.pk for partner in partners])
