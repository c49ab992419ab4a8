"""What stands on letters beside their words: a school's logo, the district's, and one's own signature."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from accounts.deputies import may_sign
from accounts.models import School
from accounts.rules import is_staff, works_here
from accounts.urls_in import redirect_in
from letters import services
from letters.picture_forms import LogoForm, SignatureForm
from letters.picture_models import Picture, PictureKind
from letters.picture_queries import logo_of, signature_of
from partners.rules import keeps_letterhead

REMOVE = "remove"


@access(of=Picture)
def picture(request: MemberRequest, picture: Picture) -> HttpResponse:
    """The bytes of a logo, or of one's own signature, which no browser keeps.

    They never change: another picture has another address.
    """
    response = HttpResponse(bytes(picture.jpeg), content_type="image/jpeg")
    of_all = picture.kind == PictureKind.LOGO
    response["Cache-Control"] = "private, max-age=31536000, immutable" if of_all else "private, no-store"
    return response


@access(see=may_sign)
def my_signature(request: MemberRequest) -> HttpResponse:
    """One's own signature: put up, seen, taken away. Nobody else sees it before it stands under a letter."""
    person = request.membership
    return _page(
        request,
        template="letters/my_signature.html",
        form=SignatureForm,
        now=signature_of(person),
        put=lambda **given: services.put_signature(by=person, **given),
        take_away=lambda: services.take_signature_away(by=person),
        here=("letters:my_signature", {}),
    )


@access(see=works_here, do=keeps_letterhead, of=School)
def school_logo(request: MemberRequest, school: School) -> HttpResponse:
    """The logo on a school's letters; without one, the district's is taken."""
    return _logo(request, school, ("letters:school_logo", {"uid": school.uid}))


@access(see=is_staff)
def district_logo(request: MemberRequest) -> HttpResponse:
    """The district's logo, on the letters of each school that has none."""
    return _logo(request, None, ("letters:district_logo", {}))


def _logo(request: MemberRequest, school: School | None, here: tuple[str, dict[str, Any]]) -> HttpResponse:
    district_has = logo_of(None) if school else None
    return _page(
        request,
        template="letters/logo.html",
        form=LogoForm,
        now=logo_of(school),
        put=lambda **given: services.put_logo(school=school, by=request.membership, **given),
        take_away=lambda: services.take_logo_away(school=school, by=request.membership),
        here=here,
        more={"school": school, "district_has": district_has, "whose": school or request.district},
    )


def _page(
    request: MemberRequest,
    *,
    template: str,
    form: type[LogoForm | SignatureForm],
    now: Picture | None,
    put: Callable[..., Picture],
    take_away: Callable[[], Picture],
    here: tuple[str, dict[str, Any]],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page with the picture of now, a form for another one, and a button that takes it away."""
    name, where = here
    if request.method == "POST" and request.POST.get("then") == REMOVE:
        if now is not None:
            take_away()
            messages.success(request, _("Taken away. Letters that were signed keep it."))
        return redirect_in(request.district, name, **where)
    posted = request.method == "POST"
    filled = form(request.POST if posted else None, request.FILES if posted else None)
    if filled.is_valid():
        put(**filled.cleaned_data)
        messages.success(request, _("Kept. It stands on letters from now on."))
        return redirect_in(request.district, name, **where)
    return render(request, template, {"form": filled, "picture": now, **(more or {})})
