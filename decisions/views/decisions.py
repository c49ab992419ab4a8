"""Pages of decisions: the log, one decision, and the steps from question to outcome."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.rules import is_staff
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from decisions import services
from decisions.answers_form import AnswersForm
from decisions.filters import LogFilter, preset
from decisions.forms import CloseForm, QuestionForm, RoundForm, StepOutForm
from decisions.models import Decision
from decisions.pages.decision import closed_words, decision_page, history_page
from decisions.pages.log import decisions_of_partner, log_page
from decisions.queries import count
from decisions.rules import keeps_decisions, may_settle
from decisions.services import Given
from partners.models import Partner


@access()
def log(request: MemberRequest) -> HttpResponse:
    """The log: every decision that one may see, newest first, with search."""
    filters = LogFilter(request.GET, by=request.membership)
    page = log_page(request.membership, **filters.wanted(), before=request.GET.get("before", ""))
    may_write = keeps_decisions(request.membership)
    return render(request, "decisions/log.html", {"page": page, "filters": filters, "may_write": may_write})


REFUSED_AT = {
    services.NoVotingSeats: "group",
    services.ReasonWanted: "method_reason",
    services.OptionsWanted: "options",
    services.NoOptionsWanted: "options",
}
"""At which field of a new question each refusal is said."""


@access(do=keeps_decisions)
def new(request: MemberRequest) -> HttpResponse:
    """Put a question to a group."""
    form = QuestionForm(request.POST or None, by=request.membership, initial=preset(request.GET))
    if form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            decision = services.open_decision(closes_at=asked.pop("last_day"), **asked, by=request.membership)
        except tuple(REFUSED_AT) as refused:
            form.add_error(REFUSED_AT[type(refused)], refused.words)
        else:
            words = _("%(group)s is asked. Next: record what its seats answer.")
            messages.success(request, words % {"group": decision.group.name})
            return _page(request, decision)
    return render(request, "decisions/new.html", {"form": form})


@access(of=Decision)
def page(request: MemberRequest, decision: Decision) -> HttpResponse:
    """A decision: question, outcome with its arithmetic, and every seat's answer."""
    may_write = keeps_decisions(request.membership, decision)
    page = decision_page(decision)
    settles = may_settle(decision)
    context = {"decision": page.decision, "page": page, "may_write": may_write, "settles": settles}
    return render(request, "decisions/page.html", context)


@access(of=Decision)
def history(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Every answer that was ever given, and the decision's entries in the register."""
    context = {
        "decision": decision,
        "page": history_page(decision),
        "may_erase": is_staff(request.membership, decision),
    }
    return render(request, "decisions/history.html", context)


@access(of=Decision, do=keeps_decisions)
def answers(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record the answers of all seats on one screen; only what changed is kept anew."""
    if not decision.is_open:
        return _closed(request, decision, _("Your answers were not recorded."))
    counted = count(decision)
    form = AnswersForm(request.POST or None, counted=counted)
    if form.is_valid():
        given = [Given(seat, answer, reason, **form.how) for seat, answer, reason in form.given()]
        try:
            if given:
                services.record_answers(
                    decision=decision, given=given, round_n=counted.round.n, by=request.membership
                )
        except services.AlreadyClosed:
            return _closed(request, decision, _("Your answers were not recorded."))
        except services.RoundOver as over:
            messages.warning(request, str(over.words))
            return _page(request, decision)
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            _say_recorded(request, decision, len(given))
            return _page(request, decision)
    context = {"form": form, "decision": decision, "counted": counted}
    return render(request, "decisions/answers.html", context)


def _say_recorded(request: MemberRequest, decision: Decision, n: int) -> None:
    """How many answers were recorded, and what comes next."""
    if not n:
        words = _("Nothing was recorded: no answer was chosen or changed.")
        messages.info(request, words)
        return
    done = ngettext("%(n)d answer is recorded.", "%(n)d answers are recorded.", n) % {"n": n}
    silent = count(decision).result.figures["silent"]
    more = ngettext("%(n)d seat has not answered yet.", "%(n)d seats have not answered yet.", silent)
    rest = more % {"n": silent} if silent else _("Every seat has answered. Next: close the decision.")
    messages.success(request, f"{done} {rest}")


@access(of=Decision, do=keeps_decisions)
def step_out(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record that a seat steps out of a decision."""
    if not decision.is_open:
        return _closed(request, decision, _("Nobody stepped out any more."))
    form = StepOutForm(request.POST or None, decision=decision)
    if form.is_valid():
        try:
            services.step_out(decision=decision, **form.cleaned_data, by=request.membership)
        except services.AlreadyClosed:
            return _closed(request, decision, _("Nobody stepped out any more."))
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            words = _("%(seat)s stepped out: it is no longer counted in this decision.")
            messages.success(request, words % {"seat": form.cleaned_data["seat"].label})
            return _page(request, decision)
    return render(request, "decisions/step_out.html", {"form": form, "decision": decision})


@require_POST
@access(of=Decision, do=keeps_decisions)
def next_round(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Take a question that was put off to the next meeting."""
    form = RoundForm(request.POST)
    if form.is_valid():
        try:
            begun = services.next_round(decision=decision, **form.cleaned_data, by=request.membership)
        except services.AlreadyClosed:
            return _closed(request, decision, _("No further round began."))
        except services.Refused as refused:
            messages.error(request, str(refused.words))
        else:
            words = _("Round %(n)d began. Next: ask all seats once more and record their answers.")
            messages.success(request, words % {"n": begun.n})
    return _page(request, decision)


@access(of=Decision, do=keeps_decisions)
def close(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Close a decision: the outcome is shown as it will be counted, then recorded."""
    if not decision.is_open:
        return _closed(request, decision, str(services.AlreadyClosed.words))
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
            return _closed(request, decision, str(services.AlreadyClosed.words))
        else:
            messages.success(request, _closed_as(decision))
            return _page(request, decision)
    page = decision_page(decision, preview=True)
    context = {"form": form, "decision": decision, "page": page, "round_form": RoundForm()}
    return render(request, "decisions/close.html", context)


def _closed_as(decision: Decision) -> str:
    """That it is closed, how, and what comes next: its review, where one is set."""
    closed = _("Closed: %(outcome)s. The outcome stands in the register.")
    words = closed % {"outcome": decision.get_outcome_display()}
    if decision.review_on is None:
        return words
    day = formats.date_format(decision.review_on, "DATE_FORMAT")
    return " ".join([words, _("It comes back for review on %(day)s.") % {"day": day}])


def _closed(request: MemberRequest, decision: Decision, not_done: str) -> HttpResponseRedirect:
    """Show a decision that somebody closed before the form came in: by whom, when, and what was not done."""
    whole = Decision.objects.select_related("closed_by__user").get(pk=decision.pk)
    said = not_done if request.method == "POST" else str(services.AlreadyClosed.words)
    messages.warning(request, f"{closed_words(whole)} {said}")
    return _page(request, decision)


def _page(request: MemberRequest, decision: Decision) -> HttpResponseRedirect:
    return redirect_in(request.district, "decisions:page", uid=decision.uid)


@access(of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The tab of a partner's page: decisions in which it has a seat."""
    decisions = decisions_of_partner(partner, request.membership)
    return render(request, "decisions/of_partner.html", {"partner": partner, "decisions": decisions})
