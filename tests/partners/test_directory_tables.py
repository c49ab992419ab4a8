"""What the tables of the directory refuse, who may read what of them, and what a new district starts with."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from django_scopes import scope

from accounts.models import Membership
from partners.agreed_enums import AgreementStatus
from partners.models import (
    Agreement,
    AgreementClause,
    Contact,
    DataSharing,
    ImportBatch,
    ImportMapping,
    Merge,
    Need,
    NeedRating,
    Nonprofit,
    NotSame,
    OverlapSettlement,
    Paper,
    Partner,
    PartnerLink,
    Partnership,
    Proposal,
    RequirementProfile,
    SavedView,
    SchoolAlias,
    SearchWord,
    Waiver,
    YearReport,
)
from tests.conftest import Cast
from tests.partners.factories import a_contact, a_partner, a_partnership, on

NOW = datetime.datetime(2026, 11, 10, 16, tzinfo=datetime.UTC)
DAY = on("2026-11-10")


@pytest.fixture
def partner(cast: Cast) -> Partner:
    return a_partner(cast.coordinator)


def refused(name: str, write: Callable[[], object]) -> None:
    """The database refuses it by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def an_agreement(partner: Partner, **values: Any) -> Agreement:
    made: Agreement = Agreement.objects.create(
        **{
            "district_id": partner.district_id,
            "partner": partner,
            "kind": "mou",
            "title": "Calm Hour",
            "created_at": NOW,
            **values,
        }
    )
    return made


def a_paper(partner: Partner, by: Membership | None = None, **values: Any) -> Paper:
    decided = {"state": "accepted", "decided_at": NOW, "decided_by": by} if by else {"state": "offered"}
    made: Paper = Paper.objects.create(
        **{
            "district_id": partner.district_id,
            "partner": partner,
            "kind": "insurance",
            "created_at": NOW,
            **decided,
            **values,
        }
    )
    return made


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("agreement_status_is_set_by_people", {"status": "expired"}),
        ("agreement_in_force_has_a_start", {"status": "in_force"}),
        ("agreement_ends_after_start", {"starts": DAY, "ends": on("2026-11-09")}),
        ("agreement_ended_early_on_a_day", {"status": "terminated"}),
        ("agreement_ended_early_on_a_day", {"ended_on": DAY}),
        ("agreement_signed_by_somebody", {"signed_on": DAY}),
        ("agreement_signed_by_somebody", {"district_signed_on": DAY, "signed_by_name": "Odile Brandt"}),
    ],
)
def test_an_agreement_hangs_together(partner: Partner, constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, lambda: an_agreement(partner, **values))


def test_an_agreement_is_renewed_once_and_led_by_another_partner(partner: Partner) -> None:
    first = an_agreement(partner)
    an_agreement(partner, renews=first)
    refused("agreement_renewed_once", lambda: an_agreement(partner, renews=first))
    refused("agreement_lead_is_another", lambda: an_agreement(partner, lead_partner=partner))
    refused("agreement_renews_another", lambda: Agreement.objects.filter(pk=first.pk).update(renews=first))


def test_what_follows_from_the_dates_is_computed(partner: Partner) -> None:
    agreement = an_agreement(partner, status="in_force", starts=on("2026-08-01"), ends=on("2027-06-30"))
    days = ["2026-11-10", "2027-03-31", "2027-04-01", "2027-06-30", "2027-07-01"]
    assert [agreement.status_on(on(day)) for day in days] == [
        AgreementStatus.IN_FORCE,
        AgreementStatus.IN_FORCE,
        AgreementStatus.EXPIRING,
        AgreementStatus.EXPIRING,
        AgreementStatus.EXPIRED,
    ]
    holds = [Agreement.objects.in_force(on(day)).exists() for day in ["2026-07-31", *days]]
    assert holds == [False, True, True, True, True, False]
    assert an_agreement(partner, ends=on("2020-01-01")).status_on(DAY) == AgreementStatus.DRAFT
    assert agreement.span == (on("2026-08-01"), on("2027-06-30"))


