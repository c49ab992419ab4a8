"""What a partner's contact does by personal link: check the listing, renew papers, tell about the year.

Opening a page writes nothing, so that a mail scanner's visit is harmless; each act is a POST, and the link
works until it ends, so that it can be put right.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.access import public
from accounts.link_pages import opened, private
from partners import services
from partners.agreed_enums import LinkRight
from partners.link_forms import OfferPaperForm, RowForm, YearForm
from partners.link_queries import listing_of, papers_by_link, told_by_link, year_rows
from partners.listing_forms import RecordForm
from partners.models import PartnerLink

DONE = ("right", "proposed", "nothing", "paper", "year")


@public("A partner's contact has no account; the link is for one thing of their own organization.")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one link, in its contact's language unless they chose another one."""
    try:
        with scopes_disabled():
            link = services.open_link(token)
    except services.LinkEnded:
        return private(render(request, "partners/by_link/ended.html", status=410))
    with opened(request, link.district, link.contact.language):
        return private(PAGES[link.right](request, link))


def _listing(request: HttpRequest, link: PartnerLink) -> HttpResponse:
    """The listing as we show it: one button says that it is right, another leads to what is to be changed."""
    if request.method == "POST" and request.POST.get("act") == "right":
        services.confirm_listing(link=link)
        return _done(request, "right")
    changing = request.method == "POST" or "change" in request.GET
    data = request.POST if request.method == "POST" else None
    forms = [RecordForm(data, listed=listed) for listed in listing_of(link)]
    if data is not None and all(form.is_valid() for form in forms):
        made = services.propose(link=link, changes=[change for form in forms for change in form.changes()])
        return _done(request, "proposed" if made else "nothing")
    problems = [(f"#id_{form.add_prefix(name)}", words[0]) for form in forms for name, words in _wrong(form)]
    context = {
        "forms": forms,
        "others": [form for form in forms if form.listed.is_other],
        "waits": any(form.listed.waits for form in forms),
        "changing": changing,
        "problems": problems,
    }
    return _page(request, link, "listing", context)


def _wrong(form: Any) -> Any:
    return form.errors.items() if form.is_bound else ()


def _papers(request: HttpRequest, link: PartnerLink) -> HttpResponse:
    """Which papers end or are asked for, and a form that hands one over."""
    papers = papers_by_link(link)
    start = {"kind": next(iter(papers.wanted), None)}
    form = OfferPaperForm(request.POST or None, request.FILES or None, initial=start, asked=link.asked)
    if form.is_valid():
        said = form.cleaned_data
        school = papers.school_of(said["kind"])
        services.offer_paper(partner=link.partner.winner, link=link, school=school, **said)
        services.note_acted(link)
        return _done(request, "paper")
    return _page(request, link, "papers", {"papers": papers, "form": form})


def _year(request: HttpRequest, link: PartnerLink) -> HttpResponse:
    """The five questions of a school year; what stays empty is not reported."""
    data, told = request.POST or None, told_by_link(link)
    rows = [
        RowForm(data, prefix=f"row{n}", service=service, school=school, told=told.get((service, school)))
        for n, (service, school) in enumerate(year_rows(link))
    ]
    form = YearForm(data, told=told.get((None, None)))
    if data is not None and all(one.is_valid() for one in (*rows, form)):
        services.report_year(link=link, answers=_answers(rows, form))
        return _done(request, "year")
    wrong = [(f"#id_{one.add_prefix(name)}", words[0]) for one in rows for name, words in _wrong(one)]
    years = f"{link.school_year}-{(link.school_year + 1) % 100:02d}" if link.school_year else ""
    sent_back = form.sent_back or any(row.sent_back for row in rows)
    context = {"rows": rows, "form": form, "years": years, "problems": wrong, "sent_back": sent_back}
    return _page(request, link, "year", context)


def _answers(rows: list[RowForm], form: YearForm) -> list[services.Answer]:
    """What was said by service and school, and of the whole; both are one where there is no service."""
    answers = [
        services.Answer(
            row.school, row.service, {name: row.cleaned_data[name] for name in ("students", "hours")}
        )
        for row in rows
    ]
    if rows and rows[0].service is None and rows[0].school is None:
        return [services.Answer(values={**answers[0].values, **form.values()})]
    return [*answers, services.Answer(values=form.values())]


PAGES: dict[str, Callable[[HttpRequest, PartnerLink], HttpResponse]] = {
    LinkRight.LISTING: _listing,
    LinkRight.PAPERS: _papers,
    LinkRight.YEAR: _year,
}


def _page(request: HttpRequest, link: PartnerLink, name: str, context: dict[str, Any]) -> HttpResponse:
    done = request.GET.get("done", "")
    shared = {
        "link": link,
        "partner": link.partner.winner,
        "asks": link.made_by.user if link.made_by else None,
        "done": done if done in DONE else "",
        "problems_title": _("This can't be sent yet"),
        **context,
    }
    return render(request, f"partners/by_link/{name}.html", shared)


def _done(request: HttpRequest, what: str) -> HttpResponseRedirect:
    """The same page with what was done said on it."""
    return HttpResponseRedirect(f"{request.path}?{urlencode({'done': what})}")
