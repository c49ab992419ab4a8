"""How a question ends: counted and closed, gone to a further round, or taken back. And its review."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.closing_forms import CloseForm, KeepForm, RoundForm, WithdrawForm
from decisions.models import Decision
from decisions.pages.decision import decision_page
from decisions.pages.following import closed_words
from decisions.rules import keeps_decisions

from .going import to_meeting, to_page


@require_POST
@access(of=Decision, do=keeps_decisions)
def next_round(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Take a question that was put off to the next meeting."""
    if not decision.is_open:
        return closed_meanwhile(request, decision, _("No further round began."))
    form = RoundForm(request.POST, decision=decision, by=request.membership)
    if not form.is_valid():
        return _close_page(request, decision, round_form=form)
    asked = dict(form.cleaned_data)
    try:
        begun = services.next_round(
            decision=decision, closes_at=asked.pop("last_day"), **asked, by=request.membership
        )
    except services.AlreadyClosed:
        return closed_meanwhile(request, decision, _("No further round began."))
    except services.Refused as refused:
        messages.error(request, str(refused.words))
    else:
        words = _("Round %(n)d began. Next: ask all seats once more and record their answers.")
        messages.success(request, words % {"n": begun.n})
    return to_page(request, decision)


@access(of=Decision, do=keeps_decisions)
def close(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Close a decision: the outcome is shown as it will be counted, then recorded."""
    if not decision.is_open:
        return closed_meanwhile(request, decision, str(services.AlreadyClosed.words))
    if request.method != "POST":
        return _close_page(request, decision)
    data = request.POST.copy()
    form = _close_form(request, decision, data)
    if not form.is_valid():
        return _close_page(request, decision, form=form)
    try:
        services.close_decision(decision=decision, **form.cleaned_data, by=request.membership)
    except ChangedMeanwhile:
        decision.refresh_from_db()
        data["version"] = str(decision.version)
        form.add_error(None, _("Something changed meanwhile. Look at the count below, then close again."))
        return _close_page(request, decision, form=form)
    except services.AlreadyClosed:
        return closed_meanwhile(request, decision, str(services.AlreadyClosed.words))
    except services.Refused as refused:
        form.add_error(None, refused.words)
        return _close_page(request, decision, form=form)
    messages.success(request, _closed_as(decision))
    if decision.meeting:
        return to_meeting(request, decision.meeting)
    return to_page(request, decision)


def _close_form(request: MemberRequest, decision: Decision, data: Any = None) -> CloseForm:
    return CloseForm(data, group=decision.group, by=request.membership, initial={"version": decision.version})


def _close_page(
    request: MemberRequest, decision: Decision, *, form: CloseForm | None = None, **more: Any
) -> HttpResponse:
    """The outcome as it would be recorded, with what goes with it, or the way to a further round: one that
    begins before the time to answer is over may keep it."""
    page = decision_page(decision, preview=True)
    form = form or _close_form(request, decision)
    form.suit(page.outcome)
    proposed = {"last_day": None if decision.is_over else decision.last_day}
    context = {
        "form": form,
        "decision": decision,
        "page": page,
        "not_yet": services.why_not_yet(decision, page.count),
        "may_close": services.may_close(decision, page.count.rule, request.membership),
        "who_closes": services.who_closes(decision, page.count.rule),
        "round_form": RoundForm(decision=decision, by=request.membership, initial=proposed),
    }
    return render(request, "decisions/close.html", context | more)


def _closed_as(decision: Decision) -> str:
    """That it is closed, how, and what comes next: its review, where one is set."""
    closed = _("Closed: %(outcome)s. The outcome stands in the register.")
    words = closed % {"outcome": decision.get_outcome_display()}
    return f"{words} {_comes_back(decision.review_on)}" if decision.review_on else words


def _comes_back(on: datetime.date) -> str:
    return _("It comes back for review on %(day)s.") % {"day": formats.date_format(on, "DATE_FORMAT")}


@access(of=Decision, do=keeps_decisions)
def withdraw(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Take a question back before it is counted."""
    if not decision.is_open:
        return closed_meanwhile(request, decision, str(services.AlreadyClosed.words))
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw(decision=decision, **form.cleaned_data, by=request.membership)
        except services.AlreadyClosed:
            return closed_meanwhile(request, decision, str(services.AlreadyClosed.words))
        messages.success(request, _("Taken back: nobody counts it, and the register says so."))
        return to_page(request, decision)
    return render(request, "decisions/withdraw.html", {"form": form, "decision": decision})


@access(of=Decision, do=keeps_decisions)
def keep(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Keep a decision at its review, until the next one."""
    page = decision_page(decision)
    if not page.comes_back:
        messages.info(request, str(services.NothingToReview.words))
        return to_page(request, decision)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        try:
            services.keep_decision(decision=decision, **form.cleaned_data, by=request.membership)
        except services.ReviewTooEarly as early:
            form.add_error("review_on", early.words)
        except services.Refused as refused:
            messages.warning(request, str(refused.words))
            return to_page(request, decision)
        else:
            kept, on = _("Kept as it is."), form.cleaned_data["review_on"]
            messages.success(request, f"{kept} {_comes_back(on)}")
            return to_page(request, decision)
    return render(request, "decisions/keep.html", {"form": form, "decision": decision, "page": page})


def closed_meanwhile(request: MemberRequest, decision: Decision, not_done: str) -> HttpResponseRedirect:
    """Show a decision that was closed before the form came in: by whom, when, and what was not done."""
    whole = Decision.objects.select_related("closed_by__user").get(pk=decision.pk)
    said = not_done if request.method == "POST" else str(services.AlreadyClosed.words)
    messages.warning(request, f"{closed_words(whole)} {said}")
    return to_page(request, decision)