def test_what_ended_early_was_in_force_until_the_day_before(partner: Partner) -> None:
    agreement = an_agreement(
        partner,
        status="terminated",
        starts=on("2026-08-01"),
        ends=on("2027-06-30"),
        ended_on=on("2027-03-03"),
    )
    days = [on("2026-11-10"), on("2027-03-02"), on("2027-03-03"), on("2027-07-01")]
    assert [agreement.status_on(day) for day in days] == [
        AgreementStatus.IN_FORCE,
        AgreementStatus.IN_FORCE,
        AgreementStatus.TERMINATED,
        AgreementStatus.TERMINATED,
    ]
    assert [Agreement.objects.in_force(day).exists() for day in days] == [True, True, False, False]
    assert agreement.span == (on("2026-08-01"), on("2027-03-02"))
    assert an_agreement(partner, status="terminated", ended_on=DAY).span is None


def test_a_clause_stands_once_and_a_review_has_its_reviewer(cast: Cast, partner: Partner) -> None:
    of = {"district": cast.larkmoor, "agreement": an_agreement(partner)}
    AgreementClause.objects.create(code="scope", **of)
    refused("agreement_clause_once", lambda: AgreementClause.objects.create(code="scope", **of))
    refused(
        "data_sharing_reviewed_on_and_by",
        lambda: DataSharing.objects.create(reviewed_on=DAY, **of),
    )


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("paper_until_after_from", {"valid_from": DAY, "valid_until": on("2026-11-09")}),
        ("paper_decided_at_and_by", {"state": "accepted"}),
        ("paper_decided_at_and_by", {"decided_at": NOW}),
        ("paper_declined_with_reason", {"declined_because": "blurred"}),
    ],
)
def test_a_paper_hangs_together(partner: Partner, constraint: str, values: dict[str, Any]) -> None:
    refused(constraint, lambda: a_paper(partner, **values))


def test_a_paper_is_sent_back_with_a_reason_and_renewed_by_another(cast: Cast, partner: Partner) -> None:
    refused("paper_declined_with_reason", lambda: a_paper(partner, cast.staff, state="declined"))
    paper, offered = a_paper(partner, cast.staff), a_paper(partner)
    for old, new in ((paper, paper), (offered, paper)):
        refused(
            "paper_superseded_by_another",
            lambda old=old, new=new: Paper.objects.filter(pk=old.pk).update(superseded_by=new),
        )


def test_a_paper_counts_while_it_is_valid_from_the_day_on_which_we_accepted_it(
    cast: Cast, partner: Partner
) -> None:
    dates = {"valid_from": on("2026-03-04"), "valid_until": on("2027-03-03")}
    assert a_paper(partner, cast.staff, **dates).span == (DAY, on("2027-03-03"))
    late = datetime.datetime(2026, 3, 1, 4, tzinfo=datetime.UTC)  # on February 28, in Larkmoor
    assert a_paper(partner, cast.staff, decided_at=late).span == (on("2026-02-28"), datetime.date.max)
    assert a_paper(partner, **dates).span is None


def test_a_paper_counts_until_the_first_day_of_its_renewal(cast: Cast, partner: Partner) -> None:
    ends = on("2027-03-03")
    for begins, last in (("2027-02-01", "2027-01-31"), ("2027-03-10", "2027-03-03")):
        renewal = a_paper(partner, cast.staff, valid_from=on(begins))
        old = a_paper(partner, cast.staff, valid_until=ends, superseded_by=renewal)
        assert old.span == (DAY, on(last))


def test_a_principals_yes_is_dated_and_for_a_school(cast: Cast, partner: Partner) -> None:
    own = a_partnership(partner, cast.quillback, cast.coordinator)
    whole = a_partnership(partner, None, cast.staff)
    yes = {"approved_by": cast.principal, "approved_on": DAY}
    for partnership, values in (
        (own, {"approved_by": cast.principal}),
        (own, {"approved_on": DAY}),
        (whole, yes),
    ):
        refused(
            "partnership_approved_on_and_by",
            lambda row=partnership, values=values: Partnership.objects.filter(pk=row.pk).update(**values),
        )
    rows = Partnership.objects.filter(pk=own.pk)
    refused(
        "partnership_approved_until_after_on", lambda: rows.update(approved_until=on("2026-11-09"), **yes)
    )
    rows.update(approved_until=on("2027-06-30"), **yes)


