"""My sign-in: password, two steps, recovery codes and sessions. They are a person's own, in no district."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import sessions, two_steps
from .access import signed_in

REASON = "How one signs in is one's own, whatever one's roles."


@signed_in(REASON)
def overview(request: HttpRequest) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    user: Any = request.user
    context = {
        "two_steps": two_steps.has_two_steps(user),
        "codes_left": two_steps.codes_left(user),
        "sessions": sessions.sessions_of(user, request.session.session_key),
    }
    return render(request, "sign_in/overview.html", context)


@require_POST
@signed_in(REASON)
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session."""
    user: Any = request.user
    if sessions.end_session(user=user, name=request.POST.get("session", "")):
        messages.success(request, _("Signed out there."))
    else:
        messages.info(request, _("This session had ended already."))
    return redirect("mfa_index")


@require_POST
@signed_in(REASON)
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    user: Any = request.user
    ended = sessions.end_other_sessions(user=user, current_key=request.session.session_key)
    words = ngettext("Signed out in %(count)d other place.", "Signed out in %(count)d other places.", ended)
    messages.success(request, words % {"count": ended} if ended else _("You are signed in here alone."))
    return redirect("mfa_index")


@never_cache
@signed_in(REASON)
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many codes are left; the button shows them, or gives them as a file."""
    user: Any = request.user
    found = two_steps.recovery_codes(user)
    if found is None:
        return redirect("mfa_index")
    codes = two_steps.show_codes(found) if request.method == "POST" else []
    if codes and "file" in request.POST:
        file = HttpResponse("\n".join([*codes, ""]), content_type="text/plain; charset=utf-8")
        file.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
        return file
    context = {
        "codes": codes,
        "left": two_steps.unused(found),
        "can_be_shown": two_steps.may_be_shown(found),
    }
    return render(request, "sign_in/codes.html", context)
