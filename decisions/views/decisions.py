"""Pages of decisions: the log, one decision, and the steps from question to outcome."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.filters import LogFilter, preset
from decisions.forms import AnswersForm, CloseForm, QuestionForm, RoundForm, StepOutForm
from decisions.models import Decision
from decisions.pages.decision import decision_page, history_page
from decisions.pages.log import decisions_of_partner, log_page
from decisions.queries import count
from decisions.rules import is_still_open, keeps_decisions
from decisions.services import Given
from partners.models import Partner


@access()
def log(request: MemberRequest) -> HttpResponse:
    """The log: every decision that one may see, newest first, with search."""
    filters = LogFilter(request.GET, by=request.membership)
    page = log_page(request.membership, **filters.wanted(), before=request.GET.get("before", ""))
    may_write = keeps_decisions(request.membership)
    return render(request, "decisions/log.html", {"page": page, "filters": filters, "may_write": may_write})


@access(do=keeps_decisions)
def new(request: MemberRequest) -> HttpResponse:
    """Put a question to a group."""
    form = QuestionForm(request.POST or None, by=request.membership, initial=preset(request.GET))
    if form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            decision = services.open_decision(closes_at=asked.pop("last_day"), **asked, by=request.membership)
        except services.NoVotingSeats as refused:
            form.add_error("group", refused.words)
        else:
            return redirect_in(request.district, "decisions:page", uid=decision.uid)
    return render(request, "decisions/new.html", {"form": form})


@access(of=Decision)
def page(request: MemberRequest, decision: Decision) -> HttpResponse:
    """A decision: question, outcome with its arithmetic, and every seat's answer."""
    may_write = keeps_decisions(request.membership, decision)
    page = decision_page(decision)
    context = {"decision": page.decision, "page": page, "may_write": may_write}
    return render(request, "decisions/page.html", context)


@access(of=Decision)
def history(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Every answer that was ever given, and the decision's entries in the register."""
    return render(request, "decisions/history.html", {"decision": decision, "page": history_page(decision)})


@access(of=Decision, do=keeps_decisions & is_still_open)
def answers(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record the answers of all seats on one screen; only what changed is kept anew."""
    counted = count(decision)
    form = AnswersForm(request.POST or None, counted=counted)
    if form.is_valid():
        given = [Given(seat, answer, reason, **form.how) for seat, answer, reason in form.given()]
        try:
            if given:
                services.record_answers(decision=decision, given=given, by=request.membership)
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect_in(request.district, "decisions:page", uid=decision.uid)
    context = {"form": form, "decision": decision, "counted": counted}
    return render(request, "decisions/answers.html", context)


@access(of=Decision, do=keeps_decisions & is_still_open)
def step_out(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record that a seat steps out of a decision."""
    form = StepOutForm(request.POST or None, decision=decision)
    if form.is_valid():
        try:
            services.step_out(decision=decision, **form.cleaned_data, by=request.membership)
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect_in(request.district, "decisions:page", uid=decision.uid)
    return render(request, "decisions/step_out.html", {"form": form, "decision": decision})


@require_POST
@access(of=Decision, do=keeps_decisions & is_still_open)
def next_round(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Take a question that was put off to the next meeting."""
    form = RoundForm(request.POST)
    if form.is_valid():
        try:
            services.next_round(decision=decision, **form.cleaned_data, by=request.membership)
        except services.Refused as refused:
            messages.error(request, str(refused.words))
    return redirect_in(request.district, "decisions:page", uid=decision.uid)


@access(of=Decision, do=keeps_decisions)
def close(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Close a decision: the outcome is shown as it will be counted, then recorded."""
    if not decision.is_open:
        messages.info(request, str(services.AlreadyClosed.words))
        return redirect_in(request.district, "decisions:page", uid=decision.uid)
    data = request.POST.copy() or None
    form = CloseForm(data, group=decision.group, by=request.membership, initial={"version": decision.version})
    if data is not None and form.is_valid():
        try:
            services.close_decision(decision=decision, **form.cleaned_data, by=request.membership)
        except ChangedMeanwhile:
            decision.refresh_from_db()
            data["version"] = str(decision.version)
            form.add_error(None, _("An answer came in meanwhile. Look at the count below, then close again."))
        except services.AlreadyClosed:
            return redirect_in(request.district, "decisions:page", uid=decision.uid)
        else:
            return redirect_in(request.district, "decisions:page", uid=decision.uid)
    page = decision_page(decision, preview=True)
    context = {"form": form, "decision": decision, "page": page, "round_form": RoundForm()}
    return render(request, "decisions/close.html", context)


@access(of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The tab of a partner's page: decisions in which it has a seat."""
    decisions = decisions_of_partner(partner, request.membership)
    return render(request, "decisions/of_partner.html", {"partner": partner, "decisions": decisions})
