from collections.abc import Iterator

import pytest

from tests.press.running import RunningPress, running_press


@pytest.fixture(scope="session")
def press() -> Iterator[RunningPress]:
    with running_press() as running:
        yield running
