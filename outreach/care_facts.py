"""The facts behind *Needs care*, for many partnerships in the same few queries.

What belongs to a partner that was merged counts for the one that stands for it. A partnership with a school
is judged by what is that school's and by what is no school's; one with the district itself by the latter
alone. So it stands alike for everybody who sees it.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Set
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Max, Q

from accounts import clock
from accounts.clock import local_day
from accounts.models import Membership, Task
from accounts.models.work import TaskKind
from decisions.action_items import SUBJECT
from decisions.enums import Standing
from decisions.level import NOT_BY_VOTE, TAKEN
from decisions.models import Attendance, DecisionSeat
from letters.models import Letter, Reply
from partners.agreement_queries import ending_agreements, ending_papers
from partners.enums import WORKING, Cadence, Direction
from partners.families import family, standing
from partners.models import Interaction, Partner, Partnership
from partners.narrowing import A_YEAR

from .engagement import PAPERS_AHEAD, Asked, Facts, Thing, Turn

T = TypeVar("T")
Place = tuple[int, int | None]
"""A partner by its key, and a school by its key; None for no school."""
Found = dict[Place, list[T]]


class Behind:
    """All records behind the partnerships of one partner, or of all: nine queries, or eight where nothing is
    late that partners took on."""

    def __init__(self, membership: Membership, partner: Partner | None = None) -> None:
        self.membership, self.district = membership, membership.district
        self.today = clock.today(self.district)
        self._partner = partner
        self._heard: Found[datetime.date] = defaultdict(list)
        self._letters: Found[Asked] = defaultdict(list)
        self._meetings: Found[Turn] = defaultdict(list)
        self._decisions: Found[Turn] = defaultdict(list)
        self._items: Found[Thing] = defaultdict(list)
        self._papers: Found[Thing] = defaultdict(list)
        self._read_contacts()
        self._read_letters()
        self._read_meetings()
        self._read_decisions()
        self._read_items()
        self._read_papers()

    def facts(self, partnership: Partnership) -> Facts:
        """What is known of one partnership, which comes with its partner and what that was merged into."""
        partner = partnership.partner.winner
        place = (partner.pk, partnership.school_id)
        return Facts(
            today=self.today,
            year_start_month=self.district.year_start_month,
            known_since=local_day(partner.created_at, self.district),
            stage_since=partnership.stage_since,
            cadence=Cadence(partnership.cadence),
            works=partnership.stage in WORKING,
            heard_on=max(_at(self._heard, place), default=None),
            letters=_at(self._letters, place),
            meetings=_at(self._meetings, place),
            items=_at(self._items, place),
            papers=_at(self._papers, place),
            listed_on=partner.assured_on,
            decisions=_at(self._decisions, place),
        )

    def _read_contacts(self) -> None:
        """The last contact in which they spoke, and the last reply to a letter."""
        talks = Interaction.objects.filter(self._of(), direction__in=(Direction.IN, Direction.BOTH))
        rows = talks.annotate(root=standing()).order_by().values_list("root", "school")
        for partner, school, on in rows.annotate(last=Max("on")):
            self._heard[partner, school].append(on)
        whose = "letter__partnership__partner"
        replies = Reply.objects.standing().filter(self._of(whose)).annotate(root=standing(whose))
        answers = replies.order_by().values_list("root", "letter__school")
        for partner, school, at in answers.annotate(last=Max("at")):
            self._heard[partner, school].append(local_day(at, self.district))

    def _read_letters(self) -> None:
        whose = "partnership__partner"
        rows = Letter.objects.filter(self._of(whose)).unanswered(self.today).annotate(root=standing(whose))
        columns = ("root", "school", "reference", "signed_at", "reply_by")
        for partner, school, reference, signed_at, reply_by in rows.values_list(*columns):
            self._letters[partner, school].append(
                Asked(reference, local_day(signed_at, self.district), reply_by)
            )

    def _read_meetings(self) -> None:
        """The meetings of a year whose roll was kept, of seats that are not there to observe alone."""
        rows = Attendance.objects.filter(
            self._sitting(),
            meeting__attended_at__isnull=False,
            meeting__starts_at__gte=clock.now() - A_YEAR,
        )
        rows = rows.exclude(seat__standing=Standing.OBSERVES).annotate(root=standing("seat__partner"))
        rows = rows.select_related("meeting__group__school").order_by("-meeting__starts_at", "-here")
        for row in _first_of(rows, "meeting_id"):
            group, day = row.meeting.group, local_day(row.meeting.starts_at, self.district)
            self._meetings[row.root, group.school_id].append(Turn(group.full_name, day, row.here))
            if row.here:
                self._heard[row.root, group.school_id].append(day)

    def _read_decisions(self) -> None:
        """The questions of a year to voting seats that did not step out. One that no vote was to decide, or
        that was not decided, left nobody out."""
        rows = DecisionSeat.objects.filter(
            self._sitting(),
            standing=Standing.VOTES,
            recusal=None,
            decision__opened_at__gte=clock.now() - A_YEAR,
        )
        rows = rows.annotate(root=standing("seat__partner"), answered_at=Max("positions__at"))
        answered_first = F("answered_at").desc(nulls_last=True)
        rows = rows.order_by("-decision__closed_at", "-decision_id", answered_first)
        for row in _first_of(rows.select_related("decision__group__school"), "decision_id"):
            decision, group = row.decision, row.decision.group
            if row.answered_at:
                self._heard[row.root, group.school_id].append(local_day(row.answered_at, self.district))
            if decision.outcome in TAKEN and decision.method not in NOT_BY_VOTE:
                day, answered = local_day(decision.closed_at, self.district), row.answered_at is not None
                turn = Turn(group.full_name, day, answered, decision.uid)
                self._decisions[row.root, group.school_id].append(turn)

    def _read_items(self) -> None:
        """Late things to do whose "who", in words, names an organization with a seat in the decision that
        they follow from, or who sits there. All seats are read, also to know whose name holds another's."""
        late = Task.objects.open().filter(kind=TaskKind.ACTION_ITEM, subject_kind=SUBJECT, owner=None)
        tasks = list(late.filter(due_on__lt=self.today).exclude(owner_text=""))
        if not tasks:
            return
        people = ArrayAgg("seat__holders__contact__name", filter=~Q(seat__holders__contact=None), default=[])
        seats = DecisionSeat.objects.filter(decision__uid__in={task.subject_uid for task in tasks}).annotate(
            root=standing("seat__partner"), people=people
        )
        columns = ("decision__uid", "root", "decision__group__school", "label", "people")
        seats_of: dict[uuid.UUID, list[tuple[Place, set[str]]]] = defaultdict(list)
        for uid, partner, school, label, names in seats.order_by().values_list(*columns):
            called = {name.casefold() for name in (label, *names) if name}
            seats_of[uid].append(((partner, school), called))
        for task in tasks:
            asked = seats_of[task.subject_uid]
            said = _said(task.owner_text, set().union(*(called for _place, called in asked)))
            for place in {place for place, called in asked if place[0] and called & said}:
                self._items[place].append(Thing(task.title, task.due_on, task.subject_uid))

    def _read_papers(self) -> None:
        """Papers and agreements that end soon or have ended."""
        last = self.today + PAPERS_AHEAD
        papers = ending_papers(self.membership, last).filter(self._of()).annotate(root=standing())
        for paper in papers:
            thing = Thing(str(paper.get_kind_display()), paper.valid_until)
            self._papers[paper.root, paper.school_id].append(thing)
        agreements = ending_agreements(self.membership, last).filter(self._of()).with_named()
        for agreement in agreements.annotate(root=standing()):
            thing = Thing(agreement.title, agreement.ends, agreement.uid)
            for school in agreement.named or [None]:
                self._papers[agreement.root, school].append(thing)

    def _of(self, path: str = "partner") -> Q:
        """What is the partner's alone, where it is one that is asked about."""
        return Q(**{f"{path}__in": family(self._partner)}) if self._partner else Q()

    def _sitting(self) -> Q:
        """Of seats that a partner still holds."""
        ends = Q(seat__until=None) | Q(seat__until__gte=self.today)
        return ends & self._of("seat__partner") & Q(seat__partner__isnull=False)


def _at(found: Found[T], place: Place) -> list[T]:
    """What counts for a partnership: its school's, and what is no school's."""
    partner, _school = place
    places = {place, (partner, None)}
    return [one for somewhere in places for one in found.get(somewhere, ())]


def _first_of(rows: Iterable[Any], what: str) -> Iterable[Any]:
    """Of a partner's rows on one meeting or decision the first: after a merge it may have two seats."""
    first: dict[tuple[int, int], Any] = {}
    for row in rows:
        first.setdefault((row.root, getattr(row, what)), row)
    return first.values()


def _said(who: str, names: Set[str]) -> set[str]:
    """Which of these names, in small letters, words say: whole, and not as part of a longer one."""
    longest_first = map(re.escape, sorted(names, key=len, reverse=True))
    return set(re.findall(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", who.casefold()))
