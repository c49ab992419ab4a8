"""The words of decisions: one label a value. All of it is translatable.

Code keeps the field's terms (base, recuse, block); these are what a page shows.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from decisions.enums import AskedBy
from decisions.rule import Abstention, Answer, Authority, Base, Closer, Method, Outcome, Tie

METHOD_WORDS = {
    Method.MAJORITY: gettext_lazy("Simple majority"),
    Method.TWO_THIRDS: gettext_lazy("Two thirds"),
    Method.SHARE: gettext_lazy("Another share"),
    Method.UNANIMITY: gettext_lazy("Unanimity"),
    Method.CONSENSUS: gettext_lazy("Consensus"),
    Method.MINUS_ONE: gettext_lazy("Consensus minus one"),
    Method.MINUS_TWO: gettext_lazy("Consensus minus two"),
    Method.CONSENT: gettext_lazy("Consent"),
    Method.NO_OBJECTION: gettext_lazy("No objection by a deadline"),
    Method.GRADIENTS: gettext_lazy("Levels of agreement"),
    Method.FIST: gettext_lazy("Fist to five"),
    Method.PLURALITY: gettext_lazy("Most votes"),
    Method.DOTS: gettext_lazy("Most dots"),
    Method.SCORE: gettext_lazy("Highest score"),
    Method.RUNOFF: gettext_lazy("Ranked choice"),
    Method.LEADER: gettext_lazy("A leader decides after advice"),
    Method.DELEGATED: gettext_lazy("Given to a person or a working group"),
}
ANSWER_WORDS = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.ABSTAIN: gettext_lazy("Abstains"),
    Answer.ASIDE: gettext_lazy("Stands aside"),
    Answer.BLOCK: gettext_lazy("Cannot live with it"),
    Answer.OBJECTS: gettext_lazy("Objects"),
}
GRADIENT_WORDS = {
    1: gettext_lazy("1: gladly"),
    2: gettext_lazy("2: yes, with a small point"),
    3: gettext_lazy("3: yes, with reservations"),
    4: gettext_lazy("4: abstains"),
    5: gettext_lazy("5: wants to talk more"),
    6: gettext_lazy("6: does not like it, will go along"),
    7: gettext_lazy("7: serious disagreement"),
    8: gettext_lazy("8: veto"),
}
FINGER_WORDS = {
    5: gettext_lazy("5: fully for it"),
    4: gettext_lazy("4: for it"),
    3: gettext_lazy("3: can go along"),
    2: gettext_lazy("2: has concerns to talk about"),
    1: gettext_lazy("1: has grave concerns"),
    0: gettext_lazy("0: against it, a fist"),
}
OUTCOME_WORDS = {
    Outcome.ADOPTED: gettext_lazy("Adopted"),
    Outcome.RECOMMENDED: gettext_lazy("Recommended"),
    Outcome.NOT_ADOPTED: gettext_lazy("Not adopted"),
    Outcome.NO_QUORUM: gettext_lazy("No quorum"),
    Outcome.DEFERRED: gettext_lazy("Deferred"),
    Outcome.WITHDRAWN: gettext_lazy("Withdrawn"),
}
BASE_WORDS = {
    Base.CAST: gettext_lazy("votes cast"),
    Base.PRESENT: gettext_lazy("seats that took part"),
    Base.ALL: gettext_lazy("all seats"),
}
GOT_WORDS = {
    Method.PLURALITY: gettext_lazy("Votes"),
    Method.DOTS: gettext_lazy("Dots"),
    Method.SCORE: gettext_lazy("Score"),
    Method.RUNOFF: gettext_lazy("First choices"),
}
ABSTENTION_WORDS = {
    Abstention.QUORUM_ONLY: gettext_lazy("Counts to the quorum only"),
    Abstention.AS_NO: gettext_lazy("Counts as a no"),
}
TIE_WORDS = {
    Tie.FAILS: gettext_lazy("Not adopted"),
    Tie.DEFERS: gettext_lazy("Back at the next meeting"),
    Tie.ORDER: gettext_lazy("The option that stands first in the list"),
}
AUTHORITY_WORDS = {
    Authority.SUPERINTENDENT: gettext_lazy("the superintendent"),
    Authority.BOARD: gettext_lazy("the school board"),
    Authority.PRINCIPAL: gettext_lazy("the principal"),
    Authority.AGENCIES: gettext_lazy("each member agency"),
}
CLOSER_WORDS = {
    Closer.STAFF: gettext_lazy("District staff"),
    Closer.PRINCIPAL: gettext_lazy("A principal"),
    Closer.COORDINATOR: gettext_lazy("A coordinator"),
}
CLOSER_SAYS = {
    None: gettext_lazy("District staff, a principal or a coordinator counts and closes each question."),
    Closer.STAFF: gettext_lazy("District staff count and close each question."),
    Closer.PRINCIPAL: gettext_lazy("A principal counts and closes each question."),
    Closer.COORDINATOR: gettext_lazy("A coordinator counts and closes each question."),
}
CLOSES_NEXT = {
    Closer.STAFF: gettext_lazy("District staff close it next."),
    Closer.PRINCIPAL: gettext_lazy("A principal closes it next."),
    Closer.COORDINATOR: gettext_lazy("A coordinator closes it next."),
}
ENTRY_WORDS = {
    "opened": gettext_lazy("The question was put, to the seats of that day"),
    "in_spanish": gettext_lazy("The question was written in Spanish, too"),
    "answered": gettext_lazy("Answers were recorded"),
    "attached": gettext_lazy("A file was added"),
    "stepped_out": gettext_lazy("A seat stepped out"),
    "told": gettext_lazy("Seats were told of the question"),
    "agenda": gettext_lazy("It was put on the agenda of a meeting, or taken off"),
    "round": gettext_lazy("A further round began"),
    "closed": gettext_lazy("It was counted and closed"),
    "withdrawn": gettext_lazy("It was taken back before it was counted"),
    "kept": gettext_lazy("It was looked at again, and kept"),
    "charter": gettext_lazy("A new way to decide was put in force"),
    "by_link": gettext_lazy("A seat asked, passed its link on, or may not answer"),
    "erased": gettext_lazy("A text of a person was erased"),
}
ERASED_WORDS = {
    AskedBy.PERSON: gettext_lazy("Erased on %(day)s at the request of the person whom it was about."),
    AskedBy.SEAT: gettext_lazy("Erased on %(day)s at the request of the seat that had said it."),
    AskedBy.AUTHORITY: gettext_lazy("Erased on %(day)s at the request of a court or an authority."),
    AskedBy.DISTRICT: gettext_lazy("Erased on %(day)s at the request of the district."),
}
METHOD_MEANS = {
    Method.MAJORITY: gettext_lazy("It is adopted when more than half of those counted say yes."),
    Method.TWO_THIRDS: gettext_lazy("It is adopted when at least two thirds of those counted say yes."),
    Method.CONSENSUS: gettext_lazy(
        "It is adopted when at least one seat says yes and every other can live with it."
    ),
    Method.SHARE: gettext_lazy("It is adopted when at least the agreed share of those counted say yes."),
    Method.UNANIMITY: gettext_lazy("It is adopted when somebody says yes and nobody says no."),
    Method.MINUS_ONE: gettext_lazy(
        "It is adopted when at least one seat says yes and no more than one cannot live with it."
    ),
    Method.MINUS_TWO: gettext_lazy(
        "It is adopted when at least one seat says yes and no more than two cannot live with it."
    ),
    Method.CONSENT: gettext_lazy(
        "It is adopted when nobody objects. An objection is worked on; one that is left after that stops it."
    ),
    Method.NO_OBJECTION: gettext_lazy(
        "It is adopted when every seat was told and nobody has objected by the deadline."
    ),
    Method.GRADIENTS: gettext_lazy(
        "Each seat names one of eight levels. It is adopted with no veto, little serious disagreement and "
        "enough seats at levels 1 to 3."
    ),
    Method.FIST: gettext_lazy(
        "Each seat shows up to five fingers. It is adopted when all show at least the agreed number."
    ),
    Method.PLURALITY: gettext_lazy("The option that most seats choose is adopted."),
    Method.DOTS: gettext_lazy("Each seat places dots; the option with the most is adopted."),
    Method.SCORE: gettext_lazy("Each seat scores each option; the highest sum is adopted."),
    Method.RUNOFF: gettext_lazy(
        "Each seat ranks the options. The weakest is dropped, and its votes go to the next in rank, until "
        "one has more than half."
    ),
    Method.LEADER: gettext_lazy("The named person asks for advice, then decides and says why."),
    Method.DELEGATED: gettext_lazy("The named person or group decides, and reports back."),
}
