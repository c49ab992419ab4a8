"""The directory as a file for others."""

from django.http import StreamingHttpResponse

from accounts import clock
from accounts.access import MemberRequest, access
from partners.interchange.listing import directory_file
from partners.rules import takes_directory_out


@access(see=takes_directory_out)
def hsds(request: MemberRequest) -> StreamingHttpResponse:
    """All current partners as a community directory file (HSDS 3.0), written as it is read."""
    name = f"{request.district.slug}-{clock.today(request.district)}.json"
    response = StreamingHttpResponse(directory_file(request.district), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
