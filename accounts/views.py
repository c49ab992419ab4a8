"""Pages of people: one's own settings, who is in the district, and invitations."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django_scopes import scopes_disabled

from . import services
from .access import MemberRequest, access, public
from .deputies import may_sign
from .forms import AcceptForm, InviteForm, MeForm
from .models import User
from .outgoing import mail_leaves
from .queries import people_page
from .rules import is_staff
from .urls_in import redirect_in


@access()
@cache_control(private=True, max_age=300)
def brand_css(request: MemberRequest) -> HttpResponse:
    """The district's color, as the one variable that the stylesheet reads."""
    return HttpResponse(f":root {{ --pp-brand: {request.district.brand}; }}\n", content_type="text/css")


@access()
def me(request: MemberRequest) -> HttpResponse:
    """One's own name and language."""
    user = request.user
    form = MeForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if form.is_valid():
        User.objects.filter(pk=user.pk).update(**form.cleaned_data)
        return redirect_in(request.district, "people:me")
    return render(request, "people/me.html", {"form": form, "may_sign": may_sign(request.membership)})


@access(see=is_staff)
def people(request: MemberRequest) -> HttpResponse:
    """Who is in the district, as what, and until when; where no mail leaves, with the links to hand over."""
    links_at = "" if mail_leaves() else settings.PORTAL_BASE_URL
    context = {"page": people_page(request.district), "links_at": links_at}
    return render(request, "people/list.html", context)


@access(see=is_staff)
def invite_person(request: MemberRequest) -> HttpResponse:
    """Invite somebody; the mail with their link goes out in the background."""
    form = InviteForm(request.POST or None, district=request.district)
    if form.is_valid():
        try:
            invitation = services.invite(
                district=request.district, by=request.membership, **form.cleaned_data
            )
        except services.AlreadyMember:
            form.add_error("email", _("This person belongs to the district already."))
        else:
            values = {"email": invitation.email}
            messages.success(request, _("%(email)s is invited.") % values)
            if not mail_leaves():
                words = _("Mail is not sent here. Copy the link below and give it to %(email)s.")
                messages.info(request, words % values)
            return redirect_in(request.district, "people:list")
    return render(request, "people/invite.html", {"form": form})


@public("A person who is invited has no account yet; the link names one invitation.")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: the page shows it, the button accepts it."""
    with scopes_disabled():
        try:
            invited = services.open_invitation(token)
        except services.LinkEnded:
            return render(request, "people/invitation_ended.html", status=410)
        known = User.objects.filter(email=invited.email).exists()
        form = AcceptForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
        if request.method == "POST" and (known or form.is_valid()):
            chosen = {} if known else form.cleaned_data
            try:
                member = services.accept_invitation(invitation=invited, **chosen)
            except (services.LinkEnded, services.AlreadyMember):
                return render(request, "people/invitation_ended.html", status=410)
            if not known:
                auth.login(request, member.user, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("home")
    return render(request, "people/invitation.html", {"invitation": invited, "form": form, "known": known})