def a_waiver(cast: Cast, partnership: Partnership, **values: Any) -> Waiver:
    made: Waiver = Waiver.objects.create(
        **{
            "district": cast.larkmoor,
            "partnership": partnership,
            "waives": "w9",
            "because": "The church pays nothing",
            "since": DAY,
            "until": on("2027-06-30"),
            "by": cast.principal,
            "at": NOW,
            **values,
        }
    )
    return made


def test_a_waiver_has_reason_and_end_and_its_reason_is_for_the_schools_people(
    cast: Cast, partner: Partner
) -> None:
    partnership = a_partnership(partner, cast.quillback, cast.coordinator)
    for constraint, values in (
        ("waiver_has_a_reason", {"because": ""}),
        ("waiver_until_after_since", {"until": on("2026-11-09")}),
        ("waiver_ended_at_and_by", {"ended_at": NOW}),
    ):
        refused(constraint, lambda values=values: a_waiver(cast, partnership, **values))
    waiver = a_waiver(cast, partnership)
    said = {
        member: Waiver.objects.for_member(member).get().reason
        for member in (cast.staff, cast.viewer, cast.bellwether_principal)
    }
    assert said == {
        cast.staff: "The church pays nothing",
        cast.viewer: "The church pays nothing",
        cast.bellwether_principal: "",
    }
    assert waiver.span == (DAY, on("2027-06-30"))
    ended = NOW + datetime.timedelta(days=2)
    assert a_waiver(cast, partnership, ended_at=ended, ended_by=cast.principal).span == (
        DAY,
        on("2026-11-11"),
    )
    assert a_waiver(cast, partnership, ended_at=NOW, ended_by=cast.principal).span is None


def test_a_year_is_reported_once_by_school_and_service_and_a_value_has_its_method(
    cast: Cast, partner: Partner
) -> None:
    of = {
        "district": cast.larkmoor,
        "partner": partner,
        "school_year": 2026,
        "reported_at": NOW,
        "source": "by link",
    }
    YearReport.objects.create(**of)
    YearReport.objects.create(school=cast.quillback, **of)
    refused("year_report_once", lambda: YearReport.objects.create(**of))
    refused("year_report_once", lambda: YearReport.objects.create(school=cast.quillback, **of))
    other = {**of, "school_year": 2027}
    refused("year_report_value_with_method", lambda: YearReport.objects.create(in_kind_cents=1, **other))
    refused("year_report_accepted_at_and_by", lambda: YearReport.objects.create(accepted_at=NOW, **other))
    back = {**other, "declined_at": NOW, "declined_by": cast.staff}
    refused("year_report_declined_with_reason", lambda: YearReport.objects.create(**back))
    back["declined_because"] = "Which year?"
    accepted = {"accepted_at": NOW, "accepted_by": cast.staff}
    refused("year_report_declined_with_reason", lambda: YearReport.objects.create(**back, **accepted))
    YearReport.objects.create(**back)


def a_link(contact: Contact, **values: Any) -> PartnerLink:
    made: PartnerLink = PartnerLink.objects.create(
        **{
            "district_id": contact.district_id,
            "partner_id": contact.partner_id,
            "contact": contact,
            "right": "listing",
            "created_at": NOW,
            "expires_at": NOW,
            **values,
        }
    )
    return made


def test_a_link_is_for_one_thing(cast: Cast, partner: Partner) -> None:
    contact = a_contact(partner, cast.coordinator)
    refused("partner_link_year_has_one", lambda: a_link(contact, right="year"))
    refused("partner_link_year_has_one", lambda: a_link(contact, school_year=2026))
    refused("partner_link_paper_for_papers", lambda: a_link(contact, paper_kinds=["w9"]))
    assert len(a_link(contact, right="papers", paper_kinds=["w9"]).token) == 43


