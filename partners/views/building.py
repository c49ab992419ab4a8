"""In our building: who may be in a school today, and what the answer rests on."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.predicates import holds
from accounts.urls_in import redirect_in, url_in
from accounts.versions import ChangedMeanwhile
from partners import building_queries, services
from partners.building_forms import ProfileForm, TakeBackForm, WaiverForm, YesForm
from partners.fields import say_changed_meanwhile
from partners.models import Partnership, Waiver
from partners.rules import edits_partnership, ends_waivers, says_yes, waives


@access()
def building(request: MemberRequest) -> HttpResponse:
    """The front desk's question: one search, no click."""
    schools = building_queries.schools_of(request.membership)
    asked = request.GET.get("school", "")
    school = next((one for one in schools if one.slug == asked), schools[0] if schools else None)
    typed, show = request.GET.get("q", "").strip()[:200], request.GET.get("show", "")
    show = show if show in building_queries.SHOWS else ""
    found = building_queries.in_building(request.membership, school, typed, show) if school else None
    context = {
        "schools": schools,
        "school": school,
        "building": found,
        "typed": typed,
        "show": show,
        "at": clock.now().astimezone(school.tz) if school else None,
    }
    return render(request, "building/list.html", context)


@access(of=Partnership)
def page(request: MemberRequest, partnership: Partnership) -> HttpResponse:
    """One partner at one school: the answer, and what it rests on."""
    if partnership.school_id is None:  # the district itself has no building to be in
        raise Http404
    member = request.membership
    context = {
        "partnership": partnership,
        "page": building_queries.partnership_page(member, partnership),
        "may_say_yes": holds(says_yes, member, partnership),
        "may_choose": holds(edits_partnership, member, partnership),
        "may_waive": holds(waives, member, partnership),
        "yes_form": YesForm(auto_id="yes_%s"),
    }
    return render(request, "building/page.html", context)


@require_POST
@access(do=says_yes, of=Partnership)
def say_yes(request: MemberRequest, partnership: Partnership) -> HttpResponseRedirect:
    """The principal's yes: one press."""
    form = YesForm(request.POST)
    try:
        if not form.is_valid():
            raise services.OverAlready
        services.say_yes(partnership=partnership, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Your yes is kept, with today's date."))
    except services.OverAlready:
        messages.error(request, _("This day is over. Choose a later one."))
    return _to_page(request, partnership)


@access(do=says_yes, of=Partnership)
def take_back(request: MemberRequest, partnership: Partnership) -> HttpResponse:
    """The principal takes the yes back, and says why."""
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        services.take_back_yes(partnership=partnership, by=request.membership, **form.cleaned_data)
        messages.success(request, _("Taken back. From today on they are not cleared here."))
        return _to_page(request, partnership)
    return _form(request, partnership, form, _("Take the yes back"), _("Take my yes back"), danger=True)


@access(do=edits_partnership, of=Partnership)
def needs(request: MemberRequest, partnership: Partnership) -> HttpResponse:
    """How the partner works here, and so what it needs."""
    form = ProfileForm(request.POST or None, partnership=partnership)
    if form.is_valid():
        try:
            services.choose_profile(partnership=partnership, by=request.membership, **form.cleaned_data)
        except ChangedMeanwhile:
            partnership.refresh_from_db()
            say_changed_meanwhile(form, partnership.version)
        else:
            return _to_page(request, partnership)
    return _form(request, partnership, form, _("How they work here"), _("Save how they work here"))


@access(do=waives, of=Partnership)
def waive(request: MemberRequest, partnership: Partnership) -> HttpResponse:
    """Do without a paper, or the agreement, until a day."""
    form = WaiverForm(request.POST or None, school=partnership.school, district=request.district)
    if form.is_valid():
        services.waive(partnership=partnership, by=request.membership, **form.cleaned_data)
        messages.success(request, _("The waiver holds from today on, under your name."))
        return _to_page(request, partnership)
    return _form(request, partnership, form, _("Add a waiver"), _("Add this waiver"))


@require_POST
@access(do=ends_waivers, of=Waiver)
def end_waiver(request: MemberRequest, waiver: Waiver) -> HttpResponseRedirect:
    """From today on it is needed again."""
    services.end_waiver(waiver=waiver, by=request.membership)
    messages.success(request, _("Ended. From today on it is needed again."))
    return _to_page(request, waiver.partnership)


def _to_page(request: MemberRequest, partnership: Partnership) -> HttpResponseRedirect:
    return redirect_in(request.district, "building:page", uid=partnership.uid)


def _form(
    request: MemberRequest,
    partnership: Partnership,
    form: object,
    title: str,
    submit: str,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "partnership": partnership,
        "title": title,
        "submit": submit,
        "danger": danger,
        "back": url_in(request.district, "building:page", uid=partnership.uid),
    }
    return render(request, "building/form.html", context)
