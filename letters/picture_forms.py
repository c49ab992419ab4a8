"""The shape of what people upload for their letters: a logo, a signature."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.student_records import WarnsOfStudentRecords

from .picture_models import Picture
from .pictures import Made, PictureRefused, made_logo, made_signature

ACCEPTED = ".png,.jpg,.jpeg"


class PictureField(forms.FileField):
    """A PNG or JPEG picture by its content, made fit for print."""

    def __init__(self, make: Callable[[bytes], Made], **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), label=_("Picture"), **kwargs)
        self.make = make

    def clean(self, data: Any, initial: Any = None) -> Made:
        """The picture as letters carry it. Raises ValidationError."""
        file = super().clean(data, initial)
        try:
            return self.make(file.read())
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class LogoForm(WarnsOfStudentRecords, forms.Form):
    """A logo, and what it shows."""

    watched = ("alt",)

    made = PictureField(
        made_logo,
        help_text=_("PNG or JPEG, 8 MB and 20 megapixels at most. It is printed half an inch high."),
    )
    alt = forms.CharField(
        label=Picture._meta.get_field("alt").verbose_name,
        required=False,
        max_length=120,
        help_text=_("For people who can't see it. Left empty, letters say whose logo it is."),
    )


class SignatureForm(forms.Form):
    """One's own signature."""

    made = PictureField(
        made_signature,
        help_text=_(
            "Sign with a dark pen on white paper and take a picture of it. PNG or JPEG, 8 MB and "
            "20 megapixels at most. We cut off the white around it."
        ),
    )
