"""Pages of decisions: the log, one decision, and the steps from question to outcome."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.rules import is_staff
from accounts.student_records import anyway
from accounts.urls_in import redirect_in
from decisions import services
from decisions.answers_form import AnswersForm
from decisions.evidence_form import EvidenceForm
from decisions.filters import LogFilter, preset
from decisions.forms import QuestionForm
from decisions.models import Decision
from decisions.open_forms import StepOutForm
from decisions.pages.decision import decision_page
from decisions.pages.history import history_page
from decisions.pages.levels import levels_of_partner
from decisions.pages.log import decisions_of_partner, log_page
from decisions.queries import count
from decisions.rule import Outcome
from decisions.rules import keeps_decisions, may_settle
from decisions.services import Given
from partners.models import Partner

from .closing import closed_meanwhile
from .going import to_page


@access()
def log(request: MemberRequest) -> HttpResponse:
    """The log: every decision that one may see, newest first, with search."""
    filters = LogFilter(request.GET, by=request.membership)
    page = log_page(request.membership, **filters.wanted(), before=request.GET.get("before", ""))
    may_write = keeps_decisions(request.membership)
    return render(request, "decisions/log.html", {"page": page, "filters": filters, "may_write": may_write})


REFUSED_AT: dict[type[services.Refused], str] = {
    services.NoVotingSeats: "group",
    services.ReasonWanted: "method_reason",
    services.SilenceNeverShares: "method",
    services.SilenceNotAllowed: "method",
    services.NobodyDecides: "method",
    services.DeadlineWanted: "last_day",
    services.NoticeRuns: "last_day",
    services.OptionsWanted: "options",
    services.NoOptionsWanted: "options",
    services.OptionsApart: "options_es",
    services.OfAnotherGroup: "group",
    services.OnlyInMeetings: "last_day",
    services.EndsBeforeMeeting: "meeting",
    services.NotOfThisMeeting: "meeting",
}
"""At which field of a new question a refusal is said; others are said of all of it."""


@access(do=keeps_decisions)
def new(request: MemberRequest) -> HttpResponse:
    """Put a question to a group."""
    form = QuestionForm(request.POST or None, by=request.membership, initial=preset(request.GET))
    if form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            decision = services.open_decision(closes_at=asked.pop("last_day"), **asked, by=request.membership)
        except services.Refused as refused:
            form.add_error(REFUSED_AT.get(type(refused)), refused.words)
        else:
            words = _("%(group)s is asked. Next: record what its seats answer.")
            messages.success(request, words % {"group": decision.group.name})
            return to_page(request, decision)
    return render(request, "decisions/new.html", {"form": form})


@access(of=Decision)
def page(request: MemberRequest, decision: Decision) -> HttpResponse:
    """A decision: question, outcome with its arithmetic, and every seat's answer."""
    may_write = keeps_decisions(request.membership, decision)
    page = decision_page(decision)
    context = {"decision": page.decision, "page": page, "may_write": may_write}
    context["settles"] = may_settle(decision)
    if may_write and decision.is_open:
        context["closes_next"] = services.closes_next(page.decision, page.count.rule, request.membership)
    return render(request, "decisions/page.html", context)


@access(of=Decision)
def history(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Every answer that was ever given, and the decision's entries in the register."""
    context = {
        "decision": decision,
        "page": history_page(decision),
        "may_write": keeps_decisions(request.membership, decision),
        "may_erase": is_staff(request.membership, decision),
    }
    return render(request, "decisions/history.html", context)


@access(of=Decision, do=keeps_decisions)
def answers(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record the answers of all seats on one screen; only what changed is kept anew."""
    if not decision.is_open:
        return closed_meanwhile(request, decision, _("Your answers were not recorded."))
    counted = count(decision)
    form = AnswersForm(
        request.POST or None,
        counted=counted,
        all_yes="all" in request.GET,
        between=decision.group.between_meetings,
    )
    shows = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid() & shows.fits(form):
        given = [Given(seat, answer, reason, **form.how) for seat, answer, reason in form.given()]
        try:
            if given:
                services.record_answers(
                    decision=decision,
                    given=given,
                    round_n=counted.round.n,
                    shown=shows.shown,
                    by=request.membership,
                )
        except services.AlreadyClosed:
            return closed_meanwhile(request, decision, _("Your answers were not recorded."))
        except services.RoundOver as over:
            messages.warning(request, str(over.words))
            return to_page(request, decision)
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            return _recorded(request, decision, len(given))
    context = {"form": form, "shows": shows, "problems": shows.problems, "anyway": anyway(form, shows)}
    context |= {"decision": decision, "counted": counted}
    return render(request, "decisions/answers.html", context)


def _recorded(request: MemberRequest, decision: Decision, n: int) -> HttpResponseRedirect:
    """Say how many answers were recorded and what comes next: the close, where all at the meeting have
    answered, or whose role makes it."""
    if not n:
        words = _("Nothing was recorded: no answer was chosen or changed.")
        messages.info(request, words)
        return to_page(request, decision)
    done = ngettext("%(n)d answer is recorded.", "%(n)d answers are recorded.", n) % {"n": n}
    counted = count(decision)
    deferred = counted.result.outcome is Outcome.DEFERRED
    others = "" if deferred else services.closes_next(decision, counted.rule, request.membership)
    following = others or _("Next: close the decision.")
    silent = counted.result.figures["silent"]
    rest = ngettext("%(n)d seat has not answered yet.", "%(n)d seats have not answered yet.", silent)
    if counted.waits_for_decider:
        rest = _("The seat that decides has not said yet.")
    elif not silent:
        rest = " ".join((_("Every seat has answered."), following))
    elif counted.all_here_answered:
        rest = " ".join((_("All who are here have answered."), following))
    messages.success(request, f"{done} {rest % {'n': silent}}")
    if counted.all_here_answered and not others:
        return redirect_in(request.district, "decisions:close", uid=decision.uid)
    return to_page(request, decision)


@access(of=Decision, do=keeps_decisions)
def step_out(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Record that a seat steps out of a decision."""
    if not decision.is_open:
        return closed_meanwhile(request, decision, _("Nobody stepped out any more."))
    form = StepOutForm(request.POST or None, decision=decision)
    if form.is_valid():
        try:
            services.step_out(decision=decision, **form.cleaned_data, by=request.membership)
        except services.AlreadyClosed:
            return closed_meanwhile(request, decision, _("Nobody stepped out any more."))
        except services.Refused as refused:
            form.add_error(None, refused.words)
        else:
            words = _("%(seat)s stepped out: it is no longer counted in this decision.")
            messages.success(request, words % {"seat": form.cleaned_data["seat"].label})
            return to_page(request, decision)
    return render(request, "decisions/step_out.html", {"form": form, "decision": decision})


@access(of=Partner)
def of_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The tab of a partner's page: decisions in which it has a seat."""
    decisions = decisions_of_partner(partner, request.membership)
    levels = levels_of_partner(partner, request.membership, clock.today(request.district))
    context = {"partner": partner, "decisions": decisions, "levels": levels}
    return render(request, "decisions/of_partner.html", context)
