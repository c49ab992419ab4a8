"""``./portal bench directory`` on small numbers: what it measures, not how fast this machine is."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django_scopes import scope

from accounts.services import create_district
from partners.lookup import searched
from partners.models import Partner, SearchWord
from tests.bench._directory_rows import fill
from tests.bench._directory_run import Sizes, measured

MEASURED = {"search_5k", "search_100k", "typo_5k", "page_queries", "page_x_hello", "import_x_bulk"}


@pytest.fixture
def bare_page(settings: object) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.bench._hello_urls"  # type: ignore[attr-defined]
    return


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("bare_page")
def test_every_figure_is_measured() -> None:
    figures = measured(Sizes(partners=300, districts=4, large=150, middle=60, imported=40))
    assert set(figures) >= MEASURED
    assert min(figures[name] for name in MEASURED) > 0
    assert figures["partners"] == 300


@pytest.mark.django_db
def test_what_is_invented_is_found_as_what_is_typed_in() -> None:
    before = indexes()
    district = create_district(name="Middle", slug="middle", state="TX")
    fill({district: 40})
    with scope(district=district):
        partner = Partner.objects.order_by("pk").first()
        assert Partner.objects.count() == 40
        assert partner in searched(Partner.objects.all(), district.pk, partner.name)
        town = partner.sites.get().city
        assert partner in searched(Partner.objects.all(), district.pk, town)
        assert SearchWord.objects.filter(word=town.lower()).count() == 1
    assert indexes() == before


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename LIKE 'partners_%'")
        return {name for (name,) in cursor.fetchall()}
