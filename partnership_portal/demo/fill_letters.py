"""Writes the demo's letters: signed and answered, signed and not answered, waiting, sent back, and drafts."""

import datetime
from dataclasses import dataclass

from accounts import clock
from accounts.models import Membership, Task
from accounts.work import complete_task
from letters import services
from letters.enums import Answer, GoesBy, Kind, Source
from letters.models import Letter, Template
from letters.queries import kind_for
from partners.models import Partnership

from .cast import Cast


@dataclass(frozen=True)
class Sent:
    """A letter that went out: to whom, how many days ago, by when it asked, and what came back."""

    partner: str
    school: str
    days_ago: int
    reply_by: int
    answer: Answer | None = None
    answered_ago: int = 0
    result: str = ""
    suggested_by: str = ""


SENT = (
    Sent("Tolland Street Boxing Club", "quillback", 22, -8),
    Sent(
        "Saltbox Hill Public Library",
        "quillback",
        12,
        3,
        Answer.TALK,
        1,
        suggested_by="Ms. Okafor of Harbor Steps Mentoring",
    ),
    Sent("Larkmoor Chamber of Commerce", "bellwether", 9, 6),
    Sent(
        "Iglesia Luz del Puerto",
        "harbor-street",
        30,
        -12,
        Answer.YES,
        20,
        result="Treinta familias nuevas ya tienen a quién llamar",
    ),
    Sent(
        "Open Cupboard Pantry",
        "quillback",
        35,
        -18,
        Answer.YES,
        28,
        result="You told us that 96 children took a bag home each Friday last spring",
    ),
)
TO_SIGN = (
    ("Tamarack Youth Counseling", "You told us that 21 students saw a counselor last year", ""),
    ("Brightmere Credit Union", "", "Ms. Pettigrew of the Chamber of Commerce"),
)


def add_letters(cast: Cast) -> None:
    """Every letter of the demo, and a text of a school's own. The press must be running."""
    services.make_own_text(
        template=Template.objects.get(kind=Kind.THANKS, school=None),
        school=cast.schools["quillback"],
        by=cast.people["Imogen Tasker"],
    )
    for sent in SENT:
        with clock.shifted(datetime.timedelta(days=-sent.days_ago)):
            letter = _sign(cast, sent)
        if sent.answer:
            with clock.shifted(datetime.timedelta(days=-sent.answered_ago)):
                _answer(letter, sent.answer, by=_liaison(cast, sent.school))
    preparer = cast.people["Luis O'Hara"]
    for partner, result, suggested_by in TO_SIGN:
        letter = _draft(cast, partner, "quillback", by=preparer, result=result, suggested_by=suggested_by)
        services.hand_in(letter=letter, version=letter.version, by=preparer)
    _send_one_back(cast, preparer)
    with clock.shifted(datetime.timedelta(days=-15)):
        _draft(cast, "New Leaf Recovery", "quillback", by=preparer)


def _sign(cast: Cast, sent: Sent) -> Letter:
    letter = _draft(
        cast,
        sent.partner,
        sent.school,
        by=_liaison(cast, sent.school),
        result=sent.result,
        suggested_by=sent.suggested_by,
        goes_by=GoesBy.PRINT,
        reply_by=clock.today(cast.district) + datetime.timedelta(days=sent.days_ago + sent.reply_by),
    )
    principal = cast.principal_of(sent.school)
    services.sign_letter(letter=letter, version=letter.version, by=principal, send=False)
    letter.refresh_from_db()
    services.note_posted(letter=letter, by=letter.prepared_by)
    return letter


def _answer(letter: Letter, answer: Answer, *, by: Membership) -> None:
    """What came back, by phone; a yes makes the promised call needless."""
    services.record_reply(letter=letter, answer=answer, source=Source.PHONE, by=by)
    if answer == Answer.YES:
        for task in Task.objects.open().filter(subject_uid=letter.uid):
            complete_task(task=task, by=by)


def _draft(cast: Cast, partner: str, school: str, *, by: Membership, **values: object) -> Letter:
    partnership = Partnership.objects.select_related("partner", "school", "district").get(
        partner__name=partner, school=cast.schools[school]
    )
    contact = partnership.partner.contacts.get()
    letter = services.prepare_letter(
        partnership=partnership,
        contact=contact,
        kind=kind_for(partnership),
        language=contact.language,
        by=by,
    )
    filled = {name: value for name, value in values.items() if value}
    services.edit_draft(
        letter=letter, version=letter.version, by=by, liaison=_liaison(cast, school), **filled
    )
    return letter


def _send_one_back(cast: Cast, preparer: Membership) -> None:
    letter = _draft(
        cast,
        "Harbor Steps Mentoring",
        "quillback",
        by=preparer,
        result="You told us that 26 seventh graders kept their mentor all year",
    )
    services.hand_in(letter=letter, version=letter.version, by=preparer)
    services.send_back(
        letter=letter,
        version=letter.version,
        note="Let us ask for Thursday only; I am away on Tuesday.",
        by=cast.principal_of("quillback"),
    )


def _liaison(cast: Cast, school: str) -> Membership:
    liaisons = {"bellwether": "Mei Castellano", "harbor-street": "Tomás Echeverría"}
    return cast.people[liaisons.get(school, "Imogen Tasker")]
