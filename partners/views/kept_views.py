"""My views: the list as searched, filtered and sorted, kept under a name."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.models import District
from accounts.urls_in import redirect_in, url_in
from partners import services
from partners.filters import Filters
from partners.list_options import list_options
from partners.models import SavedView
from partners.rules import edits_view
from partners.view_forms import ViewForm

from .records import saved, values_of


@access()
def keep(request: MemberRequest) -> HttpResponse:
    """Keep the list that the address names."""
    filters = Filters.read(request.GET, list_options(request.membership)).beginning(None)
    form = ViewForm(request.POST or None, by=request.membership, query=filters.url())
    if form.is_valid():
        try:
            view = services.keep_view(by=request.membership, query=filters.url(), **values_of(form))
        except services.NameTaken:
            form.say_taken()
        else:
            messages.success(request, _("Kept. It stands above the list."))
            return _open(request.district, view.query)
    back = url_in(request.district, "partners:list") + filters.url()
    context = {"form": form, "title": _("Keep this view"), "submit": _("Keep this view"), "back": back}
    return render(request, "partners/view_form.html", {**context, "filters": filters})


@access(do=edits_view, of=SavedView)
def edit(request: MemberRequest, view: SavedView) -> HttpResponse:
    """Call a view otherwise, share it, or remove it."""
    form = ViewForm(request.POST or None, instance=view, by=request.membership)
    try:
        if saved(request, form, services.edit_view, view=view):
            messages.success(request, _("Saved."))
            return _open(request.district, view.query)
    except services.NameTaken:
        form.say_taken()
    back = _list_as(request.district, view.query)
    context = {"form": form, "title": _("Change this view"), "submit": _("Save this view"), "back": back}
    return render(request, "partners/view_form.html", {**context, "view": view})


@require_POST
@access(do=edits_view, of=SavedView)
def remove(request: MemberRequest, view: SavedView) -> HttpResponseRedirect:
    """Forget a view."""
    services.remove_view(view=view, by=request.membership)
    messages.success(request, _("The view “%(name)s” is removed. The partners stay.") % {"name": view.name})
    return redirect_in(request.district, "partners:list")


def _open(district: District, query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(_list_as(district, query))


def _list_as(district: District, query: str) -> str:
    return f"{url_in(district, 'partners:list')}?{query}"
