"""Our school: what its letters say of it, and its numbers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.forms import VersionForm
from accounts.models import School
from accounts.predicates import holds
from accounts.services import edit_school
from accounts.urls_in import redirect_back, redirect_in, way_back
from accounts.versions import ChangedMeanwhile
from partners import school_queries, services
from partners.forms import VersionedForm
from partners.models import SchoolFigure
from partners.rules import keeps_letterhead, keeps_school, sees_schools
from partners.school_forms import FigureForm, SchoolForm

from .records import saved, values_of


@access(see=sees_schools)
def school_list(request: MemberRequest) -> HttpResponse:
    """The district's schools, and what their letters lack."""
    return render(request, "schools/list.html", {"rows": school_queries.school_list(request.membership)})


@access(see=sees_schools, of=School)
def page(request: MemberRequest, school: School) -> HttpResponse:
    """A school's details and its numbers."""
    context = {
        "school": school,
        "missing": school_queries.missing_details(school),
        "figures": school_queries.figures_of(school),
        "may_edit": holds(keeps_school, request.membership, school),
        "may_put_logo": holds(keeps_letterhead, request.membership, school),
    }
    return render(request, "schools/page.html", context)


@access(see=sees_schools, do=keeps_school, of=School)
def edit(request: MemberRequest, school: School) -> HttpResponse:
    """Name, place, address, phone, students and time zone."""
    form = SchoolForm(request.POST or None, instance=school)
    if saved(request, form, edit_school, school=school):
        messages.success(request, _("Saved. New letters say it so."))
        return _onward(request, school)
    return _form(request, form, school, _("The school's details"), _("Save these details"))


@access(see=sees_schools, do=keeps_school, of=School)
def add_figure(request: MemberRequest, school: School) -> HttpResponse:
    """One more figure."""
    form = FigureForm(request.POST or None, school=school)
    if form.is_valid():
        services.add_figure(school=school, by=request.membership, **values_of(form))
        messages.success(request, _("Added. New letters can name it."))
        return _onward(request, school)
    return _form(request, form, school, _("Add a figure"), _("Add this figure"))


@access(see=sees_schools, do=keeps_school, of=SchoolFigure)
def edit_figure(request: MemberRequest, figure: SchoolFigure) -> HttpResponse:
    """A figure, its need and where it comes from."""
    form = FigureForm(request.POST or None, instance=figure, school=figure.school)
    if saved(request, form, services.edit_figure, figure=figure):
        messages.success(request, _("Saved. New letters say it so."))
        return _onward(request, figure.school)
    return _form(request, form, figure.school, _("Change a figure"), _("Save this figure"))


@require_POST
@access(see=sees_schools, do=keeps_school, of=SchoolFigure)
def remove_figure(request: MemberRequest, figure: SchoolFigure) -> HttpResponseRedirect:
    """Take a figure away."""
    return _one_press(
        request, figure, services.remove_figure, _("Taken away. Letters that were signed keep it.")
    )


@require_POST
@access(see=sees_schools, do=keeps_school, of=SchoolFigure)
def move_figure_up(request: MemberRequest, figure: SchoolFigure) -> HttpResponseRedirect:
    """Put a figure before the one above it."""
    return _one_press(request, figure, services.move_figure_up, _("Moved up."))


def _one_press(
    request: MemberRequest, figure: SchoolFigure, act: Callable[..., None], done: str
) -> HttpResponseRedirect:
    """Do what a button beside a figure says, unless somebody changed the figure meanwhile."""
    form = VersionForm(request.POST)
    try:
        if form.is_valid():
            act(figure=figure, version=form.cleaned_data["version"], by=request.membership)
            messages.success(request, done)
    except ChangedMeanwhile:
        messages.error(request, _("Somebody changed this figure meanwhile. Here it is as it stands now."))
    return redirect_in(request.district, "schools:page", uid=figure.school.uid)


def _onward(request: MemberRequest, school: School) -> HttpResponseRedirect:
    return redirect_back(request, request.district, "schools:page", uid=school.uid)


def _form(
    request: MemberRequest, form: VersionedForm, school: School, title: str, submit: str
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "school": school, "title": title, "submit": submit}
    context["back"] = way_back(request, request.district, "schools:page", uid=school.uid)
    return render(request, "schools/form.html", context)
