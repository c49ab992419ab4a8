"""Letters that wait for the principal's signature: more of them than the demo has."""

import re

from tests.browser.portal import Portal

PREPARED = """
import datetime
from django.db.models import Min
from django_scopes import scope
from accounts.models import District, Membership
from letters import queries, services
from letters.models import Letter
from partners.models import Partnership
district = District.objects.get(slug="larkmoor")
with scope(district=district):
    by = Membership.objects.get(user__name="Luis O'Hara")
    uids = []
    for name in {names}:
        of = Partnership.objects.get(partner__name=name, school__slug="quillback")
        letter = services.prepare_letter(
            partnership=of,
            contact=queries.contacts_of(of).order_by("pk").first(),
            kind=queries.kind_for(of),
            language="en",
            by=by,
        )
        services.edit_draft(letter=letter, version=letter.version, by=by, result="40 children came each week")
        services.hand_in(letter=letter, version=letter.version, by=by)
        uids.append(letter.uid)
        print("made", letter.uid)
    longest = Letter.objects.aggregate(at=Min("handed_in_at"))["at"]
    Letter.objects.filter(uid__in=uids).update(handed_in_at=longest - datetime.timedelta(days=1))
"""


def hand_in(portal: Portal, *names: str) -> list[str]:
    """A letter of Quillback's office to each of these partners waits, and for longer than any other letter,
    whatever an earlier test left waiting or did to the clock. Out: their uids."""
    made = portal.run(PREPARED.format(names=names))
    found = re.findall(r"^made (\S+)$", made, re.MULTILINE)
    assert len(found) == len(names), made
    return found
