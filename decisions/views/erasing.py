"""The page on which district staff erase a text that is about a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.rules import is_staff
from accounts.urls_in import redirect_in
from decisions import services
from decisions.erase_form import EraseForm
from decisions.models import Decision
from decisions.pages.erasing import erasable


@access(of=Decision, do=is_staff)
def erase(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Erase one text of a decision for good."""
    texts = erasable(decision)
    form = EraseForm(request.POST or None, texts=texts)
    if form.is_valid():
        try:
            services.erase(**form.cleaned_data, by=request.membership)
        except services.AlreadyErased as late:
            messages.warning(request, str(late.words))
        else:
            messages.success(request, _("The text is erased. The register says when, and at whose request."))
        return redirect_in(request.district, "decisions:history", uid=decision.uid)
    return render(request, "decisions/erase.html", {"form": form, "decision": decision, "texts": texts})
