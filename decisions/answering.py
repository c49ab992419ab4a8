"""The page on which a seat answers a question by its personal link, without an account.

Opening it writes nothing, so that a mail scanner's visit is harmless; each act is a POST. An answer can be
given again, and the last one counts, until the question is closed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from accounts import clock
from accounts.access import public
from accounts.link_pages import opened, opened_too_often, private
from accounts.often import too_often
from partners.views.papers import as_attachment

from . import services
from .enums import Ended, NoteKind
from .link_forms import AskForm, MayNotForm, OwnAnswerForm, PassOnForm
from .models import AnswerLink
from .pages.answering import AnswerPage, answer_page

TRIES = 120  # a minute and address, opened or sent: a school's whole committee answers from one
PAGE, ENDED = "decisions/by_link/page.html", "decisions/by_link/ended.html"


@public("Whoever holds a seat's link answers one question for that seat; the link is for nothing else.")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one seat's link, in its person's language unless another one was chosen."""
    return _by_link(request, token, lambda page: _page(request, page))


@require_safe
@public("Whoever holds a seat's link reads what is attached to its question; the link is for nothing else.")
def file(request: HttpRequest, token: str, uid: uuid.UUID) -> HttpResponse:
    """A file of the question that one seat is asked, as long as its link opens the question."""
    return _by_link(request, token, lambda page: _file(page, uid))


def _by_link(request: HttpRequest, token: str, show: Callable[[AnswerPage], HttpResponse]) -> HttpResponse:
    """What a link opens, or that it opens nothing any more."""
    if too_often(request, "decide", TRIES):
        return opened_too_often(request)
    try:
        with scopes_disabled():
            link = services.open_answer_link(token)
    except services.LinkEnded:
        return private(render(request, ENDED, status=410))
    with opened(request, link.district, link.to_language):
        page = answer_page(link)
        ended = link.ended(clock.now())
        if ended:
            status = 200 if ended == Ended.PASSED_ON else 410  # as they asked, or because it ended
            return private(render(request, ENDED, {"page": page, "ended": ended}, status=status))
        return private(show(page))


def _file(page: AnswerPage, uid: uuid.UUID) -> HttpResponse:
    for one in page.files:
        if one.uid == uid:
            return as_attachment(one.attachment.file)
    raise Http404


def _page(request: HttpRequest, page: AnswerPage) -> HttpResponse:
    act = request.POST.get("act", "answer") if request.method == "POST" else ""
    shown = {name: make(request.POST if name == act else None, page) for name, (make, _do) in ACTS.items()}
    if act in shown and page.takes_answers and shown[act].is_valid():
        try:
            # Closed, or taken back, this moment: the page says so.
            with suppress(services.AlreadyClosed, services.LinkEnded):
                ACTS[act][1](page.link, shown[act])
            return HttpResponseRedirect(request.path)
        except services.Refused as refused:
            shown[act].add_error(None, refused.words)
    context = {
        "page": page,
        "too_late": bool(act) and not page.takes_answers,
        "shown": shown,
        "act": act,
        "form": shown.get(act),
        "problems_title": _("This is not sent yet"),
    }
    return render(request, PAGE, context)


def _answer(link: AnswerLink, form: Any) -> None:
    services.answer_by_link(link=link, answer=form.answer, reason=form.reason, round_n=form.counted.round.n)


def _ask(link: AnswerLink, form: Any) -> None:
    services.say_by_link(link=link, kind=NoteKind.ASKS, text=form.cleaned_data["text"])


def _may_not(link: AnswerLink, form: Any) -> None:
    services.say_by_link(link=link, kind=NoteKind.MAY_NOT)


def _pass_on(link: AnswerLink, form: Any) -> None:
    services.pass_on(link=link, **form.cleaned_data)


Make = Callable[[Any, AnswerPage], forms.Form]
ACTS: dict[str, tuple[Make, Callable[[AnswerLink, Any], None]]] = {
    "answer": (
        lambda data, page: OwnAnswerForm(data, counted=page.count, seat=page.link.decision_seat),
        _answer,
    ),
    "ask": (lambda data, page: AskForm(data, auto_id="id_ask_%s"), _ask),
    "pass_on": (
        lambda data, page: PassOnForm(
            data, auto_id="id_pass_%s", initial={"language": page.link.to_language}
        ),
        _pass_on,
    ),
    "may_not": (lambda data, page: MayNotForm(data), _may_not),
}
"""What can be sent from the page: how its form is made, and what it does."""
