"""Acts on many partners at once: those ticked in the list, or all that fit its search and filters."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.job_pages import answer_to_poll, shown_to
from accounts.models import Job
from accounts.predicates import holds
from accounts.rules import steers_job, works_here
from accounts.urls_in import redirect_in
from partners.bulk_acts import BulkForm, BulkStart, LeftOut, bulk_acts
from partners.bulk_jobs import KIND, BulkPage, queue_act
from partners.filters import Filters, a_uuid, from_url
from partners.list_options import list_options
from partners.models import Partner
from partners.queries import matching
from partners.rules import takes_directory_out

from .exports import sheet_of

ALL = "all"
NAMED = 10


@dataclass(frozen=True)
class Chosen:
    """The partners that an act is for: their keys in the list's order, and how they were chosen."""

    keys: list[int]
    uids: list[str]  # of those ticked; none where all that fit are meant
    filters: Filters
    counted: str  # how many there were when the page was shown

    @property
    def is_as_shown(self) -> bool:
        """Whether it is still as many as the page said."""
        return self.counted == str(len(self.keys))


def chosen_by(request: MemberRequest) -> Chosen:
    """What was ticked, or all that fit."""
    member = request.membership
    filters = from_url(request.POST.get("query", ""), list_options(member))
    counted = request.POST.get("counted", "")
    if request.POST.get("which") == ALL:
        return Chosen(matching(member, filters), [], filters, counted)
    asked = [uid for uid in map(a_uuid, request.POST.getlist("partner")) if uid]
    rows = Partner.objects.for_member(member).current().filter(uid__in=asked).order_by("sort_name", "pk")
    found = list(rows.values_list("pk", "uid"))
    return Chosen([pk for pk, _uid in found], [str(uid) for _pk, uid in found], filters, counted)


@require_POST
@access(see=works_here)
def choose(request: MemberRequest) -> HttpResponse:
    """What to do with them: who they are, how many, and every act that this person may do."""
    return _page(request, chosen_by(request))


@require_POST
@access(see=works_here)
def act(request: MemberRequest, code: str) -> HttpResponse:
    """Do one act to all of them in the background, or begin what has a page of its own."""
    acts = {one.code: one for one in bulk_acts(request.membership)}
    if code not in acts:
        raise Http404
    chosen = chosen_by(request)
    form = _form(request, acts[code], chosen, request.POST)
    if not chosen.keys or not form.is_valid():
        return _page(request, chosen, form)
    if not chosen.is_as_shown:
        return _asked_anew(request, chosen, form)
    one = acts[code]
    if isinstance(one, BulkStart):
        try:
            return HttpResponseRedirect(one.start(keys=chosen.keys, by=request.membership, **form.kept))
        except LeftOut as why:
            messages.error(request, str(why))
            return _page(request, chosen, form)
    job = queue_act(act=one, kept=form.kept, keys=chosen.keys, by=request.membership)
    return redirect_in(request.district, "partners:bulk_done", uid=job.uid)


@require_POST
@access(see=takes_directory_out)
def take_out(request: MemberRequest) -> HttpResponse | StreamingHttpResponse:
    """Those chosen as a sheet, in the format that the button names."""
    chosen = chosen_by(request)
    if not chosen.is_as_shown:
        return _asked_anew(request, chosen)
    return sheet_of(request, chosen.keys, chosen.filters, request.POST.get("format", ""))


@access(see=steers_job, of=Job)
def done(request: MemberRequest, job: Job) -> HttpResponse:
    """How far an act is, and what came of it; one can leave the page and come back."""
    if job.kind != KIND:
        raise Http404
    shown = shown_to(request, job)
    answer = answer_to_poll(request, shown)
    return answer or render(request, "partners/bulk_done.html", {"page": BulkPage(job), "shown": shown})


def _asked_anew(request: MemberRequest, chosen: Chosen, form: BulkForm | None = None) -> HttpResponse:
    """The page again, of a list that is another one than the person saw."""
    words = ngettext(
        "The list has changed meanwhile: it is %(n)d partner now. Nothing was done.",
        "The list has changed meanwhile: it is %(n)d partners now. Nothing was done.",
        len(chosen.keys),
    )
    messages.warning(request, words % {"n": len(chosen.keys)})
    return _page(request, chosen, form)


def _form(request: MemberRequest, one: Any, chosen: Chosen, data: Any = None) -> BulkForm:
    school = chosen.filters.school.pk if chosen.filters.school else None
    form: BulkForm = one.form(data, prefix=one.code, by=request.membership, school=school)
    return form


def _page(request: MemberRequest, chosen: Chosen, bound: BulkForm | None = None) -> HttpResponse:
    acts = [
        (one, bound if bound and bound.prefix == one.code else _form(request, one, chosen))
        for one in bulk_acts(request.membership)
    ]
    names = Partner.objects.in_bulk(chosen.keys[:NAMED])
    context = {
        "chosen": chosen,
        "names": [names[key].name for key in chosen.keys[:NAMED]],
        "more": max(0, len(chosen.keys) - NAMED),
        "acts": acts,
        "form": bound,
        "may_take_out": holds(takes_directory_out, request.membership),
    }
    return render(request, "partners/bulk.html", context)
