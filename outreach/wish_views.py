"""What one wants by mail: by a mail's own link, without an account, and as one of us."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from accounts.access import MemberRequest, access, public
from accounts.link_pages import opened, opened_too_often, private
from accounts.often import too_often
from accounts.urls_in import redirect_in

from . import services, wish_queries
from .enums import EVERY_REMINDER
from .forms import WishesForm
from .models import Message

GUESSES = 30  # a minute and address; a link that is ours is not counted, since mail providers open many
INSTEAD = gettext_lazy("To get no more reminders, you can also reply to the mail and say so.")


@csrf_exempt
@public("Whoever got a reminder may stop it, and their mail program may with one click (RFC 8058).")
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one mail's link; opening it writes nothing.

    A POST needs no CSRF token: that of the link is its signature, and no session is asked.
    """
    message = wish_queries.message_of(token)
    if message is None:
        if too_often(request, "no_more", GUESSES):
            return opened_too_often(request, INSTEAD)
        return private(render(request, "outreach/no_more_unknown.html", {"instead": INSTEAD}, status=404))
    with opened(request, message.district, message.language):
        if request.method == "POST":
            return private(_act(request, message))
        return private(_page(request, message))


def _page(request: HttpRequest, message: Message, status: int = 200) -> HttpResponse:
    page = wish_queries.no_more_page(message)
    return render(request, "outreach/no_more.html", {"page": page}, status=status)


def _act(request: HttpRequest, message: Message) -> HttpResponse:
    """Do what a button says, or a mail provider, which is answered at once and not led on (RFC 8058, 3.2)."""
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    act = "kind" if one_click else request.POST.get("act")
    if act == "again":
        services.want_again(address=message.to, kinds=[message.kind, EVERY_REMINDER])
    elif act in ("kind", "all"):
        kind = message.kind if act == "kind" else EVERY_REMINDER
        services.unsubscribe(district=message.district, address=message.to, kind=kind)
    else:
        return _page(request, message, status=400)
    return _page(request, message) if one_click else HttpResponseRedirect(request.path)


@access()
def preferences(request: MemberRequest) -> HttpResponse:
    """Which reminders and notices one wants by mail oneself."""
    wishes = wish_queries.wishes_of(request.membership)
    data = request.POST if request.method == "POST" else None
    form = WishesForm(data, wishes=wishes)
    if form.is_valid():
        services.choose_kinds(wanted=form.cleaned_data["kinds"], by=request.membership)
        messages.success(request, _("Saved. It holds at once, for what waits already too."))
        return redirect_in(request.district, "outreach:preferences")
    return render(request, "outreach/preferences.html", {"form": form, "wishes": wishes})
