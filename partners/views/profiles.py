"""What each way of working in a school needs: the list, and one of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.rules import is_staff
from accounts.urls_in import redirect_in, url_in
from partners import services
from partners.building_forms import NeedsForm
from partners.models import RequirementProfile

from .records import saved, values_of


@access(see=is_staff)
def profiles(request: MemberRequest) -> HttpResponse:
    """The district's ways of working, in their order."""
    rows = RequirementProfile.objects.for_member(request.membership)
    return render(request, "building/profiles.html", {"rows": list(rows)})


@access(see=is_staff)
def add(request: MemberRequest) -> HttpResponse:
    """One more way of working."""
    form = NeedsForm(request.POST or None)
    if form.is_valid():
        services.add_profile(by=request.membership, **values_of(form))
        return redirect_in(request.district, "building:profiles")
    return _form(request, form, _("Add a way of working"), _("Add this way of working"))


@access(see=is_staff, of=RequirementProfile)
def edit(request: MemberRequest, profile: RequirementProfile) -> HttpResponse:
    """What one way of working needs."""
    form = NeedsForm(request.POST or None, instance=profile)
    if saved(request, form, services.edit_profile, profile=profile):
        messages.success(request, _("Saved. Every answer goes by it from now on."))
        return redirect_in(request.district, "building:profiles")
    return _form(request, form, str(profile), _("Save what it needs"))


def _form(request: MemberRequest, form: NeedsForm, title: str, submit: str) -> HttpResponse:
    back = url_in(request.district, "building:profiles")
    context = {"form": form, "title": title, "submit": submit, "back": back}
    return render(request, "building/profile.html", context)
