"""Adding and editing partners, contacts, services and places."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.access import MemberRequest, access
from accounts.predicates import holds
from accounts.urls_in import redirect_back, redirect_in, url_in, way_back
from accounts.versions import ChangedMeanwhile
from partners import services
from partners.alike import Alike, alike
from partners.forms import ContactForm, PartnerForm, ServiceForm, SiteForm, VersionedForm
from partners.link_queries import links_of
from partners.models import Contact, Partner, Service, Site
from partners.rules import edits_directory, erases_people


@access(do=edits_directory)
def add_partner(request: MemberRequest) -> HttpResponse:
    """A new partner."""
    form = PartnerForm(request.POST or None, by=request.membership)
    found: list[Alike] = []
    if form.is_valid():
        typed = values_of(form)
        names = [typed["name"], *typed["aliases"]]
        found = _unseen(request, names=names, website=typed["website"], ein=typed["ein"])
        if not found:
            partner = services.create_partner(by=request.membership, **typed)
            return redirect_in(request.district, "partners:page", uid=partner.uid)
    back = url_in(request.district, "partners:list")
    context = {
        "form": form,
        "title": _("Add a partner"),
        "submit": _("Add this partner"),
        "back": back,
        "warn_url": url_in(request.district, "partners:typed"),
    }
    return render(request, "partners/form.html", context | _asking(found))


@access(do=edits_directory, of=Partner)
def edit_partner(request: MemberRequest, partner: Partner) -> HttpResponse:
    """What we know of a partner."""
    form = PartnerForm(request.POST or None, instance=partner, by=request.membership)
    if partner.merged_into and form.is_bound:  # since the page was opened
        form.is_valid()
        said = _("This partner was merged into %(name)s. Open that one, and change it there.")
        form.add_error(None, said % {"name": partner.merged_into.name})
    if saved(request, form, services.edit_partner, partner=partner):
        return redirect_in(request.district, "partners:page", uid=partner.uid)
    return _form(request, form, partner, "page", _("Edit"), _("Save this partner"))


@access(do=edits_directory, of=Partner)
def add_contact(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One more person at a partner."""
    form = ContactForm(request.POST or None)
    found: list[Alike] = []
    if form.is_valid():
        typed = values_of(form)
        if not partner.contacts.exists():  # the partner is being entered just now
            found = _unseen(request, email=typed["email"], phone=typed["phone"], other_than=partner)
        if not found:
            services.add_contact(partner=partner, by=request.membership, **typed)
            return redirect_back(request, request.district, "partners:contacts", uid=partner.uid)
    return _form(request, form, partner, "contacts", _("Add a contact"), _("Add this contact"), found)


@access(do=edits_directory, of=Contact)
def edit_contact(request: MemberRequest, contact: Contact) -> HttpResponse:
    """What we know of a person at a partner."""
    _must_be_known(contact)
    form = ContactForm(request.POST or None, instance=contact)
    if saved(request, form, services.edit_contact, contact=contact):
        return redirect_back(request, request.district, "partners:contacts", uid=contact.partner.uid)
    back = way_back(request, request.district, "partners:contacts", uid=contact.partner.uid)
    context = {
        "form": form,
        "partner": contact.partner,
        "contact": contact,
        "title": contact.name,
        "submit": _("Save this contact"),
        "back": back,
        "may_erase": holds(erases_people, request.membership),
        "links": links_of(contact),
        "now": clock.now(),
    }
    return render(request, "partners/contact.html", context)


@access(do=erases_people, of=Contact)
def erase_contact(request: MemberRequest, contact: Contact) -> HttpResponse:
    """Erase a person on their request: the page says what stays, the button does it."""
    _must_be_known(contact)
    partner, changed = contact.partner, False
    if request.method == "POST":
        try:
            version = int(request.POST.get("version", ""))
            services.erase_contact(contact=contact, version=version, by=request.membership)
        except (ChangedMeanwhile, ValueError):
            changed = True
        else:
            messages.success(request, _("What was known of this person is erased."))
            return redirect_in(request.district, "partners:contacts", uid=partner.uid)
    context = {"contact": contact, "partner": partner, "changed": changed}
    return render(request, "partners/erase_contact.html", context)


