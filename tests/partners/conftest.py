"""Somebody who imports, and short ways to do it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cast, SignIn
from tests.partners.importing import Importing, run_jobs_at_once


@pytest.fixture
def importing(
    cast: Cast,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> Importing:
    """District staff at the pages of an import."""
    run_jobs_at_once(monkeypatch, settings, tmp_path)
    return Importing(sign_in(cast.staff), django_capture_on_commit_callbacks)
