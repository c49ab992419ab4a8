"""``./portal bench decisions`` on small numbers: what it measures, not how fast this machine is."""

import pytest

from tests.bench import _decisions_run
from tests.bench._decisions_run import measured

MEASURED = {"log_x_hello", "page_queries", "runoff_x_count", "verify_x_read", "close_500_queries"}


@pytest.fixture
def small(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.bench._hello_urls"  # type: ignore[attr-defined]
    monkeypatch.setattr(_decisions_run, "BALLOTS", 500)
    monkeypatch.setattr(_decisions_run, "LARGE", 12)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small")
def test_every_figure_is_measured() -> None:
    figures = measured(30)
    assert set(figures) >= MEASURED
    assert min(figures[name] for name in MEASURED) > 0
    assert (figures["decisions"], figures["answers"], figures["events"]) == (31, 612, 153)
