"""The letters' texts: the list, one with its versions, its editor, and whose text a school uses."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import MemberRequest, access
from accounts.forms import VersionForm
from accounts.rules import is_staff, works_here
from accounts.urls_in import redirect_in
from accounts.versions import ChangedMeanwhile
from letters import services, text_queries
from letters.enums import Language, language_word
from letters.meanings import side_list
from letters.models import Template
from letters.rules import is_a_schools, is_the_districts, keeps_text, leads_a_school
from letters.sheet import preview
from letters.text_forms import OwnTextForm, TextForm
from letters.text_pages import examples, in_words, long_texts, sheets_of
from letters.text_queries import Text

LOOKS = {f"look_{language}": language for language in Language.values}


@access(see=works_here)
def texts(request: MemberRequest) -> HttpResponse:
    """The texts of the district and of one's own schools, with what is out of step in words."""
    rows = [(text, _warnings(request, text)) for text in text_queries.texts_page(request.membership)]
    context = {"rows": rows, "needs_approval": text_queries.needs_approval()}
    return render(request, "letters/texts/list.html", context)


@access(see=works_here, of=Template)
def text(request: MemberRequest, template: Template) -> HttpResponse:
    """A text as it stands, all its versions with what each changed, and whose text a school may use."""
    read = text_queries.one_text(template)
    own = OwnTextForm(text=read, by=request.membership)
    may_begin = template.school is None and leads_a_school(request.membership)
    context = {
        "text": read,
        "warnings": _warnings(request, read),
        "languages": [
            (language_word(language), rows)
            for language, rows in text_queries.version_rows(read).items()
            if rows
        ],
        "blocks": read.side_by_side,
        "may_review": is_staff(request.membership),
        "may_edit": keeps_text(request.membership, template),
        "own_form": own if may_begin and own.fields["school"].queryset else None,  # type: ignore[attr-defined]
        "needs_approval": text_queries.needs_approval(),
    }
    return render(request, "letters/texts/page.html", context)


@access(see=works_here, do=keeps_text, of=Template)
def edit_text(request: MemberRequest, template: Template) -> HttpResponseBase:
    """The editor: languages beside each other, what the text says to one partner, and all placeholders."""
    read = text_queries.one_text(template)
    form = TextForm(request.POST or None, text=read, by=request.membership)
    if request.POST.get("then") in LOOKS or not form.is_valid():
        return _show(request, read, form)
    try:
        saved = services.save_text(
            template=template,
            version=form.cleaned_data["version"],
            texts=form.typed,
            still_the_same=form.cleaned_data["still_the_same"],
            by=request.membership,
        )
    except ChangedMeanwhile:
        form.meet(text_queries.one_text(Template.objects.get(pk=template.pk)))
        return _show(request, read, form)
    messages.success(request, _saved_words(saved))
    return redirect_in(request.district, "letters:text", uid=template.uid)


@require_POST
@access(see=works_here, do=leads_a_school & is_the_districts, of=Template)
def own_text(request: MemberRequest, template: Template) -> HttpResponseRedirect:
    """Begin a school's own text out of the district's."""
    form = OwnTextForm(request.POST, text=text_queries.one_text(template), by=request.membership)
    if not form.is_valid():
        messages.error(request, _("Choose a school of yours that uses the district's text."))
        return redirect_in(request.district, "letters:text", uid=template.uid)
    school = form.cleaned_data["school"]
    own = services.make_own_text(template=template, school=school, by=request.membership)
    words = _("%(school)s has its own text of this letter now. It begins as the district's.")
    messages.success(request, words % {"school": school.name})
    return redirect_in(request.district, "letters:edit_text", uid=own.uid)


@require_POST
@access(see=works_here, do=keeps_text & is_a_schools, of=Template)
def districts_text(request: MemberRequest, template: Template) -> HttpResponseRedirect:
    """Use the district's text again; letters that have the school's keep it."""
    form = VersionForm(request.POST)
    try:
        if form.is_valid():
            services.use_districts_text(template=template, by=request.membership, **form.cleaned_data)
    except ChangedMeanwhile:
        messages.error(request, _("Somebody saved this text meanwhile. Here it is as it stands now."))
        return redirect_in(request.district, "letters:text", uid=template.uid)
    words = _("%(school)s uses the district's text again. Letters that have its own keep it.")
    messages.success(request, words % {"school": template.school})
    return redirect_in(request.district, "letters:texts")


def _show(request: MemberRequest, read: Text, form: TextForm) -> HttpResponse:
    """The editor with the text as typed; nothing is saved by looking."""
    rows = examples(read.template, request.membership)
    chosen = form["partnership"].value()
    partnership = rows.filter(pk=chosen).first() if str(chosen or "").isdigit() else rows.first()
    shown = LOOKS.get(request.POST.get("then", ""), _page_language())
    sheets = sheets_of(partnership, read.template.kind, form.typed, request.membership) if partnership else {}
    if partnership:
        form.fields["partnership"].initial = partnership.pk
    context: dict[str, Any] = {
        "text": read,
        "form": form,
        "warnings": _warnings(request, read),
        "long": long_texts(sheets),
        "partnership": partnership,
        "shown": language_word(shown),
        "sheet": preview(sheets[shown]) if partnership else "",
        "placeholders": side_list(sheets[shown].values if partnership else {}),
    }
    return render(request, "letters/texts/edit.html", context)


def _warnings(request: MemberRequest, read: Text) -> list[str]:
    return [in_words(behind, request.district.tz) for behind in read.behind]


def _page_language() -> str:
    language = (get_language() or "en")[:2]
    return language if language in Language.values else Language.ENGLISH


def _saved_words(saved: list[str]) -> str:
    if not saved:
        return _("Nothing had changed; the text stands as it was.")
    names = _(" and ").join(language_word(language) for language in saved)
    return _("Saved: %(languages)s. Letters written from now on have it; others keep theirs.") % {
        "languages": names
    }
