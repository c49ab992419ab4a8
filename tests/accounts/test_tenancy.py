"""The wall between districts stands in the database, and an unscoped read raises."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from accounts.models import Membership, School
from accounts.models.people import MembershipSchool
from accounts.operations import can_be_keyed, composite_keys
from accounts.tenancy import is_tenant
from tests.conftest import Cast

OURS = ["accounts", "partners", "letters", "decisions", "outreach"]


def tenant_models() -> list[type]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models() if is_tenant(model)]


def constraints(kind: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = %s", [kind])
        return {name for (name,) in cursor.fetchall()}


def test_every_key_between_rows_of_a_district_is_backed_by_a_composite_one(db: None) -> None:
    wanted = {name for model in tenant_models() for name, _, _ in composite_keys(model)}
    assert wanted - constraints("f") == set()


def test_every_table_of_a_district_can_be_keyed_by_district_and_id(db: None) -> None:
    wanted = {f"{model._meta.db_table}_wall" for model in tenant_models() if can_be_keyed(model)}
    assert wanted - constraints("u") == set()


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_an_unscoped_read_raises(model: type, db: None) -> None:
    with pytest.raises(ScopeError):
        list(model.objects.all())


def test_a_key_across_districts_is_refused_by_the_database(cast: Cast) -> None:
    MembershipSchool.objects.create(
        district=cast.larkmoor, membership=cast.coordinator, school=cast.brightmere_school
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_scope_shows_its_own_district_alone(cast: Cast) -> None:
    assert set(School.objects.values_list("slug", flat=True)) == {"quillback", "bellwether"}
    with scope(district=cast.brightmere):
        assert list(School.objects.values_list("slug", flat=True)) == ["brightmere-es"]
        assert Membership.objects.filter(pk=cast.staff.pk).first() is None