def test_links_and_proposals_are_for_those_who_keep_records(cast: Cast, partner: Partner) -> None:
    link = a_link(a_contact(partner, cast.coordinator))
    of = {
        "district": cast.larkmoor,
        "partner": partner,
        "link": link,
        "target_kind": "partner",
        "batch": uuid.uuid4(),
        "field": "website",
        "at": NOW,
    }
    proposal = Proposal.objects.create(**of)
    refused("proposal_decided_at_and_by", lambda: Proposal.objects.create(state="accepted", **of))
    refused("proposal_decided_at_and_by", lambda: Proposal.objects.create(decided_at=NOW, **of))
    for rows, row in ((PartnerLink.objects, link), (Proposal.objects, proposal)):
        assert list(rows.for_member(cast.bellwether_coordinator)) == [row]
        assert list(rows.for_member(cast.viewer)) == []


def test_a_saved_view_is_ones_own_until_it_is_shared(cast: Cast) -> None:
    of = {"district": cast.larkmoor, "membership": cast.coordinator, "query": "stage=active"}
    view = SavedView.objects.create(name="Ours", **of)
    shared = SavedView.objects.create(name="For all", shared=True, **of)
    assert set(SavedView.objects.for_member(cast.coordinator)) == {view, shared}
    assert set(SavedView.objects.for_member(cast.viewer)) == {shared}
    refused("saved_view_name_unique", lambda: SavedView.objects.create(name="Ours", **of))


def test_of_an_erased_contact_nothing_is_left_that_names_them(cast: Cast, partner: Partner) -> None:
    contact = a_contact(partner, cast.coordinator, phone="(512) 555-0142", extra={"fax": "x"})
    rows = Contact.objects.filter(pk=contact.pk)
    nothing = {"name": "", "phone": "", "extra": {}}
    for values in (
        {"name": ""},
        {"erased_at": NOW},
        {"erased_at": NOW, **nothing},
        {"erased_at": NOW, "left_on": DAY, **nothing, "phone": "5"},
        {"erased_at": NOW, "left_on": DAY, **nothing, "extra": {"fax": "x"}},
    ):
        refused("contact_erased_or_named", lambda values=values: rows.update(**values))
    rows.update(erased_at=NOW, left_on=DAY, **nothing)
    assert str(rows.get()) == "A person whose name was erased"


def test_a_merge_is_of_two_and_a_pair_stands_once_in_order(cast: Cast, partner: Partner) -> None:
    other = a_partner(cast.coordinator, "Tamarack Youth Counselling")
    of = {"district": cast.larkmoor, "at": NOW, "by": cast.coordinator}
    refused("merge_of_two", lambda: Merge.objects.create(winner=partner, loser=partner, **of))
    merge = Merge.objects.create(winner=partner, loser=other, **of)
    refused("merge_into_one", lambda: Merge.objects.create(winner=partner, loser=other, **of))
    refused("merge_undone_at_and_by", lambda: Merge.objects.update(undone_at=NOW))
    Merge.objects.filter(pk=merge.pk).update(undone_at=NOW, undone_by=cast.staff)
    Merge.objects.create(winner=partner, loser=other, **of)
    refused("partner_merged_into_another", lambda: Partner.objects.update(merged_into=partner))
    refused("not_same_in_order", lambda: NotSame.objects.create(one=other, other=partner, **of))
    NotSame.objects.create(one=partner, other=other, **of)
    refused("not_same_once", lambda: NotSame.objects.create(one=partner, other=other, **of))


def test_a_need_is_rated_1_to_3_with_a_source_and_settled_once_by_each_decision(cast: Cast) -> None:
    of = {"district": cast.larkmoor, "school": cast.quillback, "need": Need.objects.first(), "on": DAY}
    rated = {**of, "by": cast.principal, "source": "Climate survey"}
    NeedRating.objects.create(rating=3, **rated)
    for rating in (0, 4):
        refused("need_rating_1_to_3", lambda rating=rating: NeedRating.objects.create(rating=rating, **rated))
    refused(
        "need_rating_has_a_source", lambda: NeedRating.objects.create(rating=1, **{**rated, "source": ""})
    )
    settled = {**of, "tier": 2, "text": "Grade 7 is Tamarack's", "source_uid": uuid.uuid4()}
    OverlapSettlement.objects.create(**settled)
    refused("overlap_settled_once", lambda: OverlapSettlement.objects.create(**settled))


