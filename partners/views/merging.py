"""Partners that may be one: likely pairs, two side by side, what was merged and its undo."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from partners import pairs, services
from partners.alike import alike
from partners.filters import a_uuid
from partners.forms import PartnerForm
from partners.merge_forms import LABELS, MergeForm
from partners.models import Merge, Partner
from partners.rules import edits_directory
from partners.services.merging import last_day


@access(see=edits_directory)
def duplicates(request: MemberRequest) -> HttpResponse:
    """Pairs that may be one and the same, the likeliest first."""
    return render(request, "partners/duplicates.html", {"page": pairs.likely_pairs(request.membership)})


@require_POST
@access(see=edits_directory)
def merge_certain(request: MemberRequest) -> HttpResponse:
    """Merge all certain pairs, as many as the button said."""
    certain = pairs.certain_pairs(request.membership)
    if request.POST.get("count") != str(len(certain)):
        messages.error(request, _("The pairs have changed since you opened the page. Look at them again."))
        return redirect_in(request.district, "partners:duplicates")
    try:
        done = services.merge_certain(
            pairs=[(pair.one, pair.other) for pair in certain], by=request.membership
        )
    except services.NotMergeable:
        messages.error(request, _("The pairs have changed since you opened the page. Look at them again."))
    else:
        said = ngettext("%(n)d pair is merged.", "%(n)d pairs are merged.", len(done)) % {"n": len(done)}
        messages.success(request, said)
    return redirect_in(request.district, "partners:merges" if certain else "partners:duplicates")


@access(see=edits_directory, of=Partner)
def merge(request: MemberRequest, winner: Partner, other: UUID) -> HttpResponse:
    """Two partners side by side, field by field; the one that the address names first stays."""
    loser = _other(request, other)
    if loser.winner == winner:  # also by a second tap just now
        return redirect_in(request.district, "partners:page", uid=winner.uid)
    form = MergeForm(request.POST or None, winner=winner, loser=loser)
    if form.is_valid():
        try:
            done = services.merge_partners(
                winner=winner, loser=loser, by=request.membership, fields=form.chosen(), versions=form.seen()
            )
        except services.NotMergeable:
            form.add_error(None, _("One of the two is merged into another partner already."))
        except services.ChangedSince:
            form = _anew(request, winner, loser)
        else:
            words = _("%(loser)s is merged into %(winner)s. You can undo it until %(day)s.")
            day = date_format(last_day(done), "DATE_FORMAT")
            messages.success(request, words % {"loser": loser.name, "winner": winner.name, "day": day})
            return redirect_in(request.district, "partners:page", uid=winner.uid)
    below = pairs.counted(winner, loser)
    context = {"winner": winner, "loser": loser, "form": form, "below": [below[winner.pk], below[loser.pk]]}
    return render(request, "partners/merge.html", context)


def _anew(request: MemberRequest, winner: Partner, loser: Partner) -> MergeForm:
    """The form for the two as they are stored now, with what was chosen."""
    for partner in (winner, loser):
        partner.refresh_from_db()
    data = request.POST.copy()
    data["winner_version"], data["loser_version"] = str(winner.version), str(loser.version)
    form = MergeForm(data, winner=winner, loser=loser)
    form.is_valid()
    form.add_error(None, _("Somebody changed one of the two since you opened it. Compare and merge again."))
    return form


@require_POST
@access(see=edits_directory, of=Partner)
def not_same(request: MemberRequest, one: Partner, other: UUID) -> HttpResponse:
    """Somebody looked at both and found that they are two."""
    second = _other(request, other)
    if second == one:
        raise Http404
    services.these_are_two(one=one, other=second, by=request.membership)
    said = _("%(one)s and %(other)s are two. We will not ask again.")
    messages.success(request, said % {"one": one.name, "other": second.name})
    return redirect_in(request.district, "partners:duplicates")


@access(see=edits_directory)
def merges(request: MemberRequest) -> HttpResponse:
    """What was merged, by whom, and until when it can be undone."""
    today = clock.today(request.district)
    found, following = pairs.done_merges(request.membership, a_uuid(request.GET.get("before", "")))
    rows = [(row, last_day(row), last_day(row) >= today) for row in found]
    return render(request, "partners/merges.html", {"rows": rows, "following": following})


@require_POST
@access(see=edits_directory, of=Merge)
def undo_merge(request: MemberRequest, merge: Merge) -> HttpResponse:
    """Make two of one again."""
    names = {"winner": merge.winner.name, "loser": merge.loser.name}
    try:
        kept = services.undo_merge(merge=merge, by=request.membership)
    except services.AlreadyUndone:
        messages.info(request, _("This merge was undone already."))
    except services.TooLate:
        messages.error(request, _("A merge can be undone for 30 days. This one is older."))
    else:
        messages.success(request, _("%(winner)s and %(loser)s are two again.") % names)
        if kept:
            fields = get_text_list([str(LABELS[name]) for name in kept], _("and"))
            said = _("Kept on %(winner)s, since somebody changed it after the merge: %(fields)s.")
            messages.info(request, said % {**names, "fields": fields})
    return redirect_in(request.district, "partners:merges")


@access(see=edits_directory)
def typed(request: MemberRequest) -> HttpResponse:
    """What may be the partner that is being typed: a part of the form's page."""
    form = PartnerForm(request.GET, by=request.membership)
    form.is_valid()
    said = form.cleaned_data
    names = [name for name in (said.get("name"), *(said.get("aliases") or [])) if name]
    found = alike(
        request.membership, names=names, website=said.get("website") or "", ein=said.get("ein") or ""
    )
    return render(request, "partners/alike.html", {"alike": found})


def _other(request: MemberRequest, uid: UUID) -> Partner:
    """The second partner of an address. Raises Http404."""
    found: Partner | None = Partner.objects.for_member(request.membership).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
