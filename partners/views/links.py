"""Personal links of a contact: make one, copy it, take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.urls_in import absolute, redirect_in
from partners import services
from partners.link_forms import MakeLinkForm
from partners.link_queries import school_year
from partners.models import Contact, PartnerLink
from partners.renewal_queries import papers_to_ask
from partners.rules import sends_links


@access(do=sends_links, of=Contact)
def make(request: MemberRequest, contact: Contact) -> HttpResponse:
    """A new link, which goes by mail or is shown to be copied."""
    ask = papers_to_ask(contact.partner.winner, request.district)
    form = MakeLinkForm(request.POST or None, contact=contact, ask=ask)
    if form.is_valid():
        way = form.cleaned_data["way"]
        try:
            link = services.make_link(
                contact=contact,
                right=form.cleaned_data["right"],
                by=request.membership,
                mail=way == "mail",
                school_year=school_year(request.district),
                papers=form.cleaned_data["papers"],
            )
        except services.ContactGone:
            form.add_error(None, _("This person has left the organization. Choose somebody who is there."))
        else:
            if way == "copy":
                return _shown(request, link)
            messages.success(request, _("The link goes to %(email)s now.") % {"email": contact.email})
            return redirect_in(request.district, "partners:edit_contact", uid=contact.uid)
    context = {"form": form, "contact": contact, "partner": contact.partner.winner}
    return render(request, "partners/make_link.html", context)


@require_POST
@access(do=sends_links, of=PartnerLink)
def copy(request: MemberRequest, link: PartnerLink) -> HttpResponse:
    """Show the address of a link; that somebody took it is kept."""
    return _shown(request, link)


@require_POST
@access(do=sends_links, of=PartnerLink)
def take_back(request: MemberRequest, link: PartnerLink) -> HttpResponse:
    """End a link: whoever opens it is told."""
    services.take_back(link=link, by=request.membership)
    messages.success(request, _("The link is taken back. It opens nothing any more."))
    return redirect_in(request.district, "partners:edit_contact", uid=link.contact.uid)


def _shown(request: MemberRequest, link: PartnerLink) -> HttpResponse:
    try:
        services.note_copied(link=link, by=request.membership)
    except services.LinkEnded:
        messages.error(request, _("This link was taken back. Make a new one."))
        return redirect_in(request.district, "partners:edit_contact", uid=link.contact.uid)
    address = absolute(reverse("by_link:page", kwargs={"token": link.token}))
    context = {"link": link, "contact": link.contact, "partner": link.partner.winner, "address": address}
    response = render(request, "partners/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
