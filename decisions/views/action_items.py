"""What is to be done after decisions: added, done, and taken along as a table or into a calendar."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.work import complete_task
from decisions import items_file, services
from decisions.action_items import item_of, open_items
from decisions.closing_forms import ActionItemForm
from decisions.models import Decision, Group
from decisions.rules import keeps_decisions
from partners.views.as_file import as_csv, as_file

from .going import to_page


@access(of=Decision, do=keeps_decisions)
def add_item(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Write down one more thing to do after a decision."""
    if decision.is_open:
        messages.info(request, str(services.StillOpen.words))
        return to_page(request, decision)
    form = ActionItemForm(request.POST or None, group=decision.group, by=request.membership)
    if form.is_valid():
        services.add_action_items(decision=decision, items=[form.item], by=request.membership)
        messages.success(request, _("Written down. Whoever of us does it finds it on Today."))
        return to_page(request, decision)
    return render(request, "decisions/add_item.html", {"form": form, "decision": decision})


@require_POST
@access(of=Decision, do=keeps_decisions)
def finish_item(request: MemberRequest, decision: Decision, other: uuid.UUID) -> HttpResponse:
    """One of them is done; a second tap changes nothing."""
    task = item_of(decision, other)
    if task is None:
        raise Http404
    complete_task(task=task, by=request.membership)
    messages.success(request, _("Done: %(what)s.") % {"what": task.title})
    return to_page(request, decision)


@access(of=Group)
def items_csv(request: MemberRequest, group: Group) -> HttpResponseBase:
    """What a group still has to do, as a table."""
    return as_csv(request, items_file.lines(open_items(group)), what="action-items")


@access(of=Group)
def items_ics(request: MemberRequest, group: Group) -> HttpResponseBase:
    """The same for calendars."""
    content = items_file.calendar(open_items(group), request.district)
    media_type = "text/calendar; charset=utf-8"
    return as_file(request, [content], ending="ics", media_type=media_type, what="action-items")
