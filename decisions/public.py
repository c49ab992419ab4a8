"""The page on which anybody checks a code of the register, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_scopes import scopes_disabled

from accounts.access import public
from accounts.often import too_often

from .checking import check_code
from .ledger import code_from

TRIES = 30  # a minute and address: more than a person types


@public("Whoever holds a code of the register may ask whether it still belongs to it.")
def enter(request: HttpRequest) -> HttpResponse:
    """Type a code; it leads to the page of that code."""
    asked = request.GET.get("code", "").strip()[:200]
    code = code_from(asked)
    if code is None:
        return render(request, "decisions/check.html", {"asked": asked, "no_code": bool(asked)})
    return redirect("register:code", code=code)


@public("Whoever holds a code of the register may ask whether it still belongs to it.")
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Which entry has this code, and whether all entries of its register fit together; no more."""
    wanted = code_from(code)
    if wanted is None:
        return render(request, "decisions/check.html", {"asked": code, "no_code": True}, status=404)
    if too_often(request, "register", TRIES):
        return render(request, "decisions/check.html", {"asked": code, "too_often": True}, status=429)
    with scopes_disabled():
        found = check_code(wanted)
    context = {"asked": code, "found": found, "is_unknown": found is None}
    return render(request, "decisions/check.html", context, status=200 if found else 404)
