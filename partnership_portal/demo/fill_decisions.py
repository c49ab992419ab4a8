"""Seats the demo's two groups and lets them decide: adopted, one vote short, and still open."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from accounts import clock
from decisions import services
from decisions.enums import Kind, OpenMeetings, Source, Standing
from decisions.models import Decision, Group, Meeting
from decisions.rule import Answer, Method, Quorum, Rule
from partners.enums import Sector
from partners.models import Partner

from .cast import Cast

COMMITTEE = (
    ("Tamarack Youth Counseling", Sector.MENTAL_HEALTH),
    ("Larkmoor Police Department", Sector.LAW_ENFORCEMENT),
    ("Juvenile Services of Wexley County", Sector.JUVENILE_JUSTICE),
    ("Open Cupboard Pantry", Sector.BASIC_NEEDS),
    ("Riverbend Family Network", Sector.PARENTS),
    ("St. Brannoc Parish Center", Sector.FAITH),
    ("Wexley County Public Health", Sector.HEALTH_CARE),
)
LEADERSHIP = (
    ("Larkmoor Police Department", Sector.LAW_ENFORCEMENT),
    ("Juvenile Services of Wexley County", Sector.JUVENILE_JUSTICE),
    ("Community Health of Larkmoor", Sector.HEALTH_CARE),
    ("Larkmoor Youth Council", Sector.YOUTH),
)
QUORUM = Quorum(sectors=3)
AGREED: dict[str, Rule] = {
    "": Rule(Method.CONSENSUS, QUORUM, fallback=Method.TWO_THIRDS),
    Kind.PROGRAM: Rule(Method.MAJORITY, QUORUM),
    Kind.MEMBERS: Rule(Method.MAJORITY, QUORUM),
    Kind.MONEY: Rule(Method.TWO_THIRDS, QUORUM),
}
"""How the committee decides, by kind; under "" what holds for all others."""
PARENT = "Parent, Quillback Middle School"
SCHOOL = "Quillback Middle School"
YES, NO, ABSTAIN = Answer.YES, Answer.NO, Answer.ABSTAIN


def add_decisions(cast: Cast) -> None:
    """Two groups, how the first decides, and four questions."""
    with clock.shifted(datetime.timedelta(days=-202)):
        committee = _committee(cast)
        leadership = _leadership(cast)
    _agree_how(cast, committee)
    _one_form(cast, committee)
    _one_vote_short(cast, committee)
    _one_answer_short(cast, committee)
    _still_open(cast, leadership)


def _committee(cast: Cast) -> Group:
    by = cast.people["Imogen Tasker"]
    group = services.create_group(
        name="Quillback Partnership Committee", school=cast.schools["quillback"], by=by
    )
    _may_decide_between(cast, group)
    _seat_partners(cast, group, COMMITTEE)
    seat = services.add_seat(group=group, sector=Sector.SCHOOLS, school=cast.schools["quillback"], by=by)
    services.name_holder(seat=seat, membership=cast.principal_of("quillback"), by=by)
    parent = services.add_seat(group=group, sector=Sector.PARENTS, people_label=PARENT, by=by)
    services.name_holder(
        seat=parent,
        name="Guadalupe Moreno",
        reach="(555) 555-0198, por la tarde",
        language="es",
        by=by,
    )
    services.add_seat(
        group=group,
        sector=Sector.YOUTH,
        people_label="Students of grade 8",
        standing=Standing.ADVISES,
        by=by,
    )
    return group


def _leadership(cast: Cast) -> Group:
    by = cast.people["Ana Whitcombe"]
    group = services.create_group(name="District Leadership Team", by=by)
    _may_decide_between(cast, group)
    _seat_partners(cast, group, LEADERSHIP)
    for school in ("quillback", "bellwether"):
        seat = services.add_seat(group=group, sector=Sector.SCHOOLS, school=cast.schools[school], by=by)
        services.name_holder(seat=seat, membership=cast.principal_of(school), by=by)
    return group


def _may_decide_between(cast: Cast, group: Group) -> None:
    """District staff answered the two first questions: both groups ask by personal link."""
    services.answer_first_questions(
        group=group,
        open_meetings=OpenMeetings.NO,
        between_meetings=True,
        version=group.version,
        by=cast.people["Ana Whitcombe"],
    )


def _seat_partners(cast: Cast, group: Group, seats: Sequence[tuple[str, Sector]]) -> None:
    by = cast.people["Ana Whitcombe"]
    for name, sector in seats:
        partner = Partner.objects.get(name=name)
        seat = services.add_seat(group=group, sector=sector, partner=partner, by=by)
        services.name_holder(seat=seat, contact=partner.contacts.get(), by=by)


def _agree_how(cast: Cast, group: Group) -> None:
    """The group adopts how it decides, by the starting rule."""
    by = cast.people["Imogen Tasker"]
    with clock.shifted(datetime.timedelta(days=-200)):
        decision = services.open_decision(
            group=group, question="Shall this be how we decide?", kind=Kind.CHARTER, by=by
        )
        _answer(decision, dict.fromkeys(_voting(decision), YES), cast)
        decision = _close(decision, cast, rationale="Three meetings of talk, and one page that all can read.")
        services.adopt_charter(group=group, decision=decision, rules=AGREED, by=by)


def _one_form(cast: Cast, group: Group) -> None:
    with clock.shifted(datetime.timedelta(days=-34)):
        decision = services.open_decision(
            group=group,
            question="Shall all partners use one referral form?",
            meaning="A family fills in one page once, and every partner takes it.",
            kind=Kind.PROGRAM,
            by=cast.people["Imogen Tasker"],
        )
        answers = {
            "Tamarack Youth Counseling": (YES, "One form is one phone call less for a family."),
            "Larkmoor Police Department": (NO, "We need a case number on the form."),
            "Juvenile Services of Wexley County": (YES, "Our intake can take it as it is."),
            "Open Cupboard Pantry": (ABSTAIN, "We refer few families."),
            "Riverbend Family Network": (YES, "With the Spanish version from day one."),
            "St. Brannoc Parish Center": (NO, "The consent page is too long."),
            SCHOOL: (YES, ""),
            PARENT: (YES, "Así lo pedimos en la primavera."),
        }
        _answer(decision, answers, cast)
        today = clock.today(cast.district)
        _close(
            decision,
            cast,
            rationale="Families told us in spring that they fill in the same page four times.",
            dissent="Without a case number the police must ask again; a short consent page is wanted.",
            owner=cast.people["Imogen Tasker"],
            effective_on=today + datetime.timedelta(days=10),
            review_on=today + datetime.timedelta(days=34),
        )


def _one_vote_short(cast: Cast, group: Group) -> None:
    with clock.shifted(datetime.timedelta(days=-6)):
        decision = services.open_decision(
            group=group,
            question="Shall we ask the foundation for a shared van?",
            kind=Kind.MONEY,
            meeting=_meeting(cast, group),
            by=cast.people["Imogen Tasker"],
        )
        answers = dict.fromkeys(_voting(decision)[:5], YES) | dict.fromkeys(_voting(decision)[5:8], NO)
        _answer(decision, answers, cast)
        _close(decision, cast, rationale="Three of us fear the cost of insurance in the second year.")


def _meeting(cast: Cast, group: Group) -> Meeting:
    """The committee met, all but the health office and the parent; and it meets again in two weeks."""
    by = cast.people["Imogen Tasker"]
    told: dict[str, Any] = {
        "place": "Quillback Middle School, library",
        "interpreter": "Spanish, by Ms. Quintero",
        "notes": "Childcare and supper in the cafeteria. The bus of line 4 stops at the door.",
    }
    agenda = "Welcome\nWhat we heard from families\nThe van"
    at = clock.at_local(clock.today(cast.district), 16, cast.district.tz)
    meeting = services.plan_meeting(group=group, starts_at=at, agenda=agenda, **told, by=by)
    seats = list(group.seats.select_related("partner", "school"))
    here = [seat for seat in seats if seat.label not in (PARENT, "Wexley County Public Health")]
    services.record_attendance(meeting=meeting, seats=seats, here=here, by=by)
    minutes = "The van was talked about for half an hour. Who pays for insurance in the second year is open."
    services.change_meeting(meeting=meeting, version=meeting.version, minutes=minutes, by=by)
    again = at + datetime.timedelta(weeks=2)
    services.plan_meeting(group=group, starts_at=again, agenda="Welcome\nThe van, once more", **told, by=by)
    return meeting


def _one_answer_short(cast: Cast, group: Group) -> None:
    """Open, closes tomorrow, and one more answer makes a quorum."""
    with clock.shifted(datetime.timedelta(days=-3)):
        decision = services.open_decision(
            group=group,
            question="Shall the three mentoring groups of grade 7 share one sign-up?",
            meaning="Each student is asked once, and the groups divide the grade among them.",
            question_es="¿Deben compartir una sola inscripción los tres grupos de mentoría de séptimo grado?",
            meaning_es="A cada estudiante se le pregunta una sola vez, y los grupos se reparten el grado.",
            kind=Kind.PROGRAM,
            closes_at=clock.now() + datetime.timedelta(days=4),
            by=cast.people["Imogen Tasker"],
        )
        _answer(decision, dict.fromkeys(_voting(decision)[:4], YES), cast)


def _still_open(cast: Cast, group: Group) -> None:
    with clock.shifted(datetime.timedelta(days=-2)):
        decision = services.open_decision(
            group=group,
            question="Shall we count attendance the same way in all schools?",
            kind=Kind.EVERYDAY,
            closes_at=clock.now() + datetime.timedelta(days=9),
            by=cast.people["Ana Whitcombe"],
        )
        _answer(decision, dict.fromkeys(_voting(decision)[:2], YES), cast)


def _voting(decision: Decision) -> list[str]:
    return [seat.label for seat in decision.seats.filter(standing=Standing.VOTES).order_by("pk")]


def _answer(decision: Decision, answers: Mapping[str, Answer | tuple[Answer, str]], cast: Cast) -> None:
    seats = {seat.label: seat for seat in decision.seats.all()}
    given = []
    for label, said in answers.items():
        answer, reason = said if isinstance(said, tuple) else (said, "")
        given.append(services.Given(seat=seats[label], answer=answer, reason=reason, source=Source.MEETING))
    services.record_answers(decision=decision, given=given, by=cast.people["Imogen Tasker"])


def _close(decision: Decision, cast: Cast, **why: Any) -> Decision:
    decision.refresh_from_db()
    return services.close_decision(
        decision=decision, version=decision.version, by=cast.people["Imogen Tasker"], **why
    )
