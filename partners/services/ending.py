"""What the list stores of a partner's agreements, papers and next steps."""

from collections.abc import Collection

from django.db.models import Exists, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least

from accounts import clock
from partners.agreed_enums import AgreementStatus, PaperState
from partners.families import standing
from partners.models import Agreement, Paper, Partner


def refresh_ends(partner_ids: Collection[int]) -> None:
    """Write anew when the first of their agreements and papers ends that is not renewed: one query."""
    renewals = Agreement.objects.filter(renews=OuterRef("pk"), status=AgreementStatus.IN_FORCE)
    agreements = Agreement.objects.filter(~Exists(renewals), status=AgreementStatus.IN_FORCE)
    papers = Paper.objects.filter(state=PaperState.ACCEPTED, superseded_by=None)
    soonest = Least(_first(agreements, "ends"), _first(papers, "valid_until"))
    standing_for = (
        Partner.objects.filter(pk__in=partner_ids).order_by().values_list(Coalesce("merged_into", "pk"))
    )
    Partner.objects.filter(pk__in=standing_for).update(ends_on=soonest, changed_at=clock.now())


def _first(rows: object, column: str) -> Subquery:
    """The earliest day in a column of a partner's rows, those of partners merged into it among them."""
    own = rows.annotate(of=standing()).filter(of=OuterRef("pk")).order_by().values("of")  # type: ignore[attr-defined]
    return Subquery(own.annotate(first=Min(column)).values("first"))
