"""The page on which a partner answers a letter by its personal link, without an account.

Opening it writes nothing, so that a mail scanner's visit is harmless; an answer is a POST. It can be given
again, and the last one counts, until the letter is withdrawn or the link runs out.
"""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts import clock
from accounts.access import public
from accounts.link_pages import opened, opened_too_often, private
from accounts.often import too_often

from . import services
from .answer_forms import AnswerForm
from .enums import Answer, Source, State
from .models import Reply, ReplyLink
from .placeholders import Placeholder

TRIES = 30  # a minute and address, opened or sent: far more than a person needs
PAGE = "letters/answer_by_link.html"


@public("Whoever holds a letter's link answers that letter; the link is for nothing else.")
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one letter's link, in the letter's language unless another one was chosen."""
    if too_often(request, "answer", TRIES):
        return opened_too_often(request)
    try:
        with scopes_disabled():
            link = services.open_reply_link(token)
    except services.LinkEnded:
        return private(render(request, "letters/answer_ended.html", status=410))
    with opened(request, link.district, link.letter.language):
        return private(_page(request, link))


def _page(request: HttpRequest, link: ReplyLink) -> HttpResponse:
    form = AnswerForm(request.POST or None)
    if link.letter.state == State.SIGNED and form.is_valid():
        with suppress(services.LinkEnded):  # withdrawn this moment: the page says so
            services.answer_by_link(link=link, **form.cleaned_data)
        return HttpResponseRedirect(request.path)
    letter, kept = link.letter, link.letter.signed
    zone = letter.school.tz
    last = Reply.objects.standing().filter(letter=letter, source=Source.LINK).first()
    context = {
        "link": link,
        "letter": letter,
        "signer": kept.signer,
        "school": kept.values[Placeholder.SCHOOL_NAME],
        "phone": kept.values.get(Placeholder.SCHOOL_PHONE, ""),
        "partner": kept.values[Placeholder.PARTNER_NAME],
        "signed_at": kept.signed_at.astimezone(zone),
        "is_late": letter.reply_by is not None and letter.reply_by < clock.today(letter.school),
        "is_replaced": letter.replaced_by.filter(signed_at__isnull=False).exists(),
        "last": last,
        "last_at": last.at.astimezone(zone) if last else None,
        "form": form,
        "answers": Answer.choices,
        "problems_title": _("Your answer is not sent yet"),
    }
    return render(request, PAGE, context)