@require_POST
@access(do=edits_directory, of=Contact)
def contact_left(request: MemberRequest, contact: Contact) -> HttpResponse:
    """The person left the organization today."""
    services.contact_left(
        contact=contact, on=clock.today(request.district), version=contact.version, by=request.membership
    )
    said = _("%(name)s has left. The record stays; nothing more is sent to them.")
    messages.success(request, said % {"name": contact.name})
    return redirect_in(request.district, "partners:contacts", uid=contact.partner.uid)


@access(do=edits_directory, of=Partner)
def add_service(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One more thing that a partner does."""
    form = ServiceForm(request.POST or None)
    if form.is_valid():
        services.add_service(partner=partner, by=request.membership, **values_of(form))
        return redirect_back(request, request.district, "partners:services", uid=partner.uid)
    return _form(request, form, partner, "services", _("Add a service"), _("Add this service"))


@access(do=edits_directory, of=Service)
def edit_service(request: MemberRequest, service: Service) -> HttpResponse:
    """A service, its needs and its schools."""
    form = ServiceForm(request.POST or None, instance=service)
    if saved(request, form, services.edit_service, service=service):
        return redirect_in(request.district, "partners:services", uid=service.partner.uid)
    return _form(request, form, service.partner, "services", service.name, _("Save this service"))


@access(do=edits_directory, of=Partner)
def add_site(request: MemberRequest, partner: Partner) -> HttpResponse:
    """One more place of a partner."""
    form = SiteForm(request.POST or None)
    if form.is_valid():
        services.add_site(partner=partner, by=request.membership, **values_of(form))
        return redirect_in(request.district, "partners:sites", uid=partner.uid)
    return _form(request, form, partner, "sites", _("Add a place"), _("Add this place"))


@access(do=edits_directory, of=Site)
def edit_site(request: MemberRequest, site: Site) -> HttpResponse:
    """A place of a partner."""
    form = SiteForm(request.POST or None, instance=site)
    if saved(request, form, services.edit_site, site=site):
        return redirect_in(request.district, "partners:sites", uid=site.partner.uid)
    return _form(request, form, site.partner, "sites", str(site), _("Save this place"))


def _must_be_known(contact: Contact) -> None:
    """Of a person who was erased there is nothing to see or to do. Raises Http404."""
    if contact.erased_at is not None:
        raise Http404


def saved(request: MemberRequest, form: VersionedForm, edit: Any, **record: Any) -> bool:
    """Whether the edit was typed well and written; where somebody was faster, the form says so."""
    if not form.is_valid():
        return False
    try:
        edit(version=form.cleaned_data["version"], by=request.membership, **record, **values_of(form))
    except ChangedMeanwhile:
        form.say_changed_meanwhile()
        return False
    return True


def values_of(form: VersionedForm) -> dict[str, Any]:
    """What was typed, as the services take it."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _unseen(request: MemberRequest, **typed: Any) -> list[Alike]:
    """Partners like what was typed, unless the page has shown all of them already."""
    found = alike(request.membership, **typed)
    seen = request.POST.get("seen", "").split(",")
    return found if any(str(one.partner.uid) not in seen for one in found) else []


def _asking(found: Sequence[Alike]) -> dict[str, Any]:
    """What a form shows of partners that may be the same: who they are, and a button that saves anyway."""
    if not found:
        return {}
    seen = ",".join(str(one.partner.uid) for one in found)
    hidden = format_html('<input type="hidden" name="seen" value="{}">', seen)
    return {"alike": found, "extra": hidden, "submit": _("Save anyway")}


def _form(
    request: MemberRequest,
    form: VersionedForm,
    partner: Partner,
    tab: str,
    title: str,
    submit: str,
    found: Sequence[Alike] = (),
) -> HttpResponse:
    back = way_back(request, request.district, f"partners:{tab}", uid=partner.uid)
    context = {"form": form, "partner": partner, "title": title, "submit": submit, "back": back}
    return render(request, "partners/form.html", context | _asking(found))
