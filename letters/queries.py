"""Named reads of this app's pages, and those that outreach asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts import clock
from accounts.models import Membership, School
from accounts.roles import Role
from partners.families import family
from partners.models import Contact, Partner, Partnership

from .enums import EventKind, Kind, State
from .fitting import Fit, fitting
from .models import (
    Batch,
    Letter,
    LetterApproval,
    LetterEvent,
    Look,
    Reply,
    SignedLetter,
    Template,
    TemplateVersion,
)
from .past import works_elsewhere
from .placeholders import Placeholder
from .querysets import OPEN_STATES
from .text_queries import in_force

PEOPLE = ("signer__user", "signed_for__user", "liaison__user", "prepared_by__user")
PLACES = (
    "school__district",
    "contact__partner",
    "partnership__partner__owner__user",
    "template_version__template",
    "also_version__template",
)
PAGE_LENGTH = 50


def whole(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with all that composing their sheets reads at hand, in one query."""
    return letters.select_related(*PEOPLE, *PLACES)


def listed(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters as rows of a list: to whom, by whom, and the latest answer (`answer`), in one query."""
    latest = (
        Reply.objects.standing().filter(letter=OuterRef("pk")).order_by("-at", "-pk").values("answer")[:1]
    )
    rows = letters.annotate(answer=Subquery(latest))
    return rows.select_related(
        "school", "contact", "partnership__partner", "signer__user", "prepared_by__user"
    )


@dataclass(frozen=True)
class LettersPage:
    """The list of letters: those under way at one's own schools, and who wrote to whom in the district."""

    under_way: list[Letter]
    signed: list[Letter]
    readable: frozenset[int]


def letters_page(membership: Membership, partner: Partner | None = None) -> LettersPage:
    """The letters page, or a partner's tab: two queries, however many letters there are.

    `readable` holds the keys of the schools whose letters this person may open.
    """
    mine = Letter.objects.for_member(membership).filter(state__in=OPEN_STATES)
    all_signed = Letter.objects.written_in_district(membership)
    if partner is not None:
        mine = mine.filter(partnership__partner__in=family(partner))
        all_signed = all_signed.filter(partnership__partner__in=family(partner))
    under_way = list(listed(mine).order_by("-changed_at", "-pk")[:PAGE_LENGTH])
    signed = list(listed(all_signed).order_by("-signed_at", "-pk")[:PAGE_LENGTH])
    readable = frozenset(letter.school_id for letter in signed if membership.covers(letter.school_id))
    return LettersPage(under_way, signed, readable)


def to_sign_page(membership: Membership) -> list[Letter]:
    """What waits for this principal's signature: first what they have not read as it stands, then what they
    have (`was_read`), each longest waiting first; one query."""
    return list(listed(_to_sign(membership)))


def next_to_read(membership: Membership) -> Letter | None:
    """The letter that waits longest of those that this principal has not read as they stand."""
    found: Letter | None = _to_sign(membership).filter(was_read=False).first()
    return found


def several(membership: Membership, uids: list[UUID]) -> list[Letter]:
    """Of the letters named those that this person may read, longest waiting first: one query."""
    named = Letter.objects.for_member(membership).filter(uid__in=uids)
    return list(named.select_related("school", "partnership__partner").order_by("handed_in_at", "pk"))


def _to_sign(membership: Membership) -> QuerySet[Any]:
    read = Look.objects.filter(letter=OuterRef("pk"), version=OuterRef("version"), by=membership)
    waiting: QuerySet[Any] = Letter.objects.to_sign(membership).annotate(was_read=Exists(read))
    return waiting.order_by("was_read", "handed_in_at", "pk")


def count_to_sign(membership: Membership) -> int:
    """How many signatures this principal is waited for with, a batch being signed in one act: one query."""
    batches = Batch.objects.to_sign(membership).order_by().values("pk")
    waiting: int = Letter.objects.to_sign(membership).order_by().values("pk").union(batches, all=True).count()
    return waiting


def to_approve_page(membership: Membership) -> list[Letter]:
    """What waits for district staff before its signature, longest waiting first: one query."""
    waiting = Letter.objects.to_approve(membership)
    return list(listed(waiting).order_by("handed_in_at", "pk"))


def count_to_approve(membership: Membership) -> int:
    """How many letters wait for district staff before their signature: one query."""
    waiting: int = Letter.objects.to_approve(membership).count()
    return waiting


def approvals(letter: Letter) -> list[LetterApproval]:
    """Who of district staff approved a letter's text, latest first: one query."""
    return list(letter.approvals.select_related("by__user"))


def history(letter: Letter) -> list[LetterEvent]:
    """What happened to a letter, oldest first: one query."""
    return list(letter.events.select_related("by__user"))


def replies(letter: Letter) -> list[Reply]:
    """What was answered, latest first, with what was taken back: one query."""
    return list(letter.replies.select_related("by__user", "taken_back"))


def fit_for(partnership: Partnership) -> Fit:
    """Which letters fit where a partnership with a school stands: two queries."""
    written = signed_to(family(partnership.partner.winner), partnership.school_id)
    return fitting(
        partnership.stage,
        elsewhere=works_elsewhere(partnership) is not None,
        written=set(written.values_list("kind", flat=True)),
    )


def signed_to(partners: Any, school_id: int | None) -> QuerySet[Letter]:
    """The letters that a school has signed to these partners and not withdrawn."""
    rows: QuerySet[Letter] = Letter.objects.filter(partnership__partner__in=partners, school=school_id)
    return rows.filter(state__in=(State.SIGNING, State.SIGNED))


def kind_for(partnership: Partnership) -> Kind:
    """The letter that is proposed where a partnership stands."""
    return fit_for(partnership).first


def needs_reason(partnership: Partnership, kind: str) -> bool:
    """Whether this letter, where the partnership stands, needs a recorded reason."""
    return fit_for(partnership).needs_reason(kind)


def contacts_of(partnership: Partnership) -> QuerySet[Contact]:
    """The people at a partner to whom one can write."""
    here: QuerySet[Contact] = Contact.objects.here().filter(partner__in=family(partnership.partner.winner))
    return here


def contacts_for(letter: Letter) -> QuerySet[Contact]:
    """To whom a draft can go: the people at the partner, and the one whom it names, even one who has left."""
    there: QuerySet[Contact] = Contact.objects.filter(partner__in=family(letter.partnership.partner.winner))
    return there.filter(Q(left_on=None) | Q(pk=letter.contact_id))


def current_text(kind: str, language: str, school: School) -> TemplateVersion:
    """The text in force (text_queries.in_force). Raises Template.DoesNotExist."""
    found = in_force(kind, language, school)
    if found is None:
        raise Template.DoesNotExist(f"{kind} in {language}")
    return found


@dataclass(frozen=True)
class Checked:
    """What the public page tells of a code: whether, by whom and when signed, withdrawn or replaced."""

    reference: str
    signer: str
    signer_title: str
    signed_for: str
    school: str
    district: str
    signed_at: Any
    sha256: str
    withdrawn_at: Any
    is_replaced: bool


def check(code: str) -> Checked | None:
    """What we know of a code, of whichever district: call it with scopes disabled. At most three queries."""
    signed: SignedLetter | None = (
        SignedLetter.objects.filter(code=code).defer("pdf").select_related("letter__school").first()
    )
    if signed is None:
        return None
    withdrawn = (
        signed.letter.events.filter(kind__in=(EventKind.WITHDRAWN, EventKind.REPLACED)).first()
        if signed.letter.state == State.WITHDRAWN
        else None
    )
    return Checked(
        reference=signed.reference,
        signer=signed.signer["name"],
        signer_title=signed.signer["title"],
        signed_for=signed.signer.get("for", ""),
        school=signed.values[Placeholder.SCHOOL_NAME],
        district=signed.values[Placeholder.DISTRICT_NAME],
        signed_at=signed.signed_at.astimezone(signed.letter.school.tz),
        sha256=signed.sha256,
        withdrawn_at=withdrawn.at if withdrawn else None,
        is_replaced=withdrawn is not None
        and signed.letter.replaced_by.filter(signed_at__isnull=False).exists(),
    )


def people_at(school: School) -> QuerySet[Membership]:
    """Who can stay in touch for a school's letter: everybody who works there, viewers left out."""
    here: QuerySet[Membership] = Membership.objects.on(clock.today(school)).at_school(school.pk)
    return here.exclude(role=Role.VIEWER).select_related("user").order_by("user__name")


def kept_as_signed(letter: Letter) -> SignedLetter:
    """What was signed, without the bytes of its PDF: one query."""
    kept: SignedLetter = SignedLetter.objects.defer("pdf").get(letter=letter)
    return kept
