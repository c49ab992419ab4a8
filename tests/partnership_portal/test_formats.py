"""Dates in Spanish follow the country, not Spain."""

import datetime

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import override

MARCH_4 = datetime.datetime(2026, 3, 4, 15, 5)


def test_a_date_in_figures_has_its_month_first_in_both_languages() -> None:
    for language in ("en", "es"):
        with override(language):
            assert forms.DateField().clean("03/04/2026") == MARCH_4.date()
            assert date_format(MARCH_4, "SHORT_DATE_FORMAT") == "03/04/2026"


def test_spanish_hours_count_to_twelve() -> None:
    with override("es"):
        assert time_format(MARCH_4.time()) == "3:05 p.m."
        assert date_format(MARCH_4, "DATETIME_FORMAT") == "4 de marzo de 2026, 3:05 p.m."
