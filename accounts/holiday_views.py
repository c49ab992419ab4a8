"""Pages of holidays: which there are, one by one by hand, and many from a calendar file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from . import calendar_file, clock, holidays
from .access import MemberRequest, access
from .holiday_forms import AddForm, ChangeForm, DaysForm, FileForm, TakeInForm, VersionForm, signed
from .models import Holiday
from .predicates import holds
from .rules import keeps_holidays, works_here
from .urls_in import redirect_in


@access(see=works_here)
def holiday_list(request: MemberRequest) -> HttpResponse:
    """The holidays that are not over, of the district and of one's own schools."""
    rows = Holiday.objects.for_member(request.membership).from_day(clock.today(request.district))
    shown = [(row, holds(keeps_holidays, request.membership, row)) for row in rows.select_related("school")]
    may_add = holds(keeps_holidays, request.membership)
    return render(request, "holidays/list.html", {"rows": shown, "may_add": may_add})


@access(see=works_here, do=keeps_holidays)
def add(request: MemberRequest) -> HttpResponse:
    """One holiday by hand."""
    form = AddForm(request.POST or None, by=request.membership)
    if form.is_valid():
        place = {"district": request.district, "school": form.cleaned_data["school"]}
        if _saved(form, holidays.add_holiday, by=request.membership, **place):
            messages.success(request, _("Added. No reminder leaves on these days."))
            return redirect_in(request.district, "holidays:list")
    words = {"title": _("Add a holiday"), "submit": _("Add this holiday")}
    return render(request, "holidays/form.html", {"form": form, **words})


@access(see=works_here, do=keeps_holidays, of=Holiday)
def edit(request: MemberRequest, holiday: Holiday) -> HttpResponse:
    """Another name, or other days."""
    form = ChangeForm(request.POST or None, holiday=holiday)
    if form.is_valid():
        version = form.cleaned_data["version"]
        if _saved(form, holidays.change_holiday, holiday=holiday, version=version, by=request.membership):
            messages.success(request, _("Saved. Reminders follow the new days."))
            return redirect_in(request.district, "holidays:list")
    words = {"title": _("Change a holiday"), "submit": _("Save this holiday"), "holiday": holiday}
    return render(request, "holidays/form.html", {"form": form, **words})


@require_POST
@access(see=works_here, do=keeps_holidays, of=Holiday)
def take_away(request: MemberRequest, holiday: Holiday) -> HttpResponseRedirect:
    """The school works on these days after all."""
    form = VersionForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        holidays.take_away(holiday=holiday, version=version, by=request.membership)
        messages.success(request, _("Taken away: %(name)s.") % {"name": holiday.name})
    return redirect_in(request.district, "holidays:list")


@access(see=works_here, do=keeps_holidays)
def bring_in(request: MemberRequest) -> HttpResponse:
    """Choose a calendar file; what it would bring is shown before anything is kept."""
    form = FileForm(request.POST or None, request.FILES or None, by=request.membership)
    if form.is_valid():
        school, file = form.cleaned_data["school"], form.cleaned_data["file"]
        try:
            found = calendar_file.preview(
                file.read(calendar_file.MOST_BYTES + 1),
                today=clock.today(request.district),
                known=holidays.known_days(school),
            )
        except calendar_file.NotACalendar as wrong:
            form.add_error("file", str(wrong))
        else:
            new = [(signed(days), Holiday(**vars(days))) for days in found.new]
            context = {"found": found, "new": new, "school": school, "file_name": file.name}
            return render(request, "holidays/preview.html", context)
    return render(request, "holidays/bring_in.html", {"form": form})


@require_POST
@access(see=works_here, do=keeps_holidays)
def take_in(request: MemberRequest) -> HttpResponse:
    """Keep the days that were ticked."""
    form = TakeInForm(request.POST, by=request.membership)
    if not form.is_valid():
        return render(
            request, "holidays/bring_in.html", {"form": FileForm(by=request.membership), "old": form}
        )
    school, days = form.cleaned_data["school"], form.cleaned_data["days"]
    new = holidays.take_in(district=request.district, school=school, days=days, by=request.membership)
    if new:
        words = ngettext("%(count)d holiday is taken in.", "%(count)d holidays are taken in.", new)
        messages.success(request, words % {"count": new})
    else:
        messages.info(request, _("Nothing was taken in."))
    return redirect_in(request.district, "holidays:list")


def _saved(form: DaysForm, save: Any, **given: Any) -> bool:
    """Write what was typed; say it at the form where these days are there already."""
    try:
        save(days=form.days, **given)
    except holidays.KnownAlready:
        form.add_error("name", _("These days are there already under this name."))
        return False
    return True
