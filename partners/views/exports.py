"""The directory as a file for others, and the list as a sheet of one's own."""

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import MemberRequest, access
from partners.filters import Filters
from partners.interchange.list_out import list_sheet
from partners.interchange.listing import directory_file
from partners.interchange.sheets_out import workbook_file
from partners.list_options import list_options
from partners.queries import matching
from partners.rules import takes_directory_out

from .as_file import as_csv, as_file

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(see=takes_directory_out)
def hsds(request: MemberRequest) -> StreamingHttpResponse:
    """All current partners as a community directory file (HSDS 3.0), written as it is read."""
    content = directory_file(request.district)
    return as_file(request, content, ending="json", media_type="application/json")


@access(see=takes_directory_out)
def list_csv(request: MemberRequest) -> StreamingHttpResponse:
    """The list as filtered, all its rows, as CSV."""
    return _list(request, "csv")


@access(see=takes_directory_out)
def list_workbook(request: MemberRequest) -> StreamingHttpResponse:
    """The list as filtered, all its rows, as an Excel workbook."""
    return _list(request, "xlsx")


def _list(request: MemberRequest, kind: str) -> StreamingHttpResponse:
    filters = Filters.read(request.GET, list_options(request.membership))
    return sheet_of(request, matching(request.membership, filters), filters, kind)


def sheet_of(request: MemberRequest, keys: list[int], filters: Filters, kind: str) -> StreamingHttpResponse:
    """These partners as a sheet: "csv", else a workbook."""
    lines = list_sheet(request.membership, keys, filters, language=get_language() or "en")
    if kind == "csv":
        return as_csv(request, lines)
    content = workbook_file(lines, title=_("Partners"))
    return as_file(request, content, ending="xlsx", media_type=WORKBOOK)
