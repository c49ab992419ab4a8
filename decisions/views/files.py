"""Files of a decision: added to its question, and opened; and the file that shows an answer."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from decisions import services
from decisions.models import Attachment, Decision, Evidence
from decisions.rules import keeps_decisions
from partners.agreement_forms import FileForm
from partners.views.papers import as_attachment

from .going import to_page


@access(of=Decision, do=keeps_decisions)
def attach(request: MemberRequest, decision: Decision) -> HttpResponse:
    """Add a file to an open question."""
    if not decision.is_open:
        messages.warning(request, str(services.AlreadyClosed.words))
        return to_page(request, decision)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            added = services.attach_file(decision=decision, upload=form.file, by=request.membership)
        except services.Refused as refused:
            form.add_error("upload", refused.words)
        else:
            words = _("%(file)s is added. Those who are asked can open it.")
            messages.success(request, words % {"file": added.file.name})
            return to_page(request, decision)
    return render(request, "decisions/attach.html", {"form": form, "decision": decision})


@access(of=Decision)
def attached(request: MemberRequest, decision: Decision, file: uuid.UUID) -> HttpResponse:
    """A file of a decision, byte for byte; none once it is erased."""
    rows = Attachment.objects.select_related("file").exclude(sealed__person=None)
    return as_attachment(get_object_or_404(rows, decision=decision, uid=file).file)


@access(of=Decision, do=keeps_decisions)
def evidence(request: MemberRequest, decision: Decision, file: uuid.UUID) -> HttpResponse:
    """The file that shows answers, for those who record them; none once it is erased."""
    rows = Evidence.objects.select_related("file").exclude(sealed__person=None)
    kept = get_object_or_404(rows, decision=decision, uid=file)
    if kept.file is None:
        raise Http404
    return as_attachment(kept.file)
