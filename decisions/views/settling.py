"""A closed decision settles who does what where several partners do the same."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.models import School
from accounts.urls_in import redirect_in
from decisions.models import Decision
from decisions.rules import keeps_decisions, may_settle
from decisions.settle_form import SettleForm
from partners.coverage_queries import coverage
from partners.findings import open_overlaps, overlap_in_words
from partners.services import settle_overlap

from .going import to_page


@access(of=Decision, do=keeps_decisions)
def settle(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Choose the overlap of the group's school, or of any school, that the decision is about."""
    if not may_settle(decision):
        messages.info(request, _("Only a decision that was closed and taken up says who does what."))
        return to_page(request, decision)
    schools = School.objects.for_member(request.membership).open()
    if decision.group.school_id is not None:
        schools = schools.filter(pk=decision.group.school_id)
    found = open_overlaps(coverage(request.membership, list(schools)))
    words = [
        (key, f"{school}, {need}. {overlap_in_words(overlap)}")
        for key, (school, need, overlap) in found.items()
    ]
    form = SettleForm(request.POST or None, overlaps=words)
    if form.is_valid():
        school, need, overlap = found[form.cleaned_data["overlap"]]
        settle_overlap(
            school=school,
            need=need,
            tier=overlap.tier,
            text=form.cleaned_data["text"],
            on=clock.today(school),
            source_uid=decision.uid,
            by=request.membership,
        )
        messages.success(request, _("Kept. Who serves what says so from now on."))
        return redirect_in(request.district, "coverage:cell", uid=school.uid, need=need.code)
    context = {"form": form, "decision": decision, "overlaps": words}
    return render(request, "decisions/settle.html", context)
