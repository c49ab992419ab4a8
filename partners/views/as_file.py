"""What leaves the portal as a file: named by district and day, and kept by nobody on the way."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from accounts import clock
from accounts.access import MemberRequest
from partners.interchange.sheets_out import csv_file


def as_file(
    request: MemberRequest,
    content: Iterable[str] | Iterable[bytes],
    *,
    ending: str,
    media_type: str,
    what: str = "",
) -> StreamingHttpResponse:
    """The content as a download; `what` stands in its name where a district has several of its kind."""
    parts = [request.district.slug, what, str(clock.today(request.district))]
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, parts))}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


def as_csv(request: MemberRequest, lines: Iterable[list[str]], what: str = "") -> StreamingHttpResponse:
    """Lines of text as a CSV file, safe in a spreadsheet."""
    media_type = "text/csv; charset=utf-8"
    return as_file(request, csv_file(lines), ending="csv", media_type=media_type, what=what)
