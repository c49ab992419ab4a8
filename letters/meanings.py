"""What each placeholder stands for, in a sentence, for whoever writes a text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from .placeholders import Placeholder, as_typed

MEANINGS: dict[str, Any] = {
    "contact.name": _("The person to whom the letter goes."),
    "contact.details": _("Their e-mail and phone, so that they can say whether these are right."),
    "partner.name": _("The organization's name."),
    "partner.services": _("One or two of the services that it offers now."),
    "partnership.since": _("The month since which you work together."),
    "partnership.elsewhere": _("Another school of the district with which they work."),
    "partnership.elsewhere_since": _("The month since which they work with that school."),
    "school.name": _("The school from which the letter comes."),
    "school.place": _("The town or neighborhood of the school."),
    "school.pupils": _("How many students the school has."),
    "school.phone": _("The school's phone number."),
    "school.figure": _("The first sentence of “Our school in numbers”, without its period."),
    "school.needs": _("The needs to which the school's numbers belong."),
    "school.partners": _("Up to two other active partners of the school."),
    "district.name": _("The district's name."),
    "signer.name": _("The principal who signs."),
    "liaison.name": _("Who at the school stays in touch with the partner."),
    "liaison.email": _("The e-mail of whoever stays in touch."),
    "agreement.standing": _("A sentence on whether there is an agreement, and until when it runs."),
    "agreement.title": _("What the agreement in force is called."),
    "agreement.ends": _("The last day of the agreement in force."),
    "papers.due": _("Papers that the partner owes us, each with its date."),
    "past.meeting": _("A sentence on the last meeting with them."),
    "past.met_on": _("The day of the last meeting with them."),
    "past.contact_on": _("The day of the last contact with them, of any kind."),
    "past.letter": _("A sentence on the last letter that they have from the school."),
    "past.letter_on": _("The day on which the last letter to them was signed."),
    "past.letter_reference": _("The reference number of the last letter to them."),
    "letter.heard_of_you": _("A sentence on who told you of them, or that you found them in the directory."),
    "letter.result": _("What came of the work so far, as typed for this letter, without its period."),
    "letter.meeting_1": _("The first day and hour proposed for a meeting."),
    "letter.meeting_2": _("The second day and hour proposed for a meeting."),
    "letter.reply_by": _("The day by which you ask for an answer."),
    "letter.call_on": _("The day on which you call."),
}


class Meaning(NamedTuple):
    """A placeholder as the side list shows it: as it is typed, in words, its meaning, and a value."""

    typed: str
    label: str
    meaning: str
    value: str


def side_list(values: Mapping[str, str]) -> list[Meaning]:
    """Every placeholder, with the value that it has for one partner; empty where there is none."""
    return [
        Meaning(as_typed(one), str(one.label), str(MEANINGS.get(one, "")), values.get(one, ""))
        for one in Placeholder
    ]
