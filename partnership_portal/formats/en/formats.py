"""Months are written out: November 24, 2026."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, P"
