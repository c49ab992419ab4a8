"""The page on which anybody checks a printed code, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_scopes import scopes_disabled

from accounts.access import public
from accounts.often import too_often

from . import queries
from .numbers import CODE_LENGTH, is_reference, typed

TRIES = 30  # a minute and address: far more than a person types, far too few to guess 100 random bits


@public("Whoever holds a printed letter may ask whether it is ours.")
def enter(request: HttpRequest) -> HttpResponse:
    """Type a code; it leads to the page of that code. A reference is told apart, and not looked up."""
    asked = request.GET.get("code", "")
    wanted, told_apart = typed(asked), is_reference(asked)
    if told_apart or not wanted:
        return render(request, "letters/check.html", {"asked": asked, "is_reference": told_apart})
    return redirect("check:code", code=wanted[:40])


@public("Whoever holds a printed letter may ask whether it is ours.")
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Whether, by whom and when a letter with this code was signed or withdrawn, its SHA-256; no more."""
    if too_often(request, "check", TRIES):
        return render(request, "letters/check.html", {"asked": code, "too_often": True}, status=429)
    wanted = typed(code)
    with scopes_disabled():
        found = queries.check(wanted)
    context = {
        "asked": code,
        "found": found,
        "is_reference": is_reference(code),
        "signs": len(wanted),
        "signs_wanted": CODE_LENGTH,
    }
    return render(request, "letters/check.html", context, status=200 if found else 404)