def test_what_imports_remember_is_remembered_once(cast: Cast) -> None:
    alias = {"district": cast.larkmoor, "alias": "the middle school"}
    SchoolAlias.objects.create(school=cast.quillback, **alias)
    refused("school_alias_unique", lambda: SchoolAlias.objects.create(school=cast.bellwether, **alias))
    mapping = {"district": cast.larkmoor, "header_hash": "0" * 64, "mapping": {}, "at": NOW}
    ImportMapping.objects.create(**mapping)
    refused("import_mapping_once", lambda: ImportMapping.objects.create(**mapping))
    with scope(district=cast.brightmere):
        ImportMapping.objects.create(**{**mapping, "district": cast.brightmere})


def test_only_what_was_applied_is_undone_and_by_somebody(cast: Cast) -> None:
    of = {"district": cast.larkmoor, "source": "211", "kind": "hsds", "at": NOW}
    ImportBatch.objects.create(applied_at=NOW, undone_at=NOW, undone_by=cast.staff, **of)
    for values in ({"undone_at": NOW, "applied_at": NOW}, {"undone_at": NOW, "undone_by": cast.staff}):
        refused(
            "import_batch_undone_at_and_by", lambda values=values: ImportBatch.objects.create(**values, **of)
        )


def test_a_nonprofit_is_of_no_district_and_keeps_its_leading_zeros(db: None) -> None:
    of = {"name": "WINDSOR IMPROVEMENT CORPORATION", "sort_name": "windsor", "as_of": DAY}
    Nonprofit.objects.create(ein="010180687", postal_code="05089-0455", **of)
    assert [(row.ein, row.postal_code) for row in Nonprofit.objects.all()] == [("010180687", "05089-0455")]
    refused("nonprofit_ein_is_nine_digits", lambda: Nonprofit.objects.create(ein="10180687", **of))


def test_a_new_district_starts_with_five_ways_of_working_in_both_languages(cast: Cast) -> None:
    rows = RequirementProfile.objects.all()
    assert [(row.code, row.needs_agreement, row.paper_kinds) for row in rows] == [
        ("unsupervised", True, ["insurance", "additional_insured", "clearance_letter"]),
        ("supervised", True, ["insurance", "additional_insured"]),
        ("off_site", True, ["insurance"]),
        ("one_visit", False, []),
        ("subcontractor", True, ["insurance", "clearance_letter"]),
    ]
    assert str(rows[3]) == "One visit"
    with override("es"):
        assert str(rows[3]) == "Una sola visita"
    refused("requirement_profile_kinds_of_a", lambda: rows.update(needs_agreement=False))
    with scope(district=cast.brightmere):
        assert RequirementProfile.objects.count() == 5


@pytest.mark.parametrize("other", [Agreement, Paper, YearReport])
def test_a_partner_of_another_district_is_refused_by_the_wall(cast: Cast, other: Any) -> None:
    with scope(district=cast.brightmere):
        theirs = a_partner(cast.brightmere_staff)
    values: dict[Any, dict[str, Any]] = {
        Agreement: {"kind": "mou", "title": "x", "created_at": NOW},
        Paper: {"kind": "w9", "state": "offered", "created_at": NOW},
        YearReport: {"school_year": 2026, "reported_at": NOW, "source": "x"},
    }
    other.objects.create(district=cast.larkmoor, partner=theirs, **values[other])
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="partner_id_wall"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_words_are_of_one_district(cast: Cast, partner: Partner) -> None:
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"tamarack", "youth", "counseling"} | {
        "counselling"
    }
    with scope(district=cast.brightmere):
        assert SearchWord.objects.count() == 0
