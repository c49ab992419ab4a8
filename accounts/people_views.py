"""Pages on which a role changes hands: who signs for a principal, handing over, and the last day."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from . import deputies, services
from . import hand_over as handing
from .access import MemberRequest, access
from .models import Deputy, Membership
from .people_forms import DeputyForm, EndForm, ReceiverForm
from .rules import is_staff
from .urls_in import redirect_in


@access(see=deputies.names_deputies, of=Membership)
def deputies_of(request: MemberRequest, principal: Membership) -> HttpResponseBase:
    """Who signs for a principal and until when; name one more."""
    form = DeputyForm(request.POST or None, principal=principal, by=request.membership)
    if form.is_valid():
        try:
            named = deputies.name_deputy(principal=principal, by=request.membership, **form.cleaned_data)
        except deputies.AlreadyDeputy:
            form.add_error("deputy", _("They sign on some of these days already. End that first."))
        except (deputies.NotAPrincipal, deputies.CannotStandIn):
            form.add_error(None, _("This principal, or the person you chose, has no role here any more."))
        else:
            words = _("%(deputy)s signs for %(principal)s until %(day)s.") % {
                "deputy": named.deputy.user.name,
                "principal": principal.user.name,
                "day": date_format(named.until, "DATE_FORMAT"),
            }
            messages.success(request, words)
            return redirect_in(request.district, "people:deputies", uid=principal.uid)
    context = {
        "form": form,
        "principal": principal,
        "own": principal.pk == request.membership.pk,
        "named": deputies.deputies_of(principal),
    }
    return render(request, "people/deputies.html", context)


@require_POST
@access(of=Deputy, do=deputies.ends_deputies)
def end_deputy(request: MemberRequest, deputy: Deputy) -> HttpResponse:
    """End a deputy's right at once."""
    deputies.end_deputy(deputy=deputy, by=request.membership)
    names = {"deputy": deputy.deputy.user.name, "principal": deputy.principal.user.name}
    messages.success(request, _("%(deputy)s no longer signs for %(principal)s.") % names)
    return redirect_in(request.district, "people:deputies", uid=deputy.principal.uid)


@access(see=is_staff, of=Membership)
def hand_over(request: MemberRequest, giver: Membership) -> HttpResponseBase:
    """What waits for a person: choose who takes over, read what goes and what stays, then one button."""
    form = ReceiverForm(request.POST or request.GET or None, giver=giver)
    receiver: Membership | None = form.cleaned_data["to"] if form.is_valid() else None
    if request.method == "POST" and receiver:
        _hand_over(request, giver, receiver)
        return redirect_in(request.district, "people:list")
    context: dict[str, Any] = {"form": form, "giver": giver, "receiver": receiver}
    if receiver:
        context["preview"] = handing.preview(giver, receiver)
    else:
        context["things"] = handing.open_things(giver)
    return render(request, "people/hand_over.html", context)


@access(see=is_staff, of=Membership)
def end_member(request: MemberRequest, member: Membership) -> HttpResponseBase:
    """A person's last day; what is open goes to another in the same step, or stays."""
    things = handing.open_things(member)
    form = EndForm(request.POST or None, giver=member, anything=bool(things))
    if form.is_valid():
        last_day, receiver = form.cleaned_data["last_day"], form.cleaned_data.get("to")
        with transaction.atomic():
            if receiver:
                _hand_over(request, member, receiver)
            services.end_membership(
                membership=member, last_day=last_day, version=member.version, by=request.membership
            )
        words = _("%(name)s's role ends with %(day)s.")
        day = date_format(member.until or last_day, "DATE_FORMAT")
        messages.success(request, words % {"name": member.user.name, "day": day})
        return redirect_in(request.district, "people:list")
    return render(request, "people/end.html", {"form": form, "member": member, "things": things})


def _hand_over(request: MemberRequest, giver: Membership, receiver: Membership) -> None:
    """Hand over, and say what went and what stays."""
    figures = handing.hand_over(giver=giver, receiver=receiver, by=request.membership)
    names = {"giver": giver.user.name, "receiver": receiver.user.name}
    if not figures:
        messages.info(request, _("There was nothing to hand over from %(giver)s to %(receiver)s.") % names)
        return
    names["what"] = ", ".join(handing.figures_in_words(figures))
    messages.success(request, _("Handed over from %(giver)s to %(receiver)s: %(what)s.") % names)
    if left := handing.open_things(giver):
        words = _("Still with %(giver)s: %(what)s. %(receiver)s cannot take them over.")
        messages.warning(request, words % {**names, "what": ", ".join(left)})
