"""Calendar files as programs write them, and the pages that take them in."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import School

BASE = "/d/larkmoor/holidays/"


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*events: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", "")).encode()


def whole_days(first: str, after: str, name: str) -> str:
    return event(f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{after}", f"SUMMARY:{name}")


def upload(client: Client, content: bytes, school: School | None = None, name: str = "year.ics") -> Any:
    place = {"school": school.uid} if school else {}
    return client.post(f"{BASE}file/", {"file": SimpleUploadedFile(name, content), **place})


def take_in(client: Client, page: Any, *left_out: str) -> Any:
    ticked = [value for value, holiday in page.context["new"] if holiday.name not in left_out]
    school = page.context["school"]
    return client.post(f"{BASE}file/take-in/", {"days": ticked, "school": school.uid if school else ""})
