"""Letters and messages for the tests: small functions, named as the tests speak."""

import dataclasses
import datetime
import hashlib
import uuid
from typing import Any

from accounts.models import District, Membership, School
from letters.composing import compose
from letters.enums import Kind, State
from letters.models import Letter, LetterNumber, SignedLetter
from letters.queries import current_text, whole
from letters.services import make_links
from outreach import mail, services
from outreach.enums import State as MessageState
from outreach.models import Message
from partners.enums import Stage
from partners.models import Contact, Need, Partner, Partnership
from partners.services import add_figure, create_partner
from tests.conftest import Cast

NOVEMBER_10 = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)
FRIDAY = datetime.date(2026, 11, 20)
PDF = b"%PDF-1.7 as signed"


def at(text: str) -> datetime.datetime:
    """An instant in UTC, such as "2026-11-23 15:00"."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def a_partnership(school: School, name: str, email: str, language: str = "en") -> Partnership:
    partner = Partner.objects.create(
        district=school.district,
        name=name,
        sort_name=name.lower(),
        created_at=NOVEMBER_10,
        changed_at=NOVEMBER_10,
    )
    Contact.objects.create(
        district=school.district,
        partner=partner,
        name="Odile Brandt",
        salutation="Ms. Brandt",
        email=email,
        language=language,
    )
    partnership: Partnership = Partnership.objects.create(
        district=school.district,
        partner=partner,
        school=school,
        stage=Stage.CONTACTED,
        stage_since=NOVEMBER_10.date(),
    )
    return partnership


def set_up(cast: Cast) -> None:
    """Take the first steps of Quillback's people: a figure of the school, and a partner."""
    figure = {"sentence": "1 in 6 of us.", "source": "Survey", "year": 2026, "need": Need.objects.first()}
    add_figure(school=cast.quillback, by=cast.coordinator, **figure)
    create_partner(by=cast.coordinator, name="Tamarack Youth Counseling")


def a_letter(
    school: School,
    signer: Membership,
    liaison: Membership | None = None,
    *,
    partner: str = "Tolland Street Boxing Club",
    email: str = "desk@tolland.example",
    language: str = "en",
    number: int = 14,
    **values: Any,
) -> Letter:
    """A letter signed on November 10, 2026, that asks for an answer by Friday, November 20."""
    partnership = a_partnership(school, partner, email, language)
    text = current_text(Kind.NEW_PARTNER, language, school)
    letter: Letter = Letter.objects.create(
        **{
            "district": school.district,
            "partnership": partnership,
            "school": school,
            "contact": partnership.partner.contacts.get(),
            "kind": Kind.NEW_PARTNER,
            "language": language,
            "template_version": text,
            "blocks": text.blocks,
            "state": State.SIGNED,
            "signer": signer,
            "liaison": liaison,
            "prepared_by": liaison or signer,
            "created_at": NOVEMBER_10,
            "changed_at": NOVEMBER_10,
            "signed_at": NOVEMBER_10,
            "reply_by": FRIDAY,
            "reference": f"{school.code}-2627-{number:03d}",
            **values,
        }
    )
    return letter


def keep_as_signed(letter: Letter, *, number: int = 14, pdf: bytes = PDF) -> SignedLetter:
    """What a signature would have frozen, with a PDF of a few bytes."""
    sheet = compose(whole(Letter.objects.filter(pk=letter.pk)).get(), day=NOVEMBER_10.date())
    named = dataclasses.replace(sheet, reference=letter.reference, code=f"7KQM4TXR92ABCDEFGH{number}")
    taken = LetterNumber.objects.create(
        district_id=letter.district_id,
        letter=letter,
        school=letter.school,
        year=2026,
        number=number,
        reference=letter.reference,
        code=named.code,
        fixed={"sheet": dataclasses.asdict(named), "send": True},
        by=letter.signer,
        taken_at=NOVEMBER_10,
    )
    signed: SignedLetter = SignedLetter.objects.create(
        district_id=letter.district_id,
        letter=letter,
        number=taken,
        reference=letter.reference,
        code=named.code,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pdf=pdf,
        values=named.values,
        recipient={"lines": named.recipient},
        signer={"name": named.signer, "title": named.signer_title},
        signed_at=NOVEMBER_10,
        retain_until=datetime.date(2033, 11, 10),
    )
    make_links([letter])
    return signed


def a_message(district: District, n: int = 1, **values: Any) -> Message:
    """A message of the kind "notice" (tests/outreach/conftest.py), due since November 10, 2026."""
    message: Message = Message.objects.create(
        **{
            "district": district,
            "key": f"notice:{n}",
            "kind": "notice",
            "subject_uid": uuid.UUID(int=n),
            "about": f"Notice {n}",
            "to": f"person{n}@partner.example",
            "to_name": "Odile Brandt",
            "from_name": "Imogen Tasker",
            "reply_to": "Imogen Tasker <imogen.tasker@larkmoor.example>",
            "subject": f"Notice {n}",
            "body": "A notice.\n",
            "message_id": mail.message_id(district.pk, f"notice:{n}"),
            "not_before": NOVEMBER_10,
            "state": MessageState.QUEUED,
            "created_at": NOVEMBER_10,
            **values,
        }
    )
    return message


def a_nag(district: District, n: int = 1, **values: Any) -> Message:
    """A reminder of the kind "nag" to one address outside, whatever its number."""
    return a_message(
        district, n, **{"kind": "nag", "key": f"nag:{n}", "to": "desk@tolland.example", **values}
    )


def switch_on(by: Membership, kind: str = "letter_no_reply") -> None:
    services.switch(kind=kind, on=True, by=by)
