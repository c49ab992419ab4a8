"""Letters to many partners at once, from the directory's list: a batch begins, with a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Membership, School
from accounts.rules import works_here
from accounts.urls_in import url_in
from partners.bulk_acts import AtSchoolForm, BulkStart, LeftOut

from .batch_enums import BatchLanguage
from .enums import Kind
from .services import start_batch
from .services.batches import MOST

BY_MAIL, PRINTED = "mail", "print"


class FromSchool(AtSchoolForm):
    """From which school they are, which letter it is, in which language, and which way they go."""

    kind = forms.ChoiceField(label=_("Letter"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=BatchLanguage.choices)
    way = forms.ChoiceField(
        label=_("How they go"),
        choices=[
            (BY_MAIL, _("By e-mail where there is an address, else printed")),
            (PRINTED, _("All printed")),
        ],
    )

    def __init__(self, *args: Any, by: Membership, school: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, by=by, school=school, **kwargs)
        self.fields["school"].required = True
        self.fields["school"].empty_label = None  # type: ignore[attr-defined]
        self.fields["school"].label = _("From")


def begin(*, keys: Sequence[int], by: Membership, school: int, kind: str, language: str, way: str) -> str:
    """Begin a batch to the partners with these keys; out: the address of its page. Raises LeftOut."""
    if len(keys) > MOST:
        words = ngettext(
            "Letters go to at most %(n)d partner at a time. Choose fewer.",
            "Letters go to at most %(n)d partners at a time. Choose fewer.",
            MOST,
        )
        raise LeftOut(words % {"n": MOST})
    batch = start_batch(
        school=School.objects.select_related("district").get(pk=school),
        kind=kind,
        partners=keys,
        by=by,
        language=language,
        by_mail=way == BY_MAIL,
    )
    return url_in(by.district, "letters:batch", uid=batch.uid)


ACT = BulkStart(
    code="letters",
    title=_("Write letters"),
    submit=_("See what would go wrong, then write"),
    may=works_here,
    form=FromSchool,
    start=begin,
)
