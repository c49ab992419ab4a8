"""The shape of what people type about the views that they keep."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.predicates import holds

from .forms import VersionedForm
from .models import SavedView
from .rules import shares_views

QUERY_LONGEST = SavedView._meta.get_field("query").max_length or 0


class ViewForm(VersionedForm):
    """The name of a view, and who sees it; it is shared by those who work here."""

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        help_texts = {"name": _("Such as: Renewals of this fall.")}

    def __init__(self, *args: Any, by: Membership, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = query
        if not holds(shares_views, by):
            del self.fields["shared"]

    def clean(self) -> dict[str, Any]:
        """An address longer than any list needs is not kept."""
        if len(self.query) > QUERY_LONGEST:
            raise forms.ValidationError(_("The search is too long to be kept. Use fewer words."))
        return super().clean() or {}

    def say_taken(self) -> None:
        """Another view of the person has the name."""
        self.add_error("name", _("You keep another view under this name. Choose another one."))
