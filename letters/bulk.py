"""Letters to many partners at once: one draft each, at one school."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Membership, School
from accounts.rules import works_here
from partners.bulk_acts import AtSchoolForm, BulkAct, LeftOut
from partners.families import family, with_school
from partners.models import Contact, Partner
from partners.services import start_partnership

from . import queries
from .enums import State
from .models import Letter
from .services import prepare_letter


class FromSchool(AtSchoolForm):
    """From which school they are; the text is what fits each partner's stage."""

    def __init__(self, *args: object, by: Membership, school: int | None = None, **kwargs: object) -> None:
        super().__init__(*args, by=by, school=school, **kwargs)
        self.fields["school"].required = True
        self.fields["school"].empty_label = None  # type: ignore[attr-defined]
        self.fields["school"].label = gettext_lazy("From")


def draft_to(*, partner: Partner, by: Membership, school: int) -> bool:
    """Prepare the letter that fits where the partner stands, to the first person there.

    One that the school does not know yet becomes a possible partner. Raises LeftOut.
    """
    place = School.objects.get(pk=school)
    if not by.covers(school):
        raise LeftOut(_("Letters of this school are not yours to write."))
    rows = with_school(partner, place).order_by("pk")
    partnership = rows.select_related("partner", "school").first()
    if partnership and Letter.objects.filter(partnership__in=rows, state__in=UNDER_WAY).exists():
        raise LeftOut(_("A letter to it is under way already."))
    if partnership and queries.fit_for(partnership).always_reason:
        words = _("It is marked “%(stage)s”: a letter to it needs a reason of its own.")
        raise LeftOut(words % {"stage": partnership.get_stage_display()})
    contact = Contact.objects.here().filter(partner__in=family(partner)).first()
    if contact is None:
        raise LeftOut(_("It has no contact: a letter needs a named person."))
    partnership = partnership or start_partnership(partner=partner, school=place, by=by)
    prepare_letter(
        partnership=partnership,
        contact=contact,
        kind=queries.kind_for(partnership),
        language=contact.language,
        by=by,
    )
    return True


def _told(n: int) -> str:
    return ngettext("%(n)d letter is a draft now.", "%(n)d letters are drafts now.", n) % {"n": n}


UNDER_WAY = (State.DRAFT, State.TO_SIGN, State.SIGNING)
ACT = BulkAct(
    code="letters",
    title=gettext_lazy("Write letters"),
    submit=gettext_lazy("Prepare a draft to each"),
    may=works_here,
    form=FromSchool,
    do=draft_to,
    told=_told,
    onward=(gettext_lazy("Check the drafts and hand them in"), "letters:list"),
)
